"""Book a seat in a session, give it back, wait for one, and answer when one is offered.

Whoever changes seats holds the row of the session first, and only then the agendas of people: so no two wait for each
other. The constraints of `Booking` are the wall behind it. Each verb may be pressed twice: the second time changes nothing.
"""

from flask_babel import gettext as _

from app.agenda.services.appointments import join_appointment, leave_appointment
from app.intervision.models import Booking, BookingState
from app.intervision.policy import JOIN_IN
from app.intervision.queries import (
    DatedSession,
    booking_of,
    give_back_until,
    kept_apart_from,
    members_of,
    people_around,
    published_at,
    seat_counts,
    session_with,
)
from app.intervision.services.lines import about, bring_into, free_seat, held_for_us, move_up, settle
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict, NotFound

SUBJECT = "intervision_session"


class Full(Conflict):
    """Every seat is taken: she can wait for one."""


def book_seat(actor: Actor, session_id: int) -> Booking:
    """Take a seat, also the one that was offered.

    Raises Full, Clash when she is elsewhere at that time, Conflict when she can't book here.
    """
    actor.require(JOIN_IN)
    dated = _to_be_booked(actor, session_id)
    booking = booking_of(dated.id, actor.person_id)
    if booking and booking.state == BookingState.BOOKED:
        return booking
    settle(dated)
    if booking and booking.state == BookingState.OFFERED:
        return _take(actor, dated, booking, booking.seat)
    booking = _booking_for(actor, dated, booking)
    if not seat_counts([dated])[dated.id].free(for_guest=booking.is_guest):
        raise Full(_("Every seat is taken: somebody else was first."))
    return _take(actor, dated, booking, free_seat(dated))


def give_back_seat(actor: Actor, session_id: int) -> None:
    """Say that she does not come, until the session begins: who waits longest is offered the seat."""
    actor.require(JOIN_IN)
    dated = _known(actor, session_id)
    booking = booking_of(dated.id, actor.person_id)
    if booking is None or booking.state != BookingState.BOOKED:
        return
    _refuse_what_has_begun(dated)
    until = give_back_until(dated)
    is_late = until is not None and now() > until
    bring_into(booking, BookingState.GIVEN_BACK)
    settle(dated)
    if dated.appointment:
        leave_appointment(dated.appointment.id, actor.person_id)
    record(actor, "give back seat late" if is_late else "give back seat", SUBJECT, dated.id)


def join_line(actor: Actor, session_id: int) -> Booking:
    """Wait for a seat. Raises Conflict when she need not wait, or can't book here."""
    actor.require(JOIN_IN)
    dated = _to_be_booked(actor, session_id)
    booking = booking_of(dated.id, actor.person_id)
    if booking and booking.state != BookingState.GIVEN_BACK:
        return booking
    settle(dated)
    booking = _booking_for(actor, dated, booking)
    if seat_counts([dated])[dated.id].free(for_guest=booking.is_guest):
        raise Conflict(_("A seat came free just now: you need not wait. Book it."))
    bring_into(booking, BookingState.WAITING)
    record(actor, "wait for seat", SUBJECT, dated.id)
    return booking


def leave_line(actor: Actor, session_id: int) -> None:
    """Wait no longer."""
    actor.require(JOIN_IN)
    dated = _known(actor, session_id)
    booking = booking_of(dated.id, actor.person_id)
    if booking and booking.state == BookingState.WAITING:
        bring_into(booking, BookingState.GIVEN_BACK)
        record(actor, "leave line", SUBJECT, dated.id)


def accept_offer(actor: Actor, session_id: int) -> Booking:
    """Take the seat that is held for her. Raises Conflict when her time to answer is over; Clash."""
    actor.require(JOIN_IN)
    dated = _to_be_booked(actor, session_id)
    booking = booking_of(dated.id, actor.person_id)
    if booking and booking.state == BookingState.BOOKED:
        return booking
    is_held = booking and booking.offered_until is not None and booking.offered_until > now()
    if not (booking and is_held):
        raise Conflict(_("This seat is no longer held for you. You can wait for another."))
    return _take(actor, dated, booking, booking.seat)


def let_offer_pass(actor: Actor, session_id: int) -> None:
    """Say no to the seat that is held for her: the next in line is offered it."""
    actor.require(JOIN_IN)
    dated = _known(actor, session_id)
    booking = booking_of(dated.id, actor.person_id)
    if booking and booking.state == BookingState.OFFERED:
        bring_into(booking, BookingState.GIVEN_BACK)
        move_up(dated)
        record(actor, "decline offer", SUBJECT, dated.id)


def is_member(dated: DatedSession, person_id: int) -> bool:
    """Whether somebody is in the group whose session it is."""
    return person_id in members_of([dated.session.group_id])[dated.session.group_id]


def _take(actor: Actor, dated: DatedSession, booking: Booking, seat: int | None) -> Booking:
    """Give her the seat, and the time in her agenda. Raises Clash."""
    bring_into(booking, BookingState.BOOKED, seat=seat)
    if dated.appointment:
        join_appointment(dated.appointment, actor.person_id)
    record(actor, "book seat", SUBJECT, dated.id)
    enqueue("intervision.tell_booked", **about(booking))
    return booking


def _known(actor: Actor, session_id: int) -> DatedSession:
    """A session that the actor may know of, held for us. Raises NotFound."""
    dated = held_for_us(session_id)
    session_with(actor, session_id)
    return dated


def _to_be_booked(actor: Actor, session_id: int) -> DatedSession:
    """As `_known`, of which seats can be booked now. Raises Conflict."""
    dated = _known(actor, session_id)
    if published_at(dated.season.id) is None:
        raise NotFound
    if dated.appointment is None:
        raise Conflict(_("The date of this session is not known yet."))
    if dated.is_cancelled:
        raise Conflict(_("This session was called off."))
    _refuse_what_has_begun(dated)
    return dated


def _refuse_what_has_begun(dated: DatedSession) -> None:
    if dated.has_begun:
        raise Conflict(_("This session has begun."))


def _booking_for(actor: Actor, dated: DatedSession, booking: Booking | None) -> Booking:
    """Her booking, or a new one that is not kept yet. Raises Conflict for a guest who can't come here."""
    is_guest = not is_member(dated, actor.person_id)
    if is_guest:
        _refuse_guest(actor, dated)
    if booking is None:
        booking = Booking(session_id=dated.id, person_id=actor.person_id, seats=dated.session.seats)
    booking.is_guest = is_guest
    return booking


def _refuse_guest(actor: Actor, dated: DatedSession) -> None:
    if not dated.season.open_seats:
        raise Conflict(_("This session takes no guests."))
    apart, around = kept_apart_from(actor.person_id), people_around(dated)
    if apart.colleagues & around:
        raise Conflict(
            _(
                "Somebody of your own school is in this session already. Choose one with people from elsewhere."
            )
        )
    if apart.others & around:
        raise Conflict(_("There is no seat for you in this session. Choose another."))
