"""What two people agreed, and their goals: for the two alone; of the goals bare levels, for numbers about many."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select

from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    Agreement,
    AgreementLine,
    Closure,
    LineKind,
    Release,
    Trajectory,
    TrajectoryGoal,
)
from app.coaching.queries.trajectories import own_trajectory
from app.goals.models import Goal, Measurement
from app.goals.queries import WholeGoal, goals_where
from app.kernel.actor import Actor
from app.kernel.errors import Forbidden, NotFound
from tenants.session import session

_IN_ORDER = {kind.value: place for place, kind in enumerate(LineKind)}


@dataclass(frozen=True, slots=True)
class StartAgreement:
    """What two people agreed at the start: talks, lines, and who of them agrees with all of it."""

    trajectory: Trajectory
    lines: Sequence[AgreementLine]
    agreed: Mapping[int, datetime]
    """Since when, by side."""

    @property
    def version(self) -> str:
        """Changes with every change, so that nobody agrees with what she did not see."""
        parts = (self.trajectory.talks, self.trajectory.minutes, *(line.id for line in self.lines))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    @property
    def is_whole(self) -> bool:
        """Whether there is enough to agree with: both have said what the school leader hears."""
        return any(line.kind == LineKind.LEADER_HEARS for line in self.lines)

    @property
    def is_settled(self) -> bool:
        """Whether both agree."""
        return self.agreed.keys() == {IB_SIDE, COACH_SIDE}


def start_agreement(trajectory: Trajectory) -> StartAgreement:
    """The start agreement as it is now, of a trajectory that the actor was found to take part in."""
    lines = session().scalars(select(AgreementLine).where(AgreementLine.trajectory_id == trajectory.id))
    agreed = session().scalars(select(Agreement).where(Agreement.trajectory_id == trajectory.id))
    return StartAgreement(trajectory, in_order(lines.all()), {one.side: one.at for one in agreed})


def in_order(lines: Sequence[AgreementLine]) -> list[AgreementLine]:
    """Lines as they stand below each other."""
    return sorted(lines, key=lambda line: (_IN_ORDER[line.kind], line.position))


def trajectory_as_coachee(actor: Actor, trajectory_id: int) -> Trajectory:
    """A trajectory in which the actor is coached. Raises Forbidden for her coach and the coordinator."""
    found = own_trajectory(actor, trajectory_id)
    if actor.person_id != found.coachee_id:
        raise Forbidden("coaching.take_part")
    return found


def trajectory_of_goal(actor: Actor, goal_id: int) -> Trajectory:
    """The trajectory of a goal, in which the actor is one of the two. Raises NotFound for everybody else."""
    found = session().scalar(select(TrajectoryGoal).where(TrajectoryGoal.goal_id == goal_id))
    if found is None:
        raise NotFound
    try:
        return own_trajectory(actor, found.trajectory_id)
    except Forbidden as not_hers:
        # The coordinator knows the trajectory, and not even that this goal exists.
        raise NotFound from not_hers


def belongs_to(trajectory: Trajectory) -> ColumnElement[bool]:
    """Which goals are those of a trajectory."""
    return Goal.id.in_(
        select(TrajectoryGoal.goal_id).where(TrajectoryGoal.trajectory_id == trajectory.id).scalar_subquery()
    )


def goals_of(trajectory: Trajectory) -> list[WholeGoal]:
    """The goals of a trajectory that the actor was found to take part in."""
    return goals_where(belongs_to(trajectory))


def releases_in(trajectory: Trajectory) -> list[Release]:
    """What the coachee released of a trajectory."""
    return list(session().scalars(select(Release).where(Release.trajectory_id == trajectory.id)))


def closures_with_goals(which: ColumnElement[bool]) -> list[tuple[Trajectory, Closure]]:
    """Trajectories with a goal whose closure the condition holds for."""
    rows = session().execute(
        select(Trajectory, Closure)
        .join(
            Closure, and_(Closure.tenant_id == Trajectory.tenant_id, Closure.trajectory_id == Trajectory.id)
        )
        .where(which, Trajectory.id.in_(select(TrajectoryGoal.trajectory_id)))
        .order_by(Trajectory.id)
    )
    return [(trajectory, closure) for trajectory, closure in rows]


class MeasuredLevel(NamedTuple):
    """A level without the goal that it is of: for numbers about many people."""

    trajectory_id: int
    moment: str
    level: int
    measured_on: date


def measured_levels(which: ColumnElement[bool]) -> list[MeasuredLevel]:
    """Every level that was measured in the trajectories that the condition holds for, without a word of text.

    For numbers under the rule of small groups: a row by itself is for the two alone.
    """
    rows = session().execute(
        select(TrajectoryGoal.trajectory_id, Measurement.moment, Measurement.level, Measurement.measured_on)
        .join(
            Measurement,
            and_(
                Measurement.tenant_id == TrajectoryGoal.tenant_id,
                Measurement.goal_id == TrajectoryGoal.goal_id,
            ),
        )
        .join(
            Trajectory,
            and_(
                Trajectory.tenant_id == TrajectoryGoal.tenant_id,
                Trajectory.id == TrajectoryGoal.trajectory_id,
            ),
        )
        .where(which)
        .order_by(TrajectoryGoal.trajectory_id, Measurement.id)
    )
    return [MeasuredLevel(*row) for row in rows]
