"""Making groups better: exchanging people between two groups, and forming a few groups anew as well as possible."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.intervision.grouping.growing import FloatArray, Found, Grower, TooMany
from app.intervision.grouping.master import Chooser, Group
from app.intervision.grouping.standing import Incumbent
from app.intervision.grouping.task import BoolArray, IntArray, Task

_SETS = 20_000
_GROUPS = 800
_NODES = 30
_NOTHING = np.iinfo(np.int64).min // 4


class Exchanges:
    """Swaps of two people and moves of one, all of them judged at once; the best are done until nothing gains."""

    def __init__(self, task: Task, groups: Sequence[Group]) -> None:
        self._task = task
        self.groups = [list(group) for group in groups]
        self._clash = (~task.fits).astype(np.int64)
        np.fill_diagonal(self._clash, 0)

    def run(self, incumbent: Incumbent, passes: int) -> None:
        """Exchange until nothing gains, or so many times."""
        for _ in range(passes):
            if not self._one_pass():
                return
            incumbent.offer(tuple(sorted(group)) for group in self.groups)
            incumbent.step()

    def _one_pass(self) -> bool:
        """Do the best exchanges that do not touch one group twice."""
        people = np.array([member for group in self.groups for member in group], np.int64)
        own = np.repeat(np.arange(len(self.groups)), [len(group) for group in self.groups])
        facts = _Facts(self._task, self._clash, self.groups, people, own)
        gains = facts.swaps()
        first, other = np.nonzero(np.triu(gains > 0))
        found = [(-int(gains[a, b]), 0, int(a), int(b)) for a, b in zip(first, other, strict=True)]
        moves = facts.moves()
        found += [(-int(moves[a, g]), 1, int(a), int(g)) for a, g in zip(*np.nonzero(moves > 0), strict=True)]
        touched: set[int] = set()
        for _, is_move, a, b in sorted(found):
            mine, theirs = int(own[a]), b if is_move else int(own[b])
            if mine in touched or theirs in touched:
                continue
            touched |= {mine, theirs}
            self.groups[mine].remove(int(people[a]))
            self.groups[theirs].append(int(people[a]))
            if not is_move:
                self.groups[theirs].remove(int(people[b]))
                self.groups[mine].append(int(people[b]))
        return bool(touched)


class _Facts:
    """What each person gives each group, and who could be where."""

    def __init__(
        self, task: Task, clash: IntArray, groups: Sequence[Sequence[int]], people: IntArray, own: IntArray
    ) -> None:
        self._task, self._people, self._own = task, people, own
        self._sizes = np.array([len(group) for group in groups], np.int64)
        belongs = np.zeros((len(task.people), len(groups)), np.int64)
        belongs[people, own] = 1
        among = np.ix_(people, people)
        score = task.score.copy()
        np.fill_diagonal(score, 0)
        self._score, self._clash = score[among], clash[among]
        self._gives = (score @ belongs)[people]
        self._clashes = (clash @ belongs)[people]
        self._days = task.days[people]
        self._common = np.array([task.common_days(group) for group in groups], np.int64)
        self._without = np.array(
            [
                task.common_days(member for member in groups[group] if member != person)
                for person, group in zip(people.tolist(), own.tolist(), strict=True)
            ],
            np.int64,
        )
        mine = self._gives[np.arange(people.size), own]
        self._sums = np.bincount(own, weights=mine, minlength=len(groups)).astype(np.int64) // 2
        self._mine = mine

    def _values(self, sums: IntArray, sizes: NDArray[np.int64]) -> IntArray:
        limits = self._task.sizes
        return sums * (limits.target - 1) // np.maximum(sizes - 1, 1) - limits.penalty * abs(
            sizes - limits.target
        )

    def swaps(self) -> IntArray:
        """For each two people what it gains to swap them."""
        own = self._own
        there, clashes = self._gives[:, own], self._clashes[:, own]
        sums, sizes = self._sums[own], self._sizes[own]
        mine = (sums - self._mine)[:, None] + there.T - self._score
        theirs = (sums - self._mine)[None] + there - self._score
        before = self._values(sums, sizes)
        gains = (
            self._values(mine, sizes[:, None]) + self._values(theirs, sizes[None]) - before[:, None] - before
        )
        able = (self._without[None] & self._days[:, None]) != 0
        allowed = able & (clashes - self._clash == 0)
        return np.where(allowed & allowed.T & (own[:, None] != own[None]), gains, _NOTHING)

    def moves(self) -> IntArray:
        """For each person and group what it gains to move her there."""
        limits, own = self._task.sizes, self._own
        left_value = self._values(self._sums[own] - self._mine, self._sizes[own] - 1)
        joined = self._values(self._sums[None] + self._gives, (self._sizes + 1)[None])
        before = self._values(self._sums, self._sizes)
        gains = left_value[:, None] + joined - before[own][:, None] - before[None]
        allowed = (self._common[None] & self._days[:, None]) != 0
        allowed &= (self._clashes == 0) & (self._sizes < limits.most)[None]
        allowed &= (self._sizes[own] > limits.least)[:, None]
        allowed[np.arange(own.size), own] = False
        return np.where(allowed, gains, _NOTHING)


def rearrange(
    incumbent: Incumbent, groups: Sequence[Group], extra: Sequence[int], prices: FloatArray
) -> bool:
    """Form some groups of the best so far anew, with people who have no place; tells whether it became better.

    All groups are looked at that can be in a better arrangement, as the prices tell, unless there are too many.
    """
    task = incumbent.task
    people = sorted([*(member for group in groups for member in group), *extra])
    here = np.zeros(len(task.people), np.bool_)
    here[people] = True
    placed, value = sum(map(len, groups)), sum(task.value(group) for group in groups)
    below = float(prices[people].sum()) - value
    columns = _candidates(task, here, prices, below, incumbent)
    known = {group: gain for group, gain in columns}
    known |= {group: task.value(group) for group in groups}
    candidates = sorted(known)
    chooser = Chooser(candidates, people)
    start = [position for position, group in enumerate(candidates) if group in set(groups)]
    gains = [known[group] for group in candidates]
    if extra:
        by_size = chooser.choose(
            [len(group) for group in candidates], placed, incumbent.tell, nodes=_NODES, start=start
        )
        start = by_size.chosen or start
        placed = sum(len(candidates[position]) for position in start)
    choice = chooser.choose(gains, placed, incumbent.tell, nodes=_NODES, start=start)
    if choice.chosen is None:
        return False
    others = [group for group in incumbent.groups if group not in set(groups)]
    return incumbent.offer([*others, *(candidates[position] for position in choice.chosen)])


def _candidates(
    task: Task, here: BoolArray, prices: FloatArray, below: float, incumbent: Incumbent
) -> list[tuple[Group, int]]:
    grower = Grower(task, here, incumbent.tell)
    below = max(1.0, below)
    while below > 0.5:
        try:
            found = grower.grow(prices, -below, limit=_SETS)
        except TooMany:
            below /= 2
            continue
        if sum(len(part.value) for part in found) <= _GROUPS:
            return listed(found)
        below /= 1.5
    return []


def listed(found: Sequence[Found]) -> list[tuple[Group, int]]:
    """Groups with their values."""
    return [
        (tuple(members), value)
        for part in found
        for members, value in zip(part.members.tolist(), part.value.tolist(), strict=True)
    ]
