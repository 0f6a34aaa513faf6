"""Goal attainment scaling: which moment is to be measured, and one score for several goals. Pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from math import sqrt

from app.goals.models import Moment

AFTER_6_WEEKS = timedelta(weeks=6)
AFTER_6_MONTHS = timedelta(weeks=26)
TOO_LATE = timedelta(weeks=52)
"""A measurement after this says nothing about what stayed after six months."""

EXPECTED_CORRELATION = 0.3
"""How much the scores of somebody's goals go together: the value that Kiresuk and Sherman assume."""


def open_moment(measured: Collection[str], closed_on: date | None, day: date) -> Moment | None:
    """The one moment that a fixed goal can be measured for on a day, if any.

    Without a measurement at the start there is nothing to compare with, so every other moment needs that one.
    Once what the goal belongs to is closed, the calendar says which moment it is.
    """
    if Moment.START not in measured:
        return Moment.START if closed_on is None else None
    if closed_on is None:
        moments = (Moment.CHECK_IN, Moment.END)
        return next((moment for moment in moments if moment not in measured), None)
    moment = moment_after(closed_on, day)
    return moment if moment and moment not in measured else None


def moment_after(closed_on: date, day: date) -> Moment | None:
    """Which moment a day is, so long after the closure; None when it is too late for all."""
    passed = day - closed_on
    if passed >= TOO_LATE:
        return None
    if passed >= AFTER_6_MONTHS:
        return Moment.AFTER_6_MONTHS
    return Moment.AFTER_6_WEEKS if passed >= AFTER_6_WEEKS else Moment.END


def t_score(levels: Sequence[int], weights: Iterable[float] | None = None) -> float:
    """The goal attainment score of several goals: 50 when each is reached exactly.

    T = 50 + 10 Σ(w·x) / √((1 - r) Σw² + r (Σw)²), where r is how much goals go together. Kiresuk, T. J., & Sherman, R. E. (1968). Goal
    attainment scaling: A general method for evaluating comprehensive community mental health programs. Community
    Mental Health Journal, 4(6), 443–453. Raises ValueError without any goal.
    """
    if not levels:
        raise ValueError("a score needs at least one goal")
    weighed = list(weights) if weights is not None else [1.0] * len(levels)
    reached = sum(weight * level for weight, level in zip(weighed, levels, strict=True))
    squares, together = sum(weight**2 for weight in weighed), sum(weighed) ** 2
    spread = sqrt((1 - EXPECTED_CORRELATION) * squares + EXPECTED_CORRELATION * together)
    return 50 + 10 * reached / spread
