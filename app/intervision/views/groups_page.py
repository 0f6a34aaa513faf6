"""What the page of the draft groups shows, in a fixed number of queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _

from app.coaching.participants import schools_in
from app.coaching.queries import network_themes, retired_themes
from app.intervision.grouping import WhyUnplaced
from app.intervision.models import Division, Season
from app.intervision.queries import groups_in, members_of, published_at
from app.intervision.queries.division import latest_division, locked_in
from app.intervision.rule_words import reason_words
from app.intervision.season_facts import SeasonFacts, facts_of_season
from app.intervision.services.divisions import FORMING
from app.intervision.views.group_card import group_card
from app.intervision.violations import broken_rules
from app.jobs.models import LongWork
from app.jobs.progress import work_on
from app.kernel.permissions import Role
from app.organisation.queries import names_by_id, workplaces
from app.web.paging import page_of

GROUPS_ON_PAGE = 18
"""A network with hundreds of IB'ers has some sixty groups."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Somebody who takes part and is in no group."""

    id: int
    name: str
    school: str
    reason: str
    way_out: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class FormingOnPage:
    """The forming of groups as the progress bar shows it."""

    id: int
    state: str
    percent: None
    title: str
    text: str
    url: str
    cancel_url: str
    cancel_label: str
    result_url: str
    result_label: str


def groups_page(season: Season, filters: dict[str, Any]) -> dict[str, Any]:
    """The groups that the filters show, who is left over and why, and how good it all is."""
    facts = facts_of_season(season)
    groups = {group.id: group.name for group in groups_in(season.id)}
    members, locked = members_of(list(groups)), locked_in(season.id)
    division = latest_division(season.id)
    placed = {one for people in members.values() for one in people}
    names = named(facts, placed)
    broken = {group_id for group_id, people in members.items() if broken_rules(facts, people)}
    shown = [
        group_id
        for group_id in sorted(groups, key=lambda one: one not in broken)
        if _fits(filters["q"], groups[group_id], [names[one] for one in members[group_id]])
    ]
    page = page_of(shown, filters["after"], GROUPS_ON_PAGE)
    themes = {**network_themes(), **retired_themes()}
    return {
        "filters": filters,
        "page": page,
        "cards": [
            group_card(facts, (one, groups[one], one in locked), members[one], names, themes)
            for one in page.items
        ],
        "group_count": len(groups),
        **_state(season, facts, members, division),
        "broken": len(broken),
        "left_over": _left_over(season, facts, placed, division, names),
        "forming": forming_under_way(season.id),
    }


def publication_page(season: Season) -> dict[str, Any]:
    """What making the groups known means: for how many, and whether it can be done."""
    facts = facts_of_season(season)
    members = members_of([group.id for group in groups_in(season.id)])
    state = _state(season, facts, members, latest_division(season.id))
    return {
        **state,
        "group_count": len(members),
        "broken": sum(bool(broken_rules(facts, people)) for people in members.values()),
        "left_over": max(0, len(facts.people) - state["placed"]),
        "forming": forming_under_way(season.id),
    }


def named(facts: SeasonFacts, person_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Name and school of everybody who takes part, and of these people."""
    known = {*person_ids, *facts.by_id}
    gone = workplaces(known - facts.by_id.keys())
    return {
        person_id: (
            name.name,
            facts.schools.get(person_id) or schools_in(gone.get(person_id, []), Role.IB),
        )
        for person_id, name in names_by_id(known).items()
    }


def _state(
    season: Season, facts: SeasonFacts, members: Mapping[int, list[int]], division: Division | None
) -> dict[str, Any]:
    placed = sum(len(people) for people in members.values())
    fits = division is not None and division.input_hash == facts.digest
    return {
        "taking_part": len(facts.people),
        "placed": placed,
        "division": division,
        "is_overtaken": division is not None and not fits and published_at(season.id) is None,
        "quality": _quality(facts, members, division) if division and fits and members else "",
    }


def _fits(words: str, group: str, people: Collection[tuple[str, str]]) -> bool:
    """Whether the words stand in the name of a group, or of somebody in it or her school."""
    everything = " ".join([group, *(part for one in people for part in one)])
    return words.casefold() in everything.casefold()


def forming_under_way(season_id: int) -> FormingOnPage | None:
    """The forming of groups while it runs, or when it went wrong the last time."""
    work = work_on(FORMING, season_id)
    return forming_on_page(work) if work and not work.has_ended else None


def forming_on_page(work: LongWork) -> FormingOnPage:
    """The forming of groups in words: what is best so far, and how far it can be from the best there is."""
    text = ""
    if "/" in work.stage:
        best, bound = (int(number) for number in work.stage.split("/"))
        text = (
            _("The best so far is worth %(best)s points.", best=format_decimal(best))
            + " "
            + gap_words(bound, best)
        )
    return FormingOnPage(
        id=work.id,
        state=work.state,
        percent=None,
        title=_("Forming the groups"),
        text=text,
        url=url_for("intervision.show_division", season_id=work.subject_id),
        cancel_url=url_for("intervision.destroy_division", season_id=work.subject_id),
        cancel_label=_("Stop and keep what there is"),
        result_url=url_for("intervision.show_groups", season_id=work.subject_id),
        result_label=_("View the groups"),
    )


def gap_words(bound: int, value: int) -> str:
    """How far from the best, in plain words."""
    if value >= bound:
        return _("There is no better division.")
    gap = (bound - value) / max(1, abs(bound))
    # Rounded up: what is said must be true.
    shown = format_percent(min(1.0, (int(gap * 1000) + 1) / 1000), "0.#%")
    return _("That is at most %(gap)s below the best possible.", gap=shown)


def _quality(facts: SeasonFacts, members: Mapping[int, list[int]], division: Division) -> str:
    """How good the groups are as they stand, also after a change by hand; empty where that can't be told."""
    calculated = {tuple(group["people"]): group["value"] for group in division.groups}
    if sum(len(people) for people in members.values()) != sum(len(people) for people in calculated):
        return ""
    value = 0
    for people in members.values():
        known = calculated.get(tuple(sorted(map(str, people))))
        value += facts.value(people) if known is None else known
    words = (
        _("This is the best possible division.")
        if value >= division.upper_bound
        else _("This division is worth %(value)s points.", value=format_decimal(value))
        + " "
        + gap_words(division.upper_bound, value)
    )
    if any(group["locked"] for group in division.groups):
        words += " " + _("With the locked groups as they are.")
    return words


def _left_over(
    season: Season,
    facts: SeasonFacts,
    placed: set[int],
    division: Division | None,
    names: Mapping[int, tuple[str, str]],
) -> list[LeftOver]:
    reasons: dict[int, str] = {}
    if division and division.input_hash == facts.digest:
        reasons = {int(one["person"]): one["reason"] for one in division.unplaced}
    return [
        LeftOver(
            person_id,
            *names[person_id],
            reason_words(reasons.get(person_id), season),
            _way_out(reasons.get(person_id), season, person_id),
        )
        for person_id in sorted(facts.by_id.keys() - placed, key=lambda one: names[one])
    ]


def _way_out(reason: str | None, season: Season, person_id: int) -> tuple[str, str] | None:
    """The page where the reason can be taken away."""
    if reason in (WhyUnplaced.NO_COMMON_HALFDAY, WhyUnplaced.ONE_SCHOOL, WhyUnplaced.FORBIDDEN):
        url = url_for("intervision.edit_answer_for", season_id=season.id, person_id=person_id)
        return _("Change the answer"), url
    if reason == WhyUnplaced.LEFT_OVER:
        return _("Change the sizes"), url_for("intervision.edit_season", season_id=season.id)
    return None
