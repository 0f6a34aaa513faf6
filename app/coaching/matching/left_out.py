"""Why somebody has no coach, and how many pairs would rather have each other."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.coaching.matching.instance import BoolArray, Instance, IntArray


class WhyUnmatched(StrEnum):
    """What stands in the way of somebody without a coach."""

    NO_PERMITTED_COACH = "no_permitted_coach"
    """No coach is permitted for her."""
    COMPETITION = "competition"
    """More people want some coaches than these have places."""
    TWO_WAY = "two_way"
    """There would be room, were it not that two people would coach each other."""


@dataclass(frozen=True)
class Obstacles:
    """What blocks somebody without a permitted coach: pairs per reason, and the coaches with no other reason."""

    blocked_by: dict[str, int]
    only: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Competition:
    """More people than places (a Hall set): `competing` can only go to `coaches`, who have `places` left after pins."""

    competing: tuple[str, ...]
    coaches: tuple[str, ...]
    places: int


class Outcome:
    """An instance with the coach (or -1) of every coachee, and the questions one can ask of it."""

    def __init__(self, instance: Instance, coach_of: IntArray) -> None:
        self.instance = instance
        self.coach_of = coach_of
        self.is_pinned = np.zeros(len(instance.coachees), np.bool_)
        self.is_pinned[instance.pair_coachee[instance.pinned]] = True
        self.capacity = np.array([coach.capacity for coach in instance.coaches], np.int64)
        self.load = np.bincount(coach_of[coach_of >= 0], minlength=self.capacity.size)

    def blocking_pairs(self) -> int:
        """How many permitted pairs, not chosen and without a pinned coachee, both sides would rather have."""
        instance = self.instance
        who, coach, score = instance.pair_coachee, instance.pair_coach, instance.pair_score
        chosen = self.coach_of[who] == coach
        own_score = np.full(len(instance.coachees), -1, np.int64)
        own_score[who[chosen]] = score[chosen]
        lowest_there = np.full(self.capacity.size, score.max(initial=0) + 1, np.int64)
        settled = chosen & ~self.is_pinned[who]
        np.minimum.at(lowest_there, coach[settled], score[settled])
        welcome = (self.load < self.capacity)[coach] | (lowest_there[coach] < score)
        return int(np.count_nonzero(~chosen & ~self.is_pinned[who] & (score > own_score[who]) & welcome))

    def unmatched(self) -> dict[int, WhyUnmatched]:
        """Why each unmatched coachee is unmatched, by her number and in the order of ids."""
        who, coach = self.instance.pair_coachee, self.instance.pair_coach
        has_coach = np.bincount(who, minlength=self.coach_of.size) > 0
        could_move = np.bincount(who[self._leads_to_room()[coach]], minlength=self.coach_of.size) > 0
        reasons: dict[int, WhyUnmatched] = {}
        for coachee in np.flatnonzero(self.coach_of < 0).tolist():
            if not has_coach[coachee]:
                reasons[coachee] = WhyUnmatched.NO_PERMITTED_COACH
            else:
                reasons[coachee] = WhyUnmatched.TWO_WAY if could_move[coachee] else WhyUnmatched.COMPETITION
        return reasons

    def _leads_to_room(self) -> BoolArray:
        """For each coach whether there is room, or would be after some moves from coach to coach."""
        who, coach = self.instance.pair_coachee, self.instance.pair_coach
        movable = (self.coach_of >= 0) & ~self.is_pinned
        leads = self.load < self.capacity
        while True:
            can_move = np.zeros(self.coach_of.size, np.bool_)
            can_move[who[leads[coach]]] = True
            more = leads.copy()
            more[self.coach_of[can_move & movable]] = True
            if np.array_equal(more, leads):
                return leads
            leads = more

    def obstacles(self, coachee: int) -> Obstacles:
        """What blocks a coachee."""
        table = self.instance.blocked
        counts: Counter[str] = Counter()
        only: dict[str, list[str]] = defaultdict(list)
        for position in np.flatnonzero(table.coachee == coachee):
            reasons = table.reason_sets[int(table.reasons[position])]
            counts.update(reasons)
            if len(reasons) == 1:
                only[reasons[0]].append(self.instance.coaches[int(table.coach[position])].id)
        return Obstacles(
            blocked_by=dict(sorted(counts.items())),
            only={reason: tuple(sorted(coaches)) for reason, coaches in sorted(only.items())},
        )

    def competition(self, coachees: list[int]) -> list[Competition]:
        """With whom each of the coachees competes: her coaches, who is there, their coaches, and so on.

        Sets of coaches are integers with a bit for each.
        """
        wanted = [0] * self.coach_of.size
        for who, coach in zip(
            self.instance.pair_coachee.tolist(), self.instance.pair_coach.tolist(), strict=True
        ):
            wanted[who] |= 1 << coach
        movable: list[list[int]] = [[] for _ in self.capacity]
        onward = [0] * self.capacity.size
        for who in np.flatnonzero((self.coach_of >= 0) & ~self.is_pinned).tolist():
            coach = int(self.coach_of[who])
            movable[coach].append(who)
            onward[coach] |= wanted[who]
        return [self._competition(coachee, wanted[coachee], movable, onward) for coachee in coachees]

    def _competition(
        self, coachee: int, wanted: int, movable: list[list[int]], onward: list[int]
    ) -> Competition:
        coaches: list[int] = []
        reached, pending = 0, wanted
        while pending:
            coach = pending.bit_length() - 1
            coaches.append(coach)
            reached |= 1 << coach
            pending = (pending | onward[coach]) & ~reached
        competing = [coachee, *(who for coach in coaches for who in movable[coach])]
        pinned_there = np.bincount(self.coach_of[self.is_pinned], minlength=self.capacity.size)
        return Competition(
            competing=tuple(self.instance.coachees[who].id for who in sorted(competing)),
            coaches=tuple(self.instance.coaches[coach].id for coach in sorted(coaches)),
            places=int((self.capacity - pinned_there)[coaches].sum()),
        )
