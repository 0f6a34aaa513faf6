"""Text with a delimiter: which encoding, which delimiter, and its rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from app.kernel.tables.table import Fault, Limits, Table, UnreadableTable, header_and_rows
from app.kernel.tables.writing import BEGINS_FORMULA

DELIMITERS = (";", ",", "\t")
SAMPLE_RECORDS = 50

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SOMETHING_ELSE = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)
_SAYS_DELIMITER = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(content: bytes, limits: Limits) -> Table:
    """The table in a text. Raises UnreadableTable."""
    text, encoding = _decoded(content)
    if "\0" in text or text.lstrip().startswith("<"):
        raise UnreadableTable(Fault.NOT_A_TABLE)
    delimiter = _delimiter_of(text)
    numbered = _records(text, delimiter)
    columns, rows = header_and_rows(numbered, limits)
    return Table(columns, rows, "csv", encoding, delimiter)


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: what the file says at its begin, else UTF-8, else as Windows writes it here."""
    if content.startswith(_SOMETHING_ELSE):
        raise UnreadableTable(Fault.NOT_A_TABLE)
    marked = next((name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(Fault.NOT_A_TABLE if b"\0" in content else Fault.UNKNOWN_LETTERS)


def _delimiter_of(text: str) -> str:
    """The one that a first line `sep=;` names, or that cuts the first records into the most equal parts."""
    said = _SAYS_DELIMITER.match(text)
    if said and said.group(1) in DELIMITERS:
        return said.group(1)
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[bool, int, int]:
    filled = (cells for _, cells in _records(text, delimiter) if any(cells))
    try:
        widths = Counter(len(cells) for cells in islice(filled, SAMPLE_RECORDS))
    except UnreadableTable:
        return False, 0, 0
    ((width, count),) = widths.most_common(1) or [(0, 0)]
    return width > 1, count, width


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of its first line."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first_line = 1
    if _SAYS_DELIMITER.match(text):
        next(lines, None)
        first_line = lines.line_num + 1
    try:
        for cells in lines:
            yield first_line, [_as_meant(cell) for cell in cells]
            first_line = lines.line_num + 1
    except csv.Error as error:
        # A quotation mark that is never closed: the rest of the file would be one cell.
        raise UnreadableTable(Fault.CELL_TOO_LONG, first_line) from error


def _as_meant(cell: str) -> str:
    """The cell without the apostrophe that `write_csv` puts before what a spreadsheet would calculate."""
    return cell[1:] if cell.startswith("'") and BEGINS_FORMULA.match(cell, 1) else cell
