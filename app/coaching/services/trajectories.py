"""Begin a trajectory, once both have said yes to their match."""

from app.coaching.models import Match, Trajectory
from tenants.session import session


def start_trajectory(match: Match) -> Trajectory:
    """Make the trajectory of a match. The database refuses a second one."""
    trajectory = Trajectory(match_id=match.id, coachee_id=match.coachee_id, coach_id=match.coach_id)
    session().add(trajectory)
    session().flush()
    return trajectory
