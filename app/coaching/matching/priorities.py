"""The objectives in their order: one face after the other, until only equally good assignments are left.

As many coachees matched as possible; as many pairs kept; those left out before first; the worst score as high as
possible; as few as possible in the lowest band, then in the next; the total; the load spread evenly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.coaching.matching.assignment import best_assignment, feasible, fits, largest_number
from app.coaching.matching.face import Face, best_face, prices, upper_bound
from app.coaching.matching.instance import MAX_SCORE, IntArray
from app.coaching.matching.task import Task, bands


@dataclass(frozen=True, eq=False)
class Best:
    """The face of all best assignments, one of them, and a bound, from the prices, on the total they can have."""

    face: Face
    assignment: IntArray
    total_bound: int


def best_before_total(task: Task, face: Face) -> tuple[Face, int]:
    """The best assignments of a face in all that comes before the total, and a bound on how many are matched."""
    face, number_bound = most_matched(face)
    face, _ = in_turn(face, (task.kept, task.waited))
    below_the_line = bands(task.instance)
    if below_the_line:
        face = _highest_worst(face, task.score)
        face, _ = in_turn(face, [-in_band for in_band in task.in_bands])
    return face, number_bound


def best_total(task: Task, face: Face) -> Best:
    """The assignments of a face with the largest total, and among these the ones with the most even load."""
    face, total_bound = in_turn(face, (task.score,))
    face, assignment = _most_even(face)
    return Best(face, assignment, total_bound)


def losses(face: Face, weight: IntArray) -> tuple[IntArray, IntArray]:
    """An assignment with the largest weight, and for each edge a bound on what assignments with it fall short of that."""
    weight = weight[face.pair]
    assignment = best_assignment(face, weight)
    dual = prices(face, weight, assignment)
    return assignment, dual.worth[face.row] + np.append(dual.place, 0)[face.column] - weight


def most_matched(face: Face) -> tuple[Face, int]:
    """The assignments that match most coachees, and a bound on how many that can be."""
    weight = (~face.is_staying).astype(np.int64)
    dual = prices(face, weight, largest_number(face))
    return best_face(face, weight, dual), upper_bound(face, dual)


def in_turn(face: Face, weights: Sequence[IntArray]) -> tuple[Face, int]:
    """The assignments with the largest first weight, among those the largest second weight, and so on.

    Weights are integers per pair with a 0 at the end. Returns the face and a bound, from the prices, on the last
    weight. Weights that cannot differ on the face cost nothing; as many others as stay exact share one solve.
    """
    bound = 0
    while weights:
        units = _units(face, weights)
        shared, weights = weights[: len(units)], weights[len(units) :]
        packed = sum(
            (unit * weight[face.pair] for unit, weight in zip(units, shared, strict=True)), np.int64(0)
        )
        weight = np.asarray(packed, np.int64)
        if not _ranges(face, weight).any():
            bound = int(shared[-1][face.pair][face.first_edge].sum())
            continue
        assignment = best_assignment(face, weight)
        dual = prices(face, weight, assignment)
        chosen = face.pair[assignment]
        before = sum(unit * int(w[chosen].sum()) for unit, w in zip(units[:-1], shared[:-1], strict=True))
        bound = upper_bound(face, dual) - before
        face = best_face(face, weight, dual)
    return face, bound


def _units(face: Face, weights: Sequence[IntArray]) -> list[int]:
    """What one point of each weight counts for in a shared solve, for as many of the weights as fit.

    One point of a weight counts for more than all that the later ones can differ by.
    """
    ranges = [_ranges(face, weight[face.pair]) for weight in weights]
    units = [1]
    for count in range(2, len(weights) + 1):
        longer = [1]
        for differences in reversed(ranges[1:count]):
            longer.insert(0, longer[0] * (int(differences.sum()) + 1))
        if not fits(face, sum(unit * int(r.max(initial=0)) for unit, r in zip(longer, ranges, strict=False))):
            break
        units = longer
    return units


def _ranges(face: Face, weight: IntArray) -> IntArray:
    """For each coachee how much her edges differ in weight; together a bound on how much assignments differ."""
    if not weight.size:
        return weight
    return np.maximum.reduceat(weight, face.first_edge) - np.minimum.reduceat(weight, face.first_edge)


def _highest_worst(face: Face, score: IntArray) -> Face:
    """Only pairs with at least the highest score that everybody who is matched can have."""
    scores = score[face.pair]
    candidates = np.unique(scores[~face.is_staying])
    if not candidates.size:
        return face
    # Whoever must be matched has no pair above her own best one; most often that decides, so it is tried first.
    own_best: IntArray = np.maximum.reduceat(np.where(face.is_staying, MAX_SCORE, scores), face.first_edge)
    lowest, beyond = 0, int((candidates <= own_best.min()).sum())
    middle = beyond - 1
    while beyond - lowest > 1:
        if feasible(face, face.is_staying | (scores >= candidates[middle])):
            lowest = middle
        else:
            beyond = middle
        middle = (lowest + beyond) // 2
    return face.keeping(face.is_staying | (scores >= candidates[lowest]))


def _most_even(face: Face) -> tuple[Face, IntArray]:
    nothing = np.zeros(face.row.size, np.int64)
    assignment = best_assignment(face, nothing, load_cost=1)
    even = best_face(face, nothing, prices(face, nothing, assignment, load_cost=1), load_cost=1)
    return even, even.edges_to(face.column[assignment])
