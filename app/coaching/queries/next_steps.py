"""What comes next in each of somebody's trajectories, so that no page of them is a dead end."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, exists, func, or_, select

from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    Agreement,
    CheckIn,
    CheckInCall,
    Closure,
    Evaluation,
    Trajectory,
)
from app.coaching.queries.talks import TalkCount, talk_counts
from app.coaching.queries.trajectories import takes_part
from app.kernel.actor import Actor
from app.kernel.clock import today
from tenants.session import session

SHOWN_AFTER_CLOSURE = timedelta(days=60)
"""So long a trajectory that was closed still stands on the first page."""


class Step(StrEnum):
    """What somebody can best do next."""

    AGREE = "agree"
    CHECK_IN = "check_in"
    PLAN = "plan"
    CLOSE = "close"
    EVALUATE = "evaluate"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OwnTrajectory:
    """A trajectory as one of the two finds it: how far it is, and what comes next for her."""

    trajectory: Trajectory
    other_id: int
    talks: TalkCount
    closure: Closure | None
    step: Step


class _Done(NamedTuple):
    """What has been done in a trajectory, by one of the two where it is asked of each."""

    agreed: bool
    called: bool
    checked_in: bool
    evaluated: bool


def own_trajectories(actor: Actor) -> list[OwnTrajectory]:
    """Those that go on and those that were closed lately, the latest first; in two queries."""
    rows = session().execute(
        select(Trajectory, Closure, *_done_by(actor))
        .outerjoin(
            Closure, (Closure.tenant_id == Trajectory.tenant_id) & (Closure.trajectory_id == Trajectory.id)
        )
        .where(
            takes_part(actor), or_(Closure.id.is_(None), Closure.closed_on >= today() - SHOWN_AFTER_CLOSURE)
        )
        .order_by(Closure.id.is_not(None), Trajectory.started_at.desc(), Trajectory.id.desc())
    )
    found = [(trajectory, closure, _Done(*done)) for trajectory, closure, *done in rows]
    counts = talk_counts([trajectory.id for trajectory, _closure, _done in found]) if found else {}
    return [
        OwnTrajectory(
            trajectory,
            trajectory.other_than(actor.person_id),
            counts[trajectory.id],
            closure,
            _next_step(trajectory, closure, done, counts[trajectory.id]),
        )
        for trajectory, closure, done in found
    ]


def _done_by(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The columns of `_Done`, for each trajectory of the actor."""
    side = case((Trajectory.coachee_id == actor.person_id, IB_SIDE), else_=COACH_SIDE)
    agreements = select(func.count()).where(_within(Agreement)).scalar_subquery()
    return (
        agreements == 2,
        exists().where(_within(CheckInCall)),
        exists().where(_within(CheckIn), CheckIn.side == side),
        exists().where(_within(Evaluation), Evaluation.side == side),
    )


def _within(
    kind: type[Agreement] | type[CheckInCall] | type[CheckIn] | type[Evaluation],
) -> ColumnElement[bool]:
    return (kind.tenant_id == Trajectory.tenant_id) & (kind.trajectory_id == Trajectory.id)


def _next_step(trajectory: Trajectory, closure: Closure | None, done: _Done, talks: TalkCount) -> Step:
    """The first that applies."""
    if closure:
        return Step.NONE if done.evaluated else Step.EVALUATE
    if done.called and not done.checked_in:
        return Step.CHECK_IN
    if not done.agreed:
        return Step.AGREE
    if talks.next_at:
        return Step.NONE
    return Step.CLOSE if talks.held >= trajectory.talks else Step.PLAN
