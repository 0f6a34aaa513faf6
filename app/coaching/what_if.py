"""What would change if one rule were loosened: worked out on the facts of a round."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple, Self, TypeVar

from app.coaching.figures import Figures, figures_of
from app.coaching.matching import ENGINE_VERSION, CoacheeFacts, CoachFacts, solve
from app.coaching.models import MatchingRound, Proposal
from app.coaching.queries import earlier_pairs, pair_heads
from app.coaching.round_facts import RoundFacts, facts_of
from app.coaching.services.proposals import refuse_broken_pins
from app.kernel.errors import NotFound
from app.organisation.labels import KINDS


class Loosened(StrEnum):
    """The rules that can be tried with more room."""

    TRAVEL = "travel"
    """Everybody travels so many minutes, if she did not already."""
    ONLINE = "online"
    """Everybody talks online too."""
    KINDS = "kinds"
    """Every coach knows every kind of education."""
    REPEAT = "repeat"
    """Coaches are strangers again after so many rounds."""
    LINE = "line"
    """Pairs are good enough from another score."""
    HER_TRAVEL = "her_travel"
    """One IB'er travels so many minutes, if she did not already."""
    PLACE = "place"
    """One coach takes one IB'er more."""


class Change(NamedTuple):
    """A rule, with the number that it becomes (minutes, rounds or score) and whom it is about."""

    rule: Loosened
    number: int = 0
    subject_id: int = 0
    """The request, or the coach's person."""


F = TypeVar("F", CoacheeFacts, CoachFacts)
Pairs = Mapping[int, tuple[int, int]]
"""Coach and score by request."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A round as it is beside the round as it would be."""

    before: Figures
    after: Figures
    gain: tuple[int, ...]
    """The requests that would get a coach."""
    lose: tuple[int, ...]
    """The requests that would be left without the coach they have."""
    other_coach: int
    """How many would have another coach."""
    is_as_proposed: bool
    """Whether the round is still as the proposal has it; otherwise `before` was calculated just now."""

    @classmethod
    def kept(cls, effect: dict[str, Any]) -> Self:
        """The effect as it was kept."""
        return cls(
            before=Figures(**effect["before"]),
            after=Figures(**effect["after"]),
            gain=tuple(effect["gain"]),
            lose=tuple(effect["lose"]),
            other_coach=effect["other_coach"],
            is_as_proposed=effect["is_as_proposed"],
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """A round as it is, and as it would be: all that the effect is worked out from, without a database."""

    facts: RoundFacts
    changed: RoundFacts
    proposed: Pairs | None
    """What the proposal has, as long as the facts are those that it was made from."""


def trial_of(matching_round: MatchingRound, proposal: Proposal, change: Change) -> Trial:
    """What there is to work out for a change.

    Raises NotFound when the change is about nobody in the round, Conflict when a locked pair is no longer possible.
    """
    facts = facts_of(matching_round)
    refuse_broken_pins(facts)
    return Trial(
        facts,
        loosened(facts, change, lambda back: earlier_pairs(matching_round, rounds_back=back)),
        _proposed(proposal) if _still_holds(proposal, facts) else None,
    )


def effect_of(trial: Trial) -> Effect:
    """Work it out. Touches no database."""
    before = _matched(trial.facts) if trial.proposed is None else trial.proposed
    after = _matched(trial.changed)
    return Effect(
        before=_figures(before, trial.facts),
        after=_figures(after, trial.facts),
        gain=tuple(sorted(after.keys() - before.keys())),
        lose=tuple(sorted(before.keys() - after.keys())),
        other_coach=sum(before[request][0] != after[request][0] for request in before.keys() & after.keys()),
        is_as_proposed=trial.proposed is not None,
    )


def loosened(facts: RoundFacts, change: Change, earlier: Callable[[int], set[tuple[int, int]]]) -> RoundFacts:
    """The facts after a change; `earlier` gives the pairs of so many rounds back."""
    if change.rule is Loosened.LINE:
        return replace(facts, sufficiency=change.number)
    if change.rule is Loosened.REPEAT:
        recent = frozenset((str(coachee), str(coach)) for coachee, coach in earlier(change.number))
        return replace(facts, rules=replace(facts.rules, recent=recent))
    if change.rule is Loosened.HER_TRAVEL:
        return replace(facts, coachees=_with_coachee(facts, str(change.subject_id), change.number))
    if change.rule is Loosened.PLACE:
        return replace(facts, coaches=_with_place(facts, str(change.subject_id)))
    if change.rule is Loosened.KINDS:
        known = frozenset(KINDS)
        coaches = (replace(coach, kinds=known) if coach.profile else coach for coach in facts.coaches)
        return replace(facts, coaches=tuple(coaches))
    return replace(
        facts,
        coachees=tuple(_further(coachee, change) for coachee in facts.coachees),
        coaches=tuple(_further(coach, change) for coach in facts.coaches),
    )


def _further(person: F, change: Change) -> F:
    """Somebody who goes further than before: by travelling, or by talking online."""
    if change.rule is Loosened.ONLINE:
        return replace(person, online=True)
    return replace(person, travel_limit=max(person.travel_limit or 0, change.number))


def _with_coachee(facts: RoundFacts, request: str, minutes: int) -> tuple[CoacheeFacts, ...]:
    if request not in {coachee.id for coachee in facts.coachees}:
        raise NotFound
    return tuple(
        replace(coachee, travel_limit=max(coachee.travel_limit or 0, minutes))
        if coachee.id == request
        else coachee
        for coachee in facts.coachees
    )


def _with_place(facts: RoundFacts, coach_id: str) -> tuple[CoachFacts, ...]:
    if coach_id not in {coach.id for coach in facts.coaches if coach.profile}:
        raise NotFound
    return tuple(
        replace(coach, capacity=coach.capacity + 1) if coach.id == coach_id else coach
        for coach in facts.coaches
    )


def _still_holds(proposal: Proposal, facts: RoundFacts) -> bool:
    return (
        proposal.engine_version == ENGINE_VERSION
        and proposal.sufficiency == facts.sufficiency
        and proposal.decisions == facts.decisions
        and proposal.input_hash == facts.digest
    )


def _proposed(proposal: Proposal) -> Pairs:
    return {
        head.request_id: (head.coach_id, head.score)
        for head in pair_heads(proposal.id)
        if head.coach_id is not None
    }


def _matched(facts: RoundFacts) -> Pairs:
    result = solve(facts.instance(facts.judged()), explain=False)
    return {int(match.coachee): (int(match.coach), match.score) for match in result.matches}


def _figures(pairs: Pairs, facts: RoundFacts) -> Figures:
    """Both sides of an effect count by the line of the round."""
    scores = [score for _coach, score in pairs.values()]
    return figures_of(scores, asked=len(facts.coachees), line=facts.sufficiency)
