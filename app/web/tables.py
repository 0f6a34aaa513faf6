"""Tables at the door: the one that somebody sends, and the ones that we send."""

from flask import Response
from flask_babel import lazy_gettext as _l

from app.kernel.errors import Invalid
from app.kernel.tables import LIMITS, Fault, Limits, Table, UnreadableTable, read_table
from app.web.forms import read_upload

ACCEPT = ".csv,.txt,.xlsx"
"""What a field for a table offers to choose from."""

FAULTS = {
    Fault.EMPTY: _l("There is nothing in this file."),
    Fault.NO_ROWS: _l("There is only a row of headings in this file, and nothing below it."),
    Fault.NO_HEADER: _l(
        "The first row must hold the headings. Take away what stands above them (row %(row)s is wider)."
    ),
    Fault.ROW_TOO_LONG: _l("Row %(row)s has more cells than there are headings."),
    Fault.TOO_LARGE: _l("This file is too large. At most %(megabytes)s MB can be read."),
    Fault.TOO_MANY_ROWS: _l("There are more than %(rows)s rows in this file. Cut it into parts."),
    Fault.TOO_MANY_COLUMNS: _l(
        "Row %(row)s has more than %(columns)s columns. Take away the columns that are not needed."
    ),
    Fault.CELL_TOO_LONG: _l(
        "A cell in row %(row)s holds more than %(characters)s characters. Is a quotation mark missing there?"
    ),
    Fault.OLD_EXCEL: _l("This is a file of an old Excel (.xls). Save it as .xlsx and try again."),
    Fault.PROTECTED: _l("This file has a password. Save it without a password and try again."),
    Fault.BROKEN_ARCHIVE: _l(
        "This Excel file is damaged. Open it in Excel, save it again as .xlsx and try again."
    ),
    Fault.NOT_A_TABLE: _l("This is not a list. Choose an Excel file (.xlsx) or a CSV file."),
    Fault.UNKNOWN_LETTERS: _l("We can't read the letters in this file. Save it as .xlsx and try again."),
}


def fault_words(error: UnreadableTable, limits: Limits = LIMITS) -> str:
    """What is wrong with a file, and what helps, in the user's language."""
    return str(FAULTS[error.fault]) % {
        "row": error.row,
        "rows": limits.rows,
        "columns": limits.columns,
        "characters": limits.cell,
        "megabytes": limits.file_bytes // (1024 * 1024),
    }


def read_uploaded_table(field: str) -> Table:
    """The table in a field of the form. Raises Invalid, with what is wrong, at that field."""
    upload = read_upload(field)
    try:
        return read_table(upload.content)
    except UnreadableTable as error:
        raise Invalid({field: [fault_words(error)]}) from error


def download(content: bytes, filename: str) -> Response:
    """A file to keep. `filename` is ours: letters, digits, hyphens, and `.csv` or `.xlsx`."""
    kind = {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }[filename.rpartition(".")[2]]
    answer = Response(content, content_type=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=filename)
    return answer
