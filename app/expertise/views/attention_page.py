"""What asks for attention: for a leader in her team, for the coordinator in the network; each with who can help."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import LazyString, format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.expertise.labels import kilometres_in_words
from app.expertise.policy import SET_NEEDS
from app.expertise.queries.attention import InTeam, Neighbour, next_door, teams
from app.expertise.queries.map_schools import led_schools
from app.expertise.views.heat_rows import HeatMap
from app.expertise.views.map_page import ids_of, items_of
from app.kernel.permissions import Role
from app.organisation.labels import listed
from app.organisation.queries import names_by_id


class Link(NamedTuple):
    """A school or the network, with the names behind it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An item that asks for attention, with the reason and the way out."""

    title: str
    domain: str
    school: str | None
    """Where, when the actor works at more than one school."""
    why: str
    also: str
    """Who is on the way to it."""
    url: str
    near: Sequence[Link]
    """The nearest schools where somebody can help."""
    farther: Link | None
    """Where nobody is near: the whole network."""
    need_url: str | None
    """Where the leader says that she wants it."""


@dataclass(frozen=True, slots=True)
class AttentionList:
    """Items that ask for attention for the same reason."""

    key: str
    label: str
    explanation: str
    kind: str | None
    """How bad it is, as the line of numbers shows it."""
    found: Sequence[Any]

    @property
    def url(self) -> str:
        """The list by itself."""
        return url_for("expertise.show_attention", lijst=self.key)


_IN_TEAM: tuple[tuple[str, LazyString, LazyString, str, Callable[[InTeam], bool]], ...] = (
    (
        "behoeften",
        _l("needs not met"),
        _l("The school wants more people for this than it has."),
        "bad",
        lambda team: team.missing > 0,
    ),
    (
        "vertrek",
        _l("leaves soon"),
        _l("One person in your team can help, and she has a last day within a year."),
        "warn",
        lambda team: team.leaves_on is not None,
    ),
    (
        "een",
        _l("hangs on one"),
        _l("One person in your team can help. When she is ill or leaves, nobody can."),
        "warn",
        lambda team: team.hangs_on is not None,
    ),
    (
        "gaten",
        _l("gaps"),
        _l("Nobody in your team can help, as far as they opened it to the school."),
        "bad",
        lambda team: team.is_gap,
    ),
    (
        "maak",
        _l("in the making"),
        _l("Somebody in your team follows a course, is going to, or has it as an ambition."),
        "",
        lambda team: bool(team.in_the_making),
    ),
)


@dataclass(frozen=True)
class Attention:
    """What asks for attention, beside the map that it is read from."""

    heat: HeatMap

    @cached_property
    def lists(self) -> list[AttentionList]:
        """Those of the actor's own schools, and those of the network for who coordinates it."""
        found: list[AttentionList] = []
        if self.heat.actor.schools:
            found += [
                AttentionList(key, str(label), str(text), kind or None, list(filter(belongs, self._teams)))
                for key, label, text, kind, belongs in _IN_TEAM
            ]
        if self.heat.actor.has(Role.COORDINATOR):
            few = sorted(
                (item for item in items_of(self.heat.taxonomy) if self.heat.total_of(item.id).seen <= 1),
                key=lambda item: self.heat.total_of(item.id).seen,
            )
            found.append(
                AttentionList(
                    "niemand",
                    _("with nobody or one in the whole network"),
                    _("Nobody, or one person, opened this to the network."),
                    "bad",
                    few,
                )
            )
        return found

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """How long each list is, for the line of numbers."""
        return [
            {
                "value": len(one.found),
                "label": one.label,
                "kind": one.kind if one.found else None,
                "url": one.url,
            }
            for one in self.lists
        ]

    def list_asked(self, key: str | None) -> AttentionList:
        """The list with this name; otherwise the first that holds something."""
        named = next((one for one in self.lists if one.key == key), None)
        return named or next((one for one in self.lists if one.found), self.lists[0])

    def most_urgent(self, count: int) -> list[Entry]:
        """What stands on top: needs that are not met, then who leaves soon; for the coordinator what nobody can."""
        urgent = [found for one in self.lists if one.key in {"behoeften", "vertrek"} for found in one.found]
        if not self.heat.actor.schools:
            urgent = [found for one in self.lists for found in one.found]
        return self.entries(list({id(one): one for one in urgent}.values())[:count])

    def entries(self, found: Sequence[Any]) -> list[Entry]:
        """These, in words."""
        in_teams = [one for one in found if isinstance(one, InTeam)]
        wanted: defaultdict[int, list[int]] = defaultdict(list)
        for team in in_teams:
            wanted[team.school_id].append(team.item_id)
        near = next_door(self.heat.all_schools, wanted)
        names = names_by_id(person for team in in_teams for person in {*team.helpers, *team.in_the_making})
        return [
            self._in_team(one, near, {person: name.name for person, name in names.items()})
            if isinstance(one, InTeam)
            else self._in_network(one.id)
            for one in found
        ]

    @cached_property
    def _teams(self) -> list[InTeam]:
        return teams(self.heat.actor, ids_of(items_of(self.heat.taxonomy)))

    @cached_property
    def _led(self) -> Collection[int]:
        actor = self.heat.actor
        return led_schools(actor) if actor.may(SET_NEEDS) else ()

    @cached_property
    def _school_names(self) -> Mapping[int, str]:
        return {school.id: school.name for school in self.heat.all_schools}

    def _in_team(
        self,
        team: InTeam,
        near: Mapping[tuple[int, int], Sequence[Neighbour]],
        names: Mapping[int, str],
    ) -> Entry:
        item_id, neighbours = team.item_id, near.get((team.school_id, team.item_id), ())
        leads = team.school_id in self._led
        return Entry(
            title=self.heat.taxonomy.item(item_id).name,
            domain=self.heat.taxonomy.domain_of(item_id).name,
            school=self._school_names.get(team.school_id) if len(self.heat.actor.schools) > 1 else None,
            why=_why(team, names),
            also=_also(team, names),
            url=url_for("expertise.show_school_names", school_id=team.school_id, onderwerp=item_id),
            near=[_link(neighbour, item_id) for neighbour in neighbours],
            farther=None if neighbours else self._farther(team),
            need_url=url_for("expertise.edit_needs", school_id=team.school_id, onderwerp=item_id)
            if leads
            else None,
        )

    def _farther(self, team: InTeam) -> Link | None:
        elsewhere = self.heat.total_of(team.item_id).seen - len(team.helpers)
        if elsewhere <= 0:
            return None
        text = ngettext(
            "%(num)s person farther away in the network",
            "%(num)s people farther away in the network",
            elsewhere,
        )
        return Link(text, url_for("expertise.show_item_names", item_id=team.item_id))

    def _in_network(self, item_id: int) -> Entry:
        total = self.heat.total_of(item_id)
        at = self._school_names.get(total.school_id or 0)
        others = ngettext(
            "At least %(num)s other shares it with her own school alone.",
            "At least %(num)s others share it with their own school alone.",
            total.others_at_least,
        )
        url = url_for("expertise.show_item_names", item_id=item_id)
        return Entry(
            title=self.heat.taxonomy.item(item_id).name,
            domain=self.heat.taxonomy.domain_of(item_id).name,
            school=None,
            why=_("One person, at %(school)s", school=at) if total.seen else _("Nobody to be seen"),
            also=others if total.others_at_least else "",
            url=url,
            near=(),
            farther=None,
            need_url=None,
        )


def _why(team: InTeam, names: Mapping[int, str]) -> str:
    if team.missing:
        return _(
            "%(wanted)s wanted, %(count)s there: %(missing)s missing",
            wanted=team.at_least,
            count=len(team.helpers),
            missing=team.missing,
        )
    if team.hangs_on is None:
        return _("Nobody") if team.is_gap else listed([names[person] for person in team.helpers])
    name = names[team.hangs_on]
    if team.leaves_on is None:
        return _("Only %(name)s", name=name)
    return _("Only %(name)s, until %(day)s", name=name, day=format_date(team.leaves_on, "d MMMM y"))


def _also(team: InTeam, names: Mapping[int, str]) -> str:
    learning = listed([names[person] for person in sorted(team.learning & team.in_the_making)])
    aspiring = listed(
        [names[person] for person in sorted(team.aspiring & team.in_the_making - team.learning)]
    )
    parts = [
        _("Course: %(names)s", names=learning) if learning else "",
        _("Ambition: %(names)s", names=aspiring) if aspiring else "",
    ]
    return " · ".join(filter(None, parts))


def _link(neighbour: Neighbour, item_id: int) -> Link:
    text = ngettext(
        "%(school)s (%(km)s, %(num)s person)",
        "%(school)s (%(km)s, %(num)s people)",
        neighbour.people,
        school=neighbour.school.name,
        km=kilometres_in_words(neighbour.kilometres),
    )
    url = url_for("expertise.show_school_names", school_id=neighbour.school.id, onderwerp=item_id)
    return Link(text, url)
