"""Roles: give, end, move, and the way back from each; a network keeps a coordinator."""

from datetime import date
from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy import select

from app.kernel.errors import Conflict
from app.organisation.models import Assignment, Person
from app.organisation.queries import actor_of
from app.organisation.services.roles import end_role
from tests.organisation.people import day, somebody
from tests.world import Role, add_role


@pytest.fixture
def teacher(cast):
    return cast["teacher"].person_id


def roles_of(app, cast, person_id):
    with app.database.unit_of_work(cast.network) as unit:
        found = unit.scalars(
            select(Assignment).where(Assignment.person_id == person_id).order_by(Assignment.id)
        )
        return [(role.role, role.school_id, role.since, role.until) for role in found]


def role_id(app, cast, person_id):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.scalar(select(Assignment.id).where(Assignment.person_id == person_id))


def post(client, person_id, path, **data):
    return client.post(f"/waterland/mensen/{person_id}/rollen{path}", data=data)


def test_a_role_is_added_and_taken_back_again(app, cast, coordinator, teacher):
    answer = post(coordinator, teacher, "", role="ib", school_id=cast.schools["linde"], since="2026-08-01")
    assert answer.status_code == 302
    assert roles_of(app, cast, teacher)[1] == ("ib", cast.schools["linde"], date(2026, 8, 1), None)
    page = coordinator.get(answer.location).text
    undo = page.split('/verwijdering"')[0].rsplit("/", 1)[1]
    assert post(coordinator, teacher, f"/{undo}/verwijdering").status_code == 302
    assert len(roles_of(app, cast, teacher)) == 1


def test_the_same_role_twice_in_one_period_is_refused(app, cast, coordinator, teacher):
    answer = post(
        coordinator, teacher, "", role="teacher", school_id=cast.schools["wilgen"], since="2026-08-01"
    )
    assert answer.status_code == 409
    assert len(roles_of(app, cast, teacher)) == 1


def test_a_role_holds_on_its_last_day_and_not_after_it(app, cast, coordinator, teacher):
    role = role_id(app, cast, teacher)
    assert post(coordinator, teacher, f"/{role}/einde", until="2026-11-30").status_code == 302
    for moment, holds in (("2026-11-30 22:30Z", True), ("2026-11-30 23:30Z", False)):
        with time_machine.travel(moment, tick=False), app.database.unit_of_work(cast.network):
            assert (actor_of(cast["teacher"].identity_id) is not None) is holds, moment


def test_an_end_can_be_undone(app, cast, coordinator, teacher):
    role = role_id(app, cast, teacher)
    answer = post(coordinator, teacher, f"/{role}/einde", until="2026-12-31")
    assert f"/rollen/{role}/heropening" in coordinator.get(answer.location).text
    post(coordinator, teacher, f"/{role}/heropening", until="")
    assert roles_of(app, cast, teacher)[0][3] is None


@pytest.mark.parametrize("until", ["", "gisteren", "2019-01-01"])
def test_a_wrong_last_day_is_told_beside_the_field(app, cast, coordinator, teacher, until):
    answer = post(coordinator, teacher, f"/{role_id(app, cast, teacher)}/einde", until=until)
    assert answer.status_code == 422
    assert 'id="field-until-error"' in answer.text
    assert roles_of(app, cast, teacher)[0][3] is None


def test_a_move_ends_here_and_begins_there_in_one_step(app, cast, coordinator, teacher):
    role, linde = role_id(app, cast, teacher), cast.schools["linde"]
    answer = post(coordinator, teacher, f"/{role}/verhuizing", school_id=linde, since="2027-01-01")
    assert answer.status_code == 302
    assert [(school, since, until) for _, school, since, until in roles_of(app, cast, teacher)] == [
        (cast.schools["wilgen"], date(2020, 8, 1), date(2026, 12, 31)),
        (linde, date(2027, 1, 1), None),
    ]
    page = coordinator.get(answer.location).text
    new = page.split('name="new_id" value="')[1].split('"')[0]
    assert post(coordinator, teacher, f"/{role}/terugkeer", new_id=new, until="").status_code == 302
    assert roles_of(app, cast, teacher) == [("teacher", cast.schools["wilgen"], date(2020, 8, 1), None)]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("school_id", {"school_id": ""}),
        ("school_id", {"school_id": "987654"}),
        ("school_id", {"school_id": "wilgen"}),
        ("since", {"since": "2020-08-01"}),
        ("since", {"since": ""}),
    ],
)
def test_a_wrong_move_changes_nothing(app, cast, coordinator, teacher, field, changes):
    data = {"school_id": cast.schools["linde"], "since": "2027-01-01"} | changes
    data["school_id"] = cast.schools.get(data["school_id"], data["school_id"])
    answer = post(coordinator, teacher, f"/{role_id(app, cast, teacher)}/verhuizing", **data)
    assert answer.status_code == 422
    assert f'id="field-{field}-error"' in answer.text
    assert len(roles_of(app, cast, teacher)) == 1


def test_a_role_in_the_network_can_not_move(app, cast, coordinator):
    billing = cast["billing"].person_id
    role = role_id(app, cast, billing)
    answer = post(
        coordinator, billing, f"/{role}/verhuizing", school_id=cast.schools["linde"], since="2027-01-01"
    )
    assert answer.status_code == 404


def test_a_role_is_only_reached_through_its_own_person(app, cast, coordinator, teacher):
    role = role_id(app, cast, teacher)
    assert post(coordinator, cast["ib"].person_id, f"/{role}/einde", until="2026-12-31").status_code == 404


@pytest.mark.parametrize(("path", "data"), [("einde", {"until": "2026-11-23"}), ("verwijdering", {})])
def test_the_last_coordinator_keeps_her_role(app, cast, coordinator, path, data):
    me = cast["coordinator"].person_id
    answer = post(coordinator, me, f"/{role_id(app, cast, me)}/{path}", **data)
    assert answer.status_code == 409
    assert roles_of(app, cast, me)[0][3] is None


@pytest.mark.parametrize(
    ("since", "until", "can_sign_in", "is_enough"),
    [
        ("2026-08-01", None, True, True),
        ("2026-12-01", None, True, True),
        ("2026-12-02", None, True, False),
        ("2026-08-01", "2027-07-31", True, False),
        ("2026-08-01", None, False, False),
    ],
)
def test_she_may_go_when_another_is_there_who_can_sign_in(
    app, cast, coordinator, since, until, can_sign_in, is_enough
):
    me = cast["coordinator"].person_id
    with app.database.unit_of_work(cast.network) as unit:
        other = cast["billing"].person_id if can_sign_in else somebody().id
        unit.add(
            Assignment(
                person_id=other, role=Role.COORDINATOR, since=day(since), until=day(until) if until else None
            )
        )
    answer = post(coordinator, me, f"/{role_id(app, cast, me)}/einde", until="2026-11-30")
    assert answer.status_code == (302 if is_enough else 409)


def test_two_coordinators_do_not_end_each_other_at_the_same_moment(committed):
    app, cast = committed
    keys = ("coordinator", "billing")
    with app.database.unit_of_work(cast.network) as unit:
        add_role(cast["billing"].person_id, Role.COORDINATOR, None)
        unit.flush()
        found = unit.execute(
            select(Assignment.person_id, Assignment.id).where(Assignment.role == Role.COORDINATOR)
        )
        ids = dict(found.all())
    start, refused = Barrier(2), []

    def end(key):
        with app.app_context(), app.database.unit_of_work(cast.network):
            actor = actor_of(cast[key].identity_id)
            assert actor is not None
            start.wait()
            try:
                end_role(actor, actor.person_id, ids[actor.person_id], day("2026-11-23"))
            except Conflict:
                refused.append(key)
                raise

    threads = [Thread(target=quietly, args=(end, key)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    with app.database.unit_of_work(cast.network) as unit:
        going_on = select(Assignment.id).where(
            Assignment.role == Role.COORDINATOR, Assignment.until.is_(None)
        )
        assert len(unit.scalars(going_on).all()) == 1


def test_access_is_taken_away_at_once(app, as_, cast, coordinator):
    ib = as_(cast["ib"])
    assert ib.get("/waterland/").status_code == 200
    answer = coordinator.post(f"/waterland/mensen/{cast['ib'].person_id}/toegang/einde")
    assert answer.status_code == 302
    assert ib.get("/waterland/").location == "/inloggen?next=/waterland/"
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.get_one(Person, (cast.network.id, cast["ib"].person_id)).identity_id is None
    assert as_(cast["ib"]).get("/waterland/").status_code == 404


def test_nobody_takes_away_her_own_access(coordinator, cast):
    answer = coordinator.post(f"/waterland/mensen/{cast['coordinator'].person_id}/toegang/einde")
    assert answer.status_code == 409


def quietly(work, *arguments):
    """A thread that fails tells so in what it left undone."""
    try:
        work(*arguments)
    except Conflict:
        return
