"""The best groups of a task, in the order in which they are looked for; stopped at any moment there is an answer.

Groups at once, as many people as possible, exchanges; then prices from a growing linear programme, which bound what
can be had and point at the groups that matter; a dive along its fractions; groups formed anew a few at a time; and,
where the gap is small enough to list every group that could still matter, the proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.intervision.grouping.greedy import first_groups
from app.intervision.grouping.growing import FloatArray, Found, Grower, TooMany, rounded
from app.intervision.grouping.improving import Exchanges, listed, rearrange
from app.intervision.grouping.master import Choice, Chooser, Group, Master, varied
from app.intervision.grouping.placing import most_placed
from app.intervision.grouping.standing import Incumbent
from app.intervision.grouping.task import Effort, Task
from app.intervision.grouping.tightening import tighten

_SMOOTHING = 0.6
_ANYTHING = -1e15
_COMPLETE_SETS, _COMPLETE_GROUPS = 6_000, 6_000
_BOUND_SETS = 150_000
_PROOF_SETS, _PROOF_GROUPS, _PROOF_GROUPS_OF_MANY = 200_000, 30_000, 3_000
_MARGINS = (0.35, 1, 1)
_SMALL = 80
_EACH = 8
_SEED = 6
"""Where chance comes in it is the same each time."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How many steps of each kind of work may be done."""

    rounds: int
    beam: int
    dives: int
    rearrangements: int
    nodes: int
    nodes_of_many: int


BUDGETS = {
    Effort.QUICK: Budget(rounds=25, beam=250, dives=1, rearrangements=20, nodes=50, nodes_of_many=1),
    Effort.NORMAL: Budget(rounds=80, beam=800, dives=1, rearrangements=120, nodes=3_000, nodes_of_many=10),
    Effort.THOROUGH: Budget(
        rounds=200, beam=2_000, dives=2, rearrangements=600, nodes=50_000, nodes_of_many=500
    ),
}


class Search:
    """One search; what it finds is in the incumbent."""

    def __init__(self, incumbent: Incumbent) -> None:
        self._incumbent = incumbent
        self._task: Task = incumbent.task
        self._budget = BUDGETS[incumbent.task.effort]
        self._people = len(incumbent.task.people)
        self._everybody = np.ones(self._people, np.bool_)
        self._grower = Grower(incumbent.task, self._everybody, incumbent.tell)
        self._prices: FloatArray = np.zeros(self._people)
        """The prices with the best bound; no group is worth more than its people."""

    def run(self) -> None:
        """Search until there is nothing better or the budget is spent."""
        incumbent = self._incumbent
        if not self._people:
            return
        incumbent.offer(first_groups(self._task, self._everybody))
        incumbent.step()
        self._place()
        if incumbent.most == 0:
            return
        Exchanges(self._task, incumbent.groups).run(incumbent, 60)
        if self._decide_all() or not incumbent.groups:
            return
        if incumbent.placed < incumbent.most:
            self._place_more()
        master = self._column_generation()
        if incumbent.is_proven:
            return
        for _ in range(self._budget.dives):
            self._dive(master)
        self._rearrange(master)
        if not incumbent.is_proven:
            self._prove()

    def _place(self) -> None:
        incumbent = self._incumbent
        placing = most_placed(self._task, self._everybody, incumbent.tell)
        incumbent.most = min(incumbent.most, _representable(self._task, placing.most))
        incumbent.offer(placing.groups)
        if not incumbent.groups:
            some = self._grower.grow(self._prices, _ANYTHING, beam=self._budget.beam)
            incumbent.offer([group for group, _ in listed(some)[:1]])
        incumbent.step()

    def _decide_all(self) -> bool:
        """With few possible groups: list them all and choose. Tells whether all is decided."""
        incumbent = self._incumbent
        try:
            found = self._grower.grow(self._prices, _ANYTHING, limit=_COMPLETE_SETS)
        except TooMany:
            return False
        if sum(len(part.value) for part in found) > _COMPLETE_GROUPS:
            return False
        groups = sorted(listed(found))
        if not groups:
            incumbent.most = 0
            return True
        chooser = Chooser([group for group, _ in groups], range(self._people))
        position = {group: place for place, (group, _) in enumerate(groups)}
        start = [position[group] for group in incumbent.groups]
        if incumbent.placed < incumbent.most:
            sizes = [len(group) for group, _ in groups]
            choice = chooser.choose(sizes, incumbent.placed, incumbent.tell, nodes=_PROOF_GROUPS, start=start)
            start = list(choice.chosen or start)
            incumbent.offer(groups[place][0] for place in start)
            incumbent.most = min(incumbent.most, int(choice.bound))
            incumbent.step()
        placed = incumbent.placed
        values = [value for _, value in groups]
        choice = chooser.choose(values, placed, incumbent.tell, nodes=_PROOF_GROUPS, start=start)
        incumbent.offer(groups[place][0] for place in choice.chosen or start)
        incumbent.has_ceiling(placed, choice.bound)
        incumbent.step()
        return incumbent.is_proven

    def _place_more(self) -> None:
        """Find places for those who have none by forming some groups anew around them."""
        self._make_room(self._incumbent, self._shares())

    def _make_room(self, incumbent: Incumbent, prices: FloatArray) -> None:
        for width in (3, 5, 7):
            for person in incumbent.unplaced:
                if incumbent.placed >= incumbent.most:
                    return
                if person in incumbent.unplaced:
                    rearrange(incumbent, self._near(incumbent, person, width), [person], prices)
                    self._incumbent.step()

    def _near(self, incumbent: Incumbent, person: int, width: int) -> list[Group]:
        """The groups in which somebody fits best, by how many of it she can be with."""
        fits = self._task.fits[person]
        ranked = sorted(incumbent.groups, key=lambda group: (-float(np.mean(fits[list(group)])), group))
        return ranked[:width]

    def _shares(self) -> FloatArray:
        """What each person gives to the value of her group."""
        prices = np.zeros(self._people)
        sizes = self._task.sizes
        for group in self._incumbent.groups:
            members = np.array(group)
            weight = (sizes.target - 1) / (len(group) - 1)
            score = self._task.score[np.ix_(members, members)]
            own = score.sum(axis=1) - score.diagonal()
            prices[members] = weight * own / 2 - sizes.penalty * abs(len(group) - sizes.target) / len(group)
        return rounded(prices)

    def _column_generation(self) -> Master:
        """Find the groups that matter, and the prices that bound the value."""
        incumbent, task = self._incumbent, self._task
        highest = float(abs(task.score).max(initial=1)) * (task.sizes.target - 1)
        master = Master(self._people, self._people - incumbent.placed, 4 * highest + 1000)
        master.add((group, task.value(group)) for group in incumbent.groups)
        centre: FloatArray | None = self._shares()
        since = 0
        for _ in range(self._budget.rounds):
            priced = master.solve()
            if incumbent.bound - priced.value < max(
                1.0, priced.value * (0.0003 if self._people > _SMALL else 0)
            ):
                break
            prices = (
                priced.prices if centre is None else _SMOOTHING * centre + (1 - _SMOOTHING) * priced.prices
            )
            prices = rounded(prices)
            found = self._grower.grow(prices, 0.0, beam=self._budget.beam)
            new = master.add(varied(found, self._people, _EACH, max(200, 2 * self._people)))
            excess = _excess(found)
            since += 1
            is_near = excess * self._people < 0.1 * max(1.0, priced.value)
            if new < self._people // 10 or (is_near and since >= 4):
                since = 0
                missed = self._bound(prices, excess)
                new += master.add(varied(missed, self._people, _EACH, max(200, 2 * self._people)))
            was_smooth, centre = centre is not None, prices if new > self._people // 10 else None
            incumbent.step()
            if new == 0 and not was_smooth:
                break
        return master

    def _bound(self, prices: FloatArray, excess: float) -> list[Found]:
        """Prove a bound at these prices, raised so far that no group is worth more; gives what had been missed."""
        step = max(1.0, 0.02 * float(np.abs(prices).mean()))
        while True:
            raised = rounded(prices + excess + 1e-3)
            try:
                missed = self._grower.grow(raised, 0.0, limit=_BOUND_SETS)
            except TooMany:
                excess, step = excess + step, 2 * step
                continue
            more = _excess(missed)
            before = self._incumbent.bound
            self._incumbent.has_prices(raised, more)
            if self._incumbent.bound <= before:
                self._prices = rounded(raised + more + (1e-3 if more else 0.0))
            return missed

    def _dive(self, master: Master) -> None:
        """Take the largest fractions as a whole, one after the other, and find groups for those who are left."""
        incumbent = self._incumbent
        left = self._everybody.copy()
        fixed: list[int] = []
        most = 2 * self._people
        for _ in range(most):
            priced = master.solve()
            taken = priced.taken.copy()
            taken[fixed] = 0
            open_groups = np.flatnonzero(taken > 1e-6)
            if not open_groups.size:
                break
            whole = [int(place) for place in open_groups if taken[place] > 0.8]
            best = int(open_groups[np.argmax(taken[open_groups])])
            for place in whole or [best]:
                if left[list(master.groups[place])].all():
                    master.fix(place)
                    fixed.append(place)
                    left[list(master.groups[place])] = False
            if left.any():
                grower = Grower(self._task, left, incumbent.tell)
                found = grower.grow(rounded(priced.prices), 0.0, beam=self._budget.beam // 2)
                master.add(varied(found, self._people, _EACH, self._people))
            incumbent.step()
        master.release(fixed)
        scratch = Incumbent(self._task, lambda _: incumbent.tell())
        scratch.most = incumbent.placed
        scratch.offer(master.groups[place] for place in fixed)
        self._make_room(scratch, self._prices)
        if scratch.groups and incumbent.offer(scratch.groups):
            incumbent.step()
        exchanged = Exchanges(self._task, incumbent.groups)
        exchanged.run(incumbent, 20)

    def _rearrange(self, master: Master) -> None:
        """Form a few groups anew, again and again, beginning where most is lost."""
        incumbent = self._incumbent
        near = self._nearness(master)
        chance = np.random.default_rng(_SEED)
        tried: dict[Group, int] = {}
        for _ in range(self._budget.rearrangements):
            if incumbent.is_proven:
                return
            groups = incumbent.groups
            losses = [
                (float(self._prices[list(group)].sum()) - self._task.value(group) + 1)
                / (1 + tried.get(group, 0)) ** 2
                for group in groups
            ]
            first = groups[int(np.argmax(losses))]
            tried[first] = tried.get(first, 0) + 1
            belongs = np.zeros((self._people, len(groups)))
            for place, group in enumerate(groups):
                belongs[list(group), place] = 1
            weights = near[list(first)].sum(axis=0) @ belongs + 1e-9
            weights[groups.index(first)] = 0
            count = min(3, int(np.count_nonzero(weights)))
            others = (
                chance.choice(len(groups), count, replace=False, p=weights / weights.sum()) if count else []
            )
            rearrange(incumbent, [first, *(groups[int(place)] for place in others)], [], self._prices)
            incumbent.step()

    def _nearness(self, master: Master) -> FloatArray:
        """For each two people how often they are in one group that is nearly worth its people."""
        near = np.zeros((self._people, self._people))
        for group, value in zip(master.groups, master.values, strict=True):
            members = list(group)
            loss = float(self._prices[members].sum()) - value
            near[np.ix_(members, members)] += np.exp(-max(0.0, loss) * 20 / (1 + abs(value)))
        np.fill_diagonal(near, 0)
        return near

    def _prove(self) -> None:
        """Choose among all groups that lose less than a margin, the margin growing until nothing outside can be better.

        Whoever uses a group that loses more stays that much below the bound. So the best choice within the margin is
        the best of all as soon as it is within the margin of the bound.
        """
        incumbent = self._incumbent
        placed = incumbent.placed
        ceiling = float(np.sort(self._prices)[::-1][:placed].sum())
        for part in _MARGINS:
            if incumbent.is_proven:
                return
            gap = ceiling - incumbent.value
            margin = gap + 1 if part == 1 else gap * part
            try:
                found = self._grower.grow(self._prices, -margin, limit=_PROOF_SETS)
            except TooMany:
                return
            known = dict(listed(found)) | {group: self._task.value(group) for group in incumbent.groups}
            if len(known) > (_PROOF_GROUPS if self._people <= _SMALL else _PROOF_GROUPS_OF_MANY):
                return
            choice = self._choose(
                known, self._budget.nodes if self._people <= _SMALL else self._budget.nodes_of_many
            )
            incumbent.has_ceiling(placed, max(choice.bound, ceiling - margin, incumbent.value))
            incumbent.step()
            if not choice.is_proven:
                return

    def _choose(self, known: dict[Group, int], nodes: int) -> Choice:
        """Choose among these groups as a whole, beginning with the best so far."""
        incumbent = self._incumbent
        groups = sorted(known)
        tight = tighten(
            groups, [known[group] for group in groups], incumbent.placed, self._people, incumbent.value, incumbent.tell
        )  # fmt: skip
        if tight.bound < incumbent.value + 1:
            return Choice(None, incumbent.value, True)
        own = set(incumbent.groups)
        groups = sorted({*(groups[place] for place in tight.useful), *own})
        start = [place for place, group in enumerate(groups) if group in own]
        choice = Chooser(groups, range(self._people)).choose(
            [known[group] for group in groups], incumbent.placed, incumbent.tell,
            nodes=nodes, start=start, threes=tight.threes,
        )  # fmt: skip
        if choice.chosen is not None:
            incumbent.offer(groups[place] for place in choice.chosen)
        return Choice(choice.chosen, min(choice.bound, tight.bound), choice.is_proven)


def _excess(found: Sequence[Found]) -> float:
    """How much at most a group is worth above its prices for each of its people."""
    return max((float(part.reduced.max()) / part.members.shape[1] for part in found), default=0.0)


def _representable(task: Task, most: int) -> int:
    """The largest number up to some number that is a sum of sizes."""
    sizes = range(task.sizes.least, task.sizes.most + 1)
    reached = [True] + [False] * most
    for number in range(1, most + 1):
        reached[number] = any(size <= number and reached[number - size] for size in sizes)
    return max(number for number in range(most + 1) if reached[number])
