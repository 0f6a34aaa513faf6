"""The line for a session: a seat that comes free is offered to who waits longest, and held until she answers.

Called by whoever changes seats, and each hour. Each of them holds the row of the session first: `held_for_us`.
"""

from collections.abc import Collection
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import exists, or_, select

from app.agenda.models import Appointment
from app.intervision.models import Booking, BookingState, IntervisionSession
from app.intervision.queries import (
    DatedSession,
    answer_until,
    holders_of,
    kept_apart_from,
    line_of,
    people_around,
    seat_counts,
    session_by_id,
)
from app.jobs.queue import enqueue
from app.kernel.actor import SYSTEM
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict, NotFound
from app.kernel.permissions import Role
from app.organisation.queries import holder_ids
from tenants.session import session


def held_for_us(session_id: int) -> DatedSession:
    """A session whose seats nobody else changes until we are done. Raises NotFound."""
    row = select(IntervisionSession).where(IntervisionSession.id == session_id)
    as_it_is_now = {"populate_existing": True}
    held = session().execute(row.with_for_update(key_share=True), execution_options=as_it_is_now)
    if held.scalar_one_or_none() is None:
        raise NotFound
    dated = session_by_id(session_id)
    if dated is None:
        raise NotFound
    return dated


def free_seat(dated: DatedSession) -> int:
    """The lowest number that nobody has. Raises Conflict when there is none."""
    taken = {booking.seat for booking in holders_of(dated.id)}
    free = [seat for seat in range(1, dated.session.seats + 1) if seat not in taken]
    if not free:
        raise Conflict(_("This session has no seats left."))
    return free[0]


def bring_into(
    booking: Booking, state: BookingState, *, seat: int | None = None, until: datetime | None = None
) -> None:
    """Give a booking another state, from now on; all at once, as the constraints want it."""
    booking.state, booking.since = state, now()
    booking.seat, booking.offered_until = seat, until
    session().add(booking)
    session().flush()


def in_microseconds(moment: datetime) -> int:
    """A moment as a whole number, by which a job knows which booking it is about."""
    return int(moment.timestamp() * 1_000_000)


def about(booking: Booking) -> dict[str, int]:
    """What a job is told of a booking as it is now."""
    return {
        "session_id": booking.session_id,
        "person_id": booking.person_id,
        "since": in_microseconds(booking.since),
    }


def settle(dated: DatedSession) -> None:
    """Let offers pass whose time is over, and offer what is free to who waits longest."""
    pass_late_offers(dated)
    move_up(dated)


def pass_late_offers(dated: DatedSession) -> None:
    """Take back the seats that were held for who did not answer in time, and tell her."""
    moment = now()
    for booking in holders_of(dated.id):
        if booking.offered_until is not None and booking.offered_until <= moment:
            bring_into(booking, BookingState.GIVEN_BACK)
            record(SYSTEM, "let offer pass", "intervision_session", dated.id)
            if dated.is_coming:
                enqueue("intervision.tell_offer_passed", **about(booking))


def move_up(dated: DatedSession) -> None:
    """Offer each free seat to the first in line whom it suits."""
    if not dated.is_coming:
        return
    line = line_of(dated.id)
    holding_role = holder_ids(Role.IB) if line else set[int]()
    for booking in line:
        count = seat_counts([dated])[dated.id]
        if not count.free(for_guest=False):
            return
        if not count.free(for_guest=booking.is_guest) or booking.person_id not in holding_role:
            continue
        if booking.is_guest and kept_apart_from(booking.person_id).everybody & people_around(dated):
            continue
        bring_into(booking, BookingState.OFFERED, seat=free_seat(dated), until=answer_until(dated, now()))
        record(SYSTEM, "offer seat", "intervision_session", dated.id)
        enqueue("intervision.tell_offer", **about(booking))


def end_lines(session_ids: Collection[int]) -> dict[int, list[int]]:
    """Nobody waits for these any more, nor holds an offer; gives who did, by session."""
    ended: dict[int, list[int]] = {session_id: [] for session_id in session_ids}
    waiting = Booking.session_id.in_(session_ids) & Booking.state.in_(
        (BookingState.WAITING, BookingState.OFFERED)
    )
    for booking in session().scalars(select(Booking).where(waiting).order_by(Booking.person_id)).all():
        bring_into(booking, BookingState.GIVEN_BACK)
        ended[booking.session_id].append(booking.person_id)
    return ended


def follow_lines() -> None:
    """Settle each session with an offer whose time is over, or with somebody who waits for it."""
    due = or_(
        Booking.offered_until <= now(),
        (Booking.state == BookingState.WAITING)
        & exists().where(
            IntervisionSession.tenant_id == Booking.tenant_id,
            IntervisionSession.id == Booking.session_id,
            Appointment.tenant_id == IntervisionSession.tenant_id,
            Appointment.id == IntervisionSession.appointment_id,
            Appointment.starts_at > now(),
        ),
    )
    ids = session().scalars(select(Booking.session_id).where(due).distinct()).all()
    for session_id in sorted(ids):
        settle(held_for_us(session_id))
