"""Files that were made to harm, each with what is said of it."""

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

from app.kernel.tables import Fault, write_xlsx
from tests.kernel.tables.workbooks import HEADER, SHEET, STRINGS, sheet, strings, text_cell, workbook

MEGABYTE = 1024 * 1024
LAUGHS = (
    '<!DOCTYPE sst [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
READS_FILE = '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _archive(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def _declaring_less() -> bytes:
    """A sheet of 40 MB of which the directory says that it is 1,000 bytes."""
    content = bytearray(workbook({SHEET: sheet(HEADER + " " * 40 * MEGABYTE)}))
    place = content.index(b"PK\x01\x02")
    while content[place + 46 : place + 46 + len(SHEET)] != SHEET.encode():
        place = content.index(b"PK\x01\x02", place + 1)
    content[place + 24 : place + 28] = (1_000).to_bytes(4, "little")
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], Fault]] = {
    "zip bomb": (lambda: workbook({SHEET: sheet(HEADER + " " * 80 * MEGABYTE)}), Fault.TOO_LARGE),
    "zip bomb within the size": (
        lambda: workbook({SHEET: sheet(HEADER + " " * 40 * MEGABYTE)}),
        Fault.TOO_LARGE,
    ),
    "zip that declares less than it holds": (_declaring_less, Fault.BROKEN_ARCHIVE),
    "ten thousand entries": (
        lambda: workbook({f"xl/media/{number}.png": b"" for number in range(10_000)}),
        Fault.TOO_LARGE,
    ),
    "nested zip": (
        lambda: _archive({"inner.xlsx": write_xlsx(["Naam"], [["Noor"]], "Blad")}),
        Fault.NOT_A_TABLE,
    ),
    "path that leaves the archive": (lambda: workbook({"../../etc/cron.d/x": b"x"}), Fault.BROKEN_ARCHIVE),
    "truncated zip": (lambda: write_xlsx(["Naam"], [["Noor"]], "Blad")[:-600], Fault.BROKEN_ARCHIVE),
    "zip without a sheet": (lambda: workbook({}, leave_out=(SHEET,)), Fault.EMPTY),
    "billion laughs": (
        lambda: workbook({STRINGS: strings("<si><t>&i;</t></si>", before=LAUGHS)}),
        Fault.BROKEN_ARCHIVE,
    ),
    "external entity": (
        lambda: workbook({SHEET: sheet(text_cell("A1", "&a;"), before=READS_FILE)}),
        Fault.BROKEN_ARCHIVE,
    ),
    "shared texts without end": (
        lambda: workbook({STRINGS: strings("<si><t/></si>" * 1_500_000)}),
        Fault.TOO_LARGE,
    ),
    "one row of two and a half million cells": (
        lambda: workbook({SHEET: sheet(f"<row>{'<c/>' * 2_500_000}</row>")}),
        Fault.TOO_LARGE,
    ),
    "styles without end": (
        lambda: workbook({"xl/styles.xml": f"<styleSheet>{'<xf/>' * 1_000_000}</styleSheet>"}),
        Fault.TOO_LARGE,
    ),
    "a row that says it is the trillionth": (
        lambda: workbook({SHEET: sheet(HEADER + '<row r="1000000000000"><c r="A1"><v>1</v></c></row>')}),
        Fault.NO_ROWS,
    ),
    "a column that Excel does not have": (
        lambda: workbook({SHEET: sheet(HEADER + '<row r="2"><c r="ZZZZZZ2"><v>1</v></c></row>')}),
        Fault.BROKEN_ARCHIVE,
    ),
    "far empty cells on every row": (
        lambda: workbook(
            {SHEET: sheet("".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(1, 100_000)))}
        ),
        Fault.TOO_LARGE,
    ),
    "a cell in the last column": (
        lambda: workbook({SHEET: sheet(HEADER + f'<row r="2">{text_cell("XFD2", "x")}</row>')}),
        Fault.TOO_MANY_COLUMNS,
    ),
    "more rows than are read": (
        lambda: b"naam\n" + b"x\n" * 20_001,
        Fault.TOO_MANY_ROWS,
    ),
    "one line of fifty megabytes": (lambda: b"naam;" + b"x" * 50 * MEGABYTE, Fault.TOO_LARGE),
    "one line of delimiters": (lambda: b"naam\n" + b"x;" * 4 * 1_000_000, Fault.TOO_MANY_COLUMNS),
    "quotation mark that never closes": (
        lambda: b'naam;school\n"' + b"Noor;De Vlieger\n" * 400_000,
        Fault.CELL_TOO_LONG,
    ),
    "cells without end": (
        lambda: (b";".join([b"kop"] * 60) + b"\n") + (b";".join([b"x"] * 60) + b"\n") * 12_000,
        Fault.TOO_LARGE,
    ),
    "binary zeros": (lambda: bytes(MEGABYTE), Fault.NOT_A_TABLE),
    "zeros in a list": (lambda: b"naam;school\nNo\0or;De Vlieger\n", Fault.NOT_A_TABLE),
    "PDF": (lambda: b"%PDF-1.7\n1 0 obj\n", Fault.NOT_A_TABLE),
    "image": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), Fault.NOT_A_TABLE),
    "HTML that calls itself a workbook": (
        lambda: b"\xef\xbb\xbf\n<html><table><tr><td>1</td>",
        Fault.NOT_A_TABLE,
    ),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), Fault.OLD_EXCEL),
    "workbook with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        Fault.PROTECTED,
    ),
    "letters of no alphabet": (lambda: b"naam\nNo\x81\x8d\x90r\n", Fault.UNKNOWN_LETTERS),
    "nothing": (lambda: b"", Fault.EMPTY),
}
