"""People from a list: checked, applied as a whole, sent again, undone."""

import pytest
from sqlalchemy import select

from app.kernel.audit import AuditEntry
from app.organisation.models import Assignment, PeopleImport, Person
from tests.organisation.lists import ANNA, BEA, CARLA, FATIMA, WRONG, Desk, csv_of, id_in, send
from tests.world import Role


@pytest.fixture
def desk(coordinator, work_through_queue):
    return Desk(coordinator, work_through_queue)


@pytest.fixture
def people(app, cast):
    """The people beside the cast, as they are at this moment."""

    def read():
        with app.database.unit_of_work(cast.network) as unit:
            rows = unit.execute(
                select(Person.email, Person.first_name, Person.infix, Person.last_name, Assignment.role)
                .outerjoin(Assignment, Assignment.person_id == Person.id)
                .where(Person.email.not_like("%@waterland.example"))
                .order_by(Person.email, Assignment.id)
            )
            return [tuple(row) for row in rows]

    return read


@pytest.fixture
def import_row(app, cast):
    def read(import_id):
        with app.database.unit_of_work(cast.network) as unit:
            return unit.get_one(PeopleImport, (cast.network.id, import_id))

    return read


def test_a_list_is_checked_and_nothing_is_done_yet(desk, people, import_row):
    import_id = desk.checked(ANNA, BEA, CARLA, FATIMA)
    assert import_row(import_id).counts == {"wrong": 0, "new": 3, "changed": 0, "ended": 0, "unchanged": 1}
    page = desk.page(import_id).text
    assert "Anna de Vries" in page
    assert people() == []


def test_applying_does_what_was_shown(desk, people, app, cast):
    desk.applied(ANNA, BEA, CARLA, FATIMA)
    assert people() == [
        ("anna@wilgen.example", "Anna", "de", "Vries", Role.IB),
        ("bea@linde.example", "Bea", None, "Bakker", Role.TEACHER),
        ("carla@coach.example", "Carla", None, "Coster", Role.COACH),
    ]
    with app.database.unit_of_work(cast.network) as unit:
        carla = unit.scalar(
            select(Assignment).join(Person, Person.id == Assignment.person_id).where(Person.email == CARLA[3])
        )
        assert (carla.since.isoformat(), carla.until.isoformat(), carla.school_id) == (
            "2026-09-01",
            "2027-07-31",
            None,
        )


def test_the_same_list_once_more_changes_nothing(desk, people, import_row):
    desk.applied(ANNA, BEA, CARLA)
    before = people()
    again = desk.checked(ANNA, BEA, CARLA)
    assert import_row(again).counts["unchanged"] == 3
    assert desk.apply(again).status_code == 409
    assert people() == before


def test_the_trail_of_a_person_says_who_did_it(desk, app, cast, coordinator):
    desk.applied(ANNA)
    with app.database.unit_of_work(cast.network) as unit:
        person = unit.scalar(select(Person).where(Person.email == ANNA[3]))
        actions = unit.execute(
            select(AuditEntry.action, AuditEntry.person_id).where(AuditEntry.subject_id == person.id)
        ).all()
    assert set(actions) == {
        ("add person", cast["coordinator"].person_id),
        ("add role", cast["coordinator"].person_id),
    }
    assert coordinator.get(f"/waterland/mensen/{person.id}").status_code == 200


def test_changes_show_what_was_and_what_becomes(desk):
    desk.applied(ANNA)
    married = ("Anna", "", "Jansen-de Vries", *ANNA[3:6], "1-8-2025", "31-7-2027")
    (row,) = desk.rows(desk.checked(married))
    for part in ("Anna de Vries", "Anna Jansen-de Vries", "1 augustus 2025", "31 juli 2027", "Eindigt"):
        assert part in row, part


def test_wrong_rows_come_first_with_their_number_and_the_way_out(desk):
    first, *_rest = desk.rows(desk.checked(ANNA, WRONG, BEA))
    assert first.startswith("Dirk Dam dirk@linde.example 3")
    assert "De Eik" in first
    assert "03WU00" in first, "the way out is not told"


def test_wrong_rows_stand_in_the_way_until_they_may_be_left_out(desk, people):
    import_id = desk.checked(ANNA, WRONG)
    assert desk.apply(import_id).status_code == 409
    assert people() == []
    assert desk.apply(import_id, without_wrong="1").status_code == 302
    assert [row[0] for row in people()] == [ANNA[3]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_wrong_rows_are_taken_along_mended_and_sent_again(desk, people, kind):
    import_id = desk.checked(ANNA, WRONG)
    desk.apply(import_id, without_wrong="1")
    file = desk.client.get(f"/waterland/mensen/imports/{import_id}/foute-rijen?als={kind}")
    assert f"foute-rijen.{kind}" in file.headers["Content-Disposition"]
    again = desk.checked_file(file.data, f"foute-rijen.{kind}")
    (row,) = desk.rows(again)
    assert "De Eik" in row
    if kind == "csv":
        mended = desk.checked_file(file.data.replace(b"De Eik", b"De Linde"))
        assert desk.apply(mended).status_code == 302
        assert [row[0] for row in people()] == [ANNA[3], WRONG[3]]


def test_wrong_rows_hold_no_formula(desk):
    import_id = desk.checked(("=1+1", *WRONG[1:]))
    assert b"'=1+1" in desk.client.get(f"/waterland/mensen/imports/{import_id}/foute-rijen?als=csv").data


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "\t")],
)
def test_lists_come_in_many_letters(desk, people, encoding, delimiter):
    row = ("Zoë", "", "Müller", "zoe@wilgen.example", "01AA00", "intern begeleider", "1-8-2026", "")
    import_id = desk.checked_file(csv_of(row, encoding=encoding, delimiter=delimiter))
    desk.apply(import_id)
    assert people() == [("zoe@wilgen.example", "Zoë", None, "Müller", Role.IB)]


def test_an_import_is_undone(desk, people, app, cast):
    desk.applied(ANNA, BEA)
    second = desk.applied(CARLA, ("Anna", "", "Smit", *ANNA[3:6], "", "31-7-2027"), (*BEA[:5], "ib", "", ""))
    assert len(people()) == 4
    assert desk.undo(second).status_code == 302
    assert people() == [
        ("anna@wilgen.example", "Anna", "de", "Vries", Role.IB),
        ("bea@linde.example", "Bea", None, "Bakker", Role.TEACHER),
    ]
    with app.database.unit_of_work(cast.network) as unit:
        until = (
            select(Assignment.until)
            .join(Person, Person.id == Assignment.person_id)
            .where(Person.email == ANNA[3])
        )
        assert unit.scalar(until) is None
    assert "Ongedaan gemaakt" in desk.page(second).text


def test_imports_are_undone_from_the_last_to_the_first(desk, people):
    first, second = desk.applied(ANNA), desk.applied(BEA)
    assert desk.undo(first).status_code == 404
    desk.undo(second)
    assert desk.undo(first).status_code == 302
    assert people() == []
    assert desk.undo(first).status_code == 404


def test_what_was_undone_can_be_sent_again(desk, people):
    desk.undo(desk.applied(ANNA))
    desk.applied(ANNA)
    assert [row[0] for row in people()] == [ANNA[3]]


def test_a_file_that_is_no_list_is_told_at_its_field(desk):
    answer = send(desk.client, b"%PDF-1.7 \x00\x01\x02")
    assert answer.status_code == 422
    assert 'id="field-file-error"' in answer.text


def test_without_a_file_that_is_told(desk):
    answer = desk.client.post("/waterland/mensen/imports", data={})
    assert answer.status_code == 422
    assert 'id="field-file-error"' in answer.text


def test_unknown_headers_ask_what_the_columns_hold_and_that_is_remembered(desk, people):
    header = ("Wie", "Bericht", "Waar", "Wat")
    row = ("Anna de Vries", "anna@wilgen.example", "De Wilgen", "ib")
    answer = send(desk.client, csv_of(row, header=header))
    import_id = id_in(answer)
    page = desk.page(import_id).text
    assert "anna@wilgen.example" in page, "no example of what is in the column"
    chosen = {"column-0": "name", "column-1": "email", "column-2": "school", "column-3": "role"}
    assert desk.client.post(f"/waterland/mensen/imports/{import_id}/kolommen", data=chosen).status_code == 302
    desk.work()
    desk.apply(import_id)
    assert people() == [("anna@wilgen.example", "Anna", "de", "Vries", Role.IB)]
    again = desk.checked_file(csv_of(row, header=header))
    assert "Ongewijzigd" in desk.rows(again)[0]


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"column-1": "email"}, "column-0"),
        ({"column-0": "name", "column-1": "name", "role": "ib"}, "column-1"),
        ({"column-0": "name"}, "role"),
        ({"column-0": "onzin", "role": "ib"}, "column-0"),
        ({"column-0": "name", "role": "koning"}, "role"),
    ],
)
def test_columns_that_do_not_say_enough_are_told_beside_their_field(desk, chosen, field):
    import_id = id_in(send(desk.client, csv_of(("Anna de Vries", "a@b.example"), header=("Wie", "Bericht"))))
    answer = desk.client.post(f"/waterland/mensen/imports/{import_id}/kolommen", data=chosen)
    assert answer.status_code == 422
    assert f'id="field-{field}-error"' in answer.text


def test_role_and_school_can_be_the_same_for_everybody(desk, people, cast):
    import_id = id_in(
        send(desk.client, csv_of(("Anna de Vries", "anna@wilgen.example"), header=("Naam", "E-mail")))
    )
    form = {"column-0": "name", "column-1": "email", "role": "teacher", "school_id": cast.schools["linde"]}
    desk.client.post(f"/waterland/mensen/imports/{import_id}/kolommen", data=form)
    desk.work()
    desk.apply(import_id)
    assert people() == [("anna@wilgen.example", "Anna", "de", "Vries", Role.TEACHER)]


def test_who_is_not_in_the_list_has_left_if_one_says_so(desk, app, cast):
    import_id = desk.checked(
        FATIMA, ("Ina", "", "Ip", "ina@wilgen.example", "01AA00", "leerkracht", "", ""), ends_missing="1"
    )
    ended = [row for row in desk.rows(import_id) if "niet in de lijst" in row]
    assert len(ended) == 1, "only the teacher of this school: not its leader, nor those of other schools"
    assert "Bram Willems" in ended[0]
    desk.apply(import_id)
    with app.database.unit_of_work(cast.network) as unit:
        ended_ids = unit.scalars(select(Assignment.person_id).where(Assignment.until.is_not(None))).all()
    assert ended_ids == [cast["teacher"].person_id]


def test_who_has_left_is_not_decided_by_a_list_with_wrong_rows(desk):
    import_id = desk.checked(FATIMA, WRONG, ends_missing="1")
    assert desk.apply(import_id, without_wrong="1").status_code == 409


def test_the_example_file_is_a_list_that_is_understood(desk):
    example = desk.client.get("/waterland/mensen/imports/voorbeeld")
    import_id = desk.checked_file(example.data, "mensen.xlsx")
    assert any("Joost van Leeuwen" in row and "31 juli 2027" in row for row in desk.rows(import_id))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_exist_in_both_languages(desk, language):
    desk.client.get(f"/taal/{language}")
    import_id = desk.checked(ANNA, WRONG, ("", "", "", "geen adres", "01AA00", "ib", "gisteren", ""))
    for path in ("nieuw", import_id, f"{import_id}/kolommen"):
        assert desk.client.get(f"/waterland/mensen/imports/{path}").status_code == 200
    rows = " ".join(desk.rows(import_id))
    assert ("is not a date" in rows) is (language == "en")


def test_no_page_of_another_networks_list(desk, as_, cast):
    import_id = desk.checked(ANNA)
    stranger = as_(cast["stranger"])
    assert stranger.get(f"/heuvelrug/mensen/imports/{import_id}").status_code == 404
