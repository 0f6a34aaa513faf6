"""Tables that people take along: every cell is text, whatever a spreadsheet would make of it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from xlsxwriter import Workbook

NARROWEST, WIDEST = 8, 60
"""Widths of a column, in characters."""
EXCEL_CELL = 32_767
"""Characters that a cell can hold in Excel."""
EXCEL_TITLE = 31

BEGINS_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")  # noqa: RUF001 - Excel takes these for = + - @
_NUMBER = re.compile(r"-\d+([.,]\d+)?")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as Excel opens it in the Netherlands: UTF-8 with a mark, semicolons, each cell between quotes.

    A cell that a spreadsheet would calculate gets an apostrophe in front, which `read_table` takes away again. A plain
    negative number stays as it is; a telephone number with a plus gets one, because Excel would drop the plus.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow([_neutral(cell) for cell in columns])
    writer.writerows([_neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> bytes:
    """A table as one sheet, with its header in sight while one scrolls."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, {**options, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(_NOT_IN_TITLE.sub(" ", title).strip("' ")[:EXCEL_TITLE] or None)
        widths = [len(column) for column in columns]
        for number, row in enumerate([columns, *rows]):
            style = book.add_format({"bold": True}) if number == 0 else None
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell[:EXCEL_CELL], style)
                widths[place] = max(widths[place], len(cell))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(max(width + 2, NARROWEST), WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    return content.getvalue()


def _neutral(cell: str) -> str:
    if BEGINS_FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
