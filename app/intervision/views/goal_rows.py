"""How a goal stands in a list: what it says, where she is, and whether something waits."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.goals.labels import LEVEL_NAMES, MOMENTS
from app.goals.models import Moment
from app.intervision.queries.goals import IntentionGoal


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as a line of a list."""

    id: int
    text: str
    status: str
    waits: bool


def goal_row(one: IntentionGoal) -> GoalRow:
    """The line of a goal."""
    return GoalRow(one.goal.id, one.goal.text, _status(one), one.waits)


def _status(one: IntentionGoal) -> str:
    goal = one.goal
    if goal.end:
        return _("Let go of")
    if not goal.fixation:
        return _("Draft: fix it, and you can measure")
    if not goal.measurements:
        return _("Fixed, not measured yet")
    last = goal.measurements[-1]
    return _("%(moment)s: %(level)s", moment=MOMENTS[Moment(last.moment)], level=LEVEL_NAMES[last.level])
