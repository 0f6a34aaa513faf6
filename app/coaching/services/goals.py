"""The goals of a trajectory: both of the two write them, the coachee fixes and measures them."""

from typing import Any

from app.coaching.models import Trajectory, TrajectoryGoal
from app.coaching.policy import TAKE_PART
from app.coaching.queries import belongs_to, closure_of, trajectory_as_coachee, trajectory_of_goal
from app.coaching.services.agreements import changeable_trajectory
from app.goals import services as goals
from app.kernel.actor import Actor
from tenants.session import session


def write_goal(actor: Actor, trajectory_id: int, data: dict[str, Any]) -> None:
    """Write a goal of the coachee down. Raises Invalid, and Conflict when the coaching is closed."""
    actor.require(TAKE_PART)
    trajectory = changeable_trajectory(actor, trajectory_id)
    goal = goals.write_goal(actor, trajectory.coachee_id, data)
    session().add(TrajectoryGoal(trajectory_id=trajectory.id, goal_id=goal.id))


def reword_goal(actor: Actor, goal_id: int, data: dict[str, Any]) -> None:
    """Say a goal in another way, as long as it is not fixed."""
    actor.require(TAKE_PART)
    goals.reword_goal(actor, belongs_to(_going_on(actor, goal_id)), goal_id, data)


def destroy_goal(actor: Actor, goal_id: int) -> None:
    """Throw a goal away that was not fixed."""
    actor.require(TAKE_PART)
    goals.destroy_goal(actor, belongs_to(_going_on(actor, goal_id)), goal_id)


def fix_goal(actor: Actor, goal_id: int, wording_id: int) -> None:
    """The coachee fixes the levels of her goal."""
    actor.require(TAKE_PART)
    trajectory = _of_coachee(actor, goal_id)
    changeable_trajectory(actor, trajectory.id)
    goals.fix_goal(actor, belongs_to(trajectory), goal_id, wording_id)


def measure_goal(actor: Actor, goal_id: int, data: dict[str, Any]) -> None:
    """The coachee says where she is; also after the closure, when it shows what stayed."""
    actor.require(TAKE_PART)
    trajectory = _of_coachee(actor, goal_id)
    closure = closure_of(trajectory.id)
    goals.measure_goal(
        actor, belongs_to(trajectory), goal_id, data, closed_on=closure.closed_on if closure else None
    )


def take_measurement_back(actor: Actor, goal_id: int, moment: str) -> None:
    """The coachee takes back what she measured by mistake today."""
    actor.require(TAKE_PART)
    goals.take_measurement_back(actor, belongs_to(_of_coachee(actor, goal_id)), goal_id, moment)


def end_goal(actor: Actor, goal_id: int) -> None:
    """The coachee lets a goal go."""
    actor.require(TAKE_PART)
    goals.end_goal(actor, belongs_to(_of_coachee(actor, goal_id)), goal_id)


def resume_goal(actor: Actor, goal_id: int) -> None:
    """The coachee takes a goal up again."""
    actor.require(TAKE_PART)
    goals.resume_goal(actor, belongs_to(_of_coachee(actor, goal_id)), goal_id)


def _of_coachee(actor: Actor, goal_id: int) -> Trajectory:
    return trajectory_as_coachee(actor, trajectory_of_goal(actor, goal_id).id)


def _going_on(actor: Actor, goal_id: int) -> Trajectory:
    return changeable_trajectory(actor, trajectory_of_goal(actor, goal_id).id)
