"""A group as pages show it: who is in it, what binds and what differs, how far they travel, when they can."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.halfdays import halfdays
from app.coaching.matching.travel import UNKNOWN_MINUTES, travel_minutes
from app.intervision import labels
from app.intervision.models import Experience
from app.intervision.rule_words import breach_words
from app.intervision.season_facts import SeasonFacts
from app.intervision.violations import broken_rules, common_halfdays
from app.organisation.labels import CONCEPTS, KINDS, listed

THEMES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class MemberOnCard:
    """Somebody in a group."""

    id: int
    name: str
    school: str


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group with what there is to know of it."""

    id: int
    name: str
    is_locked: bool
    members: list[MemberOnCard]
    breaches: list[str]
    binds: str
    differs: str
    travel: str
    halfdays: str
    repeats: list[str]


def group_card(
    facts: SeasonFacts,
    group: tuple[int, str, bool],
    people: Collection[int],
    names: Mapping[int, tuple[str, str]],
    themes: Mapping[str, str],
) -> GroupCard:
    """A group in words; `group` is its id, name and whether it is locked, `names` gives each person's name and school."""
    by_name = {person_id: name for person_id, (name, _school) in names.items()}
    members = [MemberOnCard(one, *names[one]) for one in people]
    return GroupCard(
        id=group[0],
        name=group[1],
        is_locked=group[2],
        members=members,
        breaches=[breach_words(breach, by_name) for breach in broken_rules(facts, people)],
        binds=_binds(facts, people, themes),
        differs=_differs(facts, people),
        travel=_travel(facts, people),
        halfdays=halfdays(common_halfdays(facts, people)),
        repeats=_repeats(facts, people, by_name),
    )


def _binds(facts: SeasonFacts, people: Collection[int], words: Mapping[str, str]) -> str:
    """The themes that several of them chose, most chosen first."""
    chosen = Counter(theme for one in people if one in facts.by_id for theme in facts.by_id[one].themes)
    shared = sorted((-count, words.get(theme, theme)) for theme, count in chosen.items() if count > 1)
    return ", ".join(f"{label} ({-count})" for count, label in shared[:THEMES_SHOWN])


def _differs(facts: SeasonFacts, people: Collection[int]) -> str:
    """Kinds and concepts of their schools, boards, and experience."""
    known = [facts.by_id[one] for one in people if one in facts.by_id]
    kinds = [
        str(label) for kind, label in KINDS.items() if any(kind in (person.kinds or ()) for person in known)
    ]
    concepts = [
        str(label)
        for code, label in CONCEPTS.items()
        if any(code in (person.concepts or ()) for person in known)
    ]
    boards = len({person.board for person in known if person.board})
    experience = Counter(facts.experience[one] for one in people if one in facts.experience)
    mixed = [f"{labels.EXPERIENCE_SHORT[one]} ({experience[one]})" for one in Experience if experience[one]]
    parts = [
        listed(kinds) if len(kinds) > 1 else "",
        listed(concepts),
        ngettext("%(num)s board", "%(num)s boards", boards) if boards else "",
        ", ".join(mixed),
    ]
    return " · ".join(filter(None, parts))


def _travel(facts: SeasonFacts, people: Collection[int]) -> str:
    """Estimated minutes between their schools."""
    places = [facts.by_id[one].location for one in people if one in facts.by_id]
    known = [place for place in places if place]
    minutes = travel_minutes(known, known)
    apart = [
        int(minutes[one, other])
        for one, other in combinations(range(len(known)), 2)
        if minutes[one, other] != UNKNOWN_MINUTES
    ]
    if not apart:
        return ""
    return _(
        "%(mean)s minutes on average, %(most)s at most (estimated)",
        mean=round(sum(apart) / len(apart)),
        most=max(apart),
    )


def _repeats(facts: SeasonFacts, people: Collection[int], names: Mapping[int, str]) -> list[str]:
    return [
        ngettext(
            "%(who)s were in one group for %(num)s year.",
            "%(who)s were in one group for %(num)s years.",
            years,
            who=listed([names[first], names[other]]),
        )
        for first, other in combinations(people, 2)
        if (years := facts.years_together(first, other))
    ]
