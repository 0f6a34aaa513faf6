"""Trajectories: whole for the two in it; for the coordinator that they are, how far, and never what is said."""

from sqlalchemy import ColumnElement, or_, select

from app.coaching.models import Closure, Trajectory
from app.coaching.policy import RUN_ROUNDS
from app.kernel.actor import Actor
from app.kernel.errors import Forbidden, NotFound
from tenants.session import session


def takes_part(actor: Actor) -> ColumnElement[bool]:
    """Which trajectories the actor is one of the two in."""
    return or_(Trajectory.coachee_id == actor.person_id, Trajectory.coach_id == actor.person_id)


def trajectory_with(actor: Actor, trajectory_id: int) -> Trajectory:
    """A trajectory that the actor may know of: one of the two, or the coordinator. Raises NotFound."""
    found = session().scalar(select(Trajectory).where(Trajectory.id == trajectory_id))
    mine = found is not None and actor.person_id in {found.coachee_id, found.coach_id}
    if found is None or not (mine or actor.may(RUN_ROUNDS)):
        raise NotFound
    return found


def own_trajectory(actor: Actor, trajectory_id: int) -> Trajectory:
    """A trajectory in which the actor is one of the two.

    Raises Forbidden for the coordinator, who may know that it is and not what is in it; NotFound for others.
    """
    found = trajectory_with(actor, trajectory_id)
    if actor.person_id not in {found.coachee_id, found.coach_id}:
        raise Forbidden("coaching.take_part")
    return found


def trajectory_by_id(trajectory_id: int) -> Trajectory:
    """A trajectory, for the system's own mails. Raises NotFound."""
    found = session().scalar(select(Trajectory).where(Trajectory.id == trajectory_id))
    if found is None:
        raise NotFound
    return found


def closure_of(trajectory_id: int) -> Closure | None:
    """That a trajectory is closed, and how; None while it goes on."""
    return session().scalar(select(Closure).where(Closure.trajectory_id == trajectory_id))
