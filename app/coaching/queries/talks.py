"""Talks: for the two in the trajectory; the coordinator gets their number and dates, by `talk_counts`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select

from app.agenda.models import Appointment
from app.coaching.models import CoachingRequest, CoachProfile, Match, Talk, TalkOutcome, Trajectory
from app.coaching.queries.trajectories import own_trajectory, takes_part
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import NotFound
from tenants.session import session


@dataclass(frozen=True, slots=True)
class DatedTalk:
    """A talk with its time and place, and what became of it."""

    talk: Talk
    appointment: Appointment
    outcome: TalkOutcome | None

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled before its time."""
        return self.appointment.cancelled_at is not None

    @property
    def has_begun(self) -> bool:
        """Whether its time has come."""
        return self.appointment.starts_at <= now()

    @property
    def is_coming(self) -> bool:
        """Whether the two still have to meet."""
        return not (self.is_cancelled or self.has_begun)

    @property
    def waits(self) -> bool:
        """Whether its time has come and nobody said what became of it."""
        return self.has_begun and not self.is_cancelled and self.outcome is None

    @property
    def was_held(self) -> bool:
        """Whether one of the two said that it was held."""
        return self.outcome is not None and self.outcome.was_held

    @property
    def counts(self) -> bool:
        """Whether it is one of the talks that the two have or had."""
        return not self.is_cancelled and (self.outcome is None or self.outcome.was_held)


def talks_in(actor: Actor, trajectory_id: int) -> Sequence[DatedTalk]:
    """The talks of a trajectory, the first first. Raises NotFound, and Forbidden, as `own_trajectory` does."""
    own_trajectory(actor, trajectory_id)
    return _dated(Talk.trajectory_id == trajectory_id)


def talk_with(actor: Actor, trajectory_id: int, talk_id: int) -> DatedTalk:
    """A talk of a trajectory in which the actor is one of the two. Raises NotFound, and Forbidden as above."""
    own_trajectory(actor, trajectory_id)
    found = _dated((Talk.trajectory_id == trajectory_id) & (Talk.id == talk_id))
    if not found:
        raise NotFound
    return found[0]


def talk_by_id(talk_id: int) -> DatedTalk | None:
    """A talk, for the system's own mails."""
    return next(iter(_dated(Talk.id == talk_id)), None)


class TalkInAgenda(NamedTuple):
    """Whose talk an appointment of the actor's is."""

    trajectory_id: int
    coachee_id: int
    coach_id: int


def talks_at(actor: Actor, appointment_ids: Collection[int]) -> dict[int, TalkInAgenda]:
    """Which talks the actor has at these appointments."""
    rows = session().execute(
        select(Talk.appointment_id, Trajectory.id, Trajectory.coachee_id, Trajectory.coach_id)
        .join(Trajectory, (Trajectory.tenant_id == Talk.tenant_id) & (Trajectory.id == Talk.trajectory_id))
        .where(Talk.appointment_id.in_(appointment_ids), takes_part(actor))
    )
    return {appointment_id: TalkInAgenda(*rest) for appointment_id, *rest in rows}


class TalkCount(NamedTuple):
    """How far the talks of a trajectory are: what a coordinator may know of them."""

    held: int
    planned: int
    next_at: datetime | None
    last_at: datetime | None
    """When the last one that was held began."""


def talk_counts(trajectory_ids: Collection[int]) -> dict[int, TalkCount]:
    """The numbers and dates of each of these trajectories, also of those without any talk; in one query."""
    is_coming = and_(Appointment.cancelled_at.is_(None), Appointment.starts_at > now())
    coming_at = case((is_coming, Appointment.starts_at))
    held_at = case((TalkOutcome.was_held, Appointment.starts_at))
    rows = session().execute(
        select(
            Talk.trajectory_id,
            func.count(held_at),
            func.count(coming_at),
            func.min(coming_at),
            func.max(held_at),
        )
        .join(Appointment, _of_talk())
        .outerjoin(TalkOutcome, _of_outcome())
        .where(Talk.trajectory_id.in_(trajectory_ids))
        .group_by(Talk.trajectory_id)
    )
    none = TalkCount(0, 0, None, None)
    return dict.fromkeys(trajectory_ids, none) | {row[0]: TalkCount(*row[1:]) for row in rows}


class ToldHalfdays(NamedTuple):
    """On which half-days each of the two said that she can talk."""

    coachee: frozenset[int]
    coach: frozenset[int]


def halfdays_told(trajectory: Trajectory) -> ToldHalfdays:
    """What the two told in the request and in the profile; nothing where there is none."""
    asked = (
        select(CoachingRequest.halfdays)
        .join(
            Match, (Match.tenant_id == CoachingRequest.tenant_id) & (Match.request_id == CoachingRequest.id)
        )
        .where(Match.id == trajectory.match_id)
    )
    offered = select(CoachProfile.halfdays).where(CoachProfile.person_id == trajectory.coach_id)
    return ToldHalfdays(*(frozenset(session().scalar(told) or ()) for told in (asked, offered)))


def _dated(condition: ColumnElement[bool]) -> list[DatedTalk]:
    rows = session().execute(
        select(Talk, Appointment, TalkOutcome)
        .join(Appointment, _of_talk())
        .outerjoin(TalkOutcome, _of_outcome())
        .where(condition)
        .order_by(Appointment.starts_at, Talk.id)
    )
    return [DatedTalk(*row) for row in rows]


def _of_talk() -> ColumnElement[bool]:
    return (Appointment.tenant_id == Talk.tenant_id) & (Appointment.id == Talk.appointment_id)


def _of_outcome() -> ColumnElement[bool]:
    return (TalkOutcome.tenant_id == Talk.tenant_id) & (TalkOutcome.talk_id == Talk.id)
