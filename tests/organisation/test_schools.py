"""Schools and boards: the lists, a school with its people, and correcting what the register tells."""

import pytest
from sqlalchemy import insert

from app.kernel.audit import AuditEntry
from app.organisation.models import Board, School
from tests.organisation.pages import queries_of, walk
from tests.world import Role, add_role


def edit(client, school_id, **values):
    return client.post(f"/waterland/scholen/{school_id}/bewerken", data=values)


def test_the_list_shows_every_school_to_everybody(as_, cast):
    page = as_(cast["billing"]).get("/waterland/scholen").text
    assert all(name in page for name in ("OBS De Wilgen", "De Linde", "Het Kompas"))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=wilgen", {"OBS De Wilgen"}),
        ("q=WILGEN+purmerend", {"OBS De Wilgen"}),
        ("q=01ab00", {"De Linde"}),
        ("q=22222", {"Het Kompas"}),
        ("q=100%25", set()),
        ("q=_", set()),
        ("soort=so", set()),
        ("soort=bo&q=kompas", {"Het Kompas"}),
        ("soort=onzin&q=kompas", {"Het Kompas"}),
    ],
)
def test_search_and_filter(coordinator, query, shown):
    answer = coordinator.get(f"/waterland/scholen?{query}")
    assert answer.status_code == 200
    page = answer.text
    assert {name for name in ("OBS De Wilgen", "De Linde", "Het Kompas") if f">{name}</a>" in page} == shown


def test_an_accent_is_no_obstacle(app, cast, coordinator):
    with app.database.unit_of_work(cast.network) as unit:
        unit.get_one(
            School, (cast.network.id, cast.schools["linde"])
        ).name = "Mienskipsskoalle Frjentsjër Ûnder de Toer"
    for words in ("frjentsjer", "Ünder", "toer+FRJENTSJËR"):
        assert "Mienskipsskoalle" in coordinator.get(f"/waterland/scholen?q={words}").text


def test_the_board_is_a_filter(app, cast, coordinator):
    with app.database.unit_of_work(cast.network) as unit:
        board_id = unit.query(Board.id).filter_by(number="11111").scalar()
    page = coordinator.get(f"/waterland/scholen?bestuur={board_id}").text
    assert "De Linde" in page
    assert "Het Kompas</a>" not in page


def test_every_school_comes_by_once_in_both_directions(app, cast, coordinator):
    with app.database.unit_of_work(cast.network) as unit:
        board_id = unit.query(Board.id).limit(1).scalar()
        row = {"board_id": board_id, "kinds": ["bo"], "city": "Edam"}
        names = [("De Ster" if number % 3 else "de ster", f"02{number:02}00") for number in range(99)]
        unit.execute(insert(School), [row | {"name": name, "code": code} for name, code in names])
    forwards, last_part = walk(coordinator, "/waterland/scholen", "next")
    assert [len(part) for part in forwards] == [50, 50, 2]
    assert len({row for part in forwards for row in part}) == 102
    backwards, _ = walk(coordinator, last_part, "prev")
    assert backwards[0] == forwards[-1]
    assert {row for part in backwards for row in part} == {row for part in forwards for row in part}


def test_the_list_takes_the_same_number_of_queries_however_long(app, cast, coordinator):
    few = queries_of(app, lambda: coordinator.get("/waterland/scholen"))
    with app.database.unit_of_work(cast.network) as unit:
        board_id = unit.query(Board.id).limit(1).scalar()
        row = {"board_id": board_id, "kinds": ["bo"], "city": "Edam", "name": "De Ster"}
        unit.execute(insert(School), [row | {"code": f"02{number:02}00"} for number in range(60)])
    assert queries_of(app, lambda: coordinator.get("/waterland/scholen")) == few


def test_a_part_that_begins_after_a_school_that_is_gone_begins_at_the_top(coordinator):
    assert "OBS De Wilgen" in coordinator.get("/waterland/scholen?na=987654").text


def test_a_school_shows_its_people_to_those_who_work_there(as_, cast):
    page = as_(cast["teacher"]).get(f"/waterland/scholen/{cast.schools['wilgen']}").text
    assert "Fatima el Amrani" in page
    assert "Tim Verhoeven" in page


def test_a_leader_of_another_school_does_not_see_who_works_there(as_, cast):
    page = as_(cast["other_leader"]).get(f"/waterland/scholen/{cast.schools['wilgen']}").text
    assert "OBS De Wilgen" in page
    assert "Fatima el Amrani" not in page


def test_somebody_with_two_roles_stands_in_the_list_once(app, cast, coordinator):
    with app.database.unit_of_work(cast.network):
        add_role(cast["ib"].person_id, Role.TEACHER, cast.schools["wilgen"])
    page = coordinator.get(f"/waterland/scholen/{cast.schools['wilgen']}").text
    assert page.count("Fatima el Amrani") == 1


def test_a_school_that_does_not_exist_is_not_found(coordinator):
    assert coordinator.get("/waterland/scholen/987654").status_code == 404


def test_the_coordinator_changes_name_and_concept_and_can_undo_it(app, cast, coordinator):
    wilgen = cast.schools["wilgen"]
    answer = edit(coordinator, wilgen, name="Kindcentrum De Wilgen", concept="jenaplan")
    assert answer.status_code == 302
    page = coordinator.get(answer.location).text
    assert "Kindcentrum De Wilgen" in page
    assert 'name="name" value="OBS De Wilgen"' in page, "the message has no way back"
    edit(coordinator, wilgen, name="OBS De Wilgen", concept="")
    with app.database.unit_of_work(cast.network) as unit:
        school = unit.get_one(School, (cast.network.id, wilgen))
        assert (school.name, school.concept) == ("OBS De Wilgen", None)
        assert unit.query(AuditEntry).filter_by(action="edit school", subject_id=wilgen).count() == 2


@pytest.mark.parametrize(
    "values", [{"name": ""}, {"name": "  "}, {"name": "x" * 161}, {"name": "De Wilgen", "concept": "onzin"}]
)
def test_a_wrong_name_or_concept_changes_nothing(app, cast, coordinator, values):
    assert edit(coordinator, cast.schools["wilgen"], **values).status_code == 422
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.get_one(School, (cast.network.id, cast.schools["wilgen"])).name == "OBS De Wilgen"


def test_nobody_else_changes_a_school(as_, cast):
    assert edit(as_(cast["leader"]), cast.schools["wilgen"], name="Van mij").status_code == 403


def test_a_board_gets_a_name_and_schools_are_found_by_it(app, cast, coordinator):
    with app.database.unit_of_work(cast.network) as unit:
        board_id = unit.query(Board.id).filter_by(number="22222").scalar()
    answer = coordinator.post(
        f"/waterland/besturen/{board_id}/bewerken", data={"name": "Stichting Zuiderzee"}
    )
    assert answer.status_code == 302
    assert "Stichting Zuiderzee" in coordinator.get("/waterland/besturen").text
    assert "Het Kompas" in coordinator.get("/waterland/scholen?q=zuiderzee").text
    answer = coordinator.post(f"/waterland/besturen/{board_id}/bewerken", data={"name": ""})
    assert 'name="name" value="Stichting Zuiderzee"' in coordinator.get(answer.location).text
    assert "Stichting Zuiderzee" not in coordinator.get("/waterland/scholen").text


def test_the_boards_are_counted(as_, cast):
    page = as_(cast["ib"]).get("/waterland/besturen").text
    assert "11111" in page
    assert "/bewerken" not in page
