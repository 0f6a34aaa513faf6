"""A trajectory: what the two have agreed, how far they are, and what comes next."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from app.coaching.policy import SEE_TRAJECTORIES
from app.coaching.queries import Step, check_in_state, own_trajectories, talk_counts, trajectory_with
from app.coaching.step_words import STEPS
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
        step=_next_step(trajectory_id),
    )


def _next_step(trajectory_id: int) -> tuple[LazyString, str] | None:
    """What the actor can best do next, in words, and where; None for the coordinator, and when nothing waits."""
    mine = (own for own in own_trajectories(acting()) if own.trajectory.id == trajectory_id)
    own = next(mine, None)
    if own is None or own.step is Step.NONE:
        return None
    text, endpoint = STEPS[own.step]
    return text, url_for(endpoint, trajectory_id=trajectory_id)
