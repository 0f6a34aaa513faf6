"""People: the list, adding, correcting, and the doors to it."""

import pytest
from sqlalchemy import insert, select

from app.kernel.actor import SYSTEM
from app.kernel.audit import AuditEntry, record
from app.organisation.models import Assignment, Person
from tests.organisation.pages import queries_of, rows_in, walk
from tests.organisation.people import NEW_PERSON, invited, somebody
from tests.world import Role, add_role


def create(client, **changes):
    return client.post("/waterland/mensen", data=NEW_PERSON | changes)


def names_in(client, query=""):
    return client.get(f"/waterland/mensen?{query}").text


def test_the_list_shows_everybody_with_school_and_role(coordinator, cast):
    page = names_in(coordinator)
    assert len(rows_in(page)) == 8
    assert "Fatima el Amrani" in page
    assert cast["ib"].email in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=fatima", ["ib"]),
        ("q=AMRANI+el", ["ib"]),
        ("q=teacher@waterland", ["teacher"]),
        ("q=%25", []),
        ("rol=coach", ["coach"]),
        ("rol=ib", ["colleague", "ib", "coach"]),
        ("rol=onzin&q=fatima", ["ib"]),
        ("toegang=access&q=tim+ver", ["leader"]),
        ("toegang=invited", []),
    ],
)
def test_search_and_filter(coordinator, cast, query, shown):
    answer = coordinator.get(f"/waterland/mensen?{query}")
    assert answer.status_code == 200
    assert rows_in(answer.text) == [cast[key].person_id for key in shown]


def test_the_list_is_filtered_by_school(coordinator, cast):
    page = names_in(coordinator, f"school={cast.schools['wilgen']}")
    assert rows_in(page) == [cast[key].person_id for key in ("ib", "leader", "teacher")]


def test_a_role_that_ended_counts_no_longer(app, cast, coordinator):
    with app.database.unit_of_work(cast.network) as unit:
        role = unit.scalar(select(Assignment).where(Assignment.person_id == cast["teacher"].person_id))
        role.until = "2026-07-31"
    assert rows_in(names_in(coordinator, "rol=teacher")) == []


def test_accents_and_capitals_are_no_obstacle(app, cast, coordinator):
    with app.database.unit_of_work(cast.network):
        person = somebody("Sjöerd", "Wöhrmann-Çelik")
    for words in ("sjoerd", "SJÖERD", "celik+wohrmann"):
        assert rows_in(names_in(coordinator, f"q={words}")) == [person.id], words


def test_an_accented_name_stands_where_one_looks_for_it(app, cast, coordinator):
    with app.database.unit_of_work(cast.network):
        ids = [somebody("Ada", name).id for name in ("Oskam", "Öztürk", "Pot")]
    assert [row for row in rows_in(names_in(coordinator, "q=ada")) if row in ids] == ids


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        ("not_invited", None),
        ("invited", {}),
        ("expired", {"expires_at": "2026-01-01"}),
        ("bounced", {"refused_at": "2026-11-01"}),
        ("bounced", {"refused_at": "2026-11-01", "refusal": "mailbox_full"}),
        ("invited", {"sent_at": None, "expires_at": "2026-01-01"}),
        ("not_invited", {"withdrawn_at": "2026-11-01"}),
    ],
)
def test_the_list_tells_how_far_somebody_is(app, cast, coordinator, state, changes):
    with app.database.unit_of_work(cast.network):
        person = somebody(email="anneke@waterland.example")
        if changes is not None:
            invited(person, **changes)
    for asked in ("not_invited", "planned", "invited", "expired", "bounced", "no_address", "access"):
        shown = person.id in rows_in(names_in(coordinator, f"toegang={asked}&q=anneke"))
        assert shown is (asked == state), asked


def test_without_an_address_somebody_can_not_be_invited(app, cast, coordinator):
    with app.database.unit_of_work(cast.network):
        person = somebody()
    assert person.id in rows_in(names_in(coordinator, "toegang=no_address"))
    assert coordinator.post(f"/waterland/mensen/{person.id}/uitnodiging").status_code == 409


def test_everybody_comes_by_once_in_both_directions(app, cast, coordinator):
    add_many(app, cast, 120)
    forwards, last_part = walk(coordinator, "/waterland/mensen", "next")
    assert [len(part) for part in forwards] == [50, 50, 28]
    assert len({row for part in forwards for row in part}) == 128
    backwards, _ = walk(coordinator, last_part, "prev")
    assert [row for part in backwards[::-1] for row in part][-28:] == forwards[-1]
    assert {row for part in backwards for row in part} == {row for part in forwards for row in part}


def test_the_filter_holds_from_part_to_part(app, cast, coordinator):
    add_many(app, cast, 60)
    parts, _ = walk(coordinator, "/waterland/mensen?q=jansen", "next")
    assert [len(part) for part in parts] == [50, 10]


def test_the_list_takes_the_same_number_of_queries_however_long(app, cast, coordinator):
    few = queries_of(app, lambda: names_in(coordinator))
    add_many(app, cast, 60)
    assert queries_of(app, lambda: names_in(coordinator)) == few


def test_somebody_is_added_with_a_first_role(app, cast, coordinator):
    answer = create(coordinator)
    assert answer.status_code == 302
    page = coordinator.get(answer.location).text
    assert "Sjöerd van der Wöhrmann-Çelik" in page
    assert "sjoerd@waterland.example" in page
    with app.database.unit_of_work(cast.network) as unit:
        person = unit.scalar(select(Person).where(Person.last_name == "Wöhrmann-Çelik"))
        assert unit.scalar(select(Assignment.role).where(Assignment.person_id == person.id)) == Role.COACH
        assert unit.query(AuditEntry).filter_by(action="add person", subject_id=person.id).count() == 1


def test_names_go_up_to_the_length_of_their_columns(coordinator):
    assert create(coordinator, first_name="F" * 60, infix="i" * 20, last_name="A" * 80).status_code == 302


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("first_name", {"first_name": " "}),
        ("first_name", {"first_name": "F" * 61}),
        ("last_name", {"last_name": "A" * 81}),
        ("infix", {"infix": "i" * 21}),
        ("email", {"email": "geen adres"}),
        ("email", {"email": "a@b"}),
        ("email", {"email": "ib@waterland.example"}),
        ("email", {"email": "IB@Waterland.example"}),
        ("email", {"email": "", "invite": "1"}),
        ("role", {"role": "koning"}),
        ("role", {"role": ""}),
        ("school_id", {"role": "ib"}),
        ("school_id", {"role": "ib", "school_id": "987654"}),
        ("since", {"since": "gisteren"}),
        ("until", {"until": "2026-07-31"}),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_changes_nothing(app, cast, coordinator, field, changes):
    answer = create(coordinator, **changes)
    assert answer.status_code == 422
    assert f'id="field-{field}-error"' in answer.text
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(Person).count() == 8


def test_an_unknown_field_is_refused(coordinator):
    assert create(coordinator, identity_id="1").status_code == 422


def test_a_school_that_was_left_chosen_does_not_matter_for_a_coach(app, cast, coordinator):
    assert create(coordinator, school_id=str(cast.schools["wilgen"])).status_code == 302
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.scalar(select(Assignment).order_by(Assignment.id.desc()).limit(1)).school_id is None


def test_name_and_address_are_corrected_and_that_can_be_undone(app, cast, coordinator):
    url = f"/waterland/mensen/{cast['ib'].person_id}/bewerken"
    answer = coordinator.post(
        url, data={"first_name": "Fatima", "last_name": "Amrani", "email": "F@waterland.example"}
    )
    page = coordinator.get(answer.location).text
    assert "f@waterland.example" in page
    assert 'name="last_name" value="el Amrani"' in page, "the message has no way back"


def test_an_address_of_somebody_else_is_refused(coordinator, cast):
    answer = coordinator.post(
        f"/waterland/mensen/{cast['ib'].person_id}/bewerken",
        data={"first_name": "Fatima", "last_name": "Amrani", "email": cast["leader"].email},
    )
    assert answer.status_code == 422
    assert 'id="field-email-error"' in answer.text


def test_another_networks_people_do_not_exist(coordinator, cast):
    stranger = cast["stranger"].person_id
    for path in ("", "/bewerken", "/rollen/nieuw", "/toegang/einde"):
        assert coordinator.get(f"/waterland/mensen/{stranger}{path}").status_code == 404
    assert coordinator.post(f"/waterland/mensen/{stranger}/uitnodiging").status_code == 404


def test_the_history_tells_who_did_what(coordinator, cast):
    coordinator.post(
        f"/waterland/mensen/{cast['ib'].person_id}/bewerken",
        data={"first_name": "Fatima", "last_name": "Amrani"},
    )
    assert (
        "Linda Postma"
        in coordinator.get(f"/waterland/mensen/{cast['ib'].person_id}").text.split('id="history"')[1]
    )


def test_the_history_leaves_out_what_other_rooms_note(app, coordinator, cast):
    person_id = cast["ib"].person_id
    with app.database.unit_of_work(cast.network):
        record(SYSTEM, "say whom to avoid", "person", person_id)
    page = coordinator.get(f"/waterland/mensen/{person_id}")
    assert page.status_code == 200
    assert "Hier is nog niets gewijzigd." in page.text


def test_what_somebody_is_called_never_becomes_markup(coordinator):
    answer = create(coordinator, last_name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in coordinator.get(answer.location).text


def add_many(app, cast, count):
    with app.database.unit_of_work(cast.network) as unit:
        people = [{"first_name": f"Piet {number % 7}", "last_name": "Jansen"} for number in range(count)]
        ids = unit.execute(insert(Person).returning(Person.id), people).scalars().all()
        for person_id in ids:
            add_role(person_id, Role.COACH, None)
