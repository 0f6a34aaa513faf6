"""A pair in short facts: why it fits, and where it does not quite."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.halfdays import halfdays
from app.coaching.matching import Weights
from app.coaching.queries import theme_label

LONG_TRAVEL_MINUTES = 25
THEMES_SHOWN = 2


def chips_of(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Text and kind (good or warn) of each fact of a pair."""
    chips = [(theme_label(theme), "good") for theme in facts["themes"][:THEMES_SHOWN]]
    more = len(facts["themes"]) - THEMES_SHOWN
    if more > 0:
        chips.append((ngettext("%(num)s more theme", "%(num)s more themes", more), "good"))
    if not facts["themes"]:
        chips.append((_("None of the themes asked for"), "warn"))
    return [*chips, _travel_chip(facts), _days_chip(facts["halfdays"])]


def part_rows(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The four parts of the score, with what each comes from."""
    most, points = Weights(), facts["parts"]
    themes = ", ".join(theme_label(theme) for theme in facts["themes"]) or _("none of the themes asked for")
    return [
        {"label": _("Themes"), "points": points["themes"], "max": most.themes, "text": themes},
        {
            "label": _("Travel"),
            "points": points["travel"],
            "max": most.travel,
            "text": _travel_text(facts),
        },
        {"label": _("Days"), "points": points["days"], "max": most.days, "text": halfdays(facts["halfdays"])},
        {"label": _("Wishes"), "points": points["wishes"], "max": most.wishes, "text": ""},
    ]


def _travel_chip(facts: dict[str, Any]) -> tuple[str, str]:
    is_long = not facts["online"] and (facts["minutes"] or 0) > LONG_TRAVEL_MINUTES
    return _travel_text(facts), "warn" if is_long else "good"


def _travel_text(facts: dict[str, Any]) -> str:
    minutes = facts["minutes"]
    if minutes is None:
        return _("online") if facts["online"] else _("travel time unknown")
    if facts["online"]:
        return _("%(minutes)s min of travel, or online", minutes=minutes)
    return _("%(minutes)s min of travel", minutes=minutes)


def _days_chip(shared: list[int]) -> tuple[str, str]:
    if not shared:
        return _("No half-day in common"), "warn"
    return _("Both on %(days)s", days=halfdays(shared)), "good"
