"""A face: all assignments that are still best for the objectives dealt with so far.

Each objective is a transportation problem. Its dual prices tell which pairs can occur in a best assignment at all (the
*tight* ones) and which coaches must be full; keeping just those turns "best so far" into plain constraints for the
objective that follows (Huang, Kavitha, Mehlhorn, Michail, "Fair matchings and related problems", Algorithmica 2016).

A coachee may stay unmatched: that is one more column, numbered after the coaches, with room for everybody, weight 0
and price 0. It stands for "free place" as well, since leaving a place free costs nothing either.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.coaching.matching.instance import BoolArray, IntArray

STAYING = -1
"""The pair number of an edge that leaves its coachee unmatched; indexes the last entry of an array of weights."""


@dataclass(frozen=True, eq=False)
class Face:
    """Assignments of every coachee to one of her edges, with between `least` and `most` coachees at each coach.

    Edges are sorted by `row` (coachee) and then `column` (coach, or `coaches` for staying unmatched); every coachee
    has at least one. `pair` is the number of the permitted pair or `STAYING`. `pins` counts for each coach the pinned
    coachees, who take part in no edge. An assignment is an array with the position of one edge for each coachee.
    """

    row: IntArray
    column: IntArray
    pair: IntArray
    least: IntArray
    most: IntArray
    pins: IntArray

    @property
    def coaches(self) -> int:
        """How many coaches there are; also the column of staying unmatched."""
        return self.most.size

    @cached_property
    def first_edge(self) -> IntArray:
        """For each coachee the position of her first edge."""
        return np.flatnonzero(np.diff(self.row, prepend=-1))

    @property
    def coachees(self) -> int:
        """How many coachees there are."""
        return self.first_edge.size

    @property
    def is_staying(self) -> BoolArray:
        """For each edge whether it leaves its coachee unmatched."""
        return self.pair == STAYING

    def load(self, assignment: IntArray) -> IntArray:
        """How many unpinned coachees each coach has."""
        return np.bincount(self.column[assignment], minlength=self.coaches + 1)[: self.coaches]

    def edges_to(self, column: IntArray) -> IntArray:
        """The assignment that sends each coachee to the given column, to which she must have an edge."""
        width = self.coaches + 1
        return np.searchsorted(self.row * width + self.column, np.arange(self.coachees) * width + column)

    def keeping(self, edges: BoolArray) -> "Face":
        """The same face with only the edges in the mask."""
        return replace(self, row=self.row[edges], column=self.column[edges], pair=self.pair[edges])


@dataclass(frozen=True, eq=False)
class Prices:
    """Dual prices that prove an assignment best: of a place at each coach, and what each coachee gets at those prices.

    No coachee has an edge worth more than `worth` after paying for the place, and no coach can gain from another load.
    """

    place: IntArray
    worth: IntArray


def prices(face: Face, weight: IntArray, assignment: IntArray, load_cost: int = 0) -> Prices:
    """The integer prices under which an assignment is best for a weight per edge less the cost of the loads.

    A coach with `l` coachees, pins included, costs `load_cost * l * l`. The prices are shortest distances to a free
    place in the graph "move a coachee and lose so much" (Bellman and Ford, all edges at once). Raises `ArithmeticError`
    when a cycle gains something, in other words when the assignment is not a best one.
    """
    stay = face.coaches
    load = face.load(assignment)
    has_room, has_spare = np.flatnonzero(load < face.most), np.flatnonzero(load > face.least)
    next_cost = load_cost * (2 * (load + face.pins) + 1)[has_room]
    last_cost = load_cost * (2 * (load + face.pins) - 1)[has_spare]
    chosen_column, chosen_weight = face.column[assignment], weight[assignment]
    price = np.zeros(stay + 1, np.int64)
    for _ in range(stay + 3):
        worth = _best_per_coachee(face, weight - price[face.column])
        relaxed = price.copy()
        np.minimum.at(relaxed, chosen_column, chosen_weight - worth)
        relaxed[has_room] = np.minimum(relaxed[has_room], relaxed[stay] + next_cost)
        if has_spare.size:
            relaxed[stay] = min(relaxed[stay], (relaxed[has_spare] - last_cost).min())
        if np.array_equal(relaxed, price):
            return Prices(price[:stay] - price[stay], worth + price[stay])
        price = relaxed
    raise ArithmeticError("the assignment is not a best one")


def _best_per_coachee(face: Face, value: IntArray) -> IntArray:
    return np.maximum.reduceat(value, face.first_edge) if face.row.size else value


def best_face(face: Face, weight: IntArray, dual: Prices, load_cost: int = 0) -> Face:
    """The part of a face that is best for a weight and a load cost, given prices that prove an assignment best.

    By complementary slackness an assignment of the face is best exactly when all its edges are tight and each coach
    has a load that is worth most at its price.
    """
    price_of = np.append(dual.place, 0)[face.column]
    tight = weight - price_of == dual.worth[face.row]
    least, most = _best_loads(face, dual.place, load_cost)
    return replace(face.keeping(tight), least=least, most=most)


def _best_loads(face: Face, price: IntArray, load_cost: int) -> tuple[IntArray, IntArray]:
    if load_cost == 0:
        return np.where(price > 0, face.most, face.least), np.where(price < 0, face.least, face.most)
    # One more coachee at load l costs load_cost * (2 * l + 1): take all below the price, and perhaps those equal to it.
    below = ((price - 1) // load_cost - 1) // 2 - face.pins + 1
    not_above = (price // load_cost - 1) // 2 - face.pins + 1
    return np.clip(below, face.least, face.most), np.clip(not_above, face.least, face.most)


def upper_bound(face: Face, dual: Prices) -> int:
    """The bound on the weight of every assignment of the face that prices give, whatever the assignment."""
    best_load = np.where(dual.place > 0, face.most, face.least)
    return int(dual.worth.sum() + (dual.place * best_load).sum())
