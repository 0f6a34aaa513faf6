"""What is to be grouped: people, what each pair of them scores, and the sizes that groups may have.

A `Task` holds everything in the order of the ids (by code point), so that nothing that follows can depend on the
order in which somebody typed it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.coaching.matching.fields import MalformedInstance, quoted

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

HALFDAYS = 10
"""Half-days are numbered from 0 (Monday morning) to 9 (Friday afternoon)."""
MAX_SCORE = 1_000_000
MAX_SIZE = 30
MAX_YEARS = 100
REPEAT_COST = 25
"""What each year in which two people were in one group already takes from the score of their pair."""

Pair = tuple[str, str]


class Effort(StrEnum):
    """How much work may be done before the answer is taken as it is; counted in steps, not in seconds."""

    QUICK = "quick"
    NORMAL = "normal"
    THOROUGH = "thorough"


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How many people a group may have, and what each person more or less than the target costs."""

    least: int = 4
    target: int = 6
    most: int = 8
    penalty: int = 50


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wants to be in a group; a school of None is shared with nobody."""

    id: str
    school: str | None
    halfdays: frozenset[int]
    board: str | None = None


@dataclass(frozen=True, eq=False)
class Task:
    """One grouping to be made; people are numbers in `people`, which is sorted by id.

    `score` has what each pair scores, years together taken off. `fits` tells whether two may be in one group at all:
    not of one school, not forbidden, with a half-day in common. `days` has the half-days of each as bits. `locked`
    groups stay exactly as they are.
    """

    people: tuple[Person, ...]
    score: IntArray
    fits: BoolArray
    forbidden: BoolArray
    days: IntArray
    sizes: Sizes
    effort: Effort
    locked: tuple[tuple[int, ...], ...]
    number: Mapping[str, int]

    def pair_sum(self, group: Sequence[int]) -> int:
        """The plain sum of the scores of the pairs in a group."""
        members = np.array(group, np.int64)
        return int(self.score[np.ix_(members, members)].sum()) // 2

    def value(self, group: Sequence[int]) -> int:
        """What a group of at least two is worth."""
        return value_of(self.sizes, len(group), self.pair_sum(group))

    def common_days(self, group: Iterable[int]) -> int:
        """The half-days on which everybody can come, as bits."""
        common = (1 << HALFDAYS) - 1
        for member in group:
            common &= int(self.days[member])
        return common

    def is_permitted(self, group: Sequence[int]) -> bool:
        """Whether some people can be a group."""
        members = np.array(group, np.int64)
        together = self.fits[np.ix_(members, members)]
        return (
            self.sizes.least <= members.size <= self.sizes.most
            and bool(together.sum() == members.size * (members.size - 1))
            and self.common_days(group) > 0
        )

    def without_locked(self) -> tuple["Task", IntArray]:
        """What is left to be grouped, and which person here each of its people is."""
        taken = {member for group in self.locked for member in group}
        left = np.array([person for person in range(len(self.people)) if person not in taken], np.int64)
        among = np.ix_(left, left)
        people = tuple(self.people[person] for person in left.tolist())
        rest = Task(
            people=people,
            score=self.score[among],
            fits=self.fits[among],
            forbidden=self.forbidden[among],
            days=self.days[left],
            sizes=self.sizes,
            effort=self.effort,
            locked=(),
            number={person.id: position for position, person in enumerate(people)},
        )
        return rest, left

    def ids(self, group: Iterable[int]) -> tuple[str, ...]:
        """The ids of a group, in their order."""
        return tuple(self.people[member].id for member in sorted(group))


@dataclass(frozen=True, kw_only=True)
class Relations:
    """What is known of pairs of people, by their ids; a pair that is not in `scores` scores 0.

    `together` counts earlier years in one group. `locked` are groups that stay exactly as they are.
    """

    scores: Mapping[Pair, int] = field(default_factory=dict[Pair, int])
    forbidden: Sequence[Pair] = ()
    together: Mapping[Pair, int] = field(default_factory=dict[Pair, int])
    locked: Sequence[Sequence[str]] = ()


def value_of(sizes: Sizes, size: int, pair_sum: int) -> int:
    """What a group of some size with some sum of pair scores is worth; rounded down, below zero too."""
    return pair_sum * (sizes.target - 1) // (size - 1) - sizes.penalty * abs(size - sizes.target)


def days_of(bits: int) -> tuple[int, ...]:
    """The half-days of which the bits are set."""
    return tuple(day for day in range(HALFDAYS) if bits >> day & 1)


def make_task(
    people: Sequence[Person],
    relations: Relations,
    sizes: Sizes | None = None,
    effort: Effort = Effort.NORMAL,
) -> Task:
    """Put people and what is known of their pairs in the order of their ids.

    Raises `MalformedInstance` when sizes cannot be, a pair names somebody who is not there, or a locked group could
    not be a group.
    """
    sizes = sizes or Sizes()
    if not 2 <= sizes.least <= sizes.target <= sizes.most <= MAX_SIZE:
        raise MalformedInstance(
            "settings",
            f"2 <= min <= target <= max <= {MAX_SIZE} must hold, not "
            f"min {sizes.least}, target {sizes.target}, max {sizes.most}",
        )
    ordered = tuple(sorted(people, key=lambda person: person.id))
    number = {person.id: position for position, person in enumerate(ordered)}
    count = len(ordered)
    score = _matrix(count, number, "pairs", relations.scores.items())
    score -= REPEAT_COST * _matrix(count, number, "together", relations.together.items())
    forbidden = _matrix(count, number, "forbidden", ((pair, 1) for pair in relations.forbidden)) > 0
    days = np.array([sum(1 << day for day in person.halfdays) for person in ordered], np.int64)
    fits = ~forbidden & ((days[:, None] & days[None]) != 0) & ~_same_school(ordered)
    task = Task(ordered, score, fits, forbidden, days, sizes, effort, (), number)
    return Task(ordered, score, fits, forbidden, days, sizes, effort, _locked(task, relations.locked), number)


def _matrix(
    count: int, number: Mapping[str, int], place: str, entries: Iterable[tuple[Pair, int]]
) -> IntArray:
    matrix = np.zeros((count, count), np.int64)
    for position, (pair, amount) in enumerate(entries):
        for person in pair:
            if person not in number:
                raise MalformedInstance(f"{place}[{position}]", f"there is no person {quoted(person)}")
        first, other = number[pair[0]], number[pair[1]]
        matrix[first, other] = matrix[other, first] = amount
    return matrix


def _same_school(people: Sequence[Person]) -> BoolArray:
    """For each pair whether the two are of one school; everybody is of one school with herself."""
    number: dict[str, int] = {}
    school = [
        -1 - position if person.school is None else number.setdefault(person.school, len(number))
        for position, person in enumerate(people)
    ]
    schools = np.array(school, np.int64)
    return schools[:, None] == schools[None]


def _locked(task: Task, locked: Sequence[Sequence[str]]) -> tuple[tuple[int, ...], ...]:
    groups: list[tuple[int, ...]] = []
    taken: set[str] = set()
    for position, group in enumerate(locked):
        place = f"locked[{position}]"
        for person in group:
            if person not in task.number:
                raise MalformedInstance(place, f"there is no person {quoted(person)}")
            if person in taken:
                raise MalformedInstance(place, f"{quoted(person)} is locked twice")
            taken.add(person)
        members = tuple(sorted(task.number[person] for person in group))
        if not task.is_permitted(members):
            raise MalformedInstance(place, f"{quoted(list(group))} cannot be a group")
        groups.append(members)
    return tuple(sorted(groups))
