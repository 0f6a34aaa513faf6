"""Set a goal, fix its levels, and measure it. `which` says which goals the actor reaches: her room knows."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select, update

from app.goals.models import TEXTS, Fixation, Goal, GoalEnd, Measurement, Moment, Wording
from app.goals.policy import SET_GOALS
from app.goals.queries import WholeGoal, goal_where
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import today
from app.kernel.errors import Conflict
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session


def write_goal(actor: Actor, owner_id: int, data: dict[str, Any]) -> Goal:
    """Write a goal down for its owner; it can be changed until it is fixed. Raises Invalid."""
    actor.require(SET_GOALS)
    texts = _texts(data)
    goal = Goal(owner_id=owner_id)
    session().add(goal)
    session().flush()
    session().add(Wording(goal_id=goal.id, by_id=actor.person_id, **texts))
    record(actor, "write goal", "goal", goal.id)
    return goal


def reword_goal(actor: Actor, which: ColumnElement[bool], goal_id: int, data: dict[str, Any]) -> None:
    """Say a goal, or its levels, in another way. Raises Conflict when it has been fixed."""
    actor.require(SET_GOALS)
    goal = _draft(which, goal_id)
    texts = _texts(data)
    session().delete(goal.wording)
    session().flush()
    session().add(Wording(goal_id=goal.id, by_id=actor.person_id, **texts))
    record(actor, "reword goal", "goal", goal.id)


def destroy_goal(actor: Actor, which: ColumnElement[bool], goal_id: int) -> None:
    """Throw a goal away that was not fixed."""
    actor.require(SET_GOALS)
    goal = _draft(which, goal_id)
    record(actor, "delete goal", "goal", goal.id)
    session().delete(goal.goal)


def fix_goal(actor: Actor, which: ColumnElement[bool], goal_id: int, wording_id: int) -> None:
    """Fix the wording that the actor saw: from now on nobody can change it. Raises Conflict when it is another by now."""
    actor.require(SET_GOALS)
    goal = _draft(which, goal_id)
    if goal.wording.id != wording_id:
        raise Conflict(_("This goal was changed just now. Read it again before you fix it."))
    session().add(Fixation(goal_id=goal.id, wording_id=wording_id, by_id=actor.person_id))
    session().flush()
    record(actor, "fix goal", "goal", goal.id)


def measure_goal(
    actor: Actor, which: ColumnElement[bool], goal_id: int, data: dict[str, Any], *, closed_on: date | None
) -> None:
    """Say at which level a goal is; `closed_on` is when that ended which it belongs to. Raises Conflict out of turn."""
    actor.require(SET_GOALS)
    goal = goal_where(which, goal_id)
    moment = Moment(data["moment"])
    if goal.fixation is None:
        raise Conflict(_("First fix the levels of this goal. After that you can measure it."))
    if moment in {one.moment for one in goal.measurements}:
        raise Conflict(_("You have said already where you were at this moment."))
    if moment != goal.open_moment(closed_on, today()):
        raise Conflict(_("This goal can't be measured for this moment now."))
    measured = {"moment": moment, "level": data["level"], "measured_on": today()}
    session().add(Measurement(goal_id=goal.id, by_id=actor.person_id, **measured))
    session().flush()
    record(actor, "measure goal", "goal", goal.id)


def take_measurement_back(actor: Actor, which: ColumnElement[bool], goal_id: int, moment: str) -> None:
    """Take the last measurement back that was a mistake, on the day that it was made. Raises Conflict."""
    actor.require(SET_GOALS)
    goal = goal_where(which, goal_id)
    last = goal.measurements[-1] if goal.measurements else None
    if last is None or last.moment != moment or last.measured_on != today():
        raise Conflict(_("Only the last measurement can be taken back, on the day itself."))
    session().delete(last)
    record(actor, "take back measurement", "goal", goal.id)


def end_goal(actor: Actor, which: ColumnElement[bool], goal_id: int) -> None:
    """Let a goal go: it stays to be read, and is measured no more."""
    actor.require(SET_GOALS)
    goal = goal_where(which, goal_id)
    if goal.fixation is None or goal.end is not None:
        raise Conflict(_("This goal can't be let go of."))
    session().add(GoalEnd(goal_id=goal.id, by_id=actor.person_id))
    session().flush()
    record(actor, "end goal", "goal", goal.id)


def resume_goal(actor: Actor, which: ColumnElement[bool], goal_id: int) -> None:
    """Take a goal up again."""
    actor.require(SET_GOALS)
    goal = goal_where(which, goal_id)
    if goal.end is None:
        raise Conflict(_("This goal still counts."))
    session().delete(goal.end)
    record(actor, "resume goal", "goal", goal.id)


def forget_texts(which: ColumnElement[bool]) -> None:
    """Delete what these goals say, because it was kept long enough. Levels that were measured stay."""
    written = Wording.goal_id.in_(select(Goal.id).where(which)) & Wording.forgotten_on.is_(None)
    forgotten = dict.fromkeys(TEXTS) | {"forgotten_on": today()}
    statement = update(Wording).where(written).values(forgotten)
    session().execute(statement.execution_options(synchronize_session=False))


def _draft(which: ColumnElement[bool], goal_id: int) -> WholeGoal:
    goal = goal_where(which, goal_id)
    if goal.fixation is not None:
        raise Conflict(_("This goal has been fixed. Its text and levels stay as they are."))
    return goal


def _texts(data: dict[str, Any]) -> dict[str, str]:
    texts = {name: data[name] for name in TEXTS}
    refuse_pupil_data(texts, checked=data["not_about_pupil"])
    return texts
