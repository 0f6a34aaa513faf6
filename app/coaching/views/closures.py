"""The end of a trajectory: closing, taking that back, what came of it, and another coach."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.models import Closure, Trajectory
from app.coaching.policy import TAKE_PART
from app.coaching.queries import (
    TIME_TO_RECONSIDER,
    closure_of,
    is_changeable,
    own_evaluation,
    own_trajectory,
    released_evaluation,
    rematch_of,
)
from app.coaching.review_labels import OUTCOME_CHOICES, SCORE_WORDS, STATEMENTS_OF
from app.coaching.schemas import ClosureSchema
from app.coaching.services import closures as services
from app.coaching.views.blueprint import blueprint
from app.coaching.views.trajectory_page import back_to_closure, trajectory_page
from app.kernel.clock import now
from app.kernel.errors import Invalid
from app.kernel.privacy.retention import kept_until
from app.organisation.queries import years_kept
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/trajecten/<int:trajectory_id>/afsluiting")
@requires(TAKE_PART)
def show_closure(trajectory_id: int) -> ResponseReturnValue:
    """How to close; afterwards what that means, what came of it, and what is still possible."""
    trajectory = own_trajectory(acting(), trajectory_id)
    closure = closure_of(trajectory_id)
    if closure is None:
        return _open_page(trajectory, None, {})
    return render_template(
        "coaching/closed.html", **trajectory_page(trajectory), **_closed(trajectory, closure)
    )


@blueprint.post("/trajecten/<int:trajectory_id>/afsluiting")
@requires(TAKE_PART)
def create_closure(trajectory_id: int) -> ResponseReturnValue:
    """Close the coaching."""
    trajectory = own_trajectory(acting(), trajectory_id)
    try:
        outcome = read_form(ClosureSchema())["outcome"]
    except Invalid as wrong:
        return _open_page(trajectory, request.form.get("outcome"), wrong.fields), 422
    services.close_trajectory(acting(), trajectory_id, outcome)
    undo = url_for("coaching.destroy_closure", trajectory_id=trajectory_id)
    flash_undo(_("The coaching is closed."), undo, label=_("Open again"))
    return back_to_closure(trajectory_id)


@blueprint.post("/trajecten/<int:trajectory_id>/afsluiting/heropening")
@requires(TAKE_PART)
def destroy_closure(trajectory_id: int) -> ResponseReturnValue:
    """Open again what I closed."""
    services.reopen_trajectory(acting(), trajectory_id)
    flash(_("The coaching goes on."), "good")
    return redirect(url_for("coaching.show_trajectory", trajectory_id=trajectory_id))


@blueprint.post("/trajecten/<int:trajectory_id>/nieuwe-coach")
@requires(TAKE_PART)
def create_rematch(trajectory_id: int) -> ResponseReturnValue:
    """Ask for another coach."""
    services.create_rematch(acting(), trajectory_id)
    undo = url_for("coaching.destroy_rematch", trajectory_id=trajectory_id)
    flash_undo(_("You have asked for another coach. Your coordinator looks for one."), undo)
    return back_to_closure(trajectory_id)


@blueprint.post("/trajecten/<int:trajectory_id>/nieuwe-coach/intrekking")
@requires(TAKE_PART)
def destroy_rematch(trajectory_id: int) -> ResponseReturnValue:
    """No other coach after all."""
    services.destroy_rematch(acting(), trajectory_id)
    flash(_("You no longer ask for another coach."))
    return back_to_closure(trajectory_id)


def _open_page(trajectory: Trajectory, outcome: str | None, errors: Any) -> str:
    return render_template(
        "coaching/closure.html",
        **trajectory_page(trajectory),
        outcomes=OUTCOME_CHOICES,
        frees_place=services.match_of_running_round(trajectory) is not None,
        days=TIME_TO_RECONSIDER.days,
        value=outcome,
        errors=errors,
        labels={"outcome": _("How did it end?")},
    )


def _closed(trajectory: Trajectory, closure: Closure) -> dict[str, Any]:
    mine = own_evaluation(acting(), trajectory.id)
    side = trajectory.side_of(acting().person_id)
    is_coachee = acting().person_id == trajectory.coachee_id
    return {
        "may_reopen": closure.by_id == acting().person_id and now() < closure.at + TIME_TO_RECONSIDER,
        "closed_by_me": closure.by_id == acting().person_id,
        "reopen_until": closure.at + TIME_TO_RECONSIDER,
        "kept_until": kept_until(closure.closed_on, years_kept()),
        "mine": mine,
        "may_change": mine is not None and is_changeable(mine, closure),
        "theirs": released_evaluation(acting(), trajectory.id),
        "my_statements": STATEMENTS_OF[side],
        "their_statements": STATEMENTS_OF[trajectory.side_of(trajectory.other_than(acting().person_id))],
        "score_words": SCORE_WORDS,
        "rematch": rematch_of(trajectory.id) if is_coachee else None,
        "may_ask_another": is_coachee and services.can_ask_another(trajectory, closure),
    }
