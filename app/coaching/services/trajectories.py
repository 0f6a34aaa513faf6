"""Begin a trajectory, once both have said yes to their match; and what still can be done in one."""

from flask_babel import gettext as _

from app.coaching.models import Match, Trajectory
from app.coaching.queries import closure_of, own_trajectory
from app.kernel.actor import Actor
from app.kernel.errors import Conflict
from tenants.session import session


def start_trajectory(match: Match) -> Trajectory:
    """Make the trajectory of a match. The database refuses a second one."""
    trajectory = Trajectory(match_id=match.id, coachee_id=match.coachee_id, coach_id=match.coach_id)
    session().add(trajectory)
    session().flush()
    return trajectory


def ongoing_trajectory(actor: Actor, trajectory_id: int) -> Trajectory:
    """A trajectory of the actor's own that goes on. Raises as `own_trajectory` does, and Conflict once it is closed."""
    trajectory = own_trajectory(actor, trajectory_id)
    if closure_of(trajectory_id):
        raise Conflict(_("This coaching is closed. You can read it, and add nothing to it."))
    return trajectory
