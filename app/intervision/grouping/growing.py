"""All groups that are worth more than their people cost, at given prices, found by letting groups grow.

Call what a set of people is worth before the penalty for its size, less the prices of its people, divided by how many
they are, its yield. The average yield of all subsets with one person less is the yield of the set itself, because
sums of pairs are weighed by (target - 1) / (size - 1). So of every set some subset with one person less yields at
least as much: whoever lets only sets grow that yield enough finds every group that yields enough, and knows that
there is no other. That is the proof; with a beam only the best sets grow, which is quick and proves nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.intervision.grouping.task import HALFDAYS, BoolArray, IntArray, Task

FloatArray = NDArray[np.float64]

_CHUNK = 4_000_000
"""How many numbers of a table are worked on at a time."""
_SLACK = 1e-6
_UNIT = 1024.0
"""Prices are multiples of 1 / 1024, so that sums of them are exact and do not depend on their order."""


class TooMany(Exception):
    """More sets yield enough than may grow."""


@dataclass(frozen=True, eq=False)
class Found:
    """Groups of one size, a row each, with what they are worth and what that is above the prices of their people."""

    members: IntArray
    value: IntArray
    reduced: FloatArray


def rounded(prices: FloatArray) -> FloatArray:
    """Prices with which can be calculated exactly."""
    return np.round(prices * _UNIT) / _UNIT


class Grower:
    """Lets groups of the people of a task grow; `free` narrows them."""

    def __init__(self, task: Task, free: BoolArray, report: Callable[[], None]) -> None:
        self._task = task
        self._report = report
        self._sizes = task.sizes
        self._score = task.score.astype(np.float64)
        np.fill_diagonal(self._score, 0)
        self._days = [np.flatnonzero(free & (task.days >> day & 1 == 1)) for day in range(HALFDAYS)]
        self._weight = [0.0, 0.0, *((task.sizes.target - 1) / (size - 1) for size in range(2, 32))]

    def grow(
        self, prices: FloatArray, above: float, *, beam: int | None = None, limit: int | None = None
    ) -> list[Found]:
        """Groups worth more than the prices of their people plus `above`, by size.

        Without a beam all of them. Raises `TooMany` when more than `limit` sets would grow on one half-day.
        """
        found: dict[int, list[Found]] = {}
        for day in range(HALFDAYS):
            self._report()
            for size, members, sums in self._grow_on(day, prices, above, beam, limit):
                one = self._judged(day, members, sums, prices, size)
                keep = one.reduced > above
                if keep.any():
                    found.setdefault(size, []).append(
                        Found(one.members[keep], one.value[keep], one.reduced[keep])
                    )
        return [
            Found(
                np.concatenate([one.members for one in parts]),
                np.concatenate([one.value for one in parts]),
                np.concatenate([one.reduced for one in parts]),
            )
            for _, parts in sorted(found.items())
        ]

    def _judged(self, day: int, members: IntArray, sums: FloatArray, prices: FloatArray, size: int) -> Found:
        """Groups with their value; each on the first half-day that its people have in common."""
        common = np.bitwise_and.reduce(self._task.days[members], axis=1)
        first = common & ((1 << day) - 1) == 0
        members, sums = np.sort(members[first], axis=1), sums[first].astype(np.int64)
        sizes = self._sizes
        value = sums * (sizes.target - 1) // (size - 1) - sizes.penalty * abs(size - sizes.target)
        return Found(members, value, value - prices[members].sum(axis=1))

    def _thresholds(self, above: float) -> list[float]:
        """For each size what a set must at least yield to become a group above the line."""
        sizes = self._sizes
        needed = {
            size: (above + sizes.penalty * abs(size - sizes.target)) / size
            for size in range(sizes.least, sizes.most + 1)
        }
        return [
            min(needed[later] for later in range(max(size, sizes.least), sizes.most + 1))
            - _SLACK * (1 + sizes.most - size)
            for size in range(sizes.most + 1)
        ]

    def _grow_on(
        self, day: int, prices: FloatArray, above: float, beam: int | None, limit: int | None
    ) -> list[tuple[int, IntArray, FloatArray]]:
        """For each size the sets of people of one half-day that yield enough, and the sums of their pairs."""
        people = self._days[day]
        if people.size < self._sizes.least:
            return []
        among = np.ix_(people, people)
        table = _Table(self._score[among], self._task.fits[among], prices[people])
        threshold = self._thresholds(above)
        first, other = np.nonzero(np.triu(table.fits))
        sums = table.score[first, other]
        surplus = self._weight[2] * sums - table.prices[first] - table.prices[other]
        keep = surplus >= 2 * threshold[2]
        sets, sums, surplus = np.stack((first, other), 1)[keep], sums[keep], surplus[keep]
        grown: list[tuple[int, IntArray, FloatArray]] = []
        size = 2
        while sets.size:
            if beam is not None and len(sets) > beam:
                best = np.sort(np.argpartition(-surplus, beam)[:beam])
                sets, sums, surplus = sets[best], sums[best], surplus[best]
            if limit is not None and len(sets) > limit:
                raise TooMany
            if size >= self._sizes.least:
                grown.append((size, people[sets], sums))
            if size == self._sizes.most:
                break
            size += 1
            sets, sums, surplus = self._larger(table, sets, sums, size, threshold[size], limit)
        return grown

    def _larger(
        self,
        table: "_Table",
        sets: IntArray,
        sums: FloatArray,
        size: int,
        threshold: float,
        limit: int | None,
    ) -> tuple[IntArray, FloatArray, FloatArray]:
        """The sets with one person more that yield enough, each made once: from its best subset."""
        parts: list[tuple[IntArray, FloatArray, FloatArray]] = []
        count = 0
        step = max(1, _CHUNK // len(table.prices))
        for start in range(0, len(sets), step):
            if start:
                self._report()
            part = self._larger_part(
                table, sets[start : start + step], sums[start : start + step], size, threshold
            )
            count += len(part[0])
            if limit is not None and count > limit:
                raise TooMany
            parts.append(part)
        return (
            np.concatenate([part[0] for part in parts]),
            np.concatenate([part[1] for part in parts]),
            np.concatenate([part[2] for part in parts]),
        )

    def _larger_part(
        self, table: "_Table", sets: IntArray, sums: FloatArray, size: int, threshold: float
    ) -> tuple[IntArray, FloatArray, FloatArray]:
        fits = table.fits[sets[:, 0]]
        joining = table.score[sets[:, 0]]
        price = table.prices[sets].sum(axis=1)
        for place in range(1, size - 1):
            fits = fits & table.fits[sets[:, place]]
            joining = joining + table.score[sets[:, place]]
        surplus = self._weight[size] * (sums[:, None] + joining) - (price[:, None] + table.prices)
        row, new = np.nonzero(fits & (surplus >= size * threshold))
        weight = self._weight[size - 1]
        own = weight * joining[row, new] - table.prices[new]
        is_last = np.ones(row.size, np.bool_)
        for place in range(size - 1):
            member = sets[row, place]
            other = weight * (joining[row, member] + table.score[member, new]) - table.prices[member]
            is_last &= (own < other) | ((own == other) & (member < new))
        row, new = row[is_last], new[is_last]
        grown = np.concatenate((sets[row], new[:, None]), axis=1)
        return grown, sums[row] + joining[row, new], surplus[row, new]


@dataclass(frozen=True, eq=False)
class _Table:
    """What counts of the people of one half-day."""

    score: FloatArray
    fits: BoolArray
    prices: FloatArray
