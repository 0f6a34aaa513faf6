"""Where a search stands: the best groups so far, what cannot be exceeded, and how much work was done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from app.intervision.grouping.growing import FloatArray
from app.intervision.grouping.master import Group
from app.intervision.grouping.task import Task

_TOLERANCE = 1e-6


class Stop(Exception):
    """Raised by whoever follows the progress, to have the best groups so far."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The best value so far, the bound on it for as many people, the gap between them, and the steps of work done."""

    best: int
    bound: int
    gap: float
    iterations: int


Progress = Callable[[Standing], None]
"""Called again and again; may raise `Stop` to end the work with what there is."""


def gap_of(bound: int, value: int) -> float:
    """How far a value may be from the best, as a part of the bound."""
    return (bound - value) / max(1, abs(bound))


class Incumbent:
    """The best groups found so far: more people placed goes first, then the value.

    `beside` is the value of groups that were settled before.
    """

    def __init__(self, task: Task, progress: Progress, beside: int = 0) -> None:
        self.task = task
        self.groups: tuple[Group, ...] = ()
        self.placed = self.value = self.iterations = 0
        self.most = len(task.people)
        """No grouping places more people than this."""
        self._progress = progress
        self._beside = beside
        highest = int(task.score.max(initial=0))
        self._bounds: list[tuple[FloatArray, float]] = [
            (np.zeros(len(task.people)), max(0.0, (task.sizes.target - 1) * highest / 2))
        ]
        self._ceiling: dict[int, int] = {}

    @property
    def bound(self) -> int:
        """No groups of as many people as are placed now are worth more."""
        by_prices = min(self._bound_of(prices, excess) for prices, excess in self._bounds)
        return max(self.value, min(by_prices, self._ceiling.get(self.placed, by_prices)))

    @property
    def unplaced(self) -> list[int]:
        """Who has no place."""
        placed = {member for group in self.groups for member in group}
        return [person for person in range(len(self.task.people)) if person not in placed]

    @property
    def is_proven(self) -> bool:
        """Whether there is nothing better."""
        return self.placed == self.most and self.value == self.bound

    def _bound_of(self, prices: FloatArray, excess: float) -> int:
        """The dearest people have their price, and each of them at most the excess."""
        dearest = np.sort(prices)[::-1][: self.placed]
        return int(np.floor(dearest.sum() + self.placed * excess + _TOLERANCE))

    def has_prices(self, prices: FloatArray, excess: float) -> None:
        """No group is worth more than the prices of its people and for each of them the excess."""
        self._bounds = [self._bounds[0], *sorted([*self._bounds[1:], (prices, excess)], key=lambda one: self._bound_of(*one))[:3]]  # fmt: skip

    def has_ceiling(self, placed: int, bound: float) -> None:
        """No groups of so many people are worth more than this."""
        ceiling = int(np.floor(bound))
        self._ceiling[placed] = min(ceiling, self._ceiling.get(placed, ceiling))

    def offer(self, groups: Iterable[Group]) -> bool:
        """Take these groups when they are better; tells whether they are."""
        offered = tuple(sorted(groups))
        placed = sum(len(group) for group in offered)
        value = sum(self.task.value(group) for group in offered)
        better = (placed, value) > (self.placed, self.value) or not self.groups
        if better:
            self.groups, self.placed, self.value = offered, placed, value
        return better

    def step(self) -> None:
        """Count a step of work, and tell."""
        self.iterations += 1
        self.tell()

    def tell(self) -> None:
        """Tell where the search stands."""
        value, bound = self.value + self._beside, self.bound + self._beside
        self._progress(Standing(value, bound, gap_of(bound, value), self.iterations))
