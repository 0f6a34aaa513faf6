"""Workbooks as bytes: what a program writes, with parts of our own in their place."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

from app.kernel.tables import write_xlsx

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(parts: Mapping[str, str | bytes], *, leave_out: tuple[str, ...] = ()) -> bytes:
    """A small workbook in which `parts` are new or stand in the place of its own."""
    content = io.BytesIO()
    with (
        ZipFile(io.BytesIO(write_xlsx(["Naam"], [["Noor"]], "Blad"))) as whole,
        ZipFile(content, "w", ZIP_DEFLATED) as changed,
    ):
        for name in whole.namelist():
            if name not in parts and name not in leave_out:
                changed.writestr(name, whole.read(name))
        for name, part in parts.items():
            changed.writestr(name, part)
    return content.getvalue()


def sheet(rows: str, *, before: str = "", dimension: str = "A1") -> str:
    """The part of a sheet with these rows."""
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}">'
        f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    )


def strings(items: str, *, before: str = "") -> str:
    """The part of the texts that cells share."""
    return f'<?xml version="1.0"?>{before}<sst xmlns="{_MAIN}">{items}</sst>'


def text_cell(place: str, text: str) -> str:
    """A cell that holds its own text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{text_cell("A1", "Naam")}</row>'
