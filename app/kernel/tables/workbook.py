"""An XLSX: its first sheet that can be seen, read row by row."""

import io
import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time
from typing import Any

from openpyxl import load_workbook

from app.kernel.tables.archive import check_archive
from app.kernel.tables.table import Fault, Limits, Table, UnreadableTable, header_and_rows

EXCEL_DIGITS = 15
"""Excel shows a number with no more digits than this."""
EXCEL_ROWS = 1_048_576
"""A row with a higher number does not exist."""


def read_workbook(content: bytes, limits: Limits) -> Table:
    """The table in a workbook. Raises UnreadableTable."""
    check_archive(content, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library says which decorations it leaves out
            columns, rows = header_and_rows(_texts(content, limits), limits)
    except (UnreadableTable, MemoryError):
        raise
    except Exception as error:
        # The library meets a broken workbook with whatever the broken part made it do.
        raise UnreadableTable(Fault.BROKEN_ARCHIVE) from error
    return Table(columns, rows, "xlsx")


def _texts(content: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    with closing(
        load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    ) as book:
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
        if sheet is None:
            return
        # What the file says of its own size is not believed.
        sheet.reset_dimensions()
        places = limits.places
        for number, row in enumerate(sheet.iter_rows(max_row=EXCEL_ROWS, values_only=True), 1):
            places -= len(row)
            if places < 0:
                raise UnreadableTable(Fault.TOO_LARGE)
            if row:
                yield number, [_text(value) for value in row]


def _text(value: Any) -> str:
    """A value as people write it; dates in ISO order."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.{EXCEL_DIGITS}g}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes").removesuffix(" 00:00")
    return value.isoformat("minutes") if isinstance(value, time) else str(value)
