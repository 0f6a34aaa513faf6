"""What a coordinator asks for: take in a file, say what its columns hold, apply it, undo it, stop."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from app.jobs.progress import cancel_work, start_work, work_on
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict, Invalid, NotFound
from app.kernel.permissions import Role
from app.kernel.tables import Table
from app.organisation.importing import FIELDS, header_key, recognise, says_where, says_who
from app.organisation.models import ImportStep, PeopleImport
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries.imports import (
    ColumnChoice,
    choice_of,
    chosen_before,
    import_with,
    last_applied_id,
    sheet_of,
)
from tenants.session import session

WORK_ON_IMPORT = "organisation.work_on_import"
SUBJECT = "people_import"
KEPT = timedelta(days=30)
"""How long a list is kept: until then it can be looked at and undone. Longer, it would only be names too many."""


def start_import(actor: Actor, filename: str, table: Table, *, ends_missing: bool, language: str) -> int:
    """Take in a table, and judge it at once when its columns say what they hold; gives the id of the import."""
    actor.require(MANAGE_PEOPLE)
    sent = PeopleImport(
        by_id=actor.person_id,
        filename=filename,
        language=language,
        ends_missing=ends_missing,
        sheet=json.dumps({"columns": table.columns, "rows": [(row.number, row.cells) for row in table.rows]}),
    )
    session().add(sent)
    session().flush()
    record(actor, "send list of people", SUBJECT, sent.id)
    choice = ColumnChoice(recognise(table.columns, chosen_before()))
    if says_who(choice.columns) and says_where(choice.columns) and "role" in choice.columns:
        _judge(actor, sent, choice)
    return sent.id


def proposed_choice(actor: Actor, import_id: int) -> ColumnChoice:
    """What the columns hold as it was chosen, or as their headers tell."""
    row = import_with(actor, import_id)
    return choice_of(row) if row.choice else ColumnChoice(recognise(sheet_of(row).columns, chosen_before()))


def choose_columns(
    actor: Actor, import_id: int, held: Sequence[str | None], *, role: Role | None, school_id: int | None
) -> None:
    """Say what each column holds (None: nothing that is needed), and judge the file by that.

    Raises Invalid where that does not tell who somebody is, and Conflict for an import that was applied.
    """
    row = _changeable(actor, import_id)
    columns = sheet_of(row).columns
    if len(held) != len(columns):
        raise NotFound
    chosen = {what: number for number, what in enumerate(held) if what}
    _refuse_unclear(held, chosen, role)
    known = recognise(columns, {})
    row.headers = json.dumps(
        {
            header_key(header): what
            for number, (header, what) in enumerate(zip(columns, held, strict=True))
            if header and (what is not None or number in known.values()) and known.get(what or "") != number
        }
    )
    _judge(actor, row, ColumnChoice(chosen, role, school_id))


def start_application(actor: Actor, import_id: int, *, without_wrong: bool) -> None:
    """Queue that the good rows are applied. Raises Conflict for wrong rows unless they may be left out."""
    row = _changeable(actor, import_id)
    if row.counts is None:
        raise Conflict(_("This list has not been checked yet."))
    if row.counts["wrong"] and (row.ends_missing or not without_wrong):
        raise Conflict(_("There are rows that are not right. Mend them first, and send the list again."))
    if not any(row.counts[state] for state in ("new", "changed", "ended")):
        raise Conflict(_("There is nothing to apply: everything in this list is known already."))
    _start(actor, row, ImportStep.APPLY)


def start_undo(actor: Actor, import_id: int) -> None:
    """Queue that an import is undone. Raises Conflict unless it is the last one that was applied."""
    row = _locked(actor, import_id)
    if row.id != last_applied_id():
        raise Conflict(_("Only the last import can be undone."))
    if row.effects is None:
        raise Conflict(_("This import is too long ago: what was done is not kept any more."))
    _start(actor, row, ImportStep.UNDO)


def stop_import(actor: Actor, import_id: int) -> None:
    """Stop what is being done with an import: nothing of it stays."""
    cancel_work(WORK_ON_IMPORT, import_with(actor, import_id).id)


def forget_old_imports() -> None:
    """Delete what names people in imports of long ago; that there was an import stays."""
    session().execute(
        update(PeopleImport)
        .where(PeopleImport.created_at < now() - KEPT, PeopleImport.forgotten_at.is_(None))
        .values(filename=None, sheet=None, entries=None, effects=None, forgotten_at=now())
        .execution_options(synchronize_session=False)
    )


def _judge(actor: Actor, row: PeopleImport, choice: ColumnChoice) -> None:
    row.choice = json.dumps(asdict(choice))
    row.counts = row.digest = row.entries = row.overtaken_at = None
    _start(actor, row, ImportStep.JUDGE)


def _start(actor: Actor, row: PeopleImport, step: ImportStep) -> None:
    """One step at a time; the database refuses a second one of two who press at once."""
    work = work_on(WORK_ON_IMPORT, row.id)
    if work and not work.has_ended:
        raise Conflict(_("Somebody is working on this list at this moment. Look again in a minute."))
    row.step = step
    session().flush()
    start_work(actor, WORK_ON_IMPORT, row.id)


def _changeable(actor: Actor, import_id: int) -> PeopleImport:
    row = _locked(actor, import_id)
    if row.applied_at:
        raise Conflict(_("This list has been applied already."))
    if row.forgotten_at:
        raise Conflict(_("This list is too long ago: its rows are not kept any more. Send it again."))
    return row


def _locked(actor: Actor, import_id: int) -> PeopleImport:
    """The import, for one who presses at a time: the second one sees what the first one began."""
    actor.require(MANAGE_PEOPLE)
    row = session().scalar(select(PeopleImport).where(PeopleImport.id == import_id).with_for_update())
    if row is None:
        raise NotFound
    return row


def _refuse_unclear(held: Sequence[str | None], chosen: dict[str, int], role: Role | None) -> None:
    twice = {what for what in held if what and sum(other == what for other in held) > 1}
    errors: dict[str, list[str]] = {
        f"column-{number}": [_("Two columns can't hold the same. Choose one of them.")]
        for number, what in enumerate(held)
        if what in twice
    }
    unknown = {what for what in held if what and what not in FIELDS}
    if unknown:
        raise NotFound
    if not says_who(chosen):
        errors["column-0"] = [
            _("Say which column holds the name, or which hold the first name and the family name.")
        ]
    if "role" not in chosen and role is None:
        errors["role"] = [
            _("Choose the role that everybody in this list has, or a column that tells the role.")
        ]
    if errors:
        raise Invalid(errors)
