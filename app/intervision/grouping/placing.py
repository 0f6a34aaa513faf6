"""How many people can have a place at all, and groups in which they have.

With only schools to keep apart this is exact and small: choose for each half-day how many groups meet and who comes.
People who come on one half-day can be dealt over its groups when no school has more of them than there are groups.
The same holds for any people who may not be together, whatever the ground, so that the number found is never too low;
whether everybody can indeed be seated is then tried half-day by half-day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from app.intervision.grouping.master import Group, quiet_solver, run
from app.intervision.grouping.task import HALFDAYS, BoolArray, Task

_NODES = 2_000
_SEATING_NODES = 200
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Placing:
    """Groups, and the number of people that no grouping exceeds."""

    groups: tuple[Group, ...]
    most: int


class _Programme:
    """An integer programme, built row by row."""

    def __init__(self) -> None:
        self.solver = quiet_solver()
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.count = 0

    def variable(self, gain: float, most: float) -> int:
        """A whole number from 0."""
        self.solver.addCol(gain, 0.0, most, 0, np.zeros(0, np.int32), np.zeros(0))
        self.solver.changeColIntegrality(self.count, highspy.HighsVarType.kInteger)
        self.count += 1
        return self.count - 1

    def at_most(self, most: float, plus: Sequence[int], minus: Sequence[tuple[int, float]] = ()) -> None:
        """The sum of some variables, less others so many times, is at most this."""
        columns = np.array([*plus, *(column for column, _ in minus)], np.int32)
        amounts = np.array([1.0] * len(plus) + [-times for _, times in minus])
        self.solver.addRow(-highspy.kHighsInf, most, len(columns), columns, amounts)

    def at_least_times(self, plus: Sequence[int], column: int, times: float) -> None:
        """The sum of some variables is at least another so many times."""
        columns = np.array([*plus, column], np.int32)
        amounts = np.array([1.0] * len(plus) + [-times])
        self.solver.addRow(0.0, highspy.kHighsInf, len(columns), columns, amounts)

    def solve(self, nodes: int, report: Callable[[], None]) -> tuple[list[int], int]:
        """The best values found, and a bound on the gain."""
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.solver.setOptionValue("mip_max_nodes", nodes)
        run(self.solver, report)
        info = self.solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return [0] * self.count, int(np.floor(info.mip_dual_bound + _TOLERANCE))
        values = np.round(np.array(self.solver.getSolution().col_value)).astype(np.int64).tolist()
        return values, int(np.floor(info.mip_dual_bound + _TOLERANCE))


def most_placed(task: Task, free: BoolArray, report: Callable[[], None]) -> Placing:
    """Groups with as many people as possible, as far as that is known."""
    apart = _apart(task, free)
    programme = _Programme()
    coming = [
        {
            int(person): programme.variable(1.0, 1.0)
            for person in np.flatnonzero(free & (task.days >> day & 1 == 1))
        }
        for day in range(HALFDAYS)
    ]
    meeting = [
        programme.variable(0.0, len(people) // task.sizes.least) if people else None for people in coming
    ]
    for person in np.flatnonzero(free).tolist():
        choices = [people[person] for people in coming if person in people]
        if len(choices) > 1:
            programme.at_most(1.0, choices)
    for people, groups in zip(coming, meeting, strict=True):
        if groups is None:
            continue
        everybody = list(people.values())
        programme.at_most(0.0, everybody, [(groups, float(task.sizes.most))])
        programme.at_least_times(everybody, groups, float(task.sizes.least))
        for some in apart:
            here = [people[person] for person in some if person in people]
            if len(here) > 1:
                programme.at_most(0.0, here, [(groups, 1.0)])
    if not programme.count:
        return Placing((), 0)
    values, most = programme.solve(_NODES, report)
    seated: list[Group] = []
    for people, groups in zip(coming, meeting, strict=True):
        if groups is not None and values[groups]:
            present = [person for person, column in people.items() if values[column]]
            seated += _seat(task, present, values[groups], report)
    return Placing(tuple(sorted(seated)), most)


def _apart(task: Task, free: BoolArray) -> list[list[int]]:
    """Sets of people of whom no two may be in one group, the forbidden pairs and schools all being in one of them."""
    hostile = task.forbidden | _one_school(task)
    np.fill_diagonal(hostile, False)
    hostile &= free[:, None] & free[None]
    open_pairs = np.triu(hostile)
    sets: list[list[int]] = []
    while open_pairs.any():
        first = int(np.argmax(open_pairs.any(axis=1)))
        together = [first]
        common = hostile[first].copy()
        while common.any():
            wanted = common & (open_pairs[together].any(axis=0) | open_pairs[:, together].any(axis=1))
            new = int(np.argmax(wanted if wanted.any() else common))
            together.append(new)
            common &= hostile[new]
        members = np.array(together)
        open_pairs[np.ix_(members, members)] = False
        sets.append(sorted(together))
    return sets


def _one_school(task: Task) -> BoolArray:
    schools = [person.school or position for position, person in enumerate(task.people)]
    number = {school: position for position, school in enumerate(dict.fromkeys(schools))}
    numbers = np.array([number[school] for school in schools], np.int64)
    return numbers[:, None] == numbers[None]


def _seat(task: Task, people: Sequence[int], groups: int, report: Callable[[], None]) -> list[Group]:
    """As many people of one half-day as possible in so many groups."""
    by_school = sorted(people, key=lambda person: (task.people[person].school or "", person))
    dealt = [tuple(sorted(by_school[place::groups])) for place in range(groups)]
    if all(task.is_permitted(group) for group in dealt):
        return dealt
    programme = _Programme()
    seat = {person: [programme.variable(1.0, 1.0) for _ in range(groups)] for person in people}
    meeting = [programme.variable(0.0, 1.0) for _ in range(groups)]
    for seats in seat.values():
        programme.at_most(1.0, seats)
    here = np.zeros(len(task.people), np.bool_)
    here[list(people)] = True
    apart = _apart(task, here)
    for place, meets in enumerate(meeting):
        everybody = [seats[place] for seats in seat.values()]
        programme.at_most(0.0, everybody, [(meets, float(task.sizes.most))])
        programme.at_least_times(everybody, meets, float(task.sizes.least))
        for some in apart:
            programme.at_most(1.0, [seat[person][place] for person in some])
    values, _ = programme.solve(_SEATING_NODES, report)
    seated = (
        tuple(sorted(person for person, seats in seat.items() if values[seats[place]]))
        for place in range(groups)
    )
    return [group for group in seated if group]
