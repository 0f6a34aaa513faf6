"""Everything that the calculation of a change is given: a published round as it is now, and the pairs that go on in it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from app.coaching.matching import CoachFacts, Instance, Judgement, Reason, Terms, reason_names
from app.coaching.models import CoachProfile, MatchingRound, Publication
from app.coaching.queries import PairState, RequestProgress, profiles, progress_of
from app.coaching.round_facts import RoundFacts, facts_of
from app.kernel.clock import today

Pairs = tuple[tuple[str, str], ...]

BREAKS_COACHING = Reason.SELF | Reason.SAME_SCHOOL | Reason.SAME_BOARD | Reason.EXCLUDED | Reason.UNAVAILABLE
"""What ends coaching that has begun. That a profile says something else now does not: the two made it work."""

NO_ROLE, NO_PLACE = "no_role", "no_place"
"""Beside the names of `Reason`: she is no coach any more, or has not so many places."""


@dataclass(frozen=True)
class ChangeFacts(RoundFacts):
    """A published round at this moment.

    Coaching that has begun goes on when the coach is away for a time, and when she offers fewer places, or none: that
    is also how one skips the next round. Who is away until the end of the round, or no coach any more, is gone. Pairs
    of IB'ers who are no IB'er any more stay out of it, and keep their places.
    """

    previous: Pairs
    """The pairs that go on: ids of request and coach, as in all facts."""
    begun: frozenset[tuple[str, str]]
    """Those of them whose coaching has begun."""
    gone: frozenset[str]
    """Coaches who are away until the end of the round."""
    held: Mapping[str, int]
    """Places of each coach that are taken by pairs that stay out of the calculation."""

    def judged(self) -> Judgement:
        """Every request with every coach; coaching that has begun is only forbidden by what breaks it."""
        judgement = super().judged()
        row = {coachee.id: at for at, coachee in enumerate(judgement.coachees)}
        column = {coach.id: at for at, coach in enumerate(judgement.coaches)}
        reasons = judgement.reasons.copy()
        for request, coach in self.begun:
            if coach in column:
                breaks = BREAKS_COACHING if coach in self.gone else BREAKS_COACHING & ~Reason.UNAVAILABLE
                reasons[row[request], column[coach]] &= int(breaks)
        return replace(judgement, reasons=reasons)

    def instance(self, judgement: Judgement) -> Instance:
        """What is to be matched: coaching that has begun is fixed where it is possible, other pairs are kept if they can."""
        at = _Positions(judgement)
        terms = Terms(
            pinned=[pair for pair in self.previous if pair in self.begun and at.is_possible(*pair)],
            previous=[pair for pair in self.previous if pair[1] in at.coaches],
            sufficiency=self.sufficiency,
        )
        return judgement.instance(terms, waited=self.waited)

    def before(self, judgement: Judgement) -> dict[str, dict[str, Any]]:
        """By request the coach whom she has now, and the names of what forbids that from now on."""
        at, load = _Positions(judgement), Counter(coach for _request, coach in self.previous)
        return {
            request: {"coach": int(coach), "obstacles": at.obstacles(request, coach, load[coach])}
            for request, coach in self.previous
        }

    @property
    def capacities(self) -> dict[int, int]:
        """How many places each coach has in all."""
        return {int(coach.id): coach.capacity + self.held.get(coach.id, 0) for coach in self.coaches}

    @property
    def decisions(self) -> dict[str, Any]:
        """What went on when it was calculated, to be kept beside the proposal."""
        pairs = {"previous": self.previous, "begun": sorted(self.begun)}
        return {**super().decisions, **{name: [list(pair) for pair in kept] for name, kept in pairs.items()}}

    @property
    def digest(self) -> str:
        """As of a round, and over the pairs that go on, and those that are ruled out or were declined.

        Without what has begun: a pair that says yes meanwhile changes nothing, unless it is one that would break.
        """
        ruled_out = {request: sorted(coaches) for request, coaches in self.ruled_out.items()}
        everything = [super().digest, self.previous, ruled_out, self.sufficiency, dict(self.held)]
        return hashlib.sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()


class _Positions:
    """Where a judgement has the people of a pair that goes on, and what it says of them."""

    def __init__(self, judgement: Judgement) -> None:
        self._judgement = judgement
        self._coachees = {coachee.id: at for at, coachee in enumerate(judgement.coachees)}
        self.coaches = {coach.id: at for at, coach in enumerate(judgement.coaches)}

    def is_possible(self, request: str, coach: str) -> bool:
        """Whether nothing forbids the pair and the coach has any places."""
        return not self.obstacles(request, coach, 1)

    def obstacles(self, request: str, coach: str, load: int) -> list[str]:
        """The names of what forbids a pair, when the coach has so many."""
        if coach not in self.coaches:
            return [NO_ROLE]
        column = self.coaches[coach]
        no_place = [NO_PLACE] if load > self._judgement.coaches[column].capacity else []
        return [*reason_names(int(self._judgement.reasons[self._coachees[request], column])), *no_place]


def change_facts_of(matching_round: MatchingRound, publication: Publication) -> ChangeFacts:
    """Read the facts of a published round, in a fixed number of queries."""
    facts = facts_of(matching_round)
    progress = progress_of(publication)
    asking = {str(one.request_id) for one in progress if one.state not in _CONCLUDED}
    coachees = tuple(coachee for coachee in facts.coachees if coachee.id in asking)
    taking_part = {coachee.id for coachee in coachees}
    previous = [_pair(one) for one in progress if one.match and one.match.ended_at is None]
    begun = frozenset(_pair(one) for one in progress if one.state == PairState.RUNS)
    held = Counter(coach for request, coach in previous if request not in taking_part)
    busy = Counter(coach for _request, coach in begun)
    of_round = {name: getattr(facts, name) for name in (field.name for field in fields(RoundFacts))}
    return ChangeFacts(
        **{
            **of_round,
            "coachees": coachees,
            "coaches": tuple(_with_places(coach, busy[coach.id], held[coach.id]) for coach in facts.coaches),
            "pinned": (),
            "waited": {request: rounds for request, rounds in facts.waited.items() if request in taking_part},
            "previous": tuple(pair for pair in previous if pair[0] in taking_part),
            "begun": frozenset(pair for pair in begun if pair[0] in taking_part),
            "gone": _gone(matching_round, profiles().values()),
            "held": dict(held),
        }
    )


_CONCLUDED = frozenset({PairState.STOPPED, PairState.COMPLETED})


def _pair(progress: RequestProgress) -> tuple[str, str]:
    assert progress.match
    return str(progress.request_id), str(progress.match.coach_id)


def _with_places(coach: CoachFacts, busy: int, held: int) -> CoachFacts:
    """A coach with the places that are left, and never fewer than the coaching that has begun."""
    return replace(coach, capacity=max(0, max(coach.capacity, busy) - held))


def _gone(matching_round: MatchingRound, everybody: Iterable[CoachProfile]) -> frozenset[str]:
    day_after = matching_round.ends_on + timedelta(days=1)
    away = (profile for profile in everybody if profile.is_away_on(max(matching_round.starts_on, today())))
    return frozenset(str(profile.person_id) for profile in away if profile.is_away_on(day_after))
