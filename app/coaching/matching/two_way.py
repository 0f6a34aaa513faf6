"""The rule of two-way pairs: nobody is coached by somebody whom she coaches.

The rule concerns a solution as a whole, so it is no edge to leave out beforehand. Nearly always there are solutions
that keep it and are as good as any in all that comes before the total. These lie on one face, and those that lose
little of the total on very few of its edges, so the search starts there. Where no solution of the face keeps the rule,
one pair of a two-way pair has to go, which gives two faces, and so on.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from app.coaching.matching.face import STAYING, Face
from app.coaching.matching.instance import IntArray
from app.coaching.matching.priorities import best_before_total, losses
from app.coaching.matching.programme import solve_programme
from app.coaching.matching.search import Answer, Search, Work
from app.coaching.matching.task import Objective, Task

_FIRST_ALLOWANCE = 16
"""Points of the total that the first search may lose; each next one may lose eight times as many."""
_MOST_REGIONS = 40


@dataclass(frozen=True, eq=False)
class Proven:
    """The best solution: the pairs chosen beside the pins, and what proves that it is.

    The bounds are on the number of unpinned coachees matched and on the total, where the answer was found; `branches`
    counts how many relaxed problems were solved.
    """

    pairs: IntArray
    objective: Objective
    number_bound: int
    total_bound: int
    branches: int


@dataclass(order=True)
class _Region:
    """Solutions without some pairs, with the face of those that are best in all that comes before the total.

    `before_total` says how good those are. `loss` is for each edge of the face a bound on what it loses of `largest`,
    the largest total on it.
    """

    before_total: tuple[int, ...]
    number: int
    forbidden: frozenset[int] = field(compare=False)
    face: Face = field(compare=False)
    number_bound: int = field(compare=False)
    largest: int = field(compare=False)
    loss: IntArray = field(compare=False)


def best_solution(task: Task, report: Callable[[float], None]) -> Proven:
    """The best solution that keeps the rule; `report` is called with the part of the work that is known to be done."""
    work = Work(report)
    regions = [_region(task, frozenset(), 0)]
    explored = 0
    found: list[Proven] = []
    while regions and all(regions[0].before_total <= best.objective.before_total for best in found):
        region = heapq.heappop(regions)
        explored += 1
        if explored > _MOST_REGIONS:
            return _by_programme(task, work)
        answer, split = _best_in(task, region, work, max((best.objective.total for best in found), default=0))
        if answer is not None:
            bounds = region.number_bound, answer.total_bound
            found.append(Proven(answer.pairs, answer.objective, *bounds, work.branches))
        elif not found:
            # All that keeps the rule here is worse before the total, so it matters only while nothing was found.
            for half, pair in enumerate(split):
                heapq.heappush(regions, _region(task, region.forbidden | {pair}, 2 * explored + half))
    best = min(found, key=lambda best: (best.objective.rank, _columns(task, best.pairs)))
    return replace(best, branches=work.branches)


def _region(task: Task, forbidden: frozenset[int], number: int) -> _Region:
    face, number_bound = best_before_total(task, task.face(forbidden))
    assignment, loss = losses(face, task.score)
    objective = task.objective(face.pair[assignment])
    return _Region(objective.before_total, number, forbidden, face, number_bound, objective.total, loss)


def _best_in(
    task: Task, region: _Region, work: Work, least_total: int
) -> tuple[Answer | None, tuple[int, ...]]:
    """The best solution on the face of a region with at least some total, or else the two-way pair to split it by."""
    allowance, branches = _FIRST_ALLOWANCE, 0
    while True:
        near = region.face.keeping(region.loss <= allowance)
        is_all = near.row.size == region.face.row.size or region.largest - allowance <= least_total
        search = Search(task, near, work, branches)
        answer = search.best(least_total if is_all else region.largest - allowance)
        if answer is not None or is_all:
            return answer, search.split or ()
        allowance, branches = 8 * allowance, search.branches


def _by_programme(task: Task, work: Work) -> Proven:
    solution = solve_programme(task, task.face(), work.report)
    if solution is None:
        raise ArithmeticError("to match nobody but the pins keeps the rule, yet there was no solution")
    objective = task.objective(solution.pairs)
    return Proven(solution.pairs, objective, solution.number_bound, solution.total_bound, work.branches)


def _columns(task: Task, pairs: IntArray) -> tuple[int, ...]:
    """The coach of each coachee, for the order of ids; without one comes last."""
    instance = task.instance
    columns = np.full(len(instance.coachees), len(instance.coaches))
    pairs = pairs[pairs != STAYING]
    columns[instance.pair_coachee[pairs]] = instance.pair_coach[pairs]
    return tuple(columns.tolist())
