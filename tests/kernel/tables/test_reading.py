"""Lists as people have them: from Excel, from a school's administration, from a text editor."""

import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from app.kernel.tables import Fault, Limits, UnreadableTable, read_table, write_xlsx

NAMES = "Naam;School\nZoë;De Vlieger\nNoor;’t Kofschip\n"


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table(content).rows]


def saved(*rows: list[object]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encoding_that_it_has(encoding):
    assert cells(NAMES.encode(encoding)) == [("Zoë", "De Vlieger"), ("Noor", "’t Kofschip")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiter_is_recognised_though_cells_hold_the_others(delimiter):
    text = f'Naam{delimiter}Opmerking\nNoor{delimiter}"ma; di, wo\tdo"\n'
    table = read_table(text.encode())
    assert (table.delimiter, table.rows[0].cells) == (delimiter, ("Noor", "ma; di, wo\tdo"))


def test_delimiter_that_the_first_line_names_is_taken():
    table = read_table(b"sep=,\r\na;b,c\r\n1;2,3\r\n")
    assert (table.columns, [(row.number, row.cells) for row in table.rows]) == (
        ("a;b", "c"),
        [(3, ("1;2", "3"))],
    )


def test_list_of_one_column_is_a_list():
    assert cells(b"E-mail\nnoor@example.org\n") == [("noor@example.org",)]


def test_row_number_is_that_of_its_first_line():
    table = read_table(b'Naam;Tekst\n\nNoor;"een\ntwee"\n;\nZia;drie\n')
    assert [row.number for row in table.rows] == [3, 6]


def test_empty_rows_and_short_rows_are_filled_up_or_left_out():
    assert cells(b"\n\nA;B;C\n1\n;;\n ; ;3;;;\n") == [("1", "", ""), ("", "", "3")]


def test_columns_can_have_the_same_name():
    assert read_table(b"Naam;Naam\na;b\n").columns == ("Naam", "Naam")


def test_title_above_the_header_is_named_with_the_row_that_shows_it():
    with pytest.raises(UnreadableTable) as refused:
        read_table(b"Overzicht personeel\nNaam;School\nNoor;De Vlieger\n")
    assert (refused.value.fault, refused.value.row) == (Fault.NO_HEADER, 2)


def test_row_with_a_cell_too_many_is_named():
    with pytest.raises(UnreadableTable) as refused:
        read_table(b"Naam;School\nNoor;De Vlieger\nZia;De; Vlieger\n")
    assert (refused.value.fault, refused.value.row) == (Fault.ROW_TOO_LONG, 3)


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        (Limits(file_bytes=10), Fault.TOO_LARGE),
        (Limits(rows=1), Fault.TOO_MANY_ROWS),
        (Limits(columns=1), Fault.TOO_MANY_COLUMNS),
        (Limits(cell=5), Fault.CELL_TOO_LONG),
        (Limits(cells=3), Fault.TOO_LARGE),
        (Limits(), None),
    ],
)
def test_each_limit_is_kept(limits, fault):
    said = None
    try:
        read_table(b"Naam;School\nNoor;Vlieger\nZia;Vlieger\n", limits=limits)
    except UnreadableTable as error:
        said = error.fault
    assert said == fault


def test_cells_of_a_workbook_become_what_people_would_write():
    values = [
        date(2026, 8, 1),
        datetime(2026, 8, 1, 9, 30),  # noqa: DTZ001 - a sheet knows no zones
        time(9, 30),
        3.0,
        2.5,
        0.1 + 0.2,
        True,
        None,
        " x ",
        612345678,
    ]
    content = saved([str(number) for number in range(len(values))], values)
    assert cells(content) == [
        ("2026-08-01", "2026-08-01 09:30", "09:30", "3", "2.5", "0.3", "true", "", "x", "612345678")
    ]


def test_row_numbers_of_a_workbook_are_those_of_excel():
    content = saved([], ["Naam"], [], ["Noor"], [None], ["Zia"])
    table = read_table(content)
    assert (table.format, [row.number for row in table.rows]) == ("xlsx", [4, 6])


def test_first_sheet_that_can_be_seen_is_read():
    book, content = Workbook(), io.BytesIO()
    book.active.append(["Verborgen"])
    book.active.sheet_state = "hidden"
    people = book.create_sheet("Mensen")
    people.append(["Naam"])
    people.append(["Noor"])
    book.save(content)
    assert read_table(content.getvalue()).columns == ("Naam",)


def test_name_of_a_file_counts_for_nothing():
    """What begins as an archive is read as a workbook, whatever anybody calls it."""
    assert read_table(write_xlsx(["Naam"], [["Noor"]], "Blad")).format == "xlsx"


def test_header_without_rows_is_said_so():
    with pytest.raises(UnreadableTable) as refused:
        read_table(b"Naam;School\n\n")
    assert refused.value.fault == Fault.NO_ROWS
