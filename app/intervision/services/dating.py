"""Give a session a date, or another one: the agenda keeps it, and the members of the group have their seats."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from app.agenda.models import Appointment
from app.agenda.queries import taken_times
from app.agenda.services.appointments import (
    book,
    join_appointment,
    move_appointment,
)
from app.intervision.models import Booking, BookingState, IntervisionSession, SessionCancellation
from app.intervision.queries import DatedSession, members_of, seated_in
from app.intervision.queries.planning import times_led
from app.kernel.clock import now
from app.kernel.errors import Conflict
from tenants.session import session

KIND = "intervision"
"""What the agenda calls our appointments."""
FEWEST = 2
"""So many people make a session."""


def date_session(
    intervision_session: IntervisionSession,
    starts_at: datetime,
    ends_at: datetime,
    place: str | None,
    *,
    without: Collection[int] = (),
) -> Appointment:
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
    return appointment


class NewDate(NamedTuple):
    """When and where a session is going to be."""

    starts_at: datetime
    ends_at: datetime
    place: str | None


def redate_session(
    dated: DatedSession, new: NewDate, *, without: Collection[int] = (), with_seat: Collection[int] = ()
) -> Appointment:
    """Give a session its first date, another one, or one after it was called off. Tells nobody. Raises Clash.

    Who is left out (`without`) gives her seat back; who said that she can (`with_seat`) gets one if she has none.
    Raises Conflict where too few people would be left.
    """
    found = dated.session
    if dated.appointment is None or dated.is_cancelled:
        _begin_anew(found)
        people = members_of([found.group_id])[found.group_id]
        _enough([person_id for person_id in people if person_id not in without])
        appointment = date_session(found, *new, without=without)
    else:
        seated = seated_in([found.id])[found.id]
        _enough([person_id for person_id in {*seated, *with_seat} if person_id not in without])
        leaving = set(seated) & set(without)
        appointment = move_appointment(dated.appointment.id, *new, without=leaving)
        _give_seats_back(found, leaving)
        for person_id in set(with_seat) - set(seated) - set(without):
            seat = _free_seat(found)
            if seat is not None:
                join_appointment(appointment, person_id)
                _seat(found, person_id, seat)
    _see_that_somebody_leads(found)
    session().flush()
    return appointment


def absent_at(
    dated: DatedSession, starts_at: datetime, ends_at: datetime, also: Collection[int] = ()
) -> set[int]:
    """Who of those who would come has another appointment then. For services: nobody is told who."""
    has_date = dated.appointment is not None and not dated.is_cancelled
    people = seated_in([dated.id])[dated.id] if has_date else members_of([dated.group.id])[dated.group.id]
    besides = dated.session.appointment_id if has_date else None
    return set(taken_times({*people, *also}, starts_at, ends_at, besides=besides))


def next_to_lead(group_id: int, people: Collection[int]) -> int | None:
    """Who of these people leads the next session: who did it least, in the order of the group."""
    led = times_led(group_id)
    return min(people, key=lambda person_id: led[person_id], default=None)


def _give_seats_back(found: IntervisionSession, people: Collection[int]) -> None:
    theirs = (Booking.session_id == found.id) & Booking.person_id.in_(people)
    given_back = {"state": BookingState.GIVEN_BACK, "seat": None, "offered_until": None, "since": now()}
    session().execute(update(Booking).where(theirs).values(given_back))


def _begin_anew(found: IntervisionSession) -> None:
    """Forget the date that was called off, with its bookings; the agenda keeps that it was."""
    found.appointment_id = None
    session().execute(delete(Booking).where(Booking.session_id == found.id))
    session().execute(delete(SessionCancellation).where(SessionCancellation.session_id == found.id))
    session().flush()


def _enough(people: Collection[int]) -> None:
    if len(people) < FEWEST:
        raise Conflict(_("Then nobody would be left to meet with. Choose another time."))


def _see_that_somebody_leads(found: IntervisionSession) -> None:
    seated = seated_in([found.id])[found.id]
    members = [one for one in members_of([found.group_id])[found.group_id] if one in seated]
    if found.facilitator_id not in members:
        found.facilitator_id = next_to_lead(found.group_id, members)


def _free_seat(found: IntervisionSession) -> int | None:
    taken = set(
        session().scalars(
            select(Booking.seat).where(Booking.session_id == found.id, Booking.seat.is_not(None))
        )
    )
    return next((seat for seat in range(1, found.seats + 1) if seat not in taken), None)


def _seat(found: IntervisionSession, person_id: int, seat: int) -> None:
    mine = (Booking.session_id == found.id) & (Booking.person_id == person_id)
    booking = session().scalar(select(Booking).where(mine))
    if booking is None:
        booking = Booking(session_id=found.id, person_id=person_id, seats=found.seats, is_guest=False)
        session().add(booking)
    booking.state, booking.since, booking.is_guest = BookingState.BOOKED, now(), False
    booking.seat, booking.offered_until = booking.seat or seat, None
    session().flush()
