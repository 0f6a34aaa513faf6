"""What the pages of a list of people show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.jobs.models import LongWork
from app.kernel.tables import write_csv, write_xlsx
from app.organisation import import_labels
from app.organisation.import_labels import ShownChange, ShownFault
from app.organisation.importing import Entry, RowState, header_key
from app.organisation.models import ImportStep, PeopleImport
from app.organisation.queries.imports import ColumnChoice, Sheet, entries_of, sheet_of

SAMPLES = 3
"""So many different values of a column are shown where one says what it holds."""

EXAMPLE = (
    ("Voornaam", "Tussenvoegsel", "Achternaam", "E-mailadres", "School", "Rol", "Vanaf", "Tot en met"),
    (
        ("Fatima", "el", "Amrani", "f.elamrani@dewilgen.example", "03WU00", "IB'er", "1-8-2026", ""),
        (
            "Tim",
            "",
            "Verhoeven",
            "t.verhoeven@dewilgen.example",
            "OBS De Wilgen",
            "schoolleider",
            "1-8-2024",
            "",
        ),
        ("Joost", "van", "Leeuwen", "joost@coaches.example", "", "coach", "1-9-2026", "31-7-2027"),
    ),
)
"""The file to begin from; its words are Dutch in each language, as those of a school office are."""


@dataclass(frozen=True, slots=True)
class WorkOnPage:
    """A step of an import as the progress bar shows it."""

    id: int
    state: str
    percent: int
    title: str
    text: str
    url: str
    cancel_url: str
    result_url: str


@dataclass(frozen=True, slots=True)
class ColumnOnPage:
    """A column of the file, with what is in it and what it is said to hold."""

    field: str
    """What the form calls it."""
    header: str
    samples: str
    held: str


@dataclass(frozen=True, slots=True)
class EntryOnPage:
    """A row of the preview."""

    number: int | None
    state: RowState
    name: str
    email: str | None
    role: str
    changes: list[ShownChange]
    faults: list[ShownFault]
    note: str | None


def work_on_page(work: LongWork, row: PeopleImport) -> WorkOnPage:
    """A step in words."""
    titles = {
        ImportStep.JUDGE: _("Checking the list"),
        ImportStep.APPLY: _("Applying the list"),
        ImportStep.UNDO: _("Undoing the import"),
    }
    stages = {
        "reading": _("Looking at the people of the network."),
        "judging": _("Checking each row."),
        "people": _("Adding people."),
        "roles": _("Giving roles."),
        "undoing": _("Taking back what was done."),
    }
    return WorkOnPage(
        id=work.id,
        state=work.state,
        percent=work.percent,
        title=titles[ImportStep(row.step)],
        text=stages.get(work.stage, "") if not work.has_ended else "",
        url=url_for("organisation.show_import_progress", import_id=row.id),
        cancel_url=url_for("organisation.destroy_import_work", import_id=row.id),
        result_url=url_for("organisation.show_import", import_id=row.id),
    )


def columns_on_page(sheet: Sheet, choice: ColumnChoice, sent: Any = None) -> list[ColumnOnPage]:
    """The columns with some of their values; `sent` is a form that came back."""
    held_by = {number: held for held, number in choice.columns.items()}
    return [
        ColumnOnPage(
            f"column-{number}",
            header or _("Column %(number)s", number=number + 1),
            ", ".join(_samples(sheet, number)),
            sent.get(f"column-{number}", "") if sent is not None else held_by.get(number, ""),
        )
        for number, header in enumerate(sheet.columns)
    ]


def entries_on_page(entries: Sequence[Entry]) -> list[EntryOnPage]:
    """Rows in words."""
    return [
        EntryOnPage(
            entry.number,
            entry.state,
            entry.name or _("No name"),
            entry.email,
            import_labels.role_of_entry(entry),
            [import_labels.shown_change(change) for change in entry.changes],
            [import_labels.shown_fault(fault) for fault in entry.faults],
            str(import_labels.NOTES[entry.note]) if entry.note else None,
        )
        for entry in entries
    ]


def state_tabs(row: PeopleImport, chosen: RowState | None) -> list[tuple[str, str, bool]]:
    """The counts of the rows, each a way to see those alone."""
    counts = row.counts or {}
    found = [state for state in RowState if counts.get(state)]
    here = [
        (_("All"), sum(counts.values()), None),
        *((str(import_labels.STATES[s]), counts[s], s) for s in found),
    ]
    return [
        (
            f"{label} ({format_decimal(count)})",
            url_for("organisation.show_import", import_id=row.id, stand=state),
            state == chosen,
        )
        for label, count, state in here
    ]


def wrong_rows(row: PeopleImport, kind: str) -> bytes:
    """The wrong rows as they were sent, with what is wrong beside them; sent again, that column is not needed."""
    sheet, header = sheet_of(row), _("What is wrong")
    faults = {entry.number: entry.faults for entry in entries_of(row, RowState.WRONG)}
    kept = [place for place, name in enumerate(sheet.columns) if header_key(name) != header_key(header)]
    columns = [*(sheet.columns[place] for place in kept), header]
    rows = [
        [*(one.cells[place] for place in kept), import_labels.fault_text(faults[one.number])]
        for one in sheet.rows
        if one.number in faults
    ]
    return write_csv(columns, rows) if kind == "csv" else write_xlsx(columns, rows, header)


def _samples(sheet: Sheet, number: int) -> list[str]:
    found: dict[str, None] = {}
    for row in sheet.rows:
        if row.cells[number]:
            found[row.cells[number]] = None
        if len(found) == SAMPLES:
            break
    return list(found)
