"""What is to be matched: people, permitted pairs with their scores, and what is fixed beforehand.

An `Instance` holds everything in the order of the ids (by code point), so that nothing that follows can depend on
the order in which somebody typed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.coaching.matching.fields import MalformedInstance, quoted

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

MAX_SCORE = 1000
MAX_COUNT = 1_000_000
"""Capacities and rounds waited are whole numbers up to here, which keeps every sum exact."""


@dataclass(frozen=True, slots=True)
class Coachee:
    """Somebody who asks for a coach. `waited` counts the rounds in which she was left out."""

    id: str
    person: str | None = None
    waited: int = 0


@dataclass(frozen=True, slots=True)
class Coach:
    """Somebody who coaches at most `capacity` people, pinned ones included."""

    id: str
    person: str | None = None
    capacity: int = 1


@dataclass(frozen=True, eq=False)
class Blocked:
    """Pairs that are forbidden and why; it explains and decides nothing.

    `coachee`, `coach` and `reasons` have one entry per blocked pair; `reasons` points into `reason_sets`.
    """

    coachee: IntArray
    coach: IntArray
    reasons: IntArray
    reason_sets: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Instance:
    """One round to be matched.

    `pair_coachee`, `pair_coach` and `pair_score` describe the permitted pairs, by coachee and then by coach; people
    are numbers in `coachees` and `coaches`, which are sorted by id. `pinned` are positions in the pair arrays.
    `previous` tells for each permitted pair whether it was matched before, or is None when nothing is to be kept.
    Scores below `sufficiency` are counted in bands of `band` points.
    """

    coachees: tuple[Coachee, ...]
    coaches: tuple[Coach, ...]
    pair_coachee: IntArray
    pair_coach: IntArray
    pair_score: IntArray
    blocked: Blocked
    pinned: IntArray
    previous: BoolArray | None
    sufficiency: int
    band: int


@dataclass(frozen=True, eq=False)
class PairTable:
    """Permitted pairs in any order: positions of coachee and coach in the lists given, and the score (0 to 1000)."""

    coachee: IntArray
    coach: IntArray
    score: IntArray


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is fixed beforehand, what is to be kept if possible, and where scores become sufficient.

    `pinned` and `previous` are pairs of ids (coachee, coach). Without a previous matching `previous` is None. A
    `sufficiency` of 0 turns fairness off; below it scores are counted in bands of `band` points.
    """

    pinned: Sequence[tuple[str, str]] = ()
    previous: Sequence[tuple[str, str]] | None = None
    sufficiency: int = 350
    band: int = 50


def assemble(
    coachees: Sequence[Coachee], coaches: Sequence[Coach], pairs: PairTable, blocked: Blocked, terms: Terms
) -> Instance:
    """Put checked people and pairs in the order of their ids, on these terms.

    Raises `MalformedInstance` when a pin or a previous pair names somebody who is not there, or when the pins break
    a rule: each must be a permitted pair, one per coachee, within capacity, and no two may form a two-way pair.
    """
    coachee_order = sorted(range(len(coachees)), key=lambda position: coachees[position].id)
    coach_order = sorted(range(len(coaches)), key=lambda position: coaches[position].id)
    coachee_rank, coach_rank = _rank(coachee_order), _rank(coach_order)
    row, column = coachee_rank[pairs.coachee], coach_rank[pairs.coach]
    by_id = np.lexsort((column, row))
    row, column = row[by_id], column[by_id]
    instance = Instance(
        coachees=tuple(coachees[position] for position in coachee_order),
        coaches=tuple(coaches[position] for position in coach_order),
        pair_coachee=row,
        pair_coach=column,
        pair_score=pairs.score[by_id].astype(np.int64),
        blocked=Blocked(
            coachee_rank[blocked.coachee], coach_rank[blocked.coach], blocked.reasons, blocked.reason_sets
        ),
        pinned=np.zeros(0, np.int64),
        previous=None,
        sufficiency=terms.sufficiency,
        band=terms.band,
    )
    return _Fixing(instance).on(terms)


def _rank(order: Sequence[int]) -> IntArray:
    rank = np.zeros(len(order), np.int64)
    rank[np.array(order, np.int64)] = np.arange(len(order))
    return rank


class _Fixing:
    """Checks pins and previous pairs against an instance that has none yet."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.rows = {coachee.id: row for row, coachee in enumerate(instance.coachees)}
        self.columns = {coach.id: column for column, coach in enumerate(instance.coaches)}
        self.keys = instance.pair_coachee * len(instance.coaches) + instance.pair_coach

    def on(self, terms: Terms) -> Instance:
        """The instance with its pins and previous pairs."""
        previous = None if terms.previous is None else self._previous(terms.previous)
        return replace(self.instance, pinned=self._pins(terms.pinned), previous=previous)

    def _pair(self, place: str, coachee: str, coach: str) -> int | None:
        """The position of a pair among the permitted ones, or None."""
        if coachee not in self.rows:
            raise MalformedInstance(place, f"there is no coachee {quoted(coachee)}")
        if coach not in self.columns:
            raise MalformedInstance(place, f"there is no coach {quoted(coach)}")
        key = self.rows[coachee] * len(self.columns) + self.columns[coach]
        position = int(np.searchsorted(self.keys, key))
        return position if position < self.keys.size and self.keys[position] == key else None

    def _pins(self, pinned: Sequence[tuple[str, str]]) -> IntArray:
        coaches, coachees = self.instance.coaches, self.instance.coachees
        positions: dict[str, int] = {}
        load: dict[str, int] = {}
        coached_by: set[tuple[str, str]] = set()
        for number, (coachee, coach) in enumerate(pinned):
            place = f"pinned[{number}]"
            position = self._pair(place, coachee, coach)
            if coachee in positions:
                raise MalformedInstance(place, f"coachee {quoted(coachee)} is pinned twice")
            if position is None:
                raise MalformedInstance(
                    place, f"coachee {quoted(coachee)} and coach {quoted(coach)} are not a permitted pair"
                )
            positions[coachee] = position
            load[coach] = load.get(coach, 0) + 1
            capacity = coaches[self.columns[coach]].capacity
            if load[coach] > capacity:
                raise MalformedInstance(
                    place, f"coach {quoted(coach)} has more pins than places ({capacity})"
                )
            person, other = coachees[self.rows[coachee]].person, coaches[self.columns[coach]].person
            if person is not None and other is not None:
                if (other, person) in coached_by:
                    raise MalformedInstance(
                        place, f"{quoted(person)} and {quoted(other)} would coach each other (a two-way pair)"
                    )
                coached_by.add((person, other))
        return np.array(sorted(positions.values()), np.int64)

    def _previous(self, previous: Sequence[tuple[str, str]]) -> BoolArray:
        kept = np.zeros(self.keys.size, np.bool_)
        seen: set[tuple[str, str]] = set()
        for number, (coachee, coach) in enumerate(previous):
            place = f"previous[{number}]"
            position = self._pair(place, coachee, coach)
            if (coachee, coach) in seen:
                raise MalformedInstance(place, f"the pair {quoted([coachee, coach])} is given twice")
            seen.add((coachee, coach))
            if position is not None:
                kept[position] = True
        return kept
