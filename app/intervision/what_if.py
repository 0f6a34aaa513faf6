"""What moving somebody to another group would do, before it is done: to the value, and to the rules."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.intervision.grouping.task import value_of
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
    lost = 0
    if source is not None:
        stays = [one for one in members[source] if one != person_id]
        lost = group_value(facts, members[source]) - group_value(facts, stays)
    effects = [
        _effect(facts, group_id, people, person_id, lost)
        for group_id, people in members.items()
        if group_id != source
    ]
    return sorted(effects, key=lambda effect: (not effect.is_possible, -effect.points, effect.group_id))


def group_value(facts: SeasonFacts, people: Collection[int]) -> int:
    """What a group is worth; who does not take part any more counts for nothing."""
    known = [one for one in people if one in facts.by_id]
    if not known:
        return 0
    task = facts.open_task
    group = [task.number[str(one)] for one in known]
    # Somebody alone has no pairs: only her distance to the best size counts.
    return task.value(group) if len(group) > 1 else value_of(facts.sizes, 2, 0) - facts.sizes.penalty


def _effect(
    facts: SeasonFacts, group_id: int, people: Collection[int], person_id: int, lost: int
) -> Effect:
    after = [*people, person_id]
    before = broken_rules(facts, people)
    new = [breach for breach in broken_rules(facts, after) if breach not in before]
    return Effect(
        group_id=group_id,
        points=group_value(facts, after) - group_value(facts, people) - lost,
        obstacles=tuple(breach for breach in new if breach.rule not in WARNINGS),
        halfdays=common_halfdays(facts, after),
        size=len(after),
        repeats=tuple(one for one in people if facts.years_together(one, person_id)),
    )
