"""Give a session a date: the agenda keeps it, and the members of the group get their seats."""

from collections.abc import Collection
from datetime import datetime

from app.agenda.services.appointments import book
from app.intervision.models import Booking, BookingState, IntervisionSession
from app.intervision.queries import members_of
from tenants.session import session

KIND = "intervision"
"""What the agenda calls our appointments."""


def date_session(
    intervision_session: IntervisionSession,
    starts_at: datetime,
    ends_at: datetime,
    place: str | None,
    *,
    without: Collection[int] = (),
) -> None:
    """Put a session in the agenda of its group, without telling anybody. Raises Clash.

    Who is left out (`without`), because she refused the date or is elsewhere then, keeps her time and gets no seat.
    """
    group_id = intervision_session.group_id
    people = [person_id for person_id in members_of([group_id])[group_id] if person_id not in without]
    appointment = book(people, starts_at, ends_at, place, KIND)
    intervision_session.appointment_id = appointment.id
    session().add_all(
        Booking(
            session_id=intervision_session.id,
            person_id=person_id,
            seats=intervision_session.seats,
            seat=seat,
            is_guest=False,
            state=BookingState.BOOKED,
        )
        for seat, person_id in enumerate(people, start=1)
    )
    session().flush()
