"""What the pages say on which a group is changed: whom it concerns, what each way would do, and what forbids it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.halfdays import halfday_of, halfdays
from app.agenda.words import capitalised
from app.intervision.models import IntervisionGroup
from app.intervision.queries import coming_of, groups_in, season_with
from app.intervision.regrouping import NEW_GROUP, Members, Move, Plan, group_of, joining, replacing
from app.intervision.rule_words import breach_words
from app.intervision.season_facts import SeasonFacts
from app.intervision.views.groups_page import named
from app.organisation.labels import listed

COMERS_SHOWN = 8
"""Of those who are in another group, those who fit best."""


@dataclass(frozen=True, slots=True)
class GroupOnPage:
    """A group as it would be."""

    name: str
    people: str
    size: str
    halfdays: str
    ends: bool
    is_too_small: bool
    misplanned: int
    """Sessions to come on a half-day on which not everybody of the group can come."""
    obstacles: list[str]


@dataclass(frozen=True, slots=True)
class PlanOnPage:
    """A plan in words, with the digest by which it is confirmed."""

    digest: str
    moves: list[str]
    groups: list[GroupOnPage]
    effect: tuple[str, str]
    """On the value of the groups, and how it is shown."""
    is_possible: bool


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who could come, or a group that could be the other."""

    id: int
    title: str
    text: str
    effect: tuple[str, str] | None
    obstacles: list[str]


@dataclass(frozen=True, slots=True)
class RegroupingPage:
    """The group with what is known of its season, and the names of everybody in it."""

    group: IntervisionGroup
    facts: SeasonFacts
    members: Members
    names: Mapping[int, str]
    schools: Mapping[int, str]
    groups: Mapping[int, str]
    """The names of the groups of the season."""

    @property
    def values(self) -> dict[str, Any]:
        """What every page of a change shows."""
        return {
            "group": self.group,
            "season": season_with(self.group.season_id),
            "members": [(one, self.names[one], self.schools[one]) for one in self.members[self.group.id]],
            "names": self.names,
        }

    def shown(self, plan: Plan) -> PlanOnPage:
        """A plan in words."""
        coming = coming_of([one.group_id for one in plan.after])
        return PlanOnPage(
            digest=plan.digest,
            moves=[self._move(move) for move in plan.moves],
            groups=[
                GroupOnPage(
                    name=capitalised(self._group(one.group_id)),
                    people=listed(sorted(self.names[person] for person in one.people)),
                    size=ngettext("%(num)s person", "%(num)s people", len(one.people)),
                    halfdays=halfdays(one.halfdays),
                    ends=not one.people,
                    is_too_small=one.is_too_small,
                    misplanned=sum(halfday_of(at) not in one.halfdays for at in coming[one.group_id]),
                    obstacles=[breach_words(breach, self.names) for breach in one.obstacles],
                )
                for one in plan.after
            ],
            effect=effect_words(plan.gain),
            is_possible=plan.is_possible,
        )

    def comers(self, leaver: int | None) -> tuple[list[Option], list[Option]]:
        """Who could come, those without a group first and of those who fits best; and who can't, with the reason."""
        in_group = set(self.members[self.group.id])
        placed = {one for people in self.members.values() for one in people}
        without = [one for one in self.facts.by_id if one not in placed]
        plans = _best_first((one, self._coming(one, leaver)) for one in without if one not in in_group)
        possible = [(one, plan) for one, plan in plans if plan.is_possible]
        possible += self._from_groups(leaver)[:COMERS_SHOWN]
        return (
            [self._comer(one, plan) for one, plan in possible],
            [self._comer(one, plan) for one, plan in plans if not plan.is_possible],
        )

    def _from_groups(self, leaver: int | None) -> list[tuple[int, Plan]]:
        """Who could come from a group that can spare somebody, who fits best first."""
        spared = list(_spared(self.facts, self.members, self.group.id, leaver))
        self.facts.judge(self.members[self.group.id], spared)
        plans = _best_first((one, self._coming(one, leaver)) for one in spared)
        return [(one, plan) for one, plan in plans if plan.is_possible]

    def _coming(self, person_id: int, leaver: int | None) -> Plan:
        if leaver is None:
            return joining(self.facts, self.members, self.group.id, person_id)
        return replacing(self.facts, self.members, self.group.id, leaver, person_id)

    def _comer(self, person_id: int, plan: Plan) -> Option:
        source = group_of(self.members, person_id)
        own = next(one for one in plan.after if one.group_id == self.group.id)
        days = _("can come together: %(halfdays)s", halfdays=halfdays(own.halfdays)) if own.halfdays else None
        place = _("now in %(group)s", group=self.groups[source]) if source else _("in no group yet")
        parts = [self.schools[person_id], place, days]
        obstacles = [breach_words(breach, self.names) for breach in plan.obstacles]
        text = " · ".join(filter(None, parts))
        return Option(person_id, self.names[person_id], text, effect_words(plan.gain), obstacles)

    def _move(self, move: Move) -> str:
        name = self.names[move.person_id]
        if move.target is None:
            return _("%(name)s leaves %(group)s.", name=name, group=self._group(move.source))
        if move.source is None:
            return _("%(name)s comes into %(group)s.", name=name, group=self._group(move.target))
        source, target = self._group(move.source), self._group(move.target)
        return _("%(name)s goes from %(source)s to %(target)s.", name=name, source=source, target=target)

    def _group(self, group_id: int | None) -> str:
        return _("a new group") if group_id == NEW_GROUP else self.groups[group_id or 0]


def regrouping_page(group: IntervisionGroup, facts: SeasonFacts, members: Members) -> RegroupingPage:
    """Read the names that the pages of a change show."""
    known = named(facts, {one for people in members.values() for one in people})
    return RegroupingPage(
        group,
        facts,
        members,
        {one: name for one, (name, _school) in known.items()},
        {one: school for one, (_name, school) in known.items()},
        {one.id: one.name for one in groups_in(group.season_id)},
    )


def _best_first(plans: Iterable[tuple[int, Plan]]) -> list[tuple[int, Plan]]:
    """People with the plans in which they come, what gains most first."""
    return sorted(plans, key=lambda one: -one[1].gain)


def effect_words(gain: int) -> tuple[str, str]:
    """What a plan does to the value of the groups."""
    if gain > 0:
        return ngettext("%(num)s point better", "%(num)s points better", gain), "good"
    if gain < 0:
        return ngettext("%(num)s point worse", "%(num)s points worse", -gain), "warn"
    return _("No better and no worse"), "plain"


def _spared(facts: SeasonFacts, members: Members, group_id: int, leaver: int | None) -> Iterator[int]:
    """Who is in a group that stays large enough without her, and can come when this group can."""
    stays = [one for one in members[group_id] if one != leaver and one in facts.by_id]
    shared = _shared_halfdays(facts, stays)
    for other_id, people in members.items():
        if other_id == group_id or len(people) <= facts.sizes.least:
            continue
        for one in people:
            if one not in facts.by_id or not facts.by_id[one].halfdays & shared:
                continue
            if not any(facts.why_apart(one, other) for other in stays):
                yield one


def _shared_halfdays(facts: SeasonFacts, people: Collection[int]) -> frozenset[int]:
    return (
        frozenset.intersection(*(facts.by_id[one].halfdays for one in people))
        if people
        else frozenset(range(10))
    )
