"""Goals of intentions: their owner words, fixes and measures them, and nobody else knows that they are there."""

from typing import Any

from flask_babel import gettext as _

from app.goals import services as goals
from app.goals.models import Goal
from app.intervision.models import SessionReminder
from app.intervision.policy import JOIN_IN
from app.intervision.queries import intention_with
from app.intervision.queries.goals import (
    ASKED_BY_MAIL,
    goals_to_ask,
    intention_goal,
    intention_goes_on,
    made_by,
)
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.errors import Conflict
from tenants.session import session


def make_goal(actor: Actor, intention_id: int, data: dict[str, Any]) -> int:
    """Make a goal of an intention; gives its id. Raises Invalid, and Conflict when there is one already."""
    actor.require(JOIN_IN)
    intention = intention_with(actor, intention_id)
    # Who presses twice waits here, and makes no second goal.
    session().refresh(intention, with_for_update=True)
    if intention.goal_id is not None:
        raise Conflict(_("You have made a goal of this intention already."))
    _require_season(intention_goes_on(intention_id))
    goal_id = goals.write_goal(actor, actor.person_id, data).id
    intention.goal_id = goal_id
    return goal_id


def reword_goal(actor: Actor, goal_id: int, data: dict[str, Any]) -> None:
    """Say a goal in another way, as long as it is not fixed."""
    actor.require(JOIN_IN)
    _require_season(intention_goal(actor, goal_id).goes_on)
    goals.reword_goal(actor, made_by(actor.person_id), goal_id, data)


def destroy_goal(actor: Actor, goal_id: int) -> int:
    """Throw a goal away that was not fixed; gives the id of the intention, which stays."""
    actor.require(JOIN_IN)
    intention = intention_goal(actor, goal_id).intention
    intention.goal_id = None
    session().flush()
    # From here on nothing leads to it but its owner; when it was fixed all of this is undone.
    goals.destroy_goal(actor, Goal.owner_id == actor.person_id, goal_id)
    return intention.id


def fix_goal(actor: Actor, goal_id: int, wording_id: int) -> None:
    """Fix the levels of a goal."""
    actor.require(JOIN_IN)
    _require_season(intention_goal(actor, goal_id).goes_on)
    goals.fix_goal(actor, made_by(actor.person_id), goal_id, wording_id)


def measure_goal(actor: Actor, goal_id: int, data: dict[str, Any]) -> None:
    """Say where she is; also once it is over, when it shows what stayed."""
    actor.require(JOIN_IN)
    closed_on = intention_goal(actor, goal_id).closed_on
    goals.measure_goal(actor, made_by(actor.person_id), goal_id, data, closed_on=closed_on)


def take_measurement_back(actor: Actor, goal_id: int, moment: str) -> None:
    """Take back what was measured by mistake today."""
    actor.require(JOIN_IN)
    goals.take_measurement_back(actor, made_by(actor.person_id), goal_id, moment)


def end_goal(actor: Actor, goal_id: int) -> None:
    """Let a goal go."""
    actor.require(JOIN_IN)
    goals.end_goal(actor, made_by(actor.person_id), goal_id)


def resume_goal(actor: Actor, goal_id: int) -> None:
    """Take a goal up again."""
    actor.require(JOIN_IN)
    goals.resume_goal(actor, made_by(actor.person_id), goal_id)


def ask_what_stayed() -> None:
    """Queue a mail for each goal of which the moment has come, six weeks and six months after it was over."""
    for one, moment in goals_to_ask():
        asked = SessionReminder(
            session_id=one.intention.session_id,
            person_id=one.intention.person_id,
            about=ASKED_BY_MAIL[moment],
        )
        session().add(asked)
        session().flush()
        enqueue("intervision.ask_what_stayed", reminder_id=asked.id)


def _require_season(goes_on: bool) -> None:
    if not goes_on:
        raise Conflict(_("This season is over. No goals are set any more."))
