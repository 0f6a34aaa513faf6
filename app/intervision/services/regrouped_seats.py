"""What a change of groups does to the sessions to come: seats and hours in agendas, of who leaves and of who comes."""

from collections.abc import Collection

from sqlalchemy import delete, select, text, update

from app.agenda.models import Attendance
from app.agenda.services.appointments import (
    Clash,
    cancel_appointment,
    hold_agendas,
    join_appointment,
    leave_appointment,
)
from app.intervision.models import (
    SEATS,
    Booking,
    BookingState,
    IntervisionSession,
    Poll,
    PollAnswer,
    PollOption,
    SessionCancellation,
)
from app.intervision.queries import DatedSession, booking_of, seated_in, sessions_where
from app.intervision.services.lines import end_lines
from app.kernel.actor import Actor
from app.kernel.clock import now
from tenants.session import session


def sessions_to_come(group_ids: Collection[int], moving: Collection[int]) -> dict[int, list[DatedSession]]:
    """The sessions of these groups that can still be held, by group, kept as they are until we are done.

    The agendas of everybody in them, and of who moves, are held as well.
    """
    of_groups = IntervisionSession.group_id.in_(group_ids)
    # Seats first and agendas after it, and sessions in one order: so no two who change seats wait for each other.
    session().execute(
        select(IntervisionSession.id).where(of_groups).order_by(IntervisionSession.id).with_for_update()
    )
    found: dict[int, list[DatedSession]] = {one: [] for one in group_ids}
    for dated in sessions_where(of_groups):
        if not (dated.is_cancelled or dated.has_begun):
            found[dated.group.id].append(dated)
    dates = [dated.session.appointment_id for sessions in found.values() for dated in sessions]
    booked = session().scalars(select(Attendance.person_id).where(Attendance.appointment_id.in_(dates)))
    hold_agendas({*moving, *booked})
    return found


def give_seats_back(sessions: Collection[DatedSession], person_id: int) -> None:
    """Somebody comes to none of these any more: her hours are hers again, and she is asked for no date."""
    for dated in sessions:
        booking = booking_of(dated.id, person_id)
        if booking is not None and booking.state != BookingState.GIVEN_BACK:
            booking.state, booking.since = BookingState.GIVEN_BACK, now()
            booking.seat, booking.offered_until = None, None
        if dated.appointment is not None:
            leave_appointment(dated.appointment.id, person_id)
        if dated.session.facilitator_id == person_id:
            dated.session.facilitator_id = None
    options = select(PollOption.id).join(
        Poll, (Poll.tenant_id == PollOption.tenant_id) & (Poll.id == PollOption.poll_id)
    )
    open_options = options.where(
        Poll.session_id.in_([dated.id for dated in sessions]), Poll.closed_at.is_(None)
    )
    answered = (PollAnswer.person_id == person_id) & PollAnswer.option_id.in_(open_options)
    session().execute(delete(PollAnswer).where(answered))
    session().flush()


def take_seats(sessions: Collection[DatedSession], person_id: int) -> None:
    """Somebody comes to each of these that has a date, except where she is elsewhere then."""
    for dated in sessions:
        if dated.appointment is None:
            continue
        try:
            join_appointment(dated.appointment, person_id)
        except Clash:
            continue
        booking = booking_of(dated.id, person_id)
        if booking is None:
            booking = Booking(session_id=dated.id, person_id=person_id, seats=dated.session.seats)
        booking.is_guest, booking.offered_until = False, None
        if booking.seat is None:
            booking.seat = _free_seat(dated.session)
            booking.seats = dated.session.seats
        booking.state, booking.since = BookingState.BOOKED, now()
        session().add(booking)
        session().flush()


def call_off_sessions(actor: Actor, sessions: Collection[DatedSession]) -> dict[int, list[int]]:
    """None of these takes place; gives who had a seat in each that had a date, or waited for one."""
    ids = [dated.id for dated in sessions if dated.appointment is not None]
    seated, waited = seated_in(ids), end_lines(ids)
    session().add_all(SessionCancellation(session_id=dated.id, by_id=actor.person_id) for dated in sessions)
    session().flush()
    for dated in sessions:
        if dated.appointment is not None:
            cancel_appointment(dated.appointment.id)
    return {session_id: [*seated[session_id], *waited[session_id]] for session_id in ids}


def _free_seat(of: IntervisionSession) -> int:
    """A seat for a member; where guests have the last one, the session gets a seat more."""
    taken = set(
        session().scalars(select(Booking.seat).where(Booking.session_id == of.id, Booking.seat.is_not(None)))
    )
    free = next(seat for seat in range(1, SEATS[1] + 1) if seat not in taken)
    if free > of.seats:
        session().execute(text("SET CONSTRAINTS fk_booking_session DEFERRED"))
        of.seats = free
        session().flush()
        session().execute(update(Booking).where(Booking.session_id == of.id).values(seats=free))
        session().expire_all()
    return free
