"""Halfway: how it goes, in the eyes of both."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import TAKE_PART
from app.coaching.queries import check_in_state, own_trajectory
from app.coaching.review_labels import SCORE_WORDS, SCORES
from app.coaching.schemas import CheckInSchema
from app.coaching.services import check_ins as services
from app.coaching.views.blueprint import blueprint
from app.coaching.views.trajectory_page import trajectory_page
from app.kernel.errors import Invalid
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires


@blueprint.get("/trajecten/<int:trajectory_id>/tussenstand")
@requires(TAKE_PART)
def show_check_in(trajectory_id: int) -> ResponseReturnValue:
    """What I said, and what the other said once both have."""
    mine = check_in_state(acting(), trajectory_id).mine
    return _page(
        trajectory_id, {"score": mine.score if mine else None, "text": mine.text if mine else ""}, {}
    )


@blueprint.post("/trajecten/<int:trajectory_id>/tussenstand")
@requires(TAKE_PART)
def update_check_in(trajectory_id: int) -> ResponseReturnValue:
    """Say how it goes."""
    own_trajectory(acting(), trajectory_id)
    schema = CheckInSchema()
    try:
        services.answer_check_in(acting(), trajectory_id, read_form(schema))
    except Invalid as wrong:
        return _page(trajectory_id, {"score": None, "text": ""} | form_values(schema), wrong.fields), 422
    flash(_("Your answer has been saved."), "good")
    return redirect(url_for("coaching.show_check_in", trajectory_id=trajectory_id))


def _page(trajectory_id: int, values: dict[str, Any], errors: Any) -> str:
    trajectory = own_trajectory(acting(), trajectory_id)
    return render_template(
        "coaching/check_in.html",
        **trajectory_page(trajectory),
        state=check_in_state(acting(), trajectory_id),
        scores=SCORES,
        score_words=SCORE_WORDS,
        values=values,
        errors=errors,
        labels={"score": _("Does it help you?"), "text": _("What should be different?")},
    )
