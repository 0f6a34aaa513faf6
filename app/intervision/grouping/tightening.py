"""A sharper bound over groups that were listed, by looking at three people at a time.

Of all groups that hold two or more of some three people at most one can be chosen. The linear programme does not know
that; told so wherever it matters, its bound comes down and most of the groups prove to be of no use.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from app.intervision.grouping.growing import FloatArray
from app.intervision.grouping.master import Group, quiet_solver
from app.intervision.grouping.task import BoolArray

_ROUNDS = 40
_AT_ONCE = 60
_VIOLATED = 0.02
_TOLERANCE = 1e-6
_LITTLE = 0.3

Three = tuple[int, int, int]


@dataclass(frozen=True)
class Tightened:
    """A bound on what can be chosen, the positions of the groups that can matter, and what was told of which three."""

    bound: float
    useful: tuple[int, ...]
    threes: tuple[Three, ...]


def tighten(
    groups: Sequence[Group],
    values: Sequence[int],
    placed: int,
    people: int,
    value: int,
    report: Callable[[], None],
) -> Tightened:
    """The bound on choosing groups of so many people, better than `value` or not."""
    belongs = np.zeros((len(groups), people), np.bool_)
    for position, group in enumerate(groups):
        belongs[position, list(group)] = True
    solver = _programme(belongs, values, placed)
    alive = np.ones(len(groups), np.bool_)
    threes: list[Three] = []
    bound, stalled = np.inf, 0
    for _ in range(_ROUNDS):
        report()
        solver.run()
        objective = solver.getInfo().objective_function_value
        stalled = stalled + 1 if bound - objective < _LITTLE else 0
        bound = min(bound, objective)
        solution = solver.getSolution()
        taken, reduced = np.array(solution.col_value), np.array(solution.col_dual)
        useless = alive & (objective - np.abs(reduced) < value + 1 - _TOLERANCE) & (taken < _TOLERANCE)
        alive &= ~useless
        for position in np.flatnonzero(useless).tolist():
            solver.changeColBounds(position, 0.0, 0.0)
        if bound < value + 1 - _TOLERANCE or stalled > 3:
            break
        new = _violated(belongs, taken, set(threes))
        if not new:
            break
        threes += new
        for three in new:
            held = np.flatnonzero(belongs[:, three].sum(axis=1) >= 2).astype(np.int32)
            solver.addRow(-highspy.kHighsInf, 1.0, len(held), held, np.ones(len(held)))
    return Tightened(bound + _TOLERANCE, tuple(np.flatnonzero(alive).tolist()), tuple(threes))


def _programme(belongs: BoolArray, values: Sequence[int], placed: int) -> highspy.Highs:
    count, people = belongs.shape
    solver = quiet_solver()
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    infinity = highspy.kHighsInf
    solver.addCols(
        count, np.array(values, np.float64), np.zeros(count), np.full(count, infinity),
        0, np.zeros(count, np.int32), np.zeros(0, np.int32), np.zeros(0),
    )  # fmt: skip
    least = 1.0 if placed == people else 0.0
    for person in range(people):
        held = np.flatnonzero(belongs[:, person]).astype(np.int32)
        solver.addRow(least, 1.0, len(held), held, np.ones(len(held)))
    sizes = belongs.sum(axis=1).astype(np.float64)
    solver.addRow(float(placed), float(placed), count, np.arange(count, dtype=np.int32), sizes)
    return solver


def _violated(belongs: BoolArray, taken: FloatArray, known: set[Three]) -> list[Three]:
    """The threes of which more than one group is taken in all, the worst first."""
    parts = np.flatnonzero(taken > _TOLERANCE)
    weights, members = taken[parts], belongs[parts].astype(np.float64)
    pairs = (members * weights[:, None]).T @ members
    found: list[tuple[float, Three]] = []
    people = members.shape[1]
    for first in range(people - 2):
        rest = np.arange(first + 1, people)
        hers = members[:, first] * weights
        all_three = (members[:, rest] * hers[:, None]).T @ members[:, rest]
        mine = pairs[first, rest]
        total = np.triu(mine[:, None] + mine[None] + pairs[np.ix_(rest, rest)] - 2 * all_three, 1)
        for a, b in zip(*np.nonzero(total > 1 + _VIOLATED), strict=True):
            three = (first, int(rest[a]), int(rest[b]))
            if three not in known:
                found.append((-round(float(total[a, b]), 9), three))
    chosen: list[Three] = []
    used = np.zeros(people, np.int64)
    for _, three in sorted(found):
        if used[list(three)].max() < 8:
            used[list(three)] += 1
            chosen.append(three)
            if len(chosen) == _AT_ONCE:
                break
    return chosen
