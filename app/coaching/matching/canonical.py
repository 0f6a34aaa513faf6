"""Of all equally good assignments the one that comes first, so that the answer depends on nothing but the data.

Walk the coachees in id order; each gets the first coach (staying unmatched is the last resort) that the others can
make room for without loss, by moving along edges of the final face.
"""

from collections import Counter, deque
from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from app.coaching.matching.face import Face
from app.coaching.matching.instance import BoolArray, IntArray

_SLACK = -1
"""Stands for a move of no coachee: a coach takes one more, or one fewer, than before."""


def first_of(face: Face, assignment: IntArray) -> IntArray:
    """The columns of the first assignment of a face, given any assignment of it."""
    walk = _Walk(face, assignment)
    for row in sorted(walk.choices):
        walk.settle(row)
    return np.array(walk.column, np.int64)


class _Walk:
    """An assignment on its way to the first one.

    `choices` has the columns, in order, of the coachees who are not settled and can still change; `askers` has for
    each column the coachees who could move there, and `movable` counts those who are there now. Loads matter at coaches who may have more or fewer than they have.
    """

    def __init__(self, face: Face, assignment: IntArray) -> None:
        self.stay = face.coaches
        self.column: list[int] = face.column[assignment].tolist()
        self.choices: dict[int, list[int]] = {}
        self.askers: dict[int, set[int]] = {}
        load = face.load(assignment)
        for edge in np.flatnonzero(_can_change(face, assignment, load)):
            row, column = int(face.row[edge]), int(face.column[edge])
            self.choices.setdefault(row, []).append(column)
            self.askers.setdefault(column, set()).add(row)
        self.movable = Counter(self.column[row] for row in self.choices)
        self.can_take: set[int] = set(np.flatnonzero(load < face.most).tolist())
        self.can_give: set[int] = set(np.flatnonzero(load > face.least).tolist())
        self.least, self.most, self.load = face.least.tolist(), face.most.tolist(), load.tolist()

    def settle(self, row: int) -> None:
        """Give a coachee the first column there is for her, and let her stay there."""
        here = self.column[row]
        self.movable[here] -= 1
        better = [column for column in self.choices[row] if column < here and self._may_pass_on(column)]
        if better:
            toward = self._routes(here, better)
            target = next((column for column in better if column in toward), None)
            if target is not None:
                self._shift(target, here, toward)
                self.column[row] = target
        for column in self.choices.pop(row):
            self.askers[column].discard(row)

    def _may_pass_on(self, column: int) -> bool:
        """Whether somebody there can still move, or the load can change; saves a search that finds nothing."""
        return self.movable[column] > 0 or column == self.stay or column in self.can_take

    def _routes(self, here: int, wanted: list[int]) -> dict[int, tuple[int, int]]:
        """From each column that can pass a coachee on towards `here`: who moves (or `_SLACK`), and where to.

        The search goes backwards and stops when it meets the first of the columns wanted.
        """
        toward: dict[int, tuple[int, int]] = {}
        queue = deque([here])
        while queue and wanted[0] not in toward:
            column = queue.popleft()
            for row in self.askers.get(column, ()):
                self._reach(self.column[row], (row, column), here, toward, queue)
            for coach in self._slack_into(column):
                self._reach(coach, (_SLACK, column), here, toward, queue)
        return toward

    def _slack_into(self, column: int) -> Iterable[int]:
        if column == self.stay:
            return self.can_take
        return (self.stay,) if column in self.can_give else ()

    @staticmethod
    def _reach(
        column: int, move: tuple[int, int], here: int, toward: dict[int, tuple[int, int]], queue: deque[int]
    ) -> None:
        if column != here and column not in toward:
            toward[column] = move
            queue.append(column)

    def _shift(self, column: int, here: int, toward: dict[int, tuple[int, int]]) -> None:
        """Move everybody on the route from a column to `here` one step on, so that the column has room for one."""
        while column != here:
            row, following = toward[column]
            if row != _SLACK:
                self.column[row] = following
                self.movable[column] -= 1
                self.movable[following] += 1
            elif following == self.stay:
                self._change_load(column, +1)
            else:
                self._change_load(following, -1)
            column = following

    def _change_load(self, coach: int, change: int) -> None:
        self.load[coach] += change
        for group, belongs in (
            (self.can_take, self.load[coach] < self.most[coach]),
            (self.can_give, self.load[coach] > self.least[coach]),
        ):
            (group.add if belongs else group.discard)(coach)


def _can_change(face: Face, assignment: IntArray, load: IntArray) -> BoolArray:
    """The edges of coachees with a choice that occur in some assignment: those on a cycle of possible moves."""
    stay = face.coaches
    here = face.column[assignment][face.row]
    takes, gives = np.flatnonzero(load < face.most), np.flatnonzero(load > face.least)
    start = np.concatenate((here, takes, np.full(gives.size, stay)))
    end = np.concatenate((face.column, np.full(takes.size, stay), gives))
    moves = csr_matrix((np.ones(start.size, np.bool_), (start, end)), shape=(stay + 1, stay + 1))
    _, part = connected_components(moves, directed=True, connection="strong")
    usable = part[here] == part[face.column]
    has_choice = np.bincount(face.row[usable], minlength=face.coachees) > 1
    return usable & has_choice[face.row]
