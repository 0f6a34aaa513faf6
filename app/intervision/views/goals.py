"""The goal that I made of my intention: change, fix and measure it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.goals.labels import FIELDS, LEVEL_NAMES, MOMENTS
from app.goals.models import TEXTS
from app.goals.schemas import FixationSchema, GoalSchema, MeasurementSchema, MomentSchema
from app.intervision.policy import JOIN_IN
from app.intervision.queries import intention_with
from app.intervision.queries.goals import IntentionGoal, intention_goal, intention_goes_on
from app.intervision.services import goals as services
from app.intervision.views.blueprint import blueprint
from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.organisation.pupil_data import seems_about_pupil
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/intervisie/voornemens/<int:intention_id>/doel")
@requires(JOIN_IN)
def new_goal(intention_id: int) -> ResponseReturnValue:
    """The form of a goal, with the intention as its next step; where there is a goal, that."""
    intention = intention_with(acting(), intention_id)
    if intention.goal_id is not None:
        return _back(intention.goal_id)
    if not intention_goes_on(intention_id):
        return redirect(url_for("intervision.edit_follow_up", intention_id=intention_id))
    return _form_page(intention_id, None, {"text": intention.text}, {})


@blueprint.post("/intervisie/voornemens/<int:intention_id>/doel")
@requires(JOIN_IN)
def create_goal(intention_id: int) -> ResponseReturnValue:
    """Make a goal of my intention."""
    intention_with(acting(), intention_id)
    schema = GoalSchema()
    try:
        goal_id = services.make_goal(acting(), intention_id, read_form(schema))
    except Invalid as wrong:
        return _form_page(intention_id, None, form_values(schema), wrong.fields), 422
    flash(_("The goal has been saved. You can change it until it is fixed."), "good")
    return _back(goal_id)


@blueprint.get("/intervisie/doelen/<int:goal_id>")
@requires(JOIN_IN)
def show_goal(goal_id: int) -> ResponseReturnValue:
    """My goal with its levels, and what I measured."""
    one = intention_goal(acting(), goal_id)
    return render_template(
        "intervision/goal.html",
        one=one,
        today=today(),
        level_names=LEVEL_NAMES,
        moment_names=MOMENTS,
    )


@blueprint.get("/intervisie/doelen/<int:goal_id>/tekst")
@requires(JOIN_IN)
def edit_goal(goal_id: int) -> ResponseReturnValue:
    """The form of a goal that is not fixed."""
    one = intention_goal(acting(), goal_id)
    if one.goal.fixation or not one.goes_on:
        return _back(goal_id)
    return _form_page(one.intention.id, one, {name: getattr(one.goal.wording, name) for name in TEXTS}, {})


@blueprint.post("/intervisie/doelen/<int:goal_id>/tekst")
@requires(JOIN_IN)
def update_goal(goal_id: int) -> ResponseReturnValue:
    """Say my goal in another way."""
    schema, one = GoalSchema(), intention_goal(acting(), goal_id)
    try:
        services.reword_goal(acting(), goal_id, read_form(schema))
    except Invalid as wrong:
        return _form_page(one.intention.id, one, form_values(schema), wrong.fields), 422
    flash(_("The goal has been changed."), "good")
    return _back(goal_id)


@blueprint.post("/intervisie/doelen/<int:goal_id>/verwijdering")
@requires(JOIN_IN)
def destroy_goal(goal_id: int) -> ResponseReturnValue:
    """Throw a goal away that was not fixed; the intention stays."""
    intention_id = services.destroy_goal(acting(), goal_id)
    flash(_("The goal has been deleted."))
    return redirect(url_for("intervision.edit_follow_up", intention_id=intention_id))


@blueprint.post("/intervisie/doelen/<int:goal_id>/vastlegging")
@requires(JOIN_IN)
def create_fixation(goal_id: int) -> ResponseReturnValue:
    """Fix my goal as I saw it."""
    intention_goal(acting(), goal_id)
    services.fix_goal(acting(), goal_id, read_form(FixationSchema())["wording_id"])
    flash(_("The goal has been fixed. Now say where you are, at the start."), "good")
    return _back(goal_id)


@blueprint.post("/intervisie/doelen/<int:goal_id>/metingen")
@requires(JOIN_IN)
def create_measurement(goal_id: int) -> ResponseReturnValue:
    """Say where I am."""
    intention_goal(acting(), goal_id)
    data = read_form(MeasurementSchema())
    services.measure_goal(acting(), goal_id, data)
    flash_undo(
        _("Where you are has been saved."),
        url_for("intervision.destroy_measurement", goal_id=goal_id),
        {"moment": data["moment"]},
    )
    return _back(goal_id)


@blueprint.post("/intervisie/doelen/<int:goal_id>/metingen/intrekking")
@requires(JOIN_IN)
def destroy_measurement(goal_id: int) -> ResponseReturnValue:
    """Take back what I measured by mistake."""
    intention_goal(acting(), goal_id)
    services.take_measurement_back(acting(), goal_id, read_form(MomentSchema())["moment"])
    flash(_("The measurement has been taken back."))
    return _back(goal_id)


@blueprint.post("/intervisie/doelen/<int:goal_id>/loslating")
@requires(JOIN_IN)
def create_goal_end(goal_id: int) -> ResponseReturnValue:
    """Let my goal go."""
    services.end_goal(acting(), goal_id)
    flash_undo(_("You let this goal go."), url_for("intervision.destroy_goal_end", goal_id=goal_id))
    return _back(goal_id)


@blueprint.post("/intervisie/doelen/<int:goal_id>/loslating/opheffing")
@requires(JOIN_IN)
def destroy_goal_end(goal_id: int) -> ResponseReturnValue:
    """Take my goal up again."""
    services.resume_goal(acting(), goal_id)
    flash_undo(_("This goal counts again."), url_for("intervision.create_goal_end", goal_id=goal_id))
    return _back(goal_id)


def _form_page(intention_id: int, one: IntentionGoal | None, values: dict[str, Any], errors: Any) -> str:
    return render_template(
        "intervision/goal_form.html",
        intention=intention_with(acting(), intention_id),
        goal=one.goal if one else None,
        values=values,
        errors=errors,
        labels=FIELDS,
        seems_about_pupil=seems_about_pupil(values.get(name) for name in TEXTS),
    )


def _back(goal_id: int) -> ResponseReturnValue:
    return redirect(url_for("intervision.show_goal", goal_id=goal_id))
