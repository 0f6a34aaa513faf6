"""The form that ticks what holds for many items, on the page of a domain and among what was found."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.labels import LEVELS, VISIBILITIES
from app.expertise.models import ExpertiseRecord, RecordKind, Visibility
from app.expertise.queries import Item, Ticks, taxonomy, ticks_in
from app.expertise.services.choices import Saved
from app.expertise.views.own_page import flash_removed, in_words
from app.organisation.labels import listed


class Typed(NamedTuple):
    """A form that came back, and what is wrong with it."""

    values: dict[str, Any]
    errors: Mapping[str, Sequence[str]]


class Row(NamedTuple):
    """An item with what is ticked, and what the form was when it was opened."""

    item: Item
    ticks: Ticks
    was: str
    courses: list[str]


def choice_form(
    items: Sequence[Item], records: Sequence[ExpertiseRecord], typed: Typed | None
) -> dict[str, Any]:
    """What the form needs to be drawn, for these items."""
    ticks, courses = ticks_in(records), defaultdict[int, list[str]](list)
    for one in records:
        if one.kind == RecordKind.COURSE:
            courses[one.item_id].append(in_words(one))
    is_willing = any(one.willing for one in records)
    return {
        "rows": [_row(item, ticks.get(item.id, Ticks()), courses[item.id], typed) for item in items],
        "levels": {0: _("no"), **LEVELS},
        "visibilities": VISIBILITIES,
        "visibility": typed.values.get("visibility", "") if typed else Visibility.SCHOOL,
        "willing": bool(typed.values.get("willing")) if typed else is_willing,
        "errors": typed.errors if typed else {},
    }


def _row(item: Item, kept: Ticks, courses: list[str], typed: Typed | None) -> Row:
    if typed is None or f"was-{item.id}" not in typed.values:
        return Row(item, kept, kept.code, courses)
    values = typed.values
    level = str(values.get(f"level-{item.id}", ""))
    ticks = Ticks(
        int(level) if level in set("01234") else 0,
        f"interest-{item.id}" in values,
        f"ambition-{item.id}" in values,
    )
    return Row(item, ticks, values[f"was-{item.id}"], courses)


def touched_items(typed: Typed) -> list[Item]:
    """The items of a form that says something else of them than it showed."""
    known = taxonomy().items
    shown = [name.removeprefix("was-") for name in typed.values if name.startswith("was-")]
    rows = [
        _row(known[int(one)], Ticks(), [], typed) for one in shown if one.isdecimal() and int(one) in known
    ]
    return [row.item for row in rows if row.ticks.code != row.was]


def flash_saved(saved: Saved) -> None:
    """Say what became of the form: what was kept, on what, and what was not."""
    kept = saved.added + saved.changed
    if kept:
        flash(ngettext("%(num)s thing has been saved.", "%(num)s things have been saved.", kept), "good")
    for seen, name in saved.became.items():
        flash(_("“%(seen)s” is called “%(name)s” now. What you said stands there.", seen=seen, name=name))
    if saved.gone:
        text = _("%(names)s: not in use any more, so nothing was saved there.", names=listed(saved.gone))
        flash(text, "warn")
    if saved.removed:
        flash_removed(saved.removed)
    if not (kept or saved.gone or saved.removed):
        flash(_("Nothing was changed."))
