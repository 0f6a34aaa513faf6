"""The words for changes of the register: what happened to a school, what it was and what it is."""

from collections.abc import Mapping

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.organisation.labels import denomination_label
from app.organisation.register import ChangeKind, RegisteredSchool
from app.organisation.register.duo import NotTheFile, WrongRow, WrongRows

ROWS_NAMED = 5
"""So many wrong rows of a file are named; the rest is counted."""

KINDS = {
    ChangeKind.NEW: _l("New"),
    ChangeKind.REOPENED: _l("Open again"),
    ChangeKind.RENAMED: _l("Another name"),
    ChangeKind.MOVED: _l("Another address"),
    ChangeKind.BOARD: _l("Another school board"),
    ChangeKind.CLOSED: _l("Closed"),
    ChangeKind.LEFT: _l("To another network"),
    ChangeKind.DETAILS: _l("Other details"),
}


def count_words(kind: ChangeKind, count: int) -> str:
    """Such as "3 new", for a sentence that adds them up."""
    words = {
        ChangeKind.NEW: ngettext("%(count)s new", "%(count)s new", count, count=format_decimal(count)),
        ChangeKind.REOPENED: ngettext(
            "%(count)s open again", "%(count)s open again", count, count=format_decimal(count)
        ),
        ChangeKind.RENAMED: ngettext(
            "%(count)s with another name", "%(count)s with another name", count, count=format_decimal(count)
        ),
        ChangeKind.MOVED: ngettext("%(count)s moved", "%(count)s moved", count, count=format_decimal(count)),
        ChangeKind.BOARD: ngettext(
            "%(count)s with another board", "%(count)s with another board", count, count=format_decimal(count)
        ),
        ChangeKind.CLOSED: ngettext(
            "%(count)s closed", "%(count)s closed", count, count=format_decimal(count)
        ),
        ChangeKind.LEFT: ngettext(
            "%(count)s to another network", "%(count)s to another network", count, count=format_decimal(count)
        ),
        ChangeKind.DETAILS: ngettext(
            "%(count)s with other details", "%(count)s with other details", count, count=format_decimal(count)
        ),
    }
    return words[kind]


def told(
    kind: ChangeKind,
    school: RegisteredSchool | None,
    other: RegisteredSchool | None,
    boards: Mapping[str, str],
) -> str:
    """What a change is about, of one of its two states; `other` is the other one, `boards` names by number."""
    if school is None:
        return ""
    if kind is ChangeKind.RENAMED:
        return school.name
    if kind is ChangeKind.BOARD:
        number = school.board_number
        return f"{boards[number]} ({number})" if boards.get(number) else _("Board %(number)s", number=number)
    if kind is ChangeKind.LEFT and other is None:
        return school.network_code
    if kind is ChangeKind.DETAILS:
        return _details(school, other)
    moves = other is not None and other.network_code != school.network_code
    return f"{address(school)} ({school.network_code})" if moves else address(school)


def address(school: RegisteredSchool) -> str:
    """Street, number, postcode and place in one line."""
    street = f"{school.street} {school.house_number}".strip()
    return ", ".join(part for part in (street, f"{school.postcode} {school.city}".strip()) if part)


def file_words(error: NotTheFile | WrongRows) -> list[str]:
    """What is wrong with a file of schools, each in a sentence."""
    if isinstance(error, NotTheFile):
        missing = ", ".join(error.missing)
        file = _('This is not the file "02. Alle schoolvestigingen basisonderwijs" of DUO.')
        return [f"{file} " + _("These columns are missing: %(columns)s.", columns=missing)]
    named = [_row_words(row) for row in error.rows[:ROWS_NAMED]]
    more = len(error.rows) - len(named)
    if more:
        named.append(ngettext("And %(count)s more.", "And %(count)s more.", more, count=format_decimal(more)))
    return named


def _row_words(row: WrongRow) -> str:
    if row.is_twice:
        return _(
            "Row %(row)s: the code %(text)s stands in the file more than once.", row=row.number, text=row.text
        )
    return _(
        'Row %(row)s, %(column)s: "%(text)s" is not right.', row=row.number, column=row.column, text=row.text
    )


def _details(school: RegisteredSchool, other: RegisteredSchool | None) -> str:
    parts = {
        "municipality": school.municipality,
        "province": school.province,
        "denomination": str(denomination_label(school.denomination) or ""),
    }
    differ = [
        text for name, text in parts.items() if other is None or getattr(school, name) != getattr(other, name)
    ]
    return ", ".join(differ)
