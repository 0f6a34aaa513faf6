"""What comes next in each of somebody's trajectories, so that no page of them is a dead end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import func, or_, select

from app.coaching.models import Agreement, CheckIn, CheckInCall, Closure, Evaluation, Trajectory
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


def own_trajectories(actor: Actor) -> list[OwnTrajectory]:
    """Those that go on and those that were closed lately, the latest first; in a fixed number of queries."""
    rows = session().execute(
        select(Trajectory, Closure)
        .outerjoin(
            Closure, (Closure.tenant_id == Trajectory.tenant_id) & (Closure.trajectory_id == Trajectory.id)
        )
        .where(
            takes_part(actor), or_(Closure.id.is_(None), Closure.closed_on >= today() - SHOWN_AFTER_CLOSURE)
        )
        .order_by(Closure.id.is_not(None), Trajectory.started_at.desc(), Trajectory.id.desc())
    )
    found = [(trajectory, closure) for trajectory, closure in rows]
    done = _Done([trajectory.id for trajectory, _closure in found])
    return [
        OwnTrajectory(
            trajectory,
            trajectory.other_than(actor.person_id),
            done.talks[trajectory.id],
            closure,
            done.next_step(trajectory, closure, trajectory.side_of(actor.person_id)),
        )
        for trajectory, closure in found
    ]


class _Done:
    """What has been done in these trajectories."""

    def __init__(self, ids: Collection[int]) -> None:
        self.talks = talk_counts(ids)
        agreed = select(Agreement.trajectory_id).where(Agreement.trajectory_id.in_(ids))
        both = agreed.group_by(Agreement.trajectory_id).having(func.count() == 2)
        self._agreed = set(session().scalars(both))
        called = select(CheckInCall.trajectory_id).where(CheckInCall.trajectory_id.in_(ids))
        self._called = set(session().scalars(called))
        self._checked_in = self._by_side(CheckIn, ids)
        self._evaluated = self._by_side(Evaluation, ids)

    def next_step(self, trajectory: Trajectory, closure: Closure | None, side: int) -> Step:
        """The first that applies."""
        key, talks = (trajectory.id, side), self.talks[trajectory.id]
        if closure:
            return Step.NONE if key in self._evaluated else Step.EVALUATE
        if trajectory.id in self._called and key not in self._checked_in:
            return Step.CHECK_IN
        if trajectory.id not in self._agreed:
            return Step.AGREE
        if talks.next_at:
            return Step.NONE
        return Step.CLOSE if talks.held >= trajectory.talks else Step.PLAN

    @staticmethod
    def _by_side(kind: type[CheckIn] | type[Evaluation], ids: Collection[int]) -> set[tuple[int, int]]:
        given = select(kind.trajectory_id, kind.side).where(kind.trajectory_id.in_(ids))
        return {(trajectory_id, side) for trajectory_id, side in session().execute(given)}
