"""Keep what somebody ticked for many items at once: only what she changed, on what the items became meanwhile."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from app.expertise.models import HELPS_OTHERS, ExpertiseRecord, RecordKind
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import Item, Taxonomy, records_of
from app.expertise.services.records import SUBJECT, as_it_was
from app.expertise.services.taxonomy import standing_taxonomy
from app.kernel.actor import Actor
from app.kernel.audit import record_each
from app.kernel.clock import today
from app.kernel.errors import Invalid
from tenants.session import session

MOST_WORDS_AT_ONCE = 2000
"""How many letters of own words can go in one go: undoing has to carry them."""
PLACES = (RecordKind.EXPERTISE, RecordKind.INTEREST, RecordKind.AMBITION)
"""What the digits of `Ticks.code` are about."""


@dataclass(slots=True)
class Saved:
    """What became of what was ticked."""

    added: int = 0
    changed: int = 0
    removed: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """As they were, for undoing."""
    became: dict[str, str] = field(default_factory=dict[str, str])
    """Items that have another name now, by the name that she saw."""
    gone: list[str] = field(default_factory=list[str])
    """Items that nobody can choose any more, on which nothing was saved."""


def save_choices(actor: Actor, data: dict[str, Any]) -> Saved:
    """Keep the differences between what the form showed and what came back.

    So an older form in another window takes nothing away. Raises NotFound for an item that is not of this network,
    Invalid when too much would go to be undone.
    """
    actor.require(KEEP_RECORDS)
    known = standing_taxonomy()
    keeping = _Keeping(actor, known, data)
    for item_id, sent in data["choices"].items():
        keeping.keep(known.item(item_id), sent)
    return keeping.finish()


class _Keeping:
    """One form, item by item."""

    def __init__(self, actor: Actor, known: Taxonomy, data: dict[str, Any]) -> None:
        self._actor = actor
        self._known = known
        self._new = {"visibility": data["visibility"], "willing": data["willing"]}
        self._mine = {
            (one.item_id, RecordKind(one.kind)): one
            for one in records_of(actor)
            if one.kind != RecordKind.COURSE
        }
        self._saved = Saved()
        self._made: list[ExpertiseRecord] = []
        self._changed: list[int] = []
        self._removed: list[int] = []

    def keep(self, shown: Item, sent: dict[str, Any]) -> None:
        """Keep what was changed of one item."""
        now = (sent["level"], sent["interest"], sent["ambition"])
        was = (int(digit) for digit in sent["was"])
        changes = {kind: int(new) for kind, new, old in zip(PLACES, now, was, strict=True) if int(new) != old}
        item = self._known.current(shown.id)
        if item.id != shown.id:
            # What stands there now may say more than what this form showed: nothing of it is taken away.
            changes = {kind: value for kind, value in changes.items() if value}
        if not changes:
            return
        if item.is_retired and not any((item.id, kind) in self._mine for kind in changes):
            self._saved.gone.append(item.name)
            return
        name = sent["seen"] or shown.name
        if name != item.name:
            self._saved.became[name] = item.name
        for kind, value in changes.items():
            self._change(item, kind, value)

    def _change(self, item: Item, kind: RecordKind, value: int) -> None:
        kept = self._mine.get((item.id, kind))
        level = value if kind == RecordKind.EXPERTISE else None
        helps = self._new["willing"] and value >= HELPS_OTHERS
        if not value:
            if kept is not None and kept not in self._made:
                self._saved.removed.append(as_it_was(kept))
                self._removed.append(kept.id)
                session().delete(self._mine.pop((item.id, kind)))
        elif kept is None:
            made = ExpertiseRecord(
                person_id=self._actor.person_id,
                item_id=item.id,
                kind=kind,
                level=level,
                visibility=self._new["visibility"],
                willing=helps,
                since=today(),
                confirmed_on=today(),
            )
            self._mine[item.id, kind] = made
            self._made.append(made)
        else:
            if level != kept.level:
                kept.since = today()
            kept.level, kept.confirmed_on, kept.willing = level, today(), kept.willing or helps
            if kept not in self._made:
                self._changed.append(kept.id)

    def finish(self) -> Saved:
        """Write it, with its trail."""
        if sum(len(one.get("own_words", "")) for one in self._saved.removed) > MOST_WORDS_AT_ONCE:
            message = _("You take away much at once that has your own words with it. Do it in two parts.")
            raise Invalid({"_choices": [message]})
        session().flush()  # what goes, goes before what comes: both may be about the same item
        session().add_all(self._made)
        session().flush()
        for action, ids in (
            ("add record", [one.id for one in self._made]),
            ("change record", self._changed),
            ("remove record", self._removed),
        ):
            record_each(self._actor, action, SUBJECT, ids)
        self._saved.added, self._saved.changed = len(self._made), len(self._changed)
        return self._saved
