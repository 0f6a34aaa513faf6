"""What came of the coaching, in my eyes; and whether the other may read that."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.models import STATEMENTS
from app.coaching.policy import TAKE_PART
from app.coaching.queries import TIME_TO_RECONSIDER, closure_of, own_evaluation, own_trajectory
from app.coaching.review_labels import SCORES, STATEMENTS_OF
from app.coaching.schemas import EvaluationSchema
from app.coaching.services import evaluations as services
from app.coaching.views.blueprint import blueprint
from app.coaching.views.trajectory_page import back_to_closure, trajectory_page
from app.kernel.errors import Invalid
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/trajecten/<int:trajectory_id>/evaluatie")
@requires(TAKE_PART)
def edit_evaluation(trajectory_id: int) -> ResponseReturnValue:
    """The form, with what I said before; as long as the coaching goes on, how to close it."""
    mine = own_evaluation(acting(), trajectory_id)
    if closure_of(trajectory_id) is None:
        return back_to_closure(trajectory_id)
    values = {name: getattr(mine, name) if mine else None for name in STATEMENTS}
    return _page(trajectory_id, values | {"text": mine.text if mine else ""}, {})


@blueprint.post("/trajecten/<int:trajectory_id>/evaluatie")
@requires(TAKE_PART)
def update_evaluation(trajectory_id: int) -> ResponseReturnValue:
    """Say what came of it."""
    own_trajectory(acting(), trajectory_id)
    services.closure_to_evaluate(trajectory_id)
    schema = EvaluationSchema()
    try:
        services.save_evaluation(acting(), trajectory_id, read_form(schema))
    except Invalid as wrong:
        values = dict.fromkeys((*STATEMENTS, "text"), None) | form_values(schema)
        return _page(trajectory_id, values, wrong.fields), 422
    flash(_("Your evaluation has been saved."), "good")
    return back_to_closure(trajectory_id)


@blueprint.post("/trajecten/<int:trajectory_id>/evaluatie/vrijgave")
@requires(TAKE_PART)
def create_evaluation_release(trajectory_id: int) -> ResponseReturnValue:
    """Let the other read it."""
    services.release_evaluation(acting(), trajectory_id)
    undo = url_for("coaching.destroy_evaluation_release", trajectory_id=trajectory_id)
    flash_undo(_("The other can read your evaluation now."), undo)
    return back_to_closure(trajectory_id)


@blueprint.post("/trajecten/<int:trajectory_id>/evaluatie/vrijgave/intrekking")
@requires(TAKE_PART)
def destroy_evaluation_release(trajectory_id: int) -> ResponseReturnValue:
    """Keep it to myself again."""
    services.withhold_evaluation(acting(), trajectory_id)
    undo = url_for("coaching.create_evaluation_release", trajectory_id=trajectory_id)
    flash_undo(_("Only you can read your evaluation now."), undo)
    return back_to_closure(trajectory_id)


def _page(trajectory_id: int, values: dict[str, Any], errors: Any) -> str:
    trajectory = own_trajectory(acting(), trajectory_id)
    statements = STATEMENTS_OF[trajectory.side_of(acting().person_id)]
    return render_template(
        "coaching/evaluation_form.html",
        **trajectory_page(trajectory),
        statements=statements,
        scores=SCORES,
        days=TIME_TO_RECONSIDER.days,
        values=values,
        errors=errors,
        labels=statements | {"text": _("What do you take with you?")},
    )
