"""Branch and bound over the two-way pairs of one face.

A solution of the face that breaks the rule has two pairs of which one has to go. Both possibilities are explored, the
best first, ids included; an integer programme takes over where that would take too many branches.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from app.coaching.matching.assignment import feasible
from app.coaching.matching.canonical import first_of
from app.coaching.matching.face import STAYING, Face
from app.coaching.matching.instance import IntArray
from app.coaching.matching.priorities import Best, best_total
from app.coaching.matching.programme import solve_programme
from app.coaching.matching.task import Objective, Task

_MOST_BRANCHES = 200
"""Not counting the two at each step of the way to the branch at hand: only what lies beside it multiplies."""


@dataclass(frozen=True, eq=False)
class Answer:
    """A solution that keeps the rule: the pairs chosen beside the pins, how good it is, and a bound on the total."""

    pairs: IntArray
    objective: Objective
    total_bound: int


class Work:
    """Counts the branches of all searches and tells that work goes on.

    Where one search needed a programme the next ones do as well, which `needs_programme` remembers.
    """

    def __init__(self, report: Callable[[float], None]) -> None:
        self._report = report
        self.branches = 0
        self.needs_programme = False

    def report(self) -> None:
        """Tell that work goes on; nobody knows how many branches are to come."""
        self._report(1 - 1 / (1 + self.branches / 8))


@dataclass(frozen=True)
class _Choice:
    """Which pairs a branch does without, and which it has for certain."""

    without: frozenset[int] = frozenset()
    having: frozenset[int] = frozenset()

    def split(self, conflict: tuple[int, int]) -> "tuple[_Choice, _Choice]":
        """All that keeps the rule, in two parts that share nothing: without the first pair, or with it."""
        first, other = conflict
        return (
            _Choice(self.without | {first}, self.having),
            _Choice(self.without | {other}, self.having | {first}),
        )

    def of(self, face: Face) -> Face | None:
        """What is left of a face, or None when that is nothing."""
        keep = ~np.isin(face.pair, list(self.without))
        certain = np.isin(face.pair, list(self.having))
        keep &= certain | ~np.isin(face.row, face.row[certain])
        left = face.keeping(keep)
        has_everybody = left.coachees == face.coachees
        return left if has_everybody and feasible(left, np.ones(left.row.size, np.bool_)) else None


@dataclass(order=True)
class _Branch:
    """A part of the solutions, sorted by the best it can hold. `columns` is empty until it is worked out."""

    rank: tuple[int, ...]
    columns: tuple[int, ...]
    number: int
    choice: _Choice = field(compare=False)
    best: Best = field(compare=False)
    pairs: IntArray = field(compare=False)
    total: int = field(compare=False)

    def with_columns(self) -> "_Branch":
        """The same branch with its first solution in the order of ids."""
        face = self.best.face
        columns = first_of(face, self.best.assignment)
        return replace(self, columns=tuple(columns.tolist()), pairs=face.pair[face.edges_to(columns)])


class Search:
    """The best solution on a face whose assignments are all equally good in what comes before the total.

    `branches` counts on from what earlier searches for the same answer needed. `split` is the two-way pair in the best
    assignment of the whole face, once `best` was asked for and there is one.
    """

    def __init__(self, task: Task, face: Face, work: Work, branches: int = 0) -> None:
        self.task = task
        self.face = face
        self.work = work
        self.branches = branches
        self.split: tuple[int, int] | None = None
        self._open: list[_Branch] = []

    def best(self, least_total: int) -> Answer | None:
        """The best solution, or None when each one with at least such a total breaks the rule."""
        self._add(_Choice())
        while self._open:
            self.work.report()
            branch = heapq.heappop(self._open)
            if branch.total < least_total:
                return None
            if not branch.columns and self.task.coachee.size:
                heapq.heappush(self._open, branch.with_columns())
                continue
            conflicts = two_way_pairs(self.task, branch.pairs)
            if not conflicts:
                return Answer(branch.pairs, self.task.objective(branch.pairs), branch.best.total_bound)
            conflict = self._hardest(conflicts, branch.choice)
            self.split = self.split or conflict
            self.work.needs_programme |= self.branches - 2 * len(branch.choice.without) > _MOST_BRANCHES
            if self.work.needs_programme:
                return self._by_programme(least_total)
            for choice in branch.choice.split(conflict):
                self._add(choice)
        return None

    def _add(self, choice: _Choice) -> None:
        self.branches += 1
        self.work.branches += 1
        face = choice.of(self.face)
        if face is None:
            return
        best = best_total(self.task, face)
        pairs = best.face.pair[best.assignment]
        objective = self.task.objective(pairs)
        branch = _Branch(objective.rank, (), self.branches, choice, best, pairs, objective.total)
        heapq.heappush(self._open, branch)

    def _hardest(self, conflicts: list[tuple[int, int]], choice: _Choice) -> tuple[int, int]:
        """The two-way pair that leaves fewest possibilities; to find dead ends first saves most branches."""
        if len(conflicts) == 1:
            return conflicts[0]
        return min(
            conflicts, key=lambda pair: sum(part.of(self.face) is not None for part in choice.split(pair))
        )

    def _by_programme(self, least_total: int) -> Answer | None:
        solution = solve_programme(self.task, self.face, self.work.report, least_total)
        if solution is None:
            return None
        return Answer(solution.pairs, self.task.objective(solution.pairs), solution.total_bound)


def two_way_pairs(task: Task, pairs: IntArray) -> list[tuple[int, int]]:
    """The pairs among some pairs in which two persons coach each other."""
    pairs = pairs[pairs != STAYING]
    forward, backward = task.forward[pairs], task.backward[pairs]
    halves = np.flatnonzero(np.isin(forward, backward))
    position_of = {int(backward[half]): int(half) for half in halves}
    others = ((int(half), position_of[int(forward[half])]) for half in halves)
    return [(int(pairs[half]), int(pairs[other])) for half, other in others if half < other]
