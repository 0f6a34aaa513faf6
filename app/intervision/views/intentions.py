"""An intention of one's own, and what became of it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.labels_of_safety import OUTCOMES
from app.intervision.policy import JOIN_IN
from app.intervision.queries import intention_kept_until, intention_with
from app.intervision.queries.goals import intention_goal, intention_goes_on
from app.intervision.schemas import MAX_HARVEST, FollowUpSchema
from app.intervision.services import harvest as services
from app.intervision.views.blueprint import blueprint
from app.intervision.views.goal_rows import goal_row
from app.kernel.errors import Invalid
from app.organisation.pupil_data import seems_about_pupil
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires


@blueprint.get("/intervisie/voornemens/<int:intention_id>")
@requires(JOIN_IN)
def edit_follow_up(intention_id: int) -> ResponseReturnValue:
    """What became of what I meant to do."""
    intention = intention_with(acting(), intention_id)
    return _page(intention_id, {"outcome": intention.outcome, "reflection": intention.reflection}, {})


@blueprint.post("/intervisie/voornemens/<int:intention_id>")
@requires(JOIN_IN)
def update_follow_up(intention_id: int) -> ResponseReturnValue:
    """Say what became of it."""
    intention_with(acting(), intention_id)
    schema = FollowUpSchema()
    try:
        services.follow_intention_up(acting(), intention_id, read_form(schema))
    except Invalid as wrong:
        values = {"outcome": None, "reflection": ""} | form_values(schema)
        return _page(intention_id, values, wrong.fields), 422
    flash(_("Saved. Only you read it."), "good")
    return _back(intention_id)


def _page(intention_id: int, values: dict[str, Any], errors: Any) -> str:
    intention = intention_with(acting(), intention_id)
    return render_template(
        "intervision/intention.html",
        intention=intention,
        goal=goal_row(intention_goal(acting(), intention.goal_id)) if intention.goal_id else None,
        kept_until=intention_kept_until(intention),
        takes_goal=not intention.outcome and intention_goes_on(intention_id),
        outcomes=OUTCOMES,
        values=values,
        errors=errors,
        most=MAX_HARVEST,
        seems_about_pupil=seems_about_pupil([values["reflection"]]),
        labels={"outcome": _("What became of it?"), "reflection": _("What did it teach you?")},
    )


def _back(intention_id: int) -> ResponseReturnValue:
    return redirect(url_for("intervision.edit_follow_up", intention_id=intention_id))
