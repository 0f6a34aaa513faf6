"""What a table is, how large it may be, and what can be wrong with its file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why a file can't be read as a table. Its words are in `app.web.tables`."""

    EMPTY = "empty"
    NO_ROWS = "no_rows"
    NO_HEADER = "no_header"
    ROW_TOO_LONG = "row_too_long"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"
    OLD_EXCEL = "old_excel"
    PROTECTED = "protected"
    BROKEN_ARCHIVE = "broken_archive"
    NOT_A_TABLE = "not_a_table"
    UNKNOWN_LETTERS = "unknown_letters"


class UnreadableTable(Exception):
    """The file holds no table that we can take; `row` is the one at which that showed, if it was one."""

    def __init__(self, fault: Fault, row: int | None = None) -> None:
        super().__init__(fault if row is None else f"{fault} at row {row}")
        self.fault = fault
        self.row = row


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read. A file with more is refused, never cut."""

    file_bytes: int = 8 * 1024 * 1024
    rows: int = 20_000
    """Below the header."""
    columns: int = 60
    cell: int = 2_000
    """Characters in one cell."""
    cells: int = 500_000
    """Filled cells in all: what bounds the memory of a table that is within all other limits."""
    places: int = 10_000_000
    """Places of a sheet that are looked at, filled or not."""
    unpacked_bytes: int = 64 * 1024 * 1024
    entries: int = 500
    """Files in the archive that an XLSX is."""
    ratio: int = 300
    """How many times larger than packed an entry of a megabyte or more may be."""
    elements: int = 2_500_000
    """XML elements of all entries together."""
    elements_at_once: int = 50_000
    """XML elements that stand in memory together: a row, a text, or the list of styles."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the line or row at which an editor or Excel shows it."""

    number: int
    cells: tuple[str, ...]
    """As many as the table has columns; an empty cell is the empty text."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows, all text, without the rows that are empty."""

    columns: tuple[str, ...]
    """As the header has them; two can have the same name."""
    rows: tuple[Row, ...]
    format: str
    """"csv" or "xlsx"."""
    encoding: str = "utf-8"
    delimiter: str = ""
    """Empty for a workbook."""


def header_and_rows(
    numbered: Iterable[tuple[int, Sequence[str]]], limits: Limits
) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Columns and rows of numbered rows of text. Raises UnreadableTable where they pass the limits."""
    filled = ((number, cells) for number, cells in _tidied(numbered, limits) if cells)
    _, columns = next(filled, (0, ()))
    if not columns:
        raise UnreadableTable(Fault.EMPTY)
    rows = tuple(_rows(filled, columns, limits))
    if not rows:
        raise UnreadableTable(Fault.NO_ROWS)
    return columns, rows


def _tidied(
    numbered: Iterable[tuple[int, Sequence[str]]], limits: Limits
) -> Iterable[tuple[int, tuple[str, ...]]]:
    """Each row stripped, and without the empty cells at its end."""
    budget = limits.cells
    for number, texts in numbered:
        last = max((place for place, text in enumerate(texts, 1) if text and not text.isspace()), default=0)
        if last > limits.columns:
            raise UnreadableTable(Fault.TOO_MANY_COLUMNS, number)
        cells = tuple(text.strip() for text in texts[:last])
        if any(len(cell) > limits.cell for cell in cells):
            raise UnreadableTable(Fault.CELL_TOO_LONG, number)
        budget -= last
        if budget < 0:
            raise UnreadableTable(Fault.TOO_LARGE)
        yield number, cells


def _rows(
    filled: Iterable[tuple[int, tuple[str, ...]]], columns: tuple[str, ...], limits: Limits
) -> Iterable[Row]:
    width = len(columns)
    for count, (number, cells) in enumerate(filled, 1):
        if count > limits.rows:
            raise UnreadableTable(Fault.TOO_MANY_ROWS)
        if len(cells) > width:
            # One cell above many is a title, not a header.
            raise UnreadableTable(Fault.NO_HEADER if width == 1 else Fault.ROW_TOO_LONG, number)
        yield Row(number, cells + ("",) * (width - len(cells)))
