"""Why somebody is in no group."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from app.intervision.grouping.growing import Grower, TooMany
from app.intervision.grouping.task import HALFDAYS, IntArray, Task

_SETS = 50_000
_WITHOUT_PAIRS = -1e15


class WhyUnplaced(StrEnum):
    """The first of these that holds."""

    NO_COMMON_HALFDAY = "no_common_halfday"
    """On none of her half-days there are enough others."""
    ONE_SCHOOL = "one_school"
    """There are, but too many of them are of one school or of hers."""
    FORBIDDEN = "forbidden"
    """Who could come may not be together."""
    LEFT_OVER = "left_over"
    """She could be in a group, but then fewer people, or people with less in common, would be."""


def reasons(task: Task, unplaced: Sequence[int]) -> dict[int, WhyUnplaced]:
    """For each of some people the reason."""
    return {person: _reason(task, person) for person in unplaced}


def _reason(task: Task, person: int) -> WhyUnplaced:
    others = task.sizes.least - 1
    present = [
        np.flatnonzero(task.days >> day & 1 == 1) for day in range(HALFDAYS) if task.days[person] >> day & 1
    ]
    if not any(people.size > others for people in present):
        return WhyUnplaced.NO_COMMON_HALFDAY
    if not any(_schools(task, people) > others for people in present):
        return WhyUnplaced.ONE_SCHOOL
    return WhyUnplaced.LEFT_OVER if _can_be_grouped(task, person, present) else WhyUnplaced.FORBIDDEN


def _schools(task: Task, people: IntArray) -> int:
    """How many groups of one would be left if each school sent one person; her own school sends her."""
    return len({task.people[other].school or task.people[other].id for other in people.tolist()})


def _can_be_grouped(task: Task, person: int, present: Sequence[IntArray]) -> bool:
    """Whether there is any group with her; taken for granted when there is too much to look at."""
    near = np.zeros(len(task.people), np.bool_)
    for people in present:
        near[people] = True
    near &= task.fits[person]
    near[person] = True
    grower = Grower(task, near, _silence)
    for beam, limit in ((200, None), (None, _SETS)):
        try:
            found = grower.grow(np.zeros(len(task.people)), _WITHOUT_PAIRS, beam=beam, limit=limit)
        except TooMany:
            return True
        if any((part.members == person).any() for part in found):
            return True
    return False


def _silence() -> None:
    """Tell nobody."""
