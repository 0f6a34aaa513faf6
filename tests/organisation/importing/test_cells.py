"""What stands in a cell: headers, dates, roles and schools as people write them."""

from datetime import date

import pytest

from app.kernel.permissions import Role
from app.organisation.importing import FIELDS, KnownSchool, SchoolFinder, header_key, recognise
from app.organisation.importing.columns import HEADERS
from app.organisation.importing.dates import date_of
from app.organisation.importing.judgement import Fault
from app.organisation.importing.roles import WORDS, role_of
from app.organisation.importing.text import key

SCHOOLS = (
    KnownSchool(1, "03WU00", "OBS De Wilgen", "Purmerend"),
    KnownSchool(2, "03WU01", "De Linde", "Edam"),
    KnownSchool(3, "05AB00", "Basisschool Het Kompas", "Edam"),
    KnownSchool(4, "06CD00", "Sint Jozef", "Volendam"),
    KnownSchool(5, "07EF00", "Sint Jozef", "Monnickendam"),
    KnownSchool(6, "08GH00", "Openbare Basisschool", "Marken"),
)


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        (("Voornaam", "Achternaam", "E-mail"), {"first_name": 0, "last_name": 1, "email": 2}),
        (("voorvoegsel", "ROEPNAAM", "Voornamen"), {"infix": 0, "first_name": 1}),
        (("Voorletters", "Roepnaam"), {"first_name": 1}),
        (("E-mail privé", "E-mail werk", "E-mailadres"), {"email": 1}),
        (("Naam medewerker", "Organisatorische eenheid", "Functie"), {"name": 0, "school": 1, "role": 2}),
        (("Datum in dienst", "Datum uit dienst"), {"since": 0, "until": 1}),
        (("BRIN", "Vestigingsnummer", "Vestiging"), {"brin": 0, "location": 1, "school": 2}),
        (("First Name", "Job title", "Start date"), {"first_name": 0, "role": 1, "since": 2}),
        (("Groep", "Opmerking", ""), {}),
        (("Naam", "naam"), {"name": 0}),
    ],
)
def test_columns_tell_what_they_hold(headers, columns):
    assert recognise(headers, {}) == columns


def test_what_was_chosen_before_goes_first():
    before = {header_key("Wie?"): "name", header_key("Naam"): None, header_key("Mail"): "school"}
    assert recognise(("Naam", "wie", "mail"), before) == {"name": 1, "school": 2}


def test_no_header_is_of_two_fields():
    words = [key(word) for field in FIELDS for word in HEADERS[field]]
    assert len({(key(word), field) for field in FIELDS for word in HEADERS[field]}) == len(set(words))


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-01", "2026-8-1", "2026-08-01 00:00:00", "2026-08-01T00:00", "20260801", "1-8-2026", "01-08-2026",
        "01/08/2026", "1.8.2026", "01-08-26", "1 augustus 2026", "1 aug. 2026", "1-aug-26", "1 August 2026",
    ],
)  # fmt: skip
def test_dates_as_people_write_them(text):
    assert date_of(text) == date(2026, 8, 1)


@pytest.mark.parametrize(
    "text", ["", "gisteren", "31-2-2026", "2026", "1-13-2026", "8/2026", "1-8-2206", "46235", "1-8-0026"]
)
def test_what_is_no_date(text):
    assert date_of(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("1-8-98", date(1998, 8, 1)), ("29-2-2024", date(2024, 2, 29)), ("3 mrt 2026", date(2026, 3, 3)), ("5-mei-2026", date(2026, 5, 5))],
)  # fmt: skip
def test_other_dates(text, day):
    assert date_of(text) == day


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("IB'er", Role.IB), ("ib’er", Role.IB), ("Ib-er", Role.IB), ("intern begeleider", Role.IB),
        ("Kwaliteitscoördinator", Role.IB), ("Kwaliteitscoordinator", Role.IB), ("leerkracht", Role.TEACHER),
        ("Leraar LB", Role.TEACHER), ("leraar L10", Role.TEACHER), ("Leerkracht (m/v)", Role.TEACHER),
        ("directeur D12", Role.LEADER), ("Adjunct-directeur", Role.LEADER), ("locatieleider", Role.LEADER),
        ("COACH", Role.COACH), ("netwerkcoördinator", Role.COORDINATOR), ("financieel contact", Role.BILLING),
        ("teacher", Role.TEACHER), ("conciërge", None), ("onderwijsassistent", None), ("", None), ("lb", None),
    ],
)  # fmt: skip
def test_roles_by_their_words(text, role):
    assert role_of(text) == role


def test_no_word_is_of_two_roles():
    words = [(key(word), role) for role, words in WORDS.items() for word in words]
    assert len(dict(words)) == len(set(words))


@pytest.mark.parametrize(
    ("name", "brin", "location", "school_id"),
    [
        ("03WU00", "", "", 1), ("03wu-01", "", "", 2), ("03WU 00", "", "", 1), ("", "03WU01", "", 2), ("", "03WU", "1", 2),
        ("", "03WU", "00", 1), ("00", "03WU", "", 1), ("De Linde", "03WU", "", 2), ("", "05AB", "", 3), ("05ab", "", "", 3),
        ("OBS De Wilgen", "", "", 1), ("de wilgen", "", "", 1), ("Basisschool De Wilgen", "", "", 1),
        ("het kompas", "", "", 3), ("OBS De Wilgen, Purmerend", "", "", 1), ("Sint Jozef Volendam", "", "", 4),
        ("Sint Jozef (Monnickendam)", "", "", 5), ("openbare basisschool", "", "", 6), ("Obs de Wílgen", "", "", 1),
    ],
)  # fmt: skip
def test_a_school_is_found(name, brin, location, school_id):
    found = SchoolFinder(SCHOOLS).find(name, brin, location)
    assert isinstance(found, KnownSchool), found
    assert found.id == school_id


@pytest.mark.parametrize(
    ("name", "brin", "location", "code"),
    [
        ("De Eik", "", "", "unknown_school"), ("", "99ZZ", "", "unknown_school"), ("", "03WU07", "", "unknown_school"),
        ("", "03WU", "", "several_schools"), ("Sint Jozef", "", "", "several_schools"), ("De Eik", "03WU", "", "several_schools"),
    ],
)  # fmt: skip
def test_a_school_is_not_guessed(name, brin, location, code):
    found = SchoolFinder(SCHOOLS).find(name, brin, location)
    assert isinstance(found, Fault)
    assert found.code == code
    if code == "several_schools":
        assert len(found.values["schools"].split("; ")) == 2, "the candidates are not named"


def test_without_any_cell_there_is_no_school():
    assert SchoolFinder(SCHOOLS).find("", "", "") is None
