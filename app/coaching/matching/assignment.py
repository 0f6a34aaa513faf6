"""Best assignments on a face, by the solvers of SciPy on places instead of coaches.

SciPy counts in floating point and is silently wrong when sums pass 2^53, so every solve first shows that they cannot;
the integer prices computed afterwards (`face.prices`) prove the answer once more.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

from app.coaching.matching.face import Face
from app.coaching.matching.instance import BoolArray, IntArray

EXACT_FLOAT = 2**53
_DENSE_CELLS = 1_500_000
_DENSE_SHARE = 1 / 8
"""A full matrix is faster than a sparse one when it is not too large and has enough edges in it."""


def largest_number(face: Face) -> IntArray:
    """An assignment with as many coachees matched as possible (Hopcroft and Karp).

    The face must be one in which everybody may stay unmatched and no coach has to be full.
    """
    places = _Places(face, ~face.is_staying)
    matched = _cover(places.edge_row, places.edge_place, face.coachees, places.count)
    column = np.where(matched >= 0, np.append(places.coach, face.coaches)[matched], face.coaches)
    return face.edges_to(column)


def feasible(face: Face, edges: BoolArray) -> bool:
    """Whether the edges in the mask hold an assignment of the face.

    One matching that covers all coachees who cannot stay and another that fills all places that must be filled are
    enough: there is then one that does both (Mendelsohn and Dulmage, 1958).
    """
    must = np.ones(face.coachees, np.bool_)
    must[face.row[edges & face.is_staying]] = False
    places = _Places(face, edges & ~face.is_staying)
    of_must = must[places.edge_row]
    covered = _cover(places.edge_row[of_must], places.edge_place[of_must], face.coachees, places.count)
    if np.count_nonzero(covered >= 0) < np.count_nonzero(must):
        return False
    to_fill = places.must_be_filled[places.edge_place]
    filled = _cover(places.edge_row[to_fill], places.edge_place[to_fill], face.coachees, places.count)
    return np.count_nonzero(filled >= 0) == np.count_nonzero(places.must_be_filled)


def best_assignment(face: Face, weight: IntArray, load_cost: int = 0) -> IntArray:
    """An assignment of the face with the largest weight, less `load_cost` times the squared loads.

    The solvers minimise, need every cost above zero, and know no place that must be filled: each place that may stay
    free, and staying unmatched, is therefore dearer by more than all the rest together can save.
    """
    places = _Places(face, ~face.is_staying)
    best = np.maximum.reduceat(weight, face.first_edge) if weight.size else weight
    edge_cost = best[face.row] - weight + 1
    place_cost = load_cost * (2 * (places.ordinal + face.pins[places.coach]) + 1)
    dearer = 2 * face.coachees * (int(edge_cost.max(initial=1)) + int(place_cost.max(initial=0))) + 1
    if not _is_exact(dearer):
        raise ArithmeticError("the weights are too large to be summed exactly")
    place_cost = place_cost + dearer * ~places.must_be_filled
    staying_cost = edge_cost[face.is_staying] + dearer
    cells = face.coachees * (places.count + staying_cost.size)
    solve = _dense if _DENSE_SHARE * cells < places.edge.size and cells <= _DENSE_CELLS else _sparse
    return solve(face, places, edge_cost, place_cost, staying_cost)


def fits(face: Face, largest_weight: int) -> bool:
    """Whether `best_assignment` can deal exactly with weights from 0 to a largest one."""
    return _is_exact(2 * face.coachees * (largest_weight + 2) + 1)


def _is_exact(dearer: int) -> bool:
    """Whether every sum in the solvers is an integer that floating point tells from its neighbours.

    They add and subtract costs along alternating paths; all of these, and the solvers' own prices, stay below a few
    times the cost of a place that may stay free, because that is more than all other costs on a path together.
    """
    return 16 * dearer < EXACT_FLOAT


class _Places:
    """Coaches taken apart into single places, as many as they may have coachees.

    `coach` and `ordinal` tell of each place whose it is and how many come before it there; `must_be_filled` is true of
    the first places, up to the least load. Each edge of a mask appears once for every place of its coach, as
    `edge` (position on the face), `edge_row` and `edge_place`.
    """

    def __init__(self, face: Face, edges: BoolArray) -> None:
        self.count = int(face.most.sum())
        self.first = np.cumsum(face.most) - face.most
        self.coach = np.repeat(np.arange(face.coaches), face.most)
        self.ordinal = np.arange(self.count) - self.first[self.coach]
        self.must_be_filled: BoolArray = self.ordinal < face.least[self.coach]
        kept = np.flatnonzero(edges)
        times = face.most[face.column[kept]]
        self.edge = np.repeat(kept, times)
        self.edge_row = face.row[self.edge]
        nth = np.arange(self.edge.size) - np.repeat(np.cumsum(times) - times, times)
        self.edge_place = self.first[face.column[self.edge]] + nth


def _cover(row: IntArray, place: IntArray, rows: int, places: int) -> IntArray:
    """For each row the place in a matching of largest size, or -1."""
    if row.size == 0:
        return np.full(rows, -1, np.int64)
    graph = csr_matrix((np.ones(row.size, np.bool_), (row, place)), shape=(rows, places))
    return maximum_bipartite_matching(graph, perm_type="column").astype(np.int64)


def _dense(
    face: Face, places: _Places, edge_cost: IntArray, place_cost: IntArray, staying_cost: IntArray
) -> IntArray:
    cost = np.full((face.coachees, places.count + staying_cost.size), np.inf)
    cost[places.edge_row, places.edge_place] = edge_cost[places.edge] + place_cost[places.edge_place]
    may_stay = face.row[face.is_staying]
    cost[may_stay, places.count + np.arange(may_stay.size)] = staying_cost
    _, place = linear_sum_assignment(cost)
    return face.edges_to(_column_of(face, places, place))


def _sparse(
    face: Face, places: _Places, edge_cost: IntArray, place_cost: IntArray, staying_cost: IntArray
) -> IntArray:
    may_stay = face.row[face.is_staying]
    row = np.concatenate((places.edge_row, may_stay))
    place = np.concatenate((places.edge_place, places.count + np.arange(may_stay.size)))
    cost = np.concatenate((edge_cost[places.edge] + place_cost[places.edge_place], staying_cost)).astype(
        np.float64
    )
    graph = csr_matrix((cost, (row, place)), shape=(face.coachees, places.count + may_stay.size))
    _, chosen = min_weight_full_bipartite_matching(graph)
    return face.edges_to(_column_of(face, places, chosen.astype(np.int64)))


def _column_of(face: Face, places: _Places, place: IntArray) -> IntArray:
    """The coach of each place; the private places after the last one stand for staying unmatched."""
    return np.append(places.coach, face.coaches)[np.minimum(place, places.count)]
