"""The file of DUO becomes the next edition: what it tells is taken, what it does not know stays."""

from collections import Counter
from datetime import date

import pytest

from app.kernel.tables import read_table
from app.organisation.register import ChangeKind, RegisteredSchool, by_network, changes_between, shipped
from app.organisation.register.duo import NotTheFile, Taken, WrongRows, concept_of, take_in
from app.organisation.register.schools import packed, unpacked
from tests.organisation.register.duo_files import COLUMNS, as_csv, as_xlsx, lines, new_line

DAY = date(2026, 11, 3)
WEGWIJZER = "03WU00"  # 9571 AZ 2e Exloërmond, of PO2202
BORGH = "04LY00"
UTRECHT = {"STRAATNAAM": "Oudegracht", "HUISNUMMER-TOEVOEGING": "1", "POSTCODE": "3511 AA", "PLAATSNAAM": "UTRECHT",
           "GEMEENTENAAM": "UTRECHT", "PROVINCIE": "Utrecht"}  # fmt: skip


def taken(rows, **options) -> Taken:
    return take_in(read_table(as_csv(rows, **options)), DAY, shipped())


def kinds(result: Taken) -> Counter[ChangeKind]:
    return Counter(change.kind for change in changes_between(shipped(), result.register))


def school(result: Taken, code: str) -> RegisteredSchool:
    return result.register.by_code[code]


def test_whole_file_without_news_changes_nothing():
    result = taken(lines())
    assert kinds(result) == {}
    assert result.register.digest == shipped().digest
    assert result.left_out == ()


def test_each_kind_of_change_is_seen_and_counted_for_each_network():
    rows = lines()
    rows[WEGWIJZER] = rows[WEGWIJZER] | {
        "VESTIGINGSNAAM": "De Nieuwe Wegwijzer",
        "BEVOEGD GEZAG NUMMER": "12345",
    }
    rows[BORGH] = rows[BORGH] | UTRECHT
    rows["99ZZ00"] = new_line("99ZZ00", rows[WEGWIJZER])
    del rows["32JK00"]
    result = taken(rows)
    assert kinds(result) == {
        ChangeKind.NEW: 1, ChangeKind.RENAMED: 1, ChangeKind.MOVED: 1,
        ChangeKind.BOARD: 1, ChangeKind.CLOSED: 1, ChangeKind.DETAILS: 1,
    }  # fmt: skip
    seen = by_network(changes_between(shipped(), result.register))
    assert Counter(change.kind for change in seen["PO2601"]) == {ChangeKind.NEW: 1}
    assert seen["PO2202"][-1].kind in {ChangeKind.LEFT, ChangeKind.NEW, ChangeKind.BOARD}
    assert ChangeKind.LEFT in {change.kind for change in seen["PO2202"]}


def test_school_that_moves_gets_network_and_middle_of_its_new_postcode():
    rows = lines()
    rows[BORGH] = rows[BORGH] | UTRECHT
    moved = school(taken(rows), BORGH)
    assert moved.network_code == "PO2601"
    assert (round(moved.latitude, 1), round(moved.longitude, 1)) == (52.1, 5.1)
    assert (moved.city, moved.municipality, moved.province) == ("Utrecht", "Utrecht", "Utrecht")
    assert moved.pupils == shipped().by_code[BORGH].pupils


def test_school_that_stays_keeps_its_coordinate_its_pupils_and_its_place_name():
    rows = lines()
    rows[WEGWIJZER] = rows[WEGWIJZER] | {"VESTIGINGSNAAM": "De Nieuwe Wegwijzer"}
    before, after = shipped().by_code[WEGWIJZER], school(taken(rows), WEGWIJZER)
    assert (after.latitude, after.longitude, after.pupils, after.city) == (
        before.latitude, before.longitude, before.pupils, "2e Exloërmond",
    )  # fmt: skip


@pytest.mark.parametrize("postcode", ["9791 DB", "5851 BE"])
def test_postcode_whose_middle_is_wrong_in_the_table_lies_by_its_schools(postcode):
    rows = lines()
    rows["99ZZ00"] = new_line(
        "99ZZ00", next(row for row in rows.values() if row["POSTCODE"] == postcode), STRAATNAAM="Nieuw"
    )
    new = school(taken(rows), "99ZZ00")
    near = next(one for one in shipped().schools if one.postcode == postcode)
    assert abs(new.latitude - near.latitude) < 0.05
    assert abs(new.longitude - near.longitude) < 0.05


def test_new_school_at_a_postcode_that_nobody_knows_is_of_the_only_network_of_its_municipality():
    rows = lines()
    rows["99ZZ00"] = new_line("99ZZ00", rows[WEGWIJZER] | UTRECHT, POSTCODE="3599 ZZ")
    assert school(taken(rows), "99ZZ00").network_code == "PO2601"


def test_new_school_of_which_nobody_knows_the_network_is_left_out_and_told():
    rows = lines()
    nowhere = {"POSTCODE": "9599 ZZ", "GEMEENTENAAM": "NIEUW-IJSTAD", "PLAATSNAAM": "NIEUW-IJSTAD AAN ZEE"}
    rows["99ZZ00"] = new_line("99ZZ00", rows[WEGWIJZER], **nowhere)
    result = taken(rows)
    assert "99ZZ00" not in result.register.by_code
    assert [(one.code, one.city) for one in result.left_out] == [("99ZZ00", "Nieuw-IJstad aan Zee")]


def test_special_education_is_not_in_the_file_and_stays():
    result = taken(lines())
    special = [one for one in shipped().schools if one.kinds != {"bo"}]
    assert len(special) == 842
    assert [one for one in result.register.schools if one.kinds != {"bo"}] == special


def test_order_of_columns_and_columns_that_nobody_needs_do_not_matter():
    needed = [column for column in reversed(COLUMNS) if "CORRESPONDENTIE" not in column]
    assert taken(lines(), columns=("IETS NIEUWS", *needed)).register.digest == shipped().digest


def test_file_that_went_through_excel_is_the_same():
    few = dict(list(lines().items())[:200])
    assert take_in(read_table(as_xlsx(few)), DAY, shipped()).register.digest == taken(few).register.digest


@pytest.mark.parametrize("column", ["VESTIGINGSCODE", "POSTCODE", "BEVOEGD GEZAG NUMMER"])
def test_file_without_a_column_that_is_needed_is_another_file(column):
    columns = tuple(name for name in COLUMNS if name != column)
    with pytest.raises(NotTheFile) as refused:
        taken(lines(), columns=columns)
    assert refused.value.missing == (column,)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("VESTIGINGSCODE", "3WU00"),
        ("BEVOEGD GEZAG NUMMER", "geen"),
        ("POSTCODE", "0571 AZ"),
        ("POSTCODE", " "),
        ("VESTIGINGSNAAM", " "),
        ("VESTIGINGSNAAM", "x" * 161),
        ("STRAATNAAM", "x" * 121),
    ],
)
def test_cell_that_is_wrong_is_named_with_row_and_column(column, text):
    rows = dict(list(lines().items())[:5])
    code = list(rows)[2]
    rows[code] = rows[code] | {column: text}
    with pytest.raises(WrongRows) as refused:
        taken(rows)
    assert [(row.number, row.column) for row in refused.value.rows] == [(4, column)]


def test_code_that_stands_there_twice_is_named_at_both_rows():
    rows = list(lines().values())[:5]
    with pytest.raises(WrongRows) as refused:
        taken([*rows, rows[0]])
    assert [(row.number, row.is_twice) for row in refused.value.rows] == [(2, True), (7, True)]


@pytest.mark.parametrize(
    ("name", "denomination", "concept"),
    [
        ("Daltonschool De Bron", "Openbaar", "dalton"),
        ("Vrije School Emmen", "Algemeen bijzonder", "vrijeschool"),
        ("De Zonnebloem", "Antroposofisch", "vrijeschool"),
        ("Basisschool De Bron", "Openbaar", None),
    ],
)
def test_concept_is_told_by_the_name(name, denomination, concept):
    assert concept_of(name, denomination) == concept


def test_packing_loses_nothing_and_is_the_same_each_time():
    content = packed(reversed(shipped().schools))
    assert unpacked(content) == shipped().schools
    assert packed(unpacked(content)) == content
