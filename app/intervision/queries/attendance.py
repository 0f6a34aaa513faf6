"""Who was there: for the members of the group, from the moment that a session begins."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import select, union

from app.intervision.models import Booking, BookingState, Presence, Run
from app.intervision.queries.sessions import DatedSession, booking_of, session_inside
from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.clock import now
from app.kernel.errors import Forbidden
from tenants.session import session

EDITABLE = timedelta(days=7)
"""So long after a session it can still be said who was there."""


def session_of_own_group(actor: Actor, session_id: int) -> DatedSession:
    """A session of the actor's own group, in which she has a seat. Raises Forbidden for guests; NotFound."""
    dated = session_inside(actor, session_id)
    booking = booking_of(session_id, actor.person_id)
    if booking is None or booking.is_guest:
        raise Forbidden("intervision.join_in")
    return dated


def is_attendance_open(dated: DatedSession) -> bool:
    """Whether it can be said now who was there."""
    appointment = dated.appointment
    return appointment is not None and dated.has_begun and now() < appointment.ends_at + EDITABLE


def presences_in(session_id: int) -> dict[int, bool]:
    """Whether each person was there, as far as that was noted."""
    rows = session().execute(
        select(Presence.person_id, Presence.was_there).where(Presence.session_id == session_id)
    )
    return dict(rows.all())


def took_place(session_ids: Collection[int]) -> set[int]:
    """Which of these sessions took place: they were begun here, or somebody is noted as having been there."""
    begun = select(Run.session_id).where(among(Run.session_id, session_ids))
    attended = select(Presence.session_id).where(among(Presence.session_id, session_ids), Presence.was_there)
    return set(session().scalars(union(begun, attended)))


def given_back_in(session_id: int) -> Sequence[Booking]:
    """Who gave her seat back, the last last."""
    given_back = (Booking.session_id == session_id) & (Booking.state == BookingState.GIVEN_BACK)
    return session().scalars(select(Booking).where(given_back).order_by(Booking.since, Booking.id)).all()
