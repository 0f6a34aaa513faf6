"""The choice among groups that are known: as a linear programme with prices, and as an integer one.

The linear programme grows: groups that are worth more than the prices of their people are added until there are none.
HiGHS starts each time where it ended.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from app.intervision.grouping.growing import FloatArray, Found
from app.intervision.grouping.task import IntArray

Group = tuple[int, ...]

_PRIMAL_SIMPLEX = 4
_TOLERANCE = 1e-6
_GUESSWORK = ("mip_heuristic_run_rins", "mip_heuristic_run_rens", "mip_heuristic_run_root_reduced_cost")
"""Ways in which HiGHS looks for good answers; it is given one, so that only the proof is left to it."""
_WHOLE = 0.999
"""Values are whole numbers: a solution that is nearer to the bound than this is the best."""


@dataclass(frozen=True, slots=True)
class Priced:
    """A solution of the linear programme: its value, the price of each person, and how much of each group it takes."""

    value: float
    prices: FloatArray
    taken: FloatArray


class Master:
    """All groups found so far, and the best fractions of them in which everybody has a place but `left_over` people.

    `worthless` is what it costs to give somebody no place all the same, so that there always is a solution.
    """

    def __init__(self, people: int, left_over: int, worthless: float) -> None:
        self.groups: list[Group] = []
        self.values: list[int] = []
        self._position: dict[Group, int] = {}
        self._people = people
        self._solver = quiet_solver()
        self._solver.setOptionValue("simplex_strategy", _PRIMAL_SIMPLEX)
        self._solver.setOptionValue("presolve", "off")
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        empty, nothing = np.zeros(0, np.int32), np.zeros(0)
        for _ in range(people):
            self._solver.addRow(1.0, 1.0, 0, empty, nothing)
        self._solver.addRow(float(left_over), float(left_over), 0, empty, nothing)
        own = np.arange(people, dtype=np.int32)
        self._add(np.full(people, -worthless), [(person,) for person in range(people)])
        if left_over:
            self._solver.addCols(
                people, np.zeros(people), np.zeros(people), np.ones(people), 2 * people,
                2 * own, np.stack((own, np.full(people, people, np.int32)), 1).ravel(), np.ones(2 * people),
            )  # fmt: skip
        self._before = people + (people if left_over else 0)

    def _add(self, values: FloatArray, groups: Sequence[Group]) -> None:
        sizes = [len(group) for group in groups]
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int32)
        members = np.array([member for group in groups for member in group], np.int32)
        count = len(groups)
        self._solver.addCols(
            count, values, np.zeros(count), np.full(count, highspy.kHighsInf),
            len(members), starts, members, np.ones(len(members)),
        )  # fmt: skip

    def add(self, groups: Iterable[tuple[Group, int]]) -> int:
        """Add groups with their value; tells how many were not known."""
        new: dict[Group, int] = {group: value for group, value in groups if group not in self._position}
        for group in new:
            self._position[group] = len(self.groups)
            self.groups.append(group)
        self.values += new.values()
        if new:
            self._add(np.array(list(new.values()), np.float64), list(new))
        return len(new)

    def solve(self) -> Priced:
        """The best fractions of what is known."""
        self._solver.run()
        solution = self._solver.getSolution()
        return Priced(
            self._solver.getInfo().objective_function_value,
            np.array(solution.row_dual[: self._people]),
            np.array(solution.col_value[self._before :]),
        )

    def fix(self, position: int) -> None:
        """Take a group as a whole."""
        self._solver.changeColBounds(self._before + position, 1.0, 1.0)

    def release(self, positions: Iterable[int]) -> None:
        """Leave groups free again."""
        for position in positions:
            self._solver.changeColBounds(self._before + position, 0.0, highspy.kHighsInf)


def varied(found: Sequence[Found], people: int, each: int, most: int) -> list[tuple[Group, int]]:
    """The groups that gain most, at most about `each` for a person and `most` in all."""
    parts = [(part, row) for part in found for row in range(len(part.value))]
    gains = np.array([part.reduced[row] for part, row in parts])
    used = np.zeros(people, np.int64)
    chosen: list[tuple[Group, int]] = []
    for position in np.argsort(-gains, kind="stable").tolist():
        part, row = parts[position]
        members = part.members[row]
        if used[members].min() < each:
            used[members] += 1
            chosen.append((tuple(members.tolist()), int(part.value[row])))
            if len(chosen) == most:
                break
    return chosen


@dataclass(frozen=True, slots=True)
class Choice:
    """Positions of the groups chosen (None when nothing was found in time), and a bound on what is maximised."""

    chosen: tuple[int, ...] | None
    bound: float
    is_proven: bool


class Chooser:
    """Chooses whole groups of which nobody is in two, by an integer programme."""

    def __init__(self, groups: Sequence[Group], people: Sequence[int]) -> None:
        self._groups = groups
        self._row = {person: row for row, person in enumerate(people)}

    def choose(
        self,
        gains: Sequence[int] | IntArray,
        at_least: int,
        report: Callable[[], None],
        *,
        nodes: int,
        start: Sequence[int] = (),
        threes: Sequence[tuple[int, int, int]] = (),
    ) -> Choice:
        """The groups that gain most of all that place so many people; `start` is a choice to begin with.

        Of the groups with two or more of any of the `threes` at most one is chosen, which helps the solver.
        """
        count, people = len(self._groups), len(self._row)
        must = at_least == people
        starts, rows, amounts = self._columns()
        solver = quiet_solver()
        solver.passModel(
            count, people + 1, len(rows), int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMaximize), 0.0,
            np.array(gains, np.float64), np.zeros(count), np.ones(count),
            np.append(np.full(people, float(must)), float(at_least)), np.append(np.ones(people), float(people)),
            starts, rows, amounts, np.ones(count, np.int32),
        )  # fmt: skip
        for three in threes:
            some = set(three)
            held = [place for place, group in enumerate(self._groups) if len(some.intersection(group)) >= 2]
            solver.addRow(-highspy.kHighsInf, 1.0, len(held), np.array(held, np.int32), np.ones(len(held)))
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", _WHOLE)
        for guesswork in _GUESSWORK:
            solver.setOptionValue(guesswork, False)
        solver.setOptionValue("mip_max_nodes", nodes)
        if len(start):
            positions = np.array(start, np.int32)
            solver.setSolution(len(positions), positions, np.ones(len(positions)))
        run(solver, report)
        info = solver.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.array(solver.getSolution().col_value) if found else np.zeros(0)
        status = solver.getModelStatus()
        return Choice(
            tuple(np.flatnonzero(values > 0.5).tolist()) if found else None,
            info.mip_dual_bound + _TOLERANCE,
            status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible),
        )

    def _columns(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Each group has a 1 for each of its people, and its size in the last row."""
        rows: list[int] = []
        amounts: list[int] = []
        starts: list[int] = []
        for group in self._groups:
            starts.append(len(rows))
            rows += [*(self._row[member] for member in group), len(self._row)]
            amounts += [*(1 for _ in group), len(group)]
        return np.array(starts, np.int32), np.array(rows, np.int32), np.array(amounts, np.float64)


def quiet_solver() -> highspy.Highs:
    """A solver that says nothing and always does the same."""
    solver = _Silent()
    solver.setOptionValue("threads", 1)
    return solver


class _Silent(highspy.Highs):
    """Switching callbacks on makes HiGHS print its name on standard output, which is where results go."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the library's name
        """Turn the output off first."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


def run(solver: highspy.Highs, report: Callable[[], None]) -> None:
    """Solve, telling that work goes on; what `report` raises is raised once the solver has stopped."""
    raised: list[BaseException] = []

    def interrupt(event: Any) -> None:
        if not raised:
            try:
                report()
            except BaseException as error:  # noqa: BLE001 - it is raised again outside the solver
                raised.append(error)
        if raised:
            event.interrupt()

    solver.cbMipInterrupt.subscribe(interrupt)
    solver.run()
    if raised:
        raise raised[0]
