"""What moving somebody to another group would do, before it is done: to the value, and to the rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.intervision.season_facts import SeasonFacts
from app.intervision.violations import Breach, Rule, broken_rules, common_halfdays

WARNINGS = frozenset({Rule.TOO_SMALL})
"""What may be broken for a while: somebody else can be moved after it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one way to move somebody does."""

    group_id: int
    points: int
    """By how much the value of all groups together changes."""
    obstacles: tuple[Breach, ...]
    """What makes it impossible."""
    halfdays: list[int]
    """On which everybody of the new group can still come."""
    size: int
    """Of the new group."""
    repeats: tuple[int, ...]
    """Who of the new group was with her before."""

    @property
    def is_possible(self) -> bool:
        """Whether no rule forbids it."""
        return not self.obstacles


def effects_of_moving(
    facts: SeasonFacts, members: Mapping[int, Collection[int]], person_id: int
) -> list[Effect]:
    """What each other group would do with her: the possible ones first, those that gain most on top."""
    source = next((group_id for group_id, people in members.items() if person_id in people), None)
    facts.judge([person_id], (one for people in members.values() for one in people))
    lost = 0
    if source is not None:
        stays = [one for one in members[source] if one != person_id]
        lost = facts.value(members[source]) - facts.value(stays)
    effects = [
        _effect(facts, group_id, people, person_id, lost)
        for group_id, people in members.items()
        if group_id != source
    ]
    return sorted(effects, key=lambda effect: (not effect.is_possible, -effect.points, effect.group_id))


def obstacles_of_joining(facts: SeasonFacts, people: Collection[int], person_id: int) -> tuple[Breach, ...]:
    """The rules that a group would break with her and does not break now."""
    before = broken_rules(facts, people)
    after = broken_rules(facts, [*people, person_id])
    return tuple(breach for breach in after if breach not in before and breach.rule not in WARNINGS)


def _effect(facts: SeasonFacts, group_id: int, people: Collection[int], person_id: int, lost: int) -> Effect:
    after = [*people, person_id]
    return Effect(
        group_id=group_id,
        points=facts.value(after) - facts.value(people) - lost,
        obstacles=obstacles_of_joining(facts, people, person_id),
        halfdays=common_halfdays(facts, after),
        size=len(after),
        repeats=tuple(one for one in people if facts.years_together(one, person_id)),
    )
