"""What any other choice would cost, on the plain problem: as many as possible matched, then the largest total.

Plain means with the pins, and without fairness, even loads, the previous matching and the rule of two-way pairs. One
small graph answers all questions at once: an arc from coach to coach is the least loss of moving one coachee, and the
shortest distance between two coaches what it costs to make room at the one when there is room at the other.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.coaching.matching.assignment import best_assignment
from app.coaching.matching.face import Face
from app.coaching.matching.instance import IntArray
from app.coaching.matching.priorities import in_turn, most_matched
from app.coaching.matching.task import Task

IMPOSSIBLE = np.int64(2**60)
"""A distance longer than any sum of losses; two of them can still be added."""


class Cost(NamedTuple):
    """A difference between two plain optima: coachees matched, and points in all."""

    matched: int
    total: int


class PlacePrice(NamedTuple):
    """What one place less at a coach would lose (None when all her places are pinned), and one more would gain."""

    one_less: Cost | None
    one_more: Cost


@dataclass(frozen=True, eq=False)
class PlainOptimum:
    """The plain problem, solved, with all distances in its graph of coaches.

    The value of a matching is one integer: its total plus `per_match` for every coachee matched, which is more than
    totals can differ by. `distance` is square over the coaches and, last, "free place or unmatched".
    """

    task: Task
    face: Face
    assignment: IntArray
    per_match: int
    distance: IntArray

    @cached_property
    def pair_cost(self) -> IntArray:
        """For each permitted pair the value lost when it is forced, or `IMPOSSIBLE`.

        For a pinned coachee that is with her own pin lifted, so that it can be negative.
        """
        instance = self.task.instance
        own_column = np.zeros(len(instance.coachees), np.int64)
        own_value = np.zeros(len(instance.coachees), np.int64)
        own_column[self.task.coachee] = self.face.column[self.assignment]
        own_value[self.task.coachee] = self._value(self.face.pair[self.assignment])
        pinned = instance.pair_coachee[instance.pinned]
        own_column[pinned] = instance.pair_coach[instance.pinned]
        own_value[pinned] = self._value(instance.pinned)
        who, coach = instance.pair_coachee, instance.pair_coach
        to_own_place = self.distance[coach, own_column[who]]
        to_free_place = self.distance[coach, -1]
        lost = own_value[who] - self._value(np.arange(coach.size))
        making_room = np.minimum(to_own_place, to_free_place)
        return np.where(making_room < IMPOSSIBLE, lost + making_room, IMPOSSIBLE)

    def _value(self, pairs: IntArray) -> IntArray:
        return np.where(pairs >= 0, self.task.score[pairs] + self.per_match, 0)

    @cached_property
    def place_prices(self) -> tuple[PlacePrice, ...]:
        """For each coach the price of one place less or more."""
        load = self.face.load(self.assignment)
        to_free, from_free = self.distance[:-1, -1], self.distance[-1, :-1]
        loss = self.costs(np.where(load < self.task.places, 0, to_free))
        gain = self.costs(np.maximum(-from_free, 0))
        return tuple(
            PlacePrice(less if places else None, more)
            for places, less, more in zip(self.task.places, loss, gain, strict=True)
        )

    def costs(self, values: IntArray) -> Iterator[Cost]:
        """Differences in value, taken apart into coachees and points."""
        matched = (values + self.per_match // 2) // self.per_match
        return map(Cost, matched.tolist(), (values - matched * self.per_match).tolist())


def plain_optimum(task: Task, report: Callable[[float], None]) -> PlainOptimum:
    """Solve the plain problem and work out all distances; `report` is called with the part that is done."""
    face = task.face(two_way_with_pins=True)
    best, _ = most_matched(face)
    best, _ = in_turn(best, (task.score,))
    assignment = face.edges_to(best.column[best_assignment(best, np.zeros(best.row.size, np.int64))])
    per_match = 4 * int(task.score.max(initial=0)) * (len(task.instance.coachees) + 1) + 1
    value = np.where(face.is_staying, 0, task.score[face.pair] + per_match)
    distance = _losses(face, value, assignment, task.places)
    _shorten(distance, report)
    return PlainOptimum(task, face, assignment, per_match, distance)


def _losses(face: Face, value: IntArray, assignment: IntArray, places: IntArray) -> IntArray:
    """The least loss of moving one coachee from each coach to each other, or to and from a free place."""
    stay = face.coaches
    width = stay + 1
    losses = np.full(width * width, IMPOSSIBLE)
    own = assignment[face.row]
    np.minimum.at(losses, face.column[own] * width + face.column, value[own] - value)
    graph = losses.reshape(width, width)
    load = face.load(assignment)
    graph[:stay, stay] = np.where(load < places, np.minimum(graph[:stay, stay], 0), graph[:stay, stay])
    graph[stay, :stay] = np.where(load > 0, np.minimum(graph[stay, :stay], 0), graph[stay, :stay])
    np.fill_diagonal(graph, 0)
    return graph


def _shorten(distance: NDArray[np.int64], report: Callable[[float], None]) -> None:
    """Make direct losses into shortest distances, in place (Floyd and Warshall, a matrix at a time)."""
    nodes = len(distance)
    through = np.empty_like(distance)
    for node in range(nodes):
        np.add(distance[:, node, None], distance[node], out=through)
        np.minimum(distance, through, out=distance)
        if node % 64 == 0:
            report(node / nodes)
    # What cannot be reached keeps a sum in which one loss is impossible; other losses may have lowered it a little.
    distance[distance > IMPOSSIBLE // 2] = IMPOSSIBLE
