"""Small groups stay hidden: the one place for what may be told of people together who may not be seen one by one.

A table of counts is a network in which people flow: from all to the total of their row, to their cell, to the total
of their column, and back. A shown number fixes its part of the flow. What somebody can work out of a hidden number
is how much more or less could flow there along other hidden parts, so a number is safe when there is such a detour.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TypeVar

SMALLEST_GROUP = 5
"""How many people are behind a number that is shown."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenTable:
    """What may be shown of a table of counts; None is hidden."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


def suppressed(table: Sequence[Sequence[int]], threshold: int = SMALLEST_GROUP) -> OpenTable:
    """Hide each count of 1 up to the threshold, and what else is needed so that none can be worked out.

    Whoever sees all that is shown must for each hidden count think more than one number possible, and for each that
    is below the threshold also numbers from the threshold on. Each person is counted in one cell. Zeros are shown
    where that tells nothing of others.
    """
    flow = _Flow(table)
    small = [part for part, count in enumerate(flow.counts) if 0 < count < threshold]
    hidden = set(small)
    for part in small:
        hidden |= flow.detour(part, threshold - flow.counts[part], hidden)
    return flow.without(hidden)


def mean_of(
    values: Sequence[float], people: Iterable[Hashable], threshold: int = SMALLEST_GROUP
) -> float | None:
    """The mean, when enough different people are behind it."""
    return sum(values) / len(values) if len(set(people)) >= threshold else None


def spread_of(
    answers: Sequence[Sequence[int]], threshold: int = SMALLEST_GROUP
) -> Sequence[Sequence[int]] | None:
    """How often each answer was given to each question, when enough people answered them all.

    Only for what can't change any more: whoever looked before and after an answer could subtract.
    """
    return answers if answers and min(sum(row) for row in answers) >= threshold else None


def whole_groups(
    answers: Iterable[T], person_of: Callable[[T], Hashable], threshold: int = SMALLEST_GROUP
) -> list[T]:
    """The answers that may be counted, in the order in which they came: always so many people at once.

    Otherwise who looks today and tomorrow could subtract, and read what one person said in between.
    """
    counted: list[T] = []
    waiting: list[T] = []
    people: set[Hashable] = set()
    for answer in answers:
        waiting.append(answer)
        people.add(person_of(answer))
        if len(people) >= threshold:
            counted += waiting
            waiting, people = [], set()
    return counted


def in_whole_groups(count: int, threshold: int = SMALLEST_GROUP) -> int:
    """So many people as may be told of: in whole groups, rounded down, so that one person more or less mostly shows nowhere.

    Only for a number that stands by itself, the same on each page, in each file and under each filter.
    """
    return count // threshold * threshold


class _Flow:
    """A table with its totals as parts that join places: each part goes from one place to another.

    Parts are, in this order, the cells row by row, the totals of rows, those of columns, and the total.
    """

    def __init__(self, table: Sequence[Sequence[int]]) -> None:
        self.rows, self.columns = len(table), len(table[0]) if table else 0
        everybody, counted = 0, self.rows + self.columns + 1
        row_places = range(1, self.rows + 1)
        column_places = range(self.rows + 1, counted)
        cells = [(row, column) for row in row_places for column in column_places]
        self.ends = [
            *cells,
            *((everybody, row) for row in row_places),
            *((column, counted) for column in column_places),
            (counted, everybody),
        ]
        self.counts = [
            *(count for row in table for count in row),
            *(sum(row) for row in table),
            *(sum(row[column] for row in table) for column in range(self.columns)),
            sum(sum(row) for row in table),
        ]
        highest = max(self.counts) + 1
        weights = [1] * len(cells) + [highest] * (self.rows + self.columns) + [highest**2]
        self.prices = [(count + 1) * weight for count, weight in zip(self.counts, weights, strict=True)]
        """What is lost by hiding a part: cells rather than totals, and rather few people than many."""

    def detour(self, part: int, more: int, hidden: set[int]) -> set[int]:
        """The cheapest parts to hide, so that `more` people could be in this part for all that is shown.

        Along the detour a part can hold more people without end, or fewer if it has so many. There always is one:
        by the totals, which can all hold more.
        """
        start, goal = self.ends[part][1], self.ends[part][0]
        queue: list[tuple[int, int, frozenset[int]]] = [(0, start, frozenset())]
        reached: set[int] = set()
        while queue:
            price, place, taken = heappop(queue)
            if place == goal:
                return set(taken)
            if place in reached:
                continue
            reached.add(place)
            for other in range(len(self.ends)):
                if other == part:
                    continue
                begin, end = self.ends[other]
                onward = (
                    end if begin == place else begin if end == place and self.counts[other] >= more else None
                )
                if onward is not None and onward not in reached:
                    cost = 0 if other in hidden else self.prices[other]
                    heappush(queue, (price + cost, onward, taken | {other}))
        raise AssertionError

    def without(self, hidden: set[int]) -> OpenTable:
        """The table as it is shown."""
        shown = [None if part in hidden else count for part, count in enumerate(self.counts)]
        cells = self.rows * self.columns
        rows_end, columns_end = cells + self.rows, cells + self.rows + self.columns
        return OpenTable(
            cells=tuple(
                tuple(shown[row * self.columns : (row + 1) * self.columns]) for row in range(self.rows)
            ),
            row_totals=tuple(shown[cells:rows_end]),
            column_totals=tuple(shown[rows_end:columns_end]),
            total=shown[columns_end],
        )
