"""Take in a list of records for a team, judge it, and propose it as a whole or not at all; forget it in the end."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update

from app.expertise.importing import Entry, Facts, Member, RowReader, RowState, recognise, says_enough
from app.expertise.models import RecordImport
from app.expertise.policy import SEE_TEAM
from app.expertise.queries import taxonomy
from app.expertise.queries.record_imports import import_with, judged_list
from app.expertise.queries.teams import team_members
from app.expertise.services.proposing import keep_proposals, opened_records, same_as
from app.expertise.services.taxonomy import standing_taxonomy
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now, today
from app.kernel.errors import Conflict, Invalid
from app.kernel.tables import Limits, Table
from app.organisation.importing import folded
from app.organisation.models import Person
from tenants.session import session

LIST_LIMITS = Limits(rows=2_000)
"""A team has some tens of people: a longer list is one of more schools."""
KEPT = timedelta(days=30)
"""How long a list is kept: longer, it would only be names too many."""
SUBJECT = "record import"


def start_import(actor: Actor, school_id: int, filename: str, table: Table) -> int:
    """Take in a list and judge it; nothing is proposed yet. Gives its id.

    Raises NotFound for a school that is not the actor's, and Invalid when the headers do not say enough.
    """
    actor.require(SEE_TEAM)
    people = team_members(actor, school_id)
    columns = recognise(table.columns)
    if not says_enough(columns):
        raise Invalid(
            {
                "file": [
                    _(
                        "We need a heading “Naam” or “E-mailadres”, and a heading “Onderwerp”. This file has: %(headings)s.",
                        headings=", ".join(header for header in table.columns if header)[:200],
                    )
                ]
            }
        )
    reader = RowReader(columns, _facts(people))
    entries = _judged(
        [reader.read(row.number, row.cells) for row in table.rows], [person.id for person in people]
    )
    sent = RecordImport(
        school_id=school_id,
        by_id=actor.person_id,
        filename=filename,
        entries=json.dumps(
            {"columns": table.columns, "entries": [asdict(entry) for entry in entries]}, default=str
        ),
        counts={state.value: sum(entry.state == state for entry in entries) for state in RowState},
    )
    session().add(sent)
    session().flush()
    record(actor, "send list of records", SUBJECT, sent.id)
    return sent.id


def apply_import(actor: Actor, school_id: int, import_id: int, *, without_wrong: bool) -> int:
    """Propose every row that is new, all of them or none; gives how many.

    Raises NotFound; and Conflict for a list that was applied or forgotten, for wrong rows unless they may be left
    out, for one with nothing new, and when team or taxonomy changed so that a row does not hold any more.
    """
    actor.require(SEE_TEAM)
    row = import_with(actor, school_id, import_id, locked=True)
    if row.applied_at:
        raise Conflict(_("This list was proposed already."))
    if row.forgotten_at:
        raise Conflict(_("This list is too long ago: its rows are not kept any more. Send it again."))
    if row.counts["wrong"] and not without_wrong:
        raise Conflict(_("There are rows that are not right. Mend them first, and send the list again."))
    new = [entry.data for entry in judged_list(row).in_state(RowState.NEW) if entry.data]
    if not new:
        raise Conflict(_("There is nothing new in this list."))
    team = {person.id for person in team_members(actor, school_id)}
    known = standing_taxonomy()
    if any(one["person_id"] not in team or known.item(one["item_id"]).is_retired for one in new):
        raise Conflict(
            _("The team or the items changed since you sent this list. Nothing was proposed: send it again.")
        )
    keep_proposals(actor, school_id, new)
    row.applied_at = now()
    record(actor, "propose list of records", SUBJECT, row.id)
    return len(new)


def forget_old_imports() -> None:
    """Delete what names people in lists of long ago; that there was a list stays."""
    session().execute(
        update(RecordImport)
        .where(RecordImport.created_at < now() - KEPT, RecordImport.forgotten_at.is_(None))
        .values(filename=None, entries=None, forgotten_at=now())
        .execution_options(synchronize_session=False)
    )


def _judged(read: Sequence[Entry], person_ids: Sequence[int]) -> list[Entry]:
    """The rows, with those that say what was opened already, or what an earlier row says, as known."""
    seen = opened_records(person_ids)
    judged: list[Entry] = []
    for entry in read:
        if entry.data:
            is_known = same_as(entry.data) in seen
            seen.add(same_as(entry.data))
            judged.append(replace(entry, state=RowState.KNOWN) if is_known else entry)
        else:
            judged.append(entry)
    return judged


def _facts(people: Sequence[Person]) -> Facts:
    known = taxonomy()
    current = {item.id: known.current(item.id) for item in known.items.values()}
    in_use = {
        folded(item.name): current[item.id].id
        for item in sorted(known.items.values(), key=lambda item: not item.is_retired)
        if not current[item.id].is_retired
    }
    return Facts(
        today(),
        [Member(person.id, person.name, person.email) for person in people],
        in_use,
        frozenset(folded(item.name) for item in known.items.values() if current[item.id].is_retired),
        {item.id: item.name for item in known.items.values()},
    )
