"""Until when a seat is given back without bother, and how long an offer stands."""

from datetime import datetime, timedelta

from app.intervision.models import Booking, BookingState
from app.intervision.queries.sessions import DatedSession

ANSWER_WITHIN = timedelta(hours=24)
LEAST_TO_ANSWER = timedelta(hours=2)


def give_back_until(dated: DatedSession) -> datetime | None:
    """Until when somebody else can still be found for her seat; None as long as there is no date."""
    if dated.appointment is None:
        return None
    return dated.appointment.starts_at - timedelta(hours=dated.season.cancel_hours)


def answer_until(dated: DatedSession, offered_at: datetime) -> datetime:
    """Until when a seat is held for who is offered it: a day, or less when the session is near."""
    if dated.appointment is None:
        return offered_at + ANSWER_WITHIN
    near = give_back_until(dated) or dated.appointment.starts_at
    least = max(near, offered_at + LEAST_TO_ANSWER)
    return min(offered_at + ANSWER_WITHIN, least, dated.appointment.starts_at)


def was_late(dated: DatedSession, booking: Booking) -> bool:
    """Whether somebody gave her seat back when it was too late to find another."""
    until = give_back_until(dated)
    return booking.state == BookingState.GIVEN_BACK and until is not None and booking.since > until
