"""What every page of a trajectory shows around its own part: who the two are, and the tabs."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.models import Outcome, Trajectory
from app.coaching.queries import closure_of
from app.coaching.review_labels import OUTCOMES
from app.organisation.queries import people_by_id
from app.web.guard import acting
from app.web.navigation import Tab


def trajectory_page(trajectory: Trajectory) -> dict[str, Any]:
    """The values of `coaching/trajectory_page.html`."""
    people = people_by_id({trajectory.coachee_id, trajectory.coach_id})
    closure = closure_of(trajectory.id)
    return {
        "trajectory": trajectory,
        "coachee": people[trajectory.coachee_id],
        "coach": people[trajectory.coach_id],
        "closure": closure,
        "outcome": OUTCOMES[Outcome(closure.outcome)] if closure else None,
        "takes_part": acting().person_id in {trajectory.coachee_id, trajectory.coach_id},
        "tabs": trajectory_tabs(trajectory),
    }


def trajectory_tabs(trajectory: Trajectory) -> list[Tab]:
    """The parts of a trajectory; the coordinator, who is none of the two, sees the first alone."""
    parts = [(_("Overview"), "coaching.show_trajectory")]
    if acting().person_id in {trajectory.coachee_id, trajectory.coach_id}:
        parts.append((_("Talks"), "coaching.index_talks"))
        parts.append((_("Agreements and goals"), "coaching.show_start_agreement"))
        parts.append((_("Notes"), "coaching.index_notes"))
        parts.append((_("How it goes"), "coaching.show_check_in"))
        parts.append((_("Closure"), "coaching.show_closure"))
    return [
        Tab(label, url_for(endpoint, trajectory_id=trajectory.id), endpoint == request.endpoint)
        for label, endpoint in parts
    ]


def back_to_closure(trajectory_id: int) -> ResponseReturnValue:
    """To the page of the closure, where the evaluation stands too."""
    return redirect(url_for("coaching.show_closure", trajectory_id=trajectory_id))
