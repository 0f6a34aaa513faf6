"""What the page of the draft groups shows, in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_percent
from flask_babel import gettext as _

from app.coaching.participants import schools_in
from app.intervision.grouping import WhyUnplaced
from app.intervision.models import Division, Season
from app.intervision.queries import groups_in, members_of, published_at
from app.intervision.queries.division import latest_division, locked_in
from app.intervision.rule_words import reason_words
from app.intervision.season_facts import SeasonFacts, facts_of_season
from app.intervision.services.divisions import FORMING
from app.intervision.views.group_card import group_card
from app.jobs.models import LongWork
from app.jobs.progress import work_on
from app.kernel.permissions import Role
from app.organisation.queries import names_by_id, workplaces


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


def groups_page(season: Season) -> dict[str, Any]:
    """Every group, who is left over and why, and how good it all is."""
    facts = facts_of_season(season)
    groups, locked = groups_in(season.id), locked_in(season.id)
    members = members_of([group.id for group in groups])
    division = latest_division(season.id)
    placed = {one for people in members.values() for one in people}
    names = named({*placed, *facts.by_id})
    cards = [
        group_card(facts, (group.id, group.name), members[group.id], names, is_locked=group.id in locked)
        for group in groups
    ]
    is_published = published_at(season.id) is not None
    return {
        "cards": sorted(cards, key=lambda card: (not card.breaches, _in_order(card.name))),
        "broken": sum(bool(card.breaches) for card in cards),
        "left_over": _left_over(season, facts, placed, division, names),
        "taking_part": len(facts.people),
        "placed": len(placed),
        "is_overtaken": bool(division) and not is_published and division.input_hash != facts.digest,
        "quality": _quality(facts, members, division, len(placed)),
        "division": division,
        "forming": forming_under_way(season.id),
    }


def named(person_ids: set[int]) -> dict[int, tuple[str, str]]:
    """Each person's name and the schools where she is an IB'er."""
    work = workplaces(person_ids)
    return {
        person_id: (name.name, schools_in(work.get(person_id, []), Role.IB))
        for person_id, name in names_by_id(person_ids).items()
    }


def forming_under_way(season_id: int) -> FormingOnPage | None:
    """The forming of groups while it runs, or when it went wrong the last time."""
    work = work_on(FORMING, season_id)
    return forming_on_page(work) if work and not work.has_ended else None


def forming_on_page(work: LongWork) -> FormingOnPage:
    """The forming of groups in words: what is best so far, and how far it can be from the best there is."""
    text = ""
    if "/" in work.stage:
        best, bound = (int(number) for number in work.stage.split("/"))
        text = _("The best so far is worth %(best)s points.", best=best) + " " + gap_words(bound, best)
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


def _quality(
    facts: SeasonFacts, members: Mapping[int, list[int]], division: Division | None, placed: int
) -> str:
    """How good the groups are as they stand, also after a change by hand; empty where that can't be told."""
    if division is None or not members or division.input_hash != facts.digest:
        return ""
    calculated = sum(len(group["people"]) for group in division.groups)
    if placed != calculated:
        return ""
    value = sum(facts.value(people) for people in members.values())
    words = (
        _("This is the best possible division.")
        if value >= division.upper_bound
        else _("This division is worth %(value)s points.", value=value)
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


def _in_order(name: str) -> tuple[str, int, str]:
    """Group 2 comes before group 10."""
    words, _space, number = name.rpartition(" ")
    return (words, int(number), name) if number.isdecimal() else (name, 0, name)


def _way_out(reason: str | None, season: Season, person_id: int) -> tuple[str, str] | None:
    """The page where the reason can be taken away."""
    if reason in (WhyUnplaced.NO_COMMON_HALFDAY, WhyUnplaced.ONE_SCHOOL, WhyUnplaced.FORBIDDEN):
        url = url_for("intervision.edit_answer_for", season_id=season.id, person_id=person_id)
        return _("Change the answer"), url
    if reason == WhyUnplaced.LEFT_OVER:
        return _("Change the sizes"), url_for("intervision.edit_season", season_id=season.id)
    return None
