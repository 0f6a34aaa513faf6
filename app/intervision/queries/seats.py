"""How many seats of a session are taken, who waits for one, and for whom one is free."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select

from app.intervision.models import Booking, BookingState, GroupMember, IntervisionSession
from app.intervision.queries.sessions import DatedSession
from app.kernel.among import among
from tenants.session import session

HELD = (BookingState.BOOKED, BookingState.OFFERED)
"""States in which somebody has the number of a seat."""


@dataclass(frozen=True, slots=True)
class SeatCount:
    """The seats of one session."""

    seats: int
    open_seats: int
    held: int
    guests: int
    """Of those who hold a seat."""
    given_back: int
    """Members of the group who said that they do not come."""
    unseated: int
    """Members who can still take the seat that is theirs."""
    waiting: int

    def free(self, *, for_guest: bool) -> int:
        """How many more can book. Guests have the open seats, and those that members gave back."""
        left = self.seats - self.held
        if for_guest:
            left = min(left - self.unseated, self.open_seats + self.given_back - self.guests)
        return max(left, 0)


def seat_counts(sessions: Collection[DatedSession]) -> dict[int, SeatCount]:
    """The seats of each of these sessions, in two queries."""
    ids = [dated.id for dated in sessions]
    unseated = _unseated(ids)
    rows = session().execute(
        select(
            Booking.session_id,
            _number(Booking.state.in_(HELD)),
            _number(Booking.state.in_(HELD) & Booking.is_guest),
            _number((Booking.state == BookingState.GIVEN_BACK) & ~Booking.is_guest),
            _number(Booking.state == BookingState.WAITING),
        )
        .where(among(Booking.session_id, ids))
        .group_by(Booking.session_id)
    )
    taken = {session_id: numbers for session_id, *numbers in rows}
    counts: dict[int, SeatCount] = {}
    for dated in sessions:
        held, guests, given_back, waiting = taken.get(dated.id, (0, 0, 0, 0))
        counts[dated.id] = SeatCount(
            seats=dated.session.seats,
            open_seats=dated.season.open_seats,
            held=held,
            guests=guests,
            given_back=given_back,
            unseated=unseated.get(dated.id, 0),
            waiting=waiting,
        )
    return counts


def bookings_of(person_id: int, session_ids: Collection[int]) -> dict[int, Booking]:
    """Somebody's booking in each of these sessions, where there is one."""
    hers = (Booking.person_id == person_id) & among(Booking.session_id, session_ids)
    return {booking.session_id: booking for booking in session().scalars(select(Booking).where(hers))}


def holders_of(session_id: int) -> Sequence[Booking]:
    """Who holds a seat of a session, also who has yet to answer an offer; by seat."""
    held = (Booking.session_id == session_id) & Booking.state.in_(HELD)
    return session().scalars(select(Booking).where(held).order_by(Booking.seat)).all()


def line_of(session_id: int) -> Sequence[Booking]:
    """Who waits for a seat, the first in line first."""
    waiting = (Booking.session_id == session_id) & (Booking.state == BookingState.WAITING)
    return session().scalars(select(Booking).where(waiting).order_by(Booking.since, Booking.id)).all()


def _unseated(session_ids: Collection[int]) -> dict[int, int]:
    """How many members of its group have no booking at all in each of these sessions."""
    has_booking = exists().where(
        Booking.tenant_id == IntervisionSession.tenant_id,
        Booking.session_id == IntervisionSession.id,
        Booking.person_id == GroupMember.person_id,
    )
    rows = session().execute(
        select(IntervisionSession.id, func.count())
        .join(
            GroupMember,
            and_(
                GroupMember.tenant_id == IntervisionSession.tenant_id,
                GroupMember.group_id == IntervisionSession.group_id,
                GroupMember.left_at.is_(None),
            ),
        )
        .where(among(IntervisionSession.id, session_ids), ~has_booking)
        .group_by(IntervisionSession.id)
    )
    return dict(rows.all())


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)
