"""Which dates suit a group: spread over the school weeks, on its common half-days, clear of other appointments.

A pure calculation; the queries bring the facts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.agenda.queries import Taken
from app.intervision.school_weeks import is_holiday
from app.kernel.clock import AMSTERDAM

MORNING, AFTERNOON = time(9, 0), time(13, 0)
"""When a session begins, unless somebody says otherwise."""
HALFDAYS_OF_WEEK = 10


@dataclass(frozen=True, slots=True)
class CommonHalfdays:
    """On which half-days a group can meet, the best first, and whether everybody said that she can then."""

    numbers: tuple[int, ...]
    suits_everybody: bool


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the dates of a group depend on."""

    region: str
    weeks: Sequence[date]
    """The Mondays of the school weeks that are left."""
    halfdays: Sequence[int]
    """The best first."""
    taken: Sequence[Taken]
    """When one of the group has an appointment."""
    minutes: int
    morning: time = MORNING
    afternoon: time = AFTERNOON
    earliest: date = date.min
    latest: date = date.max


def common_halfdays(told: Mapping[int, Collection[int]], size: int) -> CommonHalfdays:
    """The half-days on which most of a group of `size` can: those of everybody, or else the best there are.

    Who did not tell is no reason to leave a half-day out, nor a reason to take it.
    """
    counts = {number: sum(number in theirs for theirs in told.values()) for number in range(HALFDAYS_OF_WEEK)}
    most = max(counts.values())
    if not most:
        return CommonHalfdays(tuple(range(1, HALFDAYS_OF_WEEK, 2)), suits_everybody=False)
    best = tuple(number for number, count in counts.items() if count == most)
    return CommonHalfdays(best, suits_everybody=most == size)


def spread(around: Circumstances, number: int) -> list[datetime | None]:
    """So many moments, in order, as evenly over the weeks as the circumstances let them; None where none is left."""
    found: list[datetime | None] = []
    last = -1
    for turn in range(number):
        ideal = (turn + 0.5) * len(around.weeks) / number - 0.5
        # The weeks that are left for those after this one; where there are too few, the last ones get no date.
        room = len(around.weeks) - (number - turn - 1)
        later = range(last + 1, max(room, last + 2))
        nearest = sorted(later, key=lambda week: (abs(week - ideal), week))
        week, moment = next(
            ((week, moment) for week in nearest for moment in _free_in(around, week)), (None, None)
        )
        found.append(moment)
        last = last if week is None else week
    return found


def free_moments(around: Circumstances) -> Iterator[datetime]:
    """Every moment that suits, week after week: what a poll suggests comes from here."""
    for week in range(len(around.weeks)):
        yield from _free_in(around, week)


def is_taken(taken: Iterable[Taken], starts_at: datetime, minutes: int) -> bool:
    """Whether one of these appointments is at the same time."""
    return any(one.overlaps(starts_at, starts_at + timedelta(minutes=minutes)) for one in taken)


def _free_in(around: Circumstances, week: int) -> Iterator[datetime]:
    if not 0 <= week < len(around.weeks):
        return
    for halfday in around.halfdays:
        day = around.weeks[week] + timedelta(days=halfday // 2)
        at = around.afternoon if halfday % 2 else around.morning
        starts_at = datetime.combine(day, at, AMSTERDAM).astimezone(UTC)
        if not around.earliest <= day <= around.latest or is_holiday(around.region, day):
            continue
        if not is_taken(around.taken, starts_at, around.minutes):
            yield starts_at
