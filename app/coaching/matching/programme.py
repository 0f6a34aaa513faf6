"""The whole order as a sequence of integer programmes, for rounds in which two-way pairs are everywhere.

Slower than faces and branches on what people really ask, but it does not mind how many pairs stand in each other's
way. Each objective is fixed at its best value before the next one is optimised (HiGHS through SciPy).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack

from app.coaching.matching.face import Face
from app.coaching.matching.instance import BoolArray, IntArray
from app.coaching.matching.task import Task, bands

_OPTIMAL, _INFEASIBLE = 0, 2
_SOLVER_TOLERANCE = 1e-4


@dataclass(frozen=True, eq=False)
class Solution:
    """The pairs chosen, and the solver's bounds on the number matched and on the total."""

    pairs: IntArray
    number_bound: int
    total_bound: int


def solve_programme(
    task: Task, face: Face, report: Callable[[], None], least_total: int | None = None
) -> Solution | None:
    """The best solution on a face that keeps the rule of two-way pairs; None when there is none.

    With a `least_total` only solutions with such a total count, and all assignments of the face are known to be
    equally good in what comes before the total. `report` is called before each programme and may raise to stop the
    work.
    """
    programme = _Programme(task, face, report)
    if least_total is not None:
        programme.require(task.score[programme.pair], least_total)
    if not programme.is_feasible(np.ones(programme.pair.size, np.bool_)):
        return None
    number_bound = 0
    if least_total is None:
        number_bound = programme.maximise(np.ones(programme.pair.size, np.int64))
        programme.maximise(task.kept[programme.pair])
        programme.maximise(task.waited[programme.pair])
        if bands(task.instance):
            programme.raise_worst(task.score[programme.pair])
            for in_band in task.in_bands:
                programme.maximise(-in_band[programme.pair])
    total_bound = programme.maximise(task.score[programme.pair])
    programme.spread_load()
    programme.settle_by_id()
    return Solution(programme.pair[programme.chosen], number_bound, total_bound)


class _Programme:
    """Variables: 1 for each pair that is chosen, then 1 for each place that is taken. `chosen` is the last solution."""

    def __init__(self, task: Task, face: Face, report: Callable[[], None]) -> None:
        is_pair = ~face.is_staying
        self.face = face
        self.report = report
        self.pair, self.row, self.column = face.pair[is_pair], face.row[is_pair], face.column[is_pair]
        self.chosen: BoolArray = np.zeros(self.pair.size, np.bool_)
        self.place_coach = np.repeat(np.arange(face.coaches), face.most)
        first = np.cumsum(face.most) - face.most
        self.place_ordinal = np.arange(self.place_coach.size) - first[self.place_coach]
        size = self.pair.size + self.place_coach.size
        self.upper = np.ones(size)
        self.lower = np.zeros(size)
        self.lower[self.pair.size :] = self.place_ordinal < face.least[self.place_coach]
        self.constraints = [self._one_coach_each(), self._load_is_places(), *self._not_two_way(task)]

    def _one_coach_each(self) -> LinearConstraint:
        must = np.ones(self.face.coachees)
        must[self.face.row[self.face.is_staying]] = 0
        return LinearConstraint(self._matrix(self.row, self.face.coachees), must, 1)

    def _load_is_places(self) -> LinearConstraint:
        coaches = self.face.coaches
        places = np.arange(self.place_coach.size)
        taken = csr_matrix((-np.ones(places.size), (self.place_coach, places)), shape=(coaches, places.size))
        pairs = csr_matrix(
            (np.ones(self.pair.size), (self.column, np.arange(self.pair.size))),
            shape=(coaches, self.pair.size),
        )
        return LinearConstraint(hstack((pairs, taken)).tocsr(), 0, 0)

    def _not_two_way(self, task: Task) -> list[LinearConstraint]:
        """A pair in which one person coaches another excludes each pair in which that one coaches her."""
        position_of: dict[int, list[int]] = {}
        for position, backward in enumerate(task.backward[self.pair].tolist()):
            position_of.setdefault(backward, []).append(position)
        halves = [
            (position, other)
            for position, forward in enumerate(task.forward[self.pair].tolist())
            for other in position_of.get(forward, ())
            if position < other
        ]
        if not halves:
            return []
        rows = np.repeat(np.arange(len(halves)), 2)
        shape = (len(halves), self.upper.size)
        return [
            LinearConstraint(csr_matrix((np.ones(rows.size), (rows, np.ravel(halves))), shape=shape), 0, 1)
        ]

    def _matrix(self, row: IntArray, rows: int) -> csr_matrix:
        return csr_matrix((np.ones(row.size), (row, np.arange(row.size))), shape=(rows, self.upper.size))

    def is_feasible(self, allowed: BoolArray) -> bool:
        """Whether there is a solution with only the pairs in the mask."""
        upper = self.upper.copy()
        upper[: self.pair.size] *= allowed
        return self._solve(np.zeros(self.upper.size), upper) is not None

    def require(self, weight: IntArray, least: int) -> None:
        """Leave only solutions in which a weight per pair is large enough."""
        self._require(self._on_pairs(weight), least)

    def maximise(self, weight: IntArray) -> int:
        """Make a weight per pair as large as possible, and keep it so; returns the solver's bound on it."""
        return self._maximise_and_keep(self._on_pairs(weight))

    def spread_load(self) -> None:
        """Make the sum of squared loads as small as possible, and keep it so."""
        cost = 2 * (self.place_ordinal + self.face.pins[self.place_coach]) + 1
        self._maximise_and_keep(np.concatenate((np.zeros(self.pair.size, np.int64), -cost)))

    def raise_worst(self, score: IntArray) -> None:
        """Leave out all pairs below the highest score that everybody who is matched can have."""
        candidates = np.unique(score)
        lowest, beyond = 0, candidates.size
        while beyond - lowest > 1:
            middle = (lowest + beyond) // 2
            if self.is_feasible(score >= candidates[middle]):
                lowest = middle
            else:
                beyond = middle
        if candidates.size:
            self.upper[: self.pair.size] *= score >= candidates[lowest]

    def settle_by_id(self) -> None:
        """Give each coachee in turn the first coach that is possible, staying unmatched being the last."""
        for row in range(self.face.coachees):
            own = np.flatnonzero(self.row == row)
            possible = own[self.upper[own] > 0]
            if possible.size and not self.chosen[possible[0]]:
                weight = np.zeros(self.upper.size, np.int64)
                weight[possible] = self.face.coaches - self.column[possible]
                self._maximise(weight)
            self.lower[own] = self.upper[own] = self.chosen[own]

    def _maximise_and_keep(self, weight: IntArray) -> int:
        largest, bound = self._maximise(weight)
        self._require(weight, largest)
        return bound

    def _require(self, weight: IntArray, least: int) -> None:
        self.constraints.append(LinearConstraint(csr_matrix(weight.astype(np.float64)), least, np.inf))

    def _on_pairs(self, weight: IntArray) -> IntArray:
        return np.concatenate((weight, np.zeros(self.place_coach.size, np.int64)))

    def _maximise(self, weight: IntArray) -> tuple[int, int]:
        """Choose pairs with the largest weight; returns that weight and the solver's bound on it."""
        solved = self._solve(-weight.astype(np.float64), self.upper)
        if solved is None:
            raise ArithmeticError("a programme that had a solution has none any more")
        values, bound = solved
        whole = np.round(values).astype(np.int64)
        self.chosen = whole[: self.pair.size] == 1
        return int(weight @ whole), int(np.floor(-bound + _SOLVER_TOLERANCE))

    def _solve(
        self, cost: NDArray[np.float64], upper: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], float] | None:
        self.report()
        if not cost.size:
            return cost, 0.0
        result = milp(
            cost,
            integrality=np.ones(cost.size),
            bounds=Bounds(self.lower, upper),
            constraints=self.constraints,
            options={"mip_rel_gap": 0},
        )
        if result.status == _INFEASIBLE:
            return None
        if result.status != _OPTIMAL:
            raise ArithmeticError(f"the integer programme was not solved: {result.message}")
        return result.x, result.mip_dual_bound
