"""The goals of a trajectory: write, change, fix and measure."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.models import Trajectory
from app.coaching.policy import TAKE_PART
from app.coaching.queries import belongs_to, own_trajectory, trajectory_of_goal
from app.coaching.services import goals as services
from app.coaching.views.blueprint import blueprint
from app.coaching.views.trajectory_page import trajectory_page
from app.goals.labels import FIELDS
from app.goals.models import TEXTS
from app.goals.queries import WholeGoal, goal_where
from app.goals.schemas import FixationSchema, GoalSchema, MeasurementSchema, MomentSchema
from app.kernel.errors import Invalid
from app.organisation.pupil_data import seems_about_pupil
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/trajecten/<int:trajectory_id>/doelen/nieuw")
@requires(TAKE_PART)
def new_goal(trajectory_id: int) -> ResponseReturnValue:
    """The form of a goal."""
    return _form_page(own_trajectory(acting(), trajectory_id), None, {}, {})


@blueprint.post("/trajecten/<int:trajectory_id>/doelen")
@requires(TAKE_PART)
def create_goal(trajectory_id: int) -> ResponseReturnValue:
    """Write a goal down."""
    schema = GoalSchema()
    try:
        services.write_goal(acting(), trajectory_id, read_form(schema))
    except Invalid as wrong:
        trajectory = own_trajectory(acting(), trajectory_id)
        return _form_page(trajectory, None, form_values(schema), wrong.fields), 422
    flash(_("The goal has been saved. You can change it until it is fixed."), "good")
    return redirect(_goals_of(trajectory_id))


@blueprint.get("/doelen/<int:goal_id>")
@requires(TAKE_PART)
def edit_goal(goal_id: int) -> ResponseReturnValue:
    """The form of a goal that is not fixed; one that is stands on the page of its trajectory."""
    trajectory = trajectory_of_goal(acting(), goal_id)
    goal = goal_where(belongs_to(trajectory), goal_id)
    if goal.fixation:
        return redirect(_goals_of(trajectory.id, goal_id))
    return _form_page(trajectory, goal, {name: getattr(goal.wording, name) for name in TEXTS}, {})


@blueprint.post("/doelen/<int:goal_id>")
@requires(TAKE_PART)
def update_goal(goal_id: int) -> ResponseReturnValue:
    """Say a goal in another way."""
    schema, trajectory = GoalSchema(), trajectory_of_goal(acting(), goal_id)
    try:
        services.reword_goal(acting(), goal_id, read_form(schema))
    except Invalid as wrong:
        goal = goal_where(belongs_to(trajectory), goal_id)
        return _form_page(trajectory, goal, form_values(schema), wrong.fields), 422
    flash(_("The goal has been changed."), "good")
    return redirect(_goals_of(trajectory.id, goal_id))


@blueprint.post("/doelen/<int:goal_id>/verwijdering")
@requires(TAKE_PART)
def destroy_goal(goal_id: int) -> ResponseReturnValue:
    """Throw a goal away that was not fixed."""
    trajectory_id = trajectory_of_goal(acting(), goal_id).id
    services.destroy_goal(acting(), goal_id)
    flash(_("The goal has been deleted."))
    return redirect(_goals_of(trajectory_id))


@blueprint.post("/doelen/<int:goal_id>/vastlegging")
@requires(TAKE_PART)
def create_fixation(goal_id: int) -> ResponseReturnValue:
    """Fix my goal as I saw it."""
    trajectory_id = trajectory_of_goal(acting(), goal_id).id
    services.fix_goal(acting(), goal_id, read_form(FixationSchema())["wording_id"])
    flash(_("The goal has been fixed. Now say where you are, at the start."), "good")
    return redirect(_goals_of(trajectory_id, goal_id))


@blueprint.post("/doelen/<int:goal_id>/metingen")
@requires(TAKE_PART)
def create_measurement(goal_id: int) -> ResponseReturnValue:
    """Say where I am."""
    trajectory_id = trajectory_of_goal(acting(), goal_id).id
    data = read_form(MeasurementSchema())
    services.measure_goal(acting(), goal_id, data)
    flash_undo(
        _("Where you are has been saved."),
        url_for("coaching.destroy_measurement", goal_id=goal_id),
        {"moment": data["moment"]},
    )
    return redirect(_goals_of(trajectory_id, goal_id))


@blueprint.post("/doelen/<int:goal_id>/metingen/intrekking")
@requires(TAKE_PART)
def destroy_measurement(goal_id: int) -> ResponseReturnValue:
    """Take back what I measured by mistake."""
    trajectory_id = trajectory_of_goal(acting(), goal_id).id
    services.take_measurement_back(acting(), goal_id, read_form(MomentSchema())["moment"])
    flash(_("The measurement has been taken back."))
    return redirect(_goals_of(trajectory_id, goal_id))


@blueprint.post("/doelen/<int:goal_id>/loslating")
@requires(TAKE_PART)
def create_goal_end(goal_id: int) -> ResponseReturnValue:
    """Let my goal go."""
    trajectory_id = trajectory_of_goal(acting(), goal_id).id
    services.end_goal(acting(), goal_id)
    flash_undo(_("You let this goal go."), url_for("coaching.destroy_goal_end", goal_id=goal_id))
    return redirect(_goals_of(trajectory_id, goal_id))


@blueprint.post("/doelen/<int:goal_id>/loslating/opheffing")
@requires(TAKE_PART)
def destroy_goal_end(goal_id: int) -> ResponseReturnValue:
    """Take my goal up again."""
    trajectory_id = trajectory_of_goal(acting(), goal_id).id
    services.resume_goal(acting(), goal_id)
    flash_undo(_("This goal counts again."), url_for("coaching.create_goal_end", goal_id=goal_id))
    return redirect(_goals_of(trajectory_id, goal_id))


def _goals_of(trajectory_id: int, goal_id: int | None = None) -> str:
    anchor = f"doel-{goal_id}" if goal_id else "doelen"
    return url_for("coaching.show_start_agreement", trajectory_id=trajectory_id, _anchor=anchor)


def _form_page(trajectory: Trajectory, goal: WholeGoal | None, values: dict[str, Any], errors: Any) -> str:
    return render_template(
        "coaching/goal_form.html",
        **trajectory_page(trajectory),
        goal=goal,
        values=values,
        errors=errors,
        labels=FIELDS,
        seems_about_pupil=seems_about_pupil(values.get(name) for name in TEXTS),
    )
