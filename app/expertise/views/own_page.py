"""What the pages of one's own expertise share: their tabs, how a record reads, and the way back from removing."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.labels import COURSE_STATES, KINDS, LEVELS
from app.expertise.models import CourseState, ExpertiseRecord, RecordKind, RecordProposal
from app.expertise.queries import stale_since, taxonomy
from app.web.language import long_date
from app.web.navigation import Tab
from app.web.undo import flash_undo

ORDER = [
    kind.value for kind in (RecordKind.EXPERTISE, RecordKind.COURSE, RecordKind.INTEREST, RecordKind.AMBITION)
]


class Shown(NamedTuple):
    """A record as a list shows it."""

    record: ExpertiseRecord
    item: str
    says: str
    is_stale: bool
    is_retired: bool


class Group(NamedTuple):
    """Records about one domain."""

    name: str
    shown: list[Shown]


def own_tabs(current: str) -> list[Tab]:
    """The pages of one's own expertise."""
    pages = (
        ("expertise.show_own", _("My expertise")),
        ("expertise.show_preview", _("Who sees what")),
        ("expertise.edit_reachability", _("Reachable")),
    )
    return [Tab(label, url_for(endpoint), endpoint == current) for endpoint, label in pages]


def by_domain(records: Sequence[ExpertiseRecord]) -> list[Group]:
    """Records by domain, in the order of the taxonomy; what is retired stands last."""
    known = taxonomy()
    places = {item_id: place for place, item_id in enumerate(known.items)}
    line = stale_since()
    ordered = sorted(records, key=lambda one: (places[one.item_id], ORDER.index(one.kind), one.id))
    return [
        Group(domain.name, shown)
        for domain in (*known.domains, *known.retired_domains)
        if (shown := [_shown(one, line) for one in ordered if known.item(one.item_id).domain_id == domain.id])
    ]


def _shown(one: ExpertiseRecord, line: date) -> Shown:
    item = taxonomy().item(one.item_id)
    return Shown(one, item.name, in_words(one), one.confirmed_on < line, item.is_retired)


def in_words(one: ExpertiseRecord | RecordProposal) -> str:
    """What a record or a proposal says of its item, such as "Expertise: past toe"."""
    kind = str(KINDS[RecordKind(one.kind)])
    if one.level is not None:
        return f"{kind}: {LEVELS[one.level]}"
    if one.course_title is None or one.course_state is None:
        return kind
    details = [
        str(COURSE_STATES[CourseState(one.course_state)]),
        *filter(None, [one.course_provider, _period(one)]),
    ]
    return f"{kind}: {one.course_title} ({', '.join(details)})"


def _period(one: ExpertiseRecord | RecordProposal) -> str | None:
    first, last = (long_date(day) if day else None for day in (one.starts_on, one.ends_on))
    if first and last:
        return _("%(start)s to %(end)s", start=first, end=last)
    if first:
        return _("from %(day)s", day=first)
    return _("until %(day)s", day=last) if last else None


def flash_removed(removed: Iterable[dict[str, Any]]) -> None:
    """Say that it is gone, with the button that puts it back."""
    gone = list(removed)
    text = ngettext("%(num)s thing has been taken away.", "%(num)s things have been taken away.", len(gone))
    packed = json.dumps(gone, default=str, ensure_ascii=False, separators=(",", ":"))
    flash_undo(text, url_for("expertise.create_restoration"), {"removed": packed})
