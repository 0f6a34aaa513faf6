"""What happens to a list while others work: changes before it is applied, two who press, cancel, undoing too late."""

from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy import delete, func, select

from app.coaching.models import CoachProfile
from app.factory import handlers
from app.jobs.models import LongWork, WorkState
from app.jobs.progress import Cancelled, Reporter
from app.kernel.clock import now
from app.organisation.models import Assignment, PeopleImport, Person
from app.organisation.services.imports import rows
from tests.conftest import signed_in_client, work_through
from tests.organisation.lists import ANNA, BEA, CARLA, Desk, csv_of
from tests.organisation.people import invited, somebody
from tests.world import Role, add_role


@pytest.fixture
def desk(coordinator, work_through_queue):
    return Desk(coordinator, work_through_queue)


@pytest.fixture
def change(app, cast):
    """Do something with the person who has an address, as a unit of work of its own."""

    def do(email, work):
        with app.database.unit_of_work(cast.network) as unit:
            person = unit.scalar(select(Person).where(Person.email == email))
            work(unit, person)

    return do


def count(app, cast, kind=Person):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.scalar(select(func.count()).select_from(kind))


def import_in(app, cast, import_id):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.get_one(PeopleImport, (cast.network.id, import_id))


def last_state(app, cast):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.scalar(select(LongWork.state).order_by(LongWork.id.desc()).limit(1))


def test_what_changed_since_the_preview_is_looked_at_first(desk, app, cast):
    import_id = desk.checked(ANNA, BEA)
    with app.database.unit_of_work(cast.network):
        somebody("Anna", "Anders", ANNA[3])
    desk.apply(import_id)
    row = import_in(app, cast, import_id)
    assert row.applied_at is None
    assert row.overtaken_at is not None
    assert row.counts["changed"] == 1, "it was not judged anew"
    desk.apply(import_id)
    assert import_in(app, cast, import_id).applied_at is not None
    assert count(app, cast) == 10


def test_what_has_nothing_to_do_with_the_list_may_change(desk, app, cast):
    import_id = desk.checked(ANNA)
    with app.database.unit_of_work(cast.network):
        somebody("Zus", "Zomaar", "zus@elders.example")
    desk.apply(import_id)
    assert import_in(app, cast, import_id).applied_at is not None


def test_a_list_of_yesterday_means_something_else_today(desk, app, cast):
    with time_machine.travel(now(), tick=False) as clock:
        import_id = desk.checked(("Bea", "", "Bakker", "bea@linde.example", "De Linde", "leerkracht", "", ""))
        clock.shift(24 * 3600)
        desk.client = signed_in_client(app, cast["coordinator"])
        desk.apply(import_id)
    assert import_in(app, cast, import_id).overtaken_at is not None


def test_pressing_twice_applies_once(desk, app, cast):
    import_id = desk.checked(ANNA)
    url = f"/waterland/mensen/imports/{import_id}/toepassing"
    assert desk.client.post(url).status_code == 302
    assert desk.client.post(url).status_code == 409
    desk.work()
    assert desk.client.post(url).status_code == 409
    assert count(app, cast) == 9


def test_a_job_that_is_done_again_changes_nothing(desk, app, cast):
    import_id = desk.applied(ANNA)
    with app.database.unit_of_work(cast.network) as unit:
        work_ids = unit.scalars(select(LongWork.id).where(LongWork.subject_id == import_id)).all()
    (handler,) = [
        one
        for one in handlers(app.settings, app.database, app.postbox)
        if one.name == "organisation.work_on_import"
    ]
    for work_id in work_ids:
        handler.work(cast.network, work_id=work_id)
    assert count(app, cast) == 9


@pytest.mark.parametrize("stage", ["reading", "judging", "people", "roles"])
def test_cancel_leaves_nothing(desk, app, cast, monkeypatch, stage):
    import_id = desk.checked(ANNA, CARLA)

    def report(_reporter, reached, _fraction):
        if reached == stage:
            raise Cancelled

    monkeypatch.setattr(Reporter, "report", report)
    desk.apply(import_id)
    assert last_state(app, cast) == WorkState.CANCELLED
    assert count(app, cast) == 8
    assert import_in(app, cast, import_id).applied_at is None
    assert "Terug naar de lijst" in desk.client.get(f"/waterland/mensen/imports/{import_id}/voortgang").text


def test_cancel_is_heard(desk, app, cast):
    import_id = desk.checked(ANNA)
    desk.client.post(f"/waterland/mensen/imports/{import_id}/toepassing")
    desk.client.post(f"/waterland/mensen/imports/{import_id}/annulering")
    desk.work()
    assert last_state(app, cast) == WorkState.CANCELLED
    assert count(app, cast) == 8


def test_a_rule_of_the_database_keeps_all_of_it_out(desk, app, cast, monkeypatch):
    """The planted fault: without the lock and the second look, the constraint still refuses, and nothing stays."""
    import_id = desk.checked(ANNA, BEA)
    real = rows.add_rows

    def late(kind, given):
        ids = real(kind, given)
        if kind is Assignment:
            real(kind, given)  # the same roles again: nobody holds a role twice at once
        return ids

    monkeypatch.setattr("app.organisation.services.imports.applying.add_rows", late)
    desk.apply(import_id)
    assert last_state(app, cast) == WorkState.FAILED
    assert count(app, cast) == 8


@pytest.fixture
def two_desks(committed):
    app, cast = committed
    app.config["WTF_CSRF_ENABLED"] = False
    clients = [signed_in_client(app, cast["coordinator"]) for _ in range(2)]
    return app, cast, [Desk(client, lambda: work_through(app)) for client in clients]


def at_once(*works):
    start = Barrier(len(works))

    def begin(work):
        start.wait()
        work()

    threads = [Thread(target=begin, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_coordinators_press_apply_at_once(two_desks):
    app, cast, desks = two_desks
    import_id = desks[0].checked(ANNA, BEA)
    statuses = []

    def press(desk):
        statuses.append(desk.client.post(f"/waterland/mensen/imports/{import_id}/toepassing").status_code)

    at_once(*(lambda desk=desk: press(desk) for desk in desks))
    assert sorted(statuses) == [302, 409]
    work_through(app)
    assert count(app, cast) == 10


def test_two_lists_with_the_same_people_are_applied_at_once(two_desks):
    app, cast, desks = two_desks
    import_ids = [desk.checked(ANNA, BEA) for desk in desks]
    for desk, import_id in zip(desks, import_ids, strict=True):
        desk.client.post(f"/waterland/mensen/imports/{import_id}/toepassing")
    (handler,) = [
        one
        for one in handlers(app.settings, app.database, app.postbox)
        if one.name == "organisation.work_on_import"
    ]
    with app.database.unit_of_work(cast.network) as unit:
        work_ids = unit.scalars(select(LongWork.id).where(LongWork.ended_at.is_(None))).all()

    def work(work_id):
        with app.app_context():
            handler.work(cast.network, work_id=work_id)

    at_once(*(lambda work_id=work_id: work(work_id) for work_id in work_ids))
    assert count(app, cast) == 10
    rows = [import_in(app, cast, import_id) for import_id in import_ids]
    assert sorted(row.applied_at is not None for row in rows) == [False, True]
    assert [row.counts["unchanged"] for row in rows if row.applied_at is None] == [2]


def has_come_in(_unit, person):
    invited(person, accepted_at=now())


def has_profile(unit, person):
    unit.add(
        CoachProfile(
            person_id=person.id,
            kinds=["bo"],
            concepts=[],
            declared_boards=[],
            halfdays=[0],
            travel_limit=60,
            online=True,
            capacity=1,
        )
    )


def has_other_name(_unit, person):
    person.last_name = "Anders"


def has_other_role(_unit, person):
    add_role(person.id, Role.BILLING, None)


def has_other_days(unit, person):
    unit.query(Assignment).filter_by(person_id=person.id).one().until = "2030-01-01"


def is_gone(unit, person):
    unit.execute(delete(Person).where(Person.id == person.id))


@pytest.mark.parametrize(
    "built", [has_come_in, has_profile, has_other_name, has_other_role, has_other_days, is_gone]
)
def test_what_was_built_on_an_import_keeps_it_from_being_undone(desk, app, cast, change, built):
    import_id = desk.applied(ANNA, CARLA)
    change(CARLA[3], built)
    page = desk.client.get(f"/waterland/mensen/imports/{import_id}/herstel").text
    assert "Carla" in page or built is is_gone
    assert "kun je niet meer ongedaan maken" in page
    before = count(app, cast)
    desk.undo(import_id)
    assert count(app, cast) == before
    assert import_in(app, cast, import_id).undone_at is None


def test_what_comes_between_the_question_and_the_undoing_stops_it(desk, app, cast, change):
    import_id = desk.applied(ANNA)
    desk.client.post(f"/waterland/mensen/imports/{import_id}/herstel")
    change(ANNA[3], has_profile)
    desk.work()
    assert count(app, cast) == 9


def test_an_invitation_that_was_not_answered_goes_with_the_person(desk, app, cast, change):
    import_id = desk.applied(ANNA)
    change(ANNA[3], lambda _unit, person: invited(person))
    desk.undo(import_id)
    assert count(app, cast) == 8


def test_changed_people_may_get_more_but_not_other_things(desk, app, cast, change):
    desk.applied(ANNA)
    import_id = desk.applied(("Anna", "", "Smit", *ANNA[3:]))
    change(ANNA[3], has_other_role)
    desk.undo(import_id)
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.scalar(select(Person.last_name).where(Person.email == ANNA[3])) == "Vries"


def test_another_address_is_taken_back_only_as_long_as_it_is_free(desk, app, cast, change):
    desk.applied(ANNA)
    import_id = desk.applied((*ANNA[:3], "a.devries@wilgen.example", *ANNA[4:]))
    with app.database.unit_of_work(cast.network):
        somebody("Ander", "Iemand", ANNA[3])
    assert "Anna de Vries" in desk.client.get(f"/waterland/mensen/imports/{import_id}/herstel").text
    desk.undo(import_id)
    assert import_in(app, cast, import_id).undone_at is None


def test_a_mail_to_the_old_address_works_no_longer(desk, app, cast, change):
    desk.applied(ANNA)
    change(ANNA[3], lambda _unit, person: invited(person))
    desk.applied((*ANNA[:3], "a.devries@wilgen.example", *ANNA[4:]))
    with app.database.unit_of_work(cast.network) as unit:
        person = unit.scalar(select(Person).where(Person.email == "a.devries@wilgen.example"))
    assert desk.client.post(f"/waterland/mensen/{person.id}/uitnodiging/intrekking").status_code == 404


def forget(app):
    (handler,) = [
        one
        for one in handlers(app.settings, app.database, app.postbox)
        if one.name == "organisation.forget_imports"
    ]
    handler.work()


def test_after_thirty_days_no_name_is_kept(desk, app, cast):
    with time_machine.travel(now(), tick=False) as clock:
        import_id = desk.applied(ANNA)
        clock.shift(29 * 24 * 3600)
        forget(app)
        assert import_in(app, cast, import_id).forgotten_at is None
        clock.shift(2 * 24 * 3600)
        forget(app)
        desk.client = signed_in_client(app, cast["coordinator"])
        page = desk.page(import_id)
        assert page.status_code == 200
        assert "Anna" not in page.text
        assert "bewaren we niet meer" in page.text
        assert desk.client.get(f"/waterland/mensen/imports/{import_id}/foute-rijen").status_code == 404
        assert desk.client.get(f"/waterland/mensen/imports/{import_id}/herstel").status_code == 404
    row = import_in(app, cast, import_id)
    assert row.counts["new"] == 1, "that there was an import is forgotten too"


def test_a_dump_shows_nobody_of_a_list(desk, app, cast):
    import_id = desk.checked_file(csv_of(ANNA), "Lijst van Vries.csv")
    desk.apply(import_id)
    table = PeopleImport.__table__
    with app.database.unit_of_work(cast.network) as unit:
        kept = unit.connection().exec_driver_sql(f"SELECT * FROM people_import WHERE id = {import_id}").one()
    assert len(kept) == len(table.columns)
    assert "Vries" in import_in(app, cast, import_id).filename, "nothing was there to be found"
    assert b"Vries" not in b" ".join(
        value if isinstance(value, bytes) else str(value).encode() for value in kept
    )
