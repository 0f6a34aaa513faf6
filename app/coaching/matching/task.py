"""What is left to decide once the pins are taken out of an instance, and how good a decision is."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.coaching.matching.face import STAYING, Face
from app.coaching.matching.instance import Instance, IntArray


@dataclass(frozen=True, order=False)
class Objective:
    """How good a matching is, in the order of what matters; `worst` and `bands` leave pins out, and so does `total`.

    `matched` counts coachees, `kept` pairs of the previous matching (None when there was none), `waited` rounds that
    matched coachees were left out before, `bands` pairs per band below the line of sufficiency, `load` the sum of the
    squared loads. `worst` is None when no pair was free to choose.
    """

    matched: int
    waited: int
    worst: int | None
    bands: tuple[tuple[int, int], ...]
    total: int
    load: int
    kept: int | None

    @property
    def before_total(self) -> tuple[int, ...]:
        """Sorts what is better in all that comes before the total first; without a line the worst does not count."""
        fairness = (-(self.worst or 0), *(count for _, count in self.bands)) if self.bands else ()
        return (-self.matched, -(self.kept or 0), -self.waited, *fairness)

    @property
    def rank(self) -> tuple[int, ...]:
        """Sorts the better matching first."""
        return (*self.before_total, -self.total, self.load)


@dataclass(frozen=True, eq=False)
class Task:
    """An instance without its pins.

    `coachee` gives for each row of a face the coachee it stands for; `places` what each coach has left. `score`,
    `waited` and `kept` are what a pair adds to those sums, with a 0 at the end for staying unmatched. Two pairs
    are a two-way pair when the `forward` number of the one is the `backward` number of the other.
    """

    instance: Instance
    coachee: IntArray
    pins: IntArray
    places: IntArray
    score: IntArray
    waited: IntArray
    kept: IntArray
    forward: IntArray
    backward: IntArray

    def face(self, forbidden: Iterable[int] = (), *, two_way_with_pins: bool = False) -> Face:
        """Every assignment within capacity that uses no pair of `forbidden`.

        Pairs that are the other half of a pin are left out too, unless `two_way_with_pins` permits them.
        """
        instance = self.instance
        row_of = np.full(len(instance.coachees), -1, np.int64)
        row_of[self.coachee] = np.arange(self.coachee.size)
        allowed = row_of[instance.pair_coachee] >= 0
        allowed[list(forbidden)] = False
        if not two_way_with_pins:
            allowed &= ~np.isin(self.backward, self.forward[instance.pinned])
        pair = np.flatnonzero(allowed)
        row = np.concatenate((row_of[instance.pair_coachee[pair]], np.arange(self.coachee.size)))
        column = np.concatenate(
            (instance.pair_coach[pair], np.full(self.coachee.size, len(instance.coaches)))
        )
        pair = np.concatenate((pair, np.full(self.coachee.size, STAYING)))
        order = np.lexsort((column, row))
        asked = np.bincount(column, minlength=len(instance.coaches) + 1)[: len(instance.coaches)]
        return Face(
            row=row[order],
            column=column[order],
            pair=pair[order],
            least=np.zeros(len(instance.coaches), np.int64),
            most=np.minimum(self.places, asked),
            pins=self.pins,
        )

    @property
    def in_bands(self) -> list[IntArray]:
        """For each band below the line, lowest first, 1 for every pair in it, with a 0 for staying unmatched."""
        scores = self.instance.pair_score
        return [
            _with_staying(((low <= scores) & (scores < high)).astype(np.int64))
            for low, high in bands(self.instance)
        ]

    def objective(self, pairs: IntArray) -> Objective:
        """How good it is to match the given pairs beside the pins; `STAYING` among them counts for nothing."""
        instance = self.instance
        pairs = pairs[pairs != STAYING]
        everything = np.concatenate((pairs, instance.pinned))
        scores = self.score[pairs]
        load = np.bincount(instance.pair_coach[everything], minlength=len(instance.coaches))
        return Objective(
            matched=int(everything.size),
            waited=int(self.waited[everything].sum()),
            worst=int(scores.min()) if scores.size else None,
            bands=tuple(
                (low, int(np.count_nonzero((low <= scores) & (scores < high))))
                for low, high in bands(instance)
            ),
            total=int(scores.sum()),
            load=int((load * load).sum()),
            kept=None if instance.previous is None else int(self.kept[everything].sum()),
        )


def bands(instance: Instance) -> list[tuple[int, int]]:
    """The bands below the line of sufficiency as (first score, first score above it), lowest first."""
    line = instance.sufficiency
    return [(low, min(low + instance.band, line)) for low in range(0, line, instance.band)]


def task_of(instance: Instance) -> Task:
    """Take the pins out of an instance."""
    pins = np.bincount(instance.pair_coach[instance.pinned], minlength=len(instance.coaches)).astype(np.int64)
    capacity = np.array([coach.capacity for coach in instance.coaches], np.int64)
    is_free = np.ones(len(instance.coachees), np.bool_)
    is_free[instance.pair_coachee[instance.pinned]] = False
    waited = np.array([coachee.waited for coachee in instance.coachees], np.int64)
    kept = np.zeros(instance.pair_score.size, np.int64) if instance.previous is None else instance.previous
    forward, backward = _directions(instance)
    return Task(
        instance=instance,
        coachee=np.flatnonzero(is_free),
        pins=pins,
        places=capacity - pins,
        score=_with_staying(instance.pair_score),
        waited=_with_staying(waited[instance.pair_coachee]),
        kept=_with_staying(kept.astype(np.int64)),
        forward=forward,
        backward=backward,
    )


def _with_staying(per_pair: IntArray) -> IntArray:
    return np.append(per_pair, 0)


def _directions(instance: Instance) -> tuple[IntArray, IntArray]:
    """Numbers for "this person coaches that one" and for the other way round; unknown people share none."""
    number: dict[str, int] = {}
    people = [*instance.coachees, *instance.coaches]
    named = [0 if p.person is None else number.setdefault(p.person, len(number) + 1) for p in people]
    person = np.array(named, np.int64)
    coachee = person[instance.pair_coachee]
    coach = person[len(instance.coachees) + instance.pair_coach]
    known = (coachee > 0) & (coach > 0)
    people_known = len(number) + 1
    forward = np.where(known, coach * people_known + coachee, -1)
    return forward, np.where(known, coachee * people_known + coach, -2)
