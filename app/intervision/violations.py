"""Which rules a group breaks as it is now: after a change by hand, or because somebody answered anew."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from app.intervision.season_facts import Apart, SeasonFacts


class Rule(StrEnum):
    """What a group must keep to."""

    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_TAKING_PART = "not_taking_part"
    APART = "apart"
    NO_COMMON_HALFDAY = "no_common_halfday"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken, and by whom."""

    rule: Rule
    people: tuple[int, ...] = ()
    why: Apart | None = None


def broken_rules(facts: SeasonFacts, people: Collection[int]) -> list[Breach]:
    """Every rule that a group of these people breaks."""
    breaches: list[Breach] = []
    if len(people) < facts.sizes.least:
        breaches.append(Breach(Rule.TOO_SMALL))
    if len(people) > facts.sizes.most:
        breaches.append(Breach(Rule.TOO_LARGE))
    breaches += [Breach(Rule.NOT_TAKING_PART, (one,)) for one in people if one not in facts.by_id]
    for first, other in combinations(sorted(people), 2):
        why = facts.why_apart(first, other)
        if why:
            breaches.append(Breach(Rule.APART, (first, other), why))
    if people and not common_halfdays(facts, people):
        breaches.append(Breach(Rule.NO_COMMON_HALFDAY))
    return breaches


def common_halfdays(facts: SeasonFacts, people: Collection[int]) -> list[int]:
    """On which half-days everybody who takes part can come."""
    known = [facts.by_id[one].halfdays for one in people if one in facts.by_id]
    return sorted(frozenset.intersection(*known)) if known else []
