"""Goals that somebody made of her intentions: for her alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, select

from app.goals.attainment import AFTER_6_WEEKS, TOO_LATE, moment_after
from app.goals.models import Goal, Measurement, Moment
from app.goals.queries import WholeGoal, goals_where
from app.intervision.models import Intention, Reminding, Season, SessionReminder
from app.intervision.queries.joins import season_of_session, session_of
from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.errors import NotFound
from tenants.session import session

ASKED_BY_MAIL = {
    Moment.AFTER_6_WEEKS: Reminding.GOAL_6_WEEKS,
    Moment.AFTER_6_MONTHS: Reminding.GOAL_6_MONTHS,
}
"""What is asked by mail once a goal is over: does it last?"""


@dataclass(frozen=True, slots=True)
class IntentionGoal:
    """A goal with the intention that it was made of."""

    intention: Intention
    goal: WholeGoal
    season_ends_on: date

    @property
    def goes_on(self) -> bool:
        """Whether it can still be set: as long as the season goes on."""
        return self.season_ends_on >= today()

    @property
    def closed_on(self) -> date | None:
        """When it was over: on the day of her measurement at the end, otherwise with the season."""
        return self.goal.ended_on or (None if self.goes_on else self.season_ends_on)

    @property
    def open_moment(self) -> Moment | None:
        """The moment that it can be measured for today, if any."""
        return self.goal.open_moment(self.closed_on, today())

    @property
    def waits(self) -> bool:
        """Whether that is waited for: half-way from the day of her check, and at the end not before the season is over.

        A check that was due when she measured the start says nothing about half-way.
        """
        moment, check_on = self.open_moment, self.intention.check_on
        if moment is Moment.CHECK_IN:
            return check_on is not None and self.goal.measurements[0].measured_on < check_on <= today()
        return moment is not None and (moment is not Moment.END or not self.goes_on)


def intention_goes_on(intention_id: int) -> bool:
    """Whether the season of an intention goes on, so that a goal can be made of it."""
    season = (
        select(Season.ends_on).select_from(Intention).join(*session_of(Intention)).join(*season_of_session())
    )
    ends_on = session().scalar(season.where(Intention.id == intention_id))
    return ends_on is not None and ends_on >= today()


def made_by(person_id: int) -> ColumnElement[bool]:
    """Which goals somebody made of intentions that were not forgotten."""
    made = select(Intention.goal_id).where(
        Intention.person_id == person_id, Intention.goal_id.is_not(None), Intention.text.is_not(None)
    )
    return and_(Goal.owner_id == person_id, Goal.id.in_(made.scalar_subquery()))


def intention_goals_of(actor: Actor) -> list[IntentionGoal]:
    """The goals that the actor made of her intentions, the oldest first."""
    return _with_intentions(goals_where(made_by(actor.person_id)))


def intention_goal(actor: Actor, goal_id: int) -> IntentionGoal:
    """A goal that the actor made of an intention of hers. Raises NotFound."""
    found = _with_intentions(goals_where(made_by(actor.person_id) & (Goal.id == goal_id)))
    if not found:
        raise NotFound
    return found[0]


def goals_to_ask() -> list[tuple[IntentionGoal, Moment]]:
    """Of which it is time to ask, for the first time, what stayed."""
    day = today()
    over_on = func.coalesce(Measurement.measured_on, Season.ends_on)
    rows = session().execute(
        select(Intention.goal_id, over_on)
        .join(*session_of(Intention))
        .join(*season_of_session())
        .outerjoin(
            Measurement,
            and_(
                Measurement.tenant_id == Intention.tenant_id,
                Measurement.goal_id == Intention.goal_id,
                Measurement.moment == Moment.END,
            ),
        )
        .where(
            Intention.goal_id.is_not(None),
            Intention.text.is_not(None),
            over_on.between(day - TOO_LATE, day - AFTER_6_WEEKS),
        )
    )
    moments = {goal_id: moment_after(over, day) for goal_id, over in rows}
    found = _with_intentions(goals_where(Goal.id.in_(moments))) if moments else []
    due = [
        (one, moment)
        for one in found
        if (moment := moments[one.goal.id]) and moment in ASKED_BY_MAIL and moment is one.open_moment
    ]
    return [(one, moment) for one, moment in due if not _was_asked(one.intention, ASKED_BY_MAIL[moment])]


def goal_to_ask(reminder_id: int) -> tuple[IntentionGoal, Moment] | None:
    """The goal of which a mail asks, as long as there is something to say; for the system's own mail."""
    asked = session().scalar(select(SessionReminder).where(SessionReminder.id == reminder_id))
    moment = next((one for one, about in ASKED_BY_MAIL.items() if asked and asked.about == about), None)
    if asked is None or moment is None:
        return None
    goal_id = session().scalar(
        select(Intention.goal_id).where(
            Intention.session_id == asked.session_id,
            Intention.person_id == asked.person_id,
            Intention.text.is_not(None),
        )
    )
    found = _with_intentions(goals_where(Goal.id == goal_id)) if goal_id else []
    return next(((one, moment) for one in found if one.open_moment is moment), None)


def _with_intentions(goals: Sequence[WholeGoal]) -> list[IntentionGoal]:
    if not goals:
        return []
    rows = session().execute(
        select(Intention, Season.ends_on)
        .join(*session_of(Intention))
        .join(*season_of_session())
        .where(Intention.goal_id.in_([goal.id for goal in goals]))
    )
    by_goal = {intention.goal_id: (intention, ends_on) for intention, ends_on in rows}
    return [IntentionGoal(by_goal[goal.id][0], goal, by_goal[goal.id][1]) for goal in goals]


def _was_asked(intention: Intention, about: Reminding) -> bool:
    asked = exists().where(
        SessionReminder.session_id == intention.session_id,
        SessionReminder.person_id == intention.person_id,
        SessionReminder.about == about,
    )
    return bool(session().scalar(select(asked)))
