"""Goals with all that belongs to them. Always narrowed by a condition that the room gives that uses them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, select

from app.goals.attainment import open_moment, t_score
from app.goals.models import Fixation, Goal, GoalEnd, Measurement, Moment, Wording
from app.kernel.errors import NotFound
from tenants.session import session


@dataclass(frozen=True, slots=True)
class WholeGoal:
    """A goal as people see it: what it says, whether that was fixed, and what was measured."""

    goal: Goal
    wording: Wording
    fixation: Fixation | None
    end: GoalEnd | None
    measurements: Sequence[Measurement]
    """In the order of time."""

    @property
    def id(self) -> int:
        """The id of the goal."""
        return self.goal.id

    @property
    def text(self) -> str:
        """The next step itself; or since when it can't be read any more."""
        if self.wording.text is not None:
            return self.wording.text
        return _("Text deleted on %(day)s", day=format_date(self.wording.forgotten_on, "d MMMM y"))

    @property
    def levels(self) -> Mapping[int, str | None]:
        """What each level means; nothing any more once its text was forgotten."""
        return self.wording.levels

    @property
    def is_forgotten(self) -> bool:
        """Whether only what was measured is left of it."""
        return self.wording.forgotten_on is not None

    @property
    def ended_on(self) -> date | None:
        """The day on which it was measured at the end, if it was."""
        return next((one.measured_on for one in self.measurements if one.moment == Moment.END), None)

    def open_moment(self, closed_on: date | None, day: date) -> Moment | None:
        """The moment that it can be measured for on a day, if any."""
        if self.fixation is None or self.end is not None or self.is_forgotten:
            return None
        return open_moment({one.moment for one in self.measurements}, closed_on, day)


def goals_where(which: ColumnElement[bool]) -> list[WholeGoal]:
    """The goals that the condition holds for, the oldest first, in two queries however many there are."""
    rows = (
        session()
        .execute(
            select(Goal, Wording, Fixation, GoalEnd)
            .join(Wording, and_(Wording.tenant_id == Goal.tenant_id, Wording.goal_id == Goal.id))
            .outerjoin(Fixation, and_(Fixation.tenant_id == Goal.tenant_id, Fixation.goal_id == Goal.id))
            .outerjoin(GoalEnd, and_(GoalEnd.tenant_id == Goal.tenant_id, GoalEnd.goal_id == Goal.id))
            .where(which)
            .order_by(Goal.id)
        )
        .all()
    )
    measured = _measured([goal.id for goal, *_others in rows])
    return [
        WholeGoal(goal, wording, fixation, end, measured.get(goal.id, []))
        for goal, wording, fixation, end in rows
    ]


def goal_where(which: ColumnElement[bool], goal_id: int) -> WholeGoal:
    """One goal, when the condition holds for it. Raises NotFound."""
    found = goals_where(and_(which, Goal.id == goal_id))
    if not found:
        raise NotFound
    return found[0]


def scores_of(goals: Sequence[WholeGoal]) -> dict[Moment, int]:
    """One score for several goals together, by the moments at which each of them was measured."""
    levels: defaultdict[str, list[int]] = defaultdict(list)
    for goal in goals:
        for one in goal.measurements:
            levels[one.moment].append(one.level)
    return {
        moment: round(t_score(levels[moment]))
        for moment in Moment
        if goals and len(levels[moment]) == len(goals)
    }


def _measured(goal_ids: Sequence[int]) -> dict[int, list[Measurement]]:
    in_time = {moment.value: place for place, moment in enumerate(Moment)}
    found: defaultdict[int, list[Measurement]] = defaultdict(list)
    rows = session().scalars(select(Measurement).where(Measurement.goal_id.in_(goal_ids))) if goal_ids else ()
    for one in sorted(rows, key=lambda row: in_time[row.moment]):
        found[one.goal_id].append(one)
    return dict(found)
