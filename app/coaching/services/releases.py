"""Let the school leader see a part of the agreement or a goal, and take that back."""

from flask_babel import gettext as _
from sqlalchemy import select

from app.coaching.models import AgreementLine, Release, Trajectory
from app.coaching.policy import TAKE_PART
from app.coaching.queries import belongs_to, trajectory_as_coachee
from app.goals.queries import goal_where
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict, NotFound
from tenants.session import session


def release_part(actor: Actor, trajectory_id: int, *, line_id: int | None, goal_id: int | None) -> None:
    """The coachee releases a line or a goal, or neither: then how many talks there are. A second time changes nothing.

    Raises Conflict for a goal that was not fixed: it could still become another one.
    """
    actor.require(TAKE_PART)
    trajectory = trajectory_as_coachee(actor, trajectory_id)
    if goal_id is not None and goal_where(belongs_to(trajectory), goal_id).fixation is None:
        raise Conflict(_("First fix this goal: only then does it stay what you show."))
    if line_id is not None:
        _require_line(trajectory, line_id)
    if _release(trajectory, line_id, goal_id) is None:
        session().add(Release(trajectory_id=trajectory.id, line_id=line_id, goal_id=goal_id))
        record(actor, "release", "trajectory", trajectory.id)


def take_release_back(actor: Actor, trajectory_id: int, *, line_id: int | None, goal_id: int | None) -> None:
    """From now on the school leader does not see it any more."""
    actor.require(TAKE_PART)
    trajectory = trajectory_as_coachee(actor, trajectory_id)
    if goal_id is not None:
        goal_where(belongs_to(trajectory), goal_id)
    if line_id is not None:
        _require_line(trajectory, line_id)
    release = _release(trajectory, line_id, goal_id)
    if release is not None:
        session().delete(release)
        record(actor, "take release back", "trajectory", trajectory.id)


def _require_line(trajectory: Trajectory, line_id: int) -> None:
    of_trajectory = (AgreementLine.trajectory_id == trajectory.id, AgreementLine.id == line_id)
    if session().scalar(select(AgreementLine.id).where(*of_trajectory)) is None:
        raise NotFound


def _release(trajectory: Trajectory, line_id: int | None, goal_id: int | None) -> Release | None:
    part = (
        Release.line_id.is_not_distinct_from(line_id),
        Release.goal_id.is_not_distinct_from(goal_id),
    )
    return session().scalar(select(Release).where(Release.trajectory_id == trajectory.id, *part))
