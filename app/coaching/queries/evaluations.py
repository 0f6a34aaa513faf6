"""Evaluations: one's own, and the other's once she released it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.coaching.models import Closure, Evaluation, Rematch
from app.coaching.queries.trajectories import own_trajectory
from app.kernel.actor import Actor
from app.kernel.clock import now
from tenants.session import session

TIME_TO_RECONSIDER = timedelta(days=7)
"""For so long a closure can be taken back and an evaluation changed; from then on it counts."""


def own_evaluation(actor: Actor, trajectory_id: int) -> Evaluation | None:
    """What the actor said came of it. Raises as `own_trajectory` does."""
    side = own_trajectory(actor, trajectory_id).side_of(actor.person_id)
    mine = (Evaluation.trajectory_id == trajectory_id) & (Evaluation.side == side)
    return session().scalar(select(Evaluation).where(mine))


def released_evaluation(actor: Actor, trajectory_id: int) -> Evaluation | None:
    """What the other said and released. Raises as `own_trajectory` does."""
    side = own_trajectory(actor, trajectory_id).side_of(actor.person_id)
    theirs = (Evaluation.trajectory_id == trajectory_id) & (Evaluation.side != side)
    return session().scalar(select(Evaluation).where(theirs, Evaluation.released_at.is_not(None)))


def counts_from(written_at: datetime, closed_at: datetime) -> datetime:
    """When an evaluation is as it stays: from then on it counts in what is told of all together."""
    return max(written_at, closed_at) + TIME_TO_RECONSIDER


def is_changeable(evaluation: Evaluation, closure: Closure) -> bool:
    """Whether its author can still change what she said."""
    return now() < counts_from(evaluation.written_at, closure.at)


def rematch_of(trajectory_id: int) -> Rematch | None:
    """That the IB'er asked for another coach after this trajectory."""
    return session().scalar(select(Rematch).where(Rematch.trajectory_id == trajectory_id))
