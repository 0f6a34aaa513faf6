"""What changes in the groups when somebody leaves or comes, or groups are merged or split: before it is done.

Plans follow from the facts of the season and from who is in which group: the same facts give the same plan, so that
the coordinator gets what she saw, or hears that it changed.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.intervision.grouping import best_split, smallest_change
from app.intervision.season_facts import SeasonFacts
from app.intervision.violations import Breach, Rule, broken_rules, common_halfdays

Members = Mapping[int, Collection[int]]
"""Who is in each group of a season, by its id."""
NEW_GROUP = 0
"""What a plan calls the group that does not exist yet."""
NEIGHBOURS = 4
"""Among so many other groups people are looked for when one becomes too small: those that share most half-days."""
BEARABLE = frozenset({Rule.TOO_SMALL, Rule.NOT_TAKING_PART})
"""What a change may leave as it is: the group then shows as one that needs somebody."""


class Change(StrEnum):
    """What the coordinator does."""

    LEAVE = "vertrek"
    JOIN = "komst"
    REPLACE = "vervanging"
    MERGE = "samenvoeging"
    SPLIT = "splitsing"


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody goes from a group, or from none, to another, or to none."""

    person_id: int
    source: int | None
    target: int | None


@dataclass(frozen=True, slots=True)
class GroupAfter:
    """A group as it would be."""

    group_id: int
    people: tuple[int, ...]
    halfdays: tuple[int, ...]
    """On which everybody can come."""
    broken: tuple[Breach, ...]

    @property
    def obstacles(self) -> tuple[Breach, ...]:
        """What makes it impossible."""
        return tuple(breach for breach in self.broken if breach.rule not in BEARABLE)

    @property
    def is_too_small(self) -> bool:
        """Whether it has fewer people than the season wants."""
        return any(breach.rule is Rule.TOO_SMALL for breach in self.broken)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who moves, and every group that this touches as it would be afterwards; one without people ends."""

    moves: tuple[Move, ...]
    after: tuple[GroupAfter, ...]
    gain: int = 0
    """What the value of all groups together changes by; of what is impossible it is not worked out."""

    @property
    def obstacles(self) -> tuple[Breach, ...]:
        """What makes it impossible."""
        return tuple(breach for group in self.after for breach in group.obstacles)

    @property
    def is_possible(self) -> bool:
        """Whether every group keeps to the rules; being too small may have to be for a while."""
        return not self.obstacles

    @property
    def ended(self) -> tuple[int, ...]:
        """The groups in which nobody is left."""
        return tuple(group.group_id for group in self.after if not group.people)

    @property
    def leaves_too_small(self) -> bool:
        """Whether a group becomes smaller than it should be."""
        return any(group.people and group.is_too_small for group in self.after)

    @property
    def digest(self) -> str:
        """By which the coordinator says that it is this plan that she saw."""
        told = [
            (move.person_id, move.source, move.target)
            for move in sorted(self.moves, key=lambda move: move.person_id)
        ]
        after = [(group.group_id, sorted(group.people)) for group in self.after]
        return hashlib.sha256(repr((told, after)).encode()).hexdigest()[:32]


def leaving(facts: SeasonFacts, members: Members, group_id: int, person_id: int) -> Plan:
    """Somebody goes, and nothing else changes."""
    return planned(facts, members, [Move(person_id, group_id, None)])


def mended_leaving(facts: SeasonFacts, members: Members, group_id: int, person_id: int) -> Plan | None:
    """Somebody goes, with the fewest others moving that keeps all groups large enough; None when that can't be."""
    near = _neighbourhood(facts, members, group_id, without=person_id)
    narrow = _narrowed(facts, {one for people in near.values() for one in people})
    known = {
        one: [str(person) for person in people if person in narrow.by_id] for one, people in near.items()
    }
    if any(len(known[one]) != len(near[one]) for one in near if one != group_id):
        return None
    found = smallest_change(narrow.task, [known[one] for one in near if known[one]])
    if found is None:
        return None
    after = _placed(near, [tuple(int(one) for one in group) for group in found.groups])
    moves = [Move(person_id, group_id, None), *_moves(near, after)]
    return planned(facts, members, moves)


def joining(facts: SeasonFacts, members: Members, group_id: int, person_id: int) -> Plan:
    """Somebody comes, from another group or from none."""
    return planned(facts, members, [Move(person_id, group_of(members, person_id), group_id)])


def replacing(facts: SeasonFacts, members: Members, group_id: int, leaver: int, comer: int) -> Plan:
    """Somebody goes and somebody else comes in her place."""
    coming = Move(comer, group_of(members, comer), group_id)
    return planned(facts, members, [Move(leaver, group_id, None), coming])


def merging(facts: SeasonFacts, members: Members, group_id: int, other_id: int) -> Plan:
    """Everybody of a group goes to another, and the group ends."""
    return planned(facts, members, [Move(one, group_id, other_id) for one in sorted(members[group_id])])


def splitting(facts: SeasonFacts, members: Members, group_id: int) -> Plan | None:
    """A group as the two that are worth most together; None when there are no two that keep to the rules."""
    people = [one for one in members[group_id] if one in facts.by_id]
    if len(people) < 2 * facts.sizes.least or len(people) != len(members[group_id]):
        return None
    narrow = _narrowed(facts, people)
    found = best_split(narrow.task, [str(one) for one in people])
    if found is None:
        return None
    goes = min(found, key=lambda half: (len(half), half))
    return planned(facts, members, [Move(int(one), group_id, NEW_GROUP) for one in goes])


def planned(facts: SeasonFacts, members: Members, moves: Collection[Move]) -> Plan:
    """What these moves make of the groups that they touch."""
    touched = {one for move in moves for one in (move.source, move.target) if one is not None}
    people = {one: set(members.get(one, ())) for one in touched}
    for move in moves:
        if move.source is not None:
            people[move.source].discard(move.person_id)
        if move.target is not None:
            people[move.target].add(move.person_id)
    after = tuple(_group_after(facts, one, people[one], members.get(one, ())) for one in sorted(touched))
    plan = Plan(tuple(moves), after)
    if not plan.is_possible:
        return plan
    gain = sum(facts.value(people[one]) - facts.value(members.get(one, ())) for one in touched)
    return replace(plan, gain=gain)


def group_of(members: Members, person_id: int) -> int | None:
    """In which of the groups somebody is."""
    return next((one for one, people in members.items() if person_id in people), None)


def _group_after(
    facts: SeasonFacts, group_id: int, people: Collection[int], before: Collection[int]
) -> GroupAfter:
    """A group as it becomes; what was wrong with it before is no obstacle to a change that does not make it worse."""
    was_broken = broken_rules(facts, before) if before else []
    ordered = tuple(sorted(people))
    broken = tuple(
        breach
        for breach in (broken_rules(facts, ordered) if ordered else [])
        if breach.rule in BEARABLE or breach not in was_broken
    )
    return GroupAfter(group_id, ordered, tuple(common_halfdays(facts, ordered)), broken)


def _narrowed(facts: SeasonFacts, people: Collection[int]) -> SeasonFacts:
    """The facts of these people alone; that a group is locked does not count against the coordinator's own change."""
    wanted = set(people)
    return replace(facts, people=tuple(one for one in facts.people if int(one.id) in wanted), locked=())


def _neighbourhood(facts: SeasonFacts, members: Members, group_id: int, without: int) -> dict[int, list[int]]:
    """A group without somebody, and the others among which a change is looked for."""
    stays = [one for one in members[group_id] if one != without]
    own = set(common_halfdays(facts, stays))
    others = sorted(
        (one for one in members if one != group_id and members[one]),
        key=lambda one: (
            -len(own & set(common_halfdays(facts, members[one]))),
            -len(members[one]),
            one,
        ),
    )
    return {group_id: stays, **{one: sorted(members[one]) for one in others[:NEIGHBOURS]}}


def _placed(before: Members, groups: Collection[tuple[int, ...]]) -> dict[int, set[int]]:
    """Which group each new one is: the one of which it has most people."""
    after: dict[int, set[int]] = {one: set() for one in before}
    free = set(before)
    for group in sorted(groups, key=lambda group: (-len(group), group)):
        best = max(free, key=lambda one: (len(set(before[one]) & set(group)), -one))
        free.discard(best)
        after[best] = set(group)
    return after


def _moves(before: Members, after: Mapping[int, set[int]]) -> list[Move]:
    was = {one: group_id for group_id, people in before.items() for one in people}
    return [
        Move(one, was[one], group_id)
        for group_id, people in sorted(after.items())
        for one in sorted(people)
        if was[one] != group_id
    ]
