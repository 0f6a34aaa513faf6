"""Sessions: for the group and its guests, for who could book a seat, and for the coordinator."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, true

from app.agenda.models import Appointment
from app.intervision.models import (
    Booking,
    BookingState,
    IntervisionGroup,
    IntervisionSession,
    Season,
    SessionCancellation,
)
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries.groups import has_member, is_published
from app.intervision.queries.joins import (
    appointment_of_session,
    cancellation_of_session,
    group_of_session,
    season_of_session,
)
from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.clock import now
from app.kernel.errors import Forbidden, NotFound
from tenants.session import session


@dataclass(frozen=True, slots=True)
class DatedSession:
    """A session with its group and season, and with its time where that is known."""

    session: IntervisionSession
    group: IntervisionGroup
    season: Season
    appointment: Appointment | None
    cancelled_at: datetime | None

    @property
    def id(self) -> int:
        """Of the session."""
        return self.session.id

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.cancelled_at is not None

    @property
    def has_begun(self) -> bool:
        """Whether its time has come."""
        return self.appointment is not None and self.appointment.starts_at <= now()

    @property
    def is_over(self) -> bool:
        """Whether its time is past."""
        return self.appointment is not None and self.appointment.ends_at <= now()

    @property
    def is_coming(self) -> bool:
        """Whether it has a date that is still to come."""
        return self.appointment is not None and not (self.is_cancelled or self.has_begun)


def sessions_where(*conditions: ColumnElement[bool], most: int | None = None) -> list[DatedSession]:
    """Sessions under these conditions, the first first, those without a date last. For queries of this room."""
    rows = session().execute(
        select(IntervisionSession, IntervisionGroup, Season, Appointment, SessionCancellation.at)
        .join(*group_of_session())
        .join(*season_of_session())
        .outerjoin(*appointment_of_session())
        .outerjoin(*cancellation_of_session())
        .where(*conditions)
        .order_by(Appointment.starts_at.nulls_last(), IntervisionSession.number, IntervisionSession.id)
        .limit(most)
    )
    return [DatedSession(*row) for row in rows]


def has_seat(person_id: int) -> ColumnElement[bool]:
    """Whether somebody has a seat in a session."""
    return has_booking(person_id, (BookingState.BOOKED,))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Which sessions the actor may know of: her own, those with a booking of hers, and those that take guests."""
    if actor.may(RUN_SEASONS):
        return true()
    takes_guests = (Season.open_seats > 0) & IntervisionSession.appointment_id.is_not(None)
    mine = has_member(actor.person_id) | has_booking(actor.person_id, tuple(BookingState))
    return is_published() & or_(mine, takes_guests)


def session_with(actor: Actor, session_id: int) -> DatedSession:
    """A session that the actor may know of. Raises NotFound."""
    found = sessions_where(IntervisionSession.id == session_id, visible_to(actor))
    if not found:
        raise NotFound
    return found[0]


def session_inside(actor: Actor, session_id: int) -> DatedSession:
    """A session in which the actor has a seat.

    Raises Forbidden for who may know that it is and not what is said in it, as the coordinator; NotFound for others.
    """
    session_with(actor, session_id)
    found = sessions_where(IntervisionSession.id == session_id, has_seat(actor.person_id), is_published())
    if not found:
        raise Forbidden("intervision.join_in")
    return found[0]


def session_by_id(session_id: int) -> DatedSession | None:
    """A session, for the system's own mails."""
    return next(iter(sessions_where(IntervisionSession.id == session_id)), None)


def sessions_of_group(group_id: int) -> list[DatedSession]:
    """The sessions of a group; who may know of the group may know of these."""
    return sessions_where(IntervisionSession.group_id == group_id)


def sessions_of_groups(season: Season, groups: Collection[IntervisionGroup]) -> dict[int, list[DatedSession]]:
    """The sessions of each of these groups of a season by number; also of groups that have none."""
    by_id = {group.id: group for group in groups}
    found: dict[int, list[DatedSession]] = {group_id: [] for group_id in by_id}
    rows = session().execute(
        select(IntervisionSession, Appointment, SessionCancellation.at)
        .outerjoin(*appointment_of_session())
        .outerjoin(*cancellation_of_session())
        .where(among(IntervisionSession.group_id, by_id))
        .order_by(IntervisionSession.number, IntervisionSession.id)
    )
    for one, appointment, cancelled_at in rows:
        dated = DatedSession(one, by_id[one.group_id], season, appointment, cancelled_at)
        found[one.group_id].append(dated)
    return found


def coming_of(group_ids: Collection[int]) -> dict[int, list[datetime]]:
    """When the sessions to come of each of these groups begin; also of groups that have none."""
    found: dict[int, list[datetime]] = {group_id: [] for group_id in group_ids}
    rows = session().execute(
        select(IntervisionSession.group_id, Appointment.starts_at)
        .join(*appointment_of_session())
        .outerjoin(*cancellation_of_session())
        .where(
            among(IntervisionSession.group_id, group_ids),
            Appointment.starts_at > now(),
            SessionCancellation.at.is_(None),
        )
    )
    for group_id, starts_at in rows:
        found[group_id].append(starts_at)
    return found


def seated_in(session_ids: Collection[int]) -> dict[int, list[int]]:
    """Who has a seat in each of these sessions: ids of people, by seat; also where nobody has."""
    found: dict[int, list[int]] = {session_id: [] for session_id in session_ids}
    rows = session().execute(
        select(Booking.session_id, Booking.person_id)
        .where(among(Booking.session_id, session_ids), Booking.state == BookingState.BOOKED)
        .order_by(Booking.session_id, Booking.seat)
    )
    for session_id, person_id in rows:
        found[session_id].append(person_id)
    return found


def booking_of(session_id: int, person_id: int) -> Booking | None:
    """Somebody's booking in a session, whatever its state."""
    return session().scalar(
        select(Booking).where(Booking.session_id == session_id, Booking.person_id == person_id)
    )


def has_booking(person_id: int, states: Collection[BookingState]) -> ColumnElement[bool]:
    """Whether somebody's booking in a session is in one of these states."""
    return exists().where(
        Booking.tenant_id == IntervisionSession.tenant_id,
        Booking.session_id == IntervisionSession.id,
        Booking.person_id == person_id,
        Booking.state.in_(states),
    )
