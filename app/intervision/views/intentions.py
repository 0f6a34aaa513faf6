"""An intention of one's own: what became of it, and the goal that can be made of it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.goals.labels import FIELDS, LEVEL_NAMES, MOMENTS
from app.goals.models import TEXTS, Goal
from app.goals.queries import goal_where
from app.goals.schemas import GoalSchema
from app.intervision.labels_of_safety import OUTCOMES
from app.intervision.policy import JOIN_IN
from app.intervision.queries import intention_kept_until, intention_with
from app.intervision.schemas import MAX_HARVEST, FollowUpSchema
from app.intervision.services import harvest as services
from app.intervision.views.blueprint import blueprint
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


@blueprint.get("/intervisie/voornemens/<int:intention_id>/doel")
@requires(JOIN_IN)
def new_intention_goal(intention_id: int) -> ResponseReturnValue:
    """The form of a goal, with the intention as its next step."""
    intention = intention_with(acting(), intention_id)
    if intention.goal_id is not None:
        return _back(intention_id)
    return _goal_form(intention_id, {"text": intention.text}, {})


@blueprint.post("/intervisie/voornemens/<int:intention_id>/doel")
@requires(JOIN_IN)
def create_intention_goal(intention_id: int) -> ResponseReturnValue:
    """Make a goal of my intention."""
    intention_with(acting(), intention_id)
    schema = GoalSchema()
    try:
        services.make_goal(acting(), intention_id, read_form(schema))
    except Invalid as wrong:
        return _goal_form(intention_id, form_values(schema), wrong.fields), 422
    flash(_("The goal has been saved. Only you read it."), "good")
    return _back(intention_id)


def _page(intention_id: int, values: dict[str, Any], errors: Any) -> str:
    intention = intention_with(acting(), intention_id)
    mine = Goal.owner_id == acting().person_id
    return render_template(
        "intervision/intention.html",
        intention=intention,
        goal=goal_where(mine, intention.goal_id) if intention.goal_id else None,
        kept_until=intention_kept_until(intention),
        level_names=LEVEL_NAMES,
        moment_names=MOMENTS,
        outcomes=OUTCOMES,
        values=values,
        errors=errors,
        most=MAX_HARVEST,
        seems_about_pupil=seems_about_pupil([values["reflection"]]),
        labels={"outcome": _("What became of it?"), "reflection": _("What did it teach you?")},
    )


def _goal_form(intention_id: int, values: dict[str, Any], errors: Any) -> str:
    return render_template(
        "intervision/intention_goal.html",
        intention=intention_with(acting(), intention_id),
        values=values,
        errors=errors,
        labels=FIELDS,
        seems_about_pupil=seems_about_pupil(values.get(name) for name in TEXTS),
    )


def _back(intention_id: int) -> ResponseReturnValue:
    return redirect(url_for("intervision.edit_follow_up", intention_id=intention_id))
