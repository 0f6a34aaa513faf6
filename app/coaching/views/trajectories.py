"""A trajectory: what the two have agreed, how far they are, and what comes next."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.coaching.policy import SEE_TRAJECTORIES
from app.coaching.queries import check_in_state, talk_counts, trajectory_with
from app.coaching.views.blueprint import blueprint
from app.coaching.views.trajectory_page import trajectory_page
from app.web.guard import acting, requires


@blueprint.get("/trajecten/<int:trajectory_id>")
@requires(SEE_TRAJECTORIES)
def show_trajectory(trajectory_id: int) -> ResponseReturnValue:
    """How far the two are; for the coordinator too."""
    trajectory = trajectory_with(acting(), trajectory_id)
    page = trajectory_page(trajectory)
    goes_on = page["takes_part"] and not page["closure"]
    return render_template(
        "coaching/trajectory.html",
        **page,
        counted=talk_counts([trajectory_id])[trajectory_id],
        check_in=check_in_state(acting(), trajectory_id) if goes_on else None,
    )
