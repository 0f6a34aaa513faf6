"""Lists of records that a school sent in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.expertise.importing import Entry, Fault, RowState, Wrong
from app.expertise.models import RecordImport
from app.expertise.queries.teams import team_school
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from tenants.session import session

SHOWN = 5
"""So many of the lists of before are named."""
_DAYS = ("starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class JudgedList:
    """The rows of a file with what becomes of each, and the headers above them."""

    columns: Sequence[str]
    entries: Sequence[Entry]

    def in_state(self, state: RowState) -> list[Entry]:
        """The rows in one state, in the order of the file."""
        return [entry for entry in self.entries if entry.state == state]


def import_with(actor: Actor, school_id: int, import_id: int, *, locked: bool = False) -> RecordImport:
    """A list that was sent at a school of which the actor sees the team. Raises NotFound."""
    team_school(actor, school_id)
    wanted = select(RecordImport).where(RecordImport.id == import_id, RecordImport.school_id == school_id)
    found = session().scalar(wanted.with_for_update() if locked else wanted)
    if found is None:
        raise NotFound
    return found


def latest_imports(actor: Actor, school_id: int) -> Sequence[RecordImport]:
    """What was sent at a school, the latest first."""
    team_school(actor, school_id)
    sent = select(RecordImport).where(RecordImport.school_id == school_id)
    return session().scalars(sent.order_by(RecordImport.id.desc()).limit(SHOWN)).all()


def judged_list(row: RecordImport) -> JudgedList:
    """The rows as they were judged; none once they were forgotten."""
    if row.entries is None:
        return JudgedList((), ())
    kept: dict[str, Any] = json.loads(row.entries)
    return JudgedList(kept["columns"], [_entry(one) for one in kept["entries"]])


def _entry(kept: dict[str, Any]) -> Entry:
    return Entry(
        kept["number"],
        RowState(kept["state"]),
        kept["who"],
        kept["what"],
        kept["cells"],
        [Fault(Wrong(fault["code"]), fault["text"]) for fault in kept["faults"]],
        _data(kept["data"]),
    )


def _data(kept: dict[str, Any] | None) -> dict[str, Any] | None:
    if kept is None:
        return None
    return kept | {name: date.fromisoformat(kept[name]) for name in _DAYS if kept[name]}
