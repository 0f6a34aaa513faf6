"""Lead a session: begin, pause, more time, next, back and end; and two who press at once."""

import threading

import pytest
import time_machine
from sqlalchemy import event

from app.intervision.models import Booking, BookingState, RoleTaken, Run, SessionCancellation, SessionRole
from app.intervision.services.running import begin_run, next_step, pause_run
from app.kernel.audit import AuditEntry
from app.kernel.clock import now
from app.kernel.errors import Conflict, Forbidden, NotFound
from app.organisation.queries import actor_of
from tests.intervision.running import a_session_now

URL = "/waterland/intervisie/bijeenkomsten/{}/werkvorm"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def meeting(app, cast):
    with app.database.unit_of_work(cast.network):
        return a_session_now(cast, guests=["colleague"])


@pytest.fixture
def ib(as_, cast):
    return as_(cast["ib"])


@pytest.fixture
def press(ib, meeting):
    """Press a button of the screen that shows a revision."""

    def send(what, revision, **fields):
        url = f"{URL.format(meeting.session_id)}/{what}"
        return ib.post(url, data={"revision": revision, **fields}, headers=HTMX)

    return send


@pytest.fixture
def begun(ib, meeting):
    answer = ib.post(URL.format(meeting.session_id), data={"method": "incident"})
    assert answer.status_code == 302
    return meeting


def run_of(app, cast, meeting):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(Run).filter_by(session_id=meeting.session_id).one_or_none()


def test_beginning_shows_the_first_step_and_keeps_the_roles(app, cast, begun, ib):
    run = run_of(app, cast, begun)
    assert (run.method, run.step, run.revision, run.ended_at) == ("incident", 0, 0, None)
    assert 290 <= (run.step_ends_at - now()).total_seconds() <= 300
    page = ib.get(URL.format(begun.session_id)).text
    assert "Stap 1 van 7" in page
    assert "Terugblik" in page
    with app.database.unit_of_work(cast.network) as unit:
        roles = unit.query(RoleTaken).filter_by(session_id=begun.session_id).all()
        assert {role.role for role in roles} == set(SessionRole)
        assert len({role.person_id for role in roles}) == 3


def test_who_begins_second_changes_nothing(app, cast, begun, as_):
    as_(cast["coach"]).post(URL.format(begun.session_id), data={"method": "hats"})
    assert run_of(app, cast, begun).method == "incident"


def test_pause_and_go_on(app, cast, begun, press):
    assert "Gepauzeerd" in press("pauze", 0).text
    run = run_of(app, cast, begun)
    assert run.step_ends_at is None
    assert 290 <= run.seconds_left <= 300
    press("pauze/opheffing", 1)
    run = run_of(app, cast, begun)
    assert run.seconds_left is None
    assert run.revision == 2


@pytest.mark.parametrize("minutes", [2, 5])
def test_more_time(app, cast, begun, press, minutes):
    press("tijd", 0, minutes=minutes)
    left = (run_of(app, cast, begun).step_ends_at - now()).total_seconds()
    assert (5 + minutes) * 60 - 10 <= left <= (5 + minutes) * 60


@pytest.mark.parametrize("minutes", [0, 3, 60, "x", ""])
def test_other_amounts_of_time_are_refused(app, cast, begun, press, minutes):
    assert press("tijd", 0, minutes=minutes).status_code == 422
    assert run_of(app, cast, begun).revision == 0


def test_back_gives_a_step_the_time_that_it_had_left(app, cast, begun, press):
    press("tijd", 0, minutes=2)
    press("volgende", 1)
    assert run_of(app, cast, begun).step == 1
    press("vorige", 2)
    run = run_of(app, cast, begun)
    assert run.step == 0
    assert 410 <= (run.step_ends_at - now()).total_seconds() <= 420


def test_before_the_first_step_there_is_nothing(app, cast, begun, press):
    press("vorige", 0)
    assert run_of(app, cast, begun).revision == 0


def test_after_the_last_step_it_is_over_and_can_be_taken_back(app, cast, begun, press):
    answers = [press("volgende", revision) for revision in range(7)]
    assert "Dat was het" in answers[-1].text
    run = run_of(app, cast, begun)
    assert run.ended_at is not None
    assert (run.step, run.step_ends_at, run.seconds_left) == (7, None, None)
    press("volgende", 7)
    press("pauze", 7)
    press("tijd", 7, minutes=2)
    assert run_of(app, cast, begun).revision == 7
    press("vorige", 7)
    run = run_of(app, cast, begun)
    assert (run.step, run.ended_at) == (6, None)


def test_it_can_end_before_all_steps_are_done_and_go_on_there(app, cast, begun, press):
    press("volgende", 0)
    press("einde", 1)
    assert run_of(app, cast, begun).ended_at is not None
    press("vorige", 2)
    run = run_of(app, cast, begun)
    assert (run.step, run.ended_at) == (1, None)


def test_a_press_on_an_older_screen_changes_nothing_and_shows_how_it_stands(app, cast, begun, press):
    press("volgende", 0)
    answer = press("volgende", 0)
    assert "Iemand anders drukte net voor jou" in answer.text
    assert "Stap 2 van 7" in answer.text
    run = run_of(app, cast, begun)
    assert (run.step, run.revision) == (1, 1)


def test_two_who_press_at_once_go_one_step_on(committed):
    app, cast = committed
    with app.database.unit_of_work(cast.network):
        meeting = a_session_now(cast)
        begin_run(actor_of(cast["ib"].identity_id), meeting.session_id, "incident")
    ready, changed = threading.Barrier(2), []

    def go_on(key):
        with app.app_context(), app.database.unit_of_work(cast.network):
            actor = actor_of(cast[key].identity_id)
            ready.wait(timeout=10)
            changed.append(next_step(actor, meeting.session_id, 0))

    threads = [threading.Thread(target=go_on, args=(key,)) for key in ("ib", "coach")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(changed) == [False, True]
    run = run_of(app, cast, meeting)
    assert (run.step, run.revision) == (1, 1)


def test_screens_that_ask_hear_nothing_until_somebody_presses(begun, ib, press):
    url = f"{URL.format(begun.session_id)}/stand"
    assert ib.get(f"{url}?revision=0", headers=HTMX).status_code == 204
    press("volgende", 0)
    answer = ib.get(f"{url}?revision=0", headers=HTMX)
    assert answer.status_code == 200
    assert "Stap 2 van 7" in answer.text
    assert "<html" not in answer.text


def test_a_screen_that_waits_sees_that_somebody_began(meeting, ib):
    url = f"{URL.format(meeting.session_id)}/stand"
    assert ib.get(f"{url}?revision=", headers=HTMX).status_code == 204
    ib.post(URL.format(meeting.session_id), data={"method": "incident"})
    assert "Stap 1 van 7" in ib.get(f"{url}?revision=", headers=HTMX).text


def test_asking_takes_few_statements(app, begun, ib):
    asked = []

    def keep(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(app.database.connection, "before_cursor_execute", keep)
    answer = ib.get(f"{URL.format(begun.session_id)}/stand?revision=0", headers=HTMX)
    event.remove(app.database.connection, "before_cursor_execute", keep)
    assert answer.status_code == 204
    assert (
        len([statement for statement in asked if statement.startswith("SELECT") and " FROM " in statement])
        <= 5
    )


def test_without_script_the_same_buttons_bring_back_the_page(begun, ib):
    answer = ib.post(f"{URL.format(begun.session_id)}/volgende", data={"revision": 0})
    assert answer.status_code == 302
    assert "Stap 2 van 7" in ib.get(answer.location).text
    assert ib.get(f"{URL.format(begun.session_id)}/stand?revision=0").status_code == 302


@pytest.mark.parametrize(("hours", "may"), [(-2, False), (-0.45, True), (0, True), (5.9, True), (6.1, False)])
def test_it_can_be_led_from_half_an_hour_before_until_hours_after(app, cast, as_, meeting, hours, may):
    login = cast["ib"].identity_id
    with time_machine.travel(now().timestamp() + hours * 3600), app.database.unit_of_work(cast.network):
        actor = actor_of(login)
        if may:
            begin_run(actor, meeting.session_id, "incident")
        else:
            with pytest.raises(Conflict):
                begin_run(actor, meeting.session_id, "incident")


def test_a_session_that_was_called_off_can_not_be_led(app, cast, meeting, ib):
    with app.database.unit_of_work(cast.network) as unit:
        unit.add(SessionCancellation(session_id=meeting.session_id, by_id=0))
    assert ib.post(URL.format(meeting.session_id), data={"method": "incident"}).status_code == 409


def test_who_pressed_is_in_the_audit_trail_by_id(app, cast, begun, press):
    press("pauze", 0)
    with app.database.unit_of_work(cast.network) as unit:
        actions = unit.query(AuditEntry.action, AuditEntry.person_id).filter_by(subject="run").all()
    assert ("pause run", cast["ib"].person_id) in actions


INSIDE = {
    "ib": None,
    "coach": None,
    "colleague": None,  # a guest with a seat
    "coordinator": Forbidden,
    "leader": Forbidden,
    "teacher": Forbidden,
    "billing": Forbidden,
}


@pytest.mark.parametrize(("key", "refusal"), INSIDE.items())
def test_only_who_has_a_seat_leads(app, cast, begun, key, refusal):
    with app.database.unit_of_work(cast.network):
        actor = actor_of(cast[key].identity_id)
        if refusal is None:
            assert pause_run(actor, begun.session_id, 0)
        else:
            with pytest.raises(refusal):
                pause_run(actor, begun.session_id, 0)


@pytest.mark.parametrize("state", [BookingState.GIVEN_BACK, BookingState.WAITING])
def test_a_member_without_a_seat_may_not(app, cast, begun, as_, state):
    with app.database.unit_of_work(cast.network) as unit:
        booking = unit.query(Booking).filter_by(person_id=cast["coach"].person_id).one()
        booking.state, booking.seat = state, None
    client = as_(cast["coach"])
    for url in ("", "/stand?revision=0"):
        assert client.get(URL.format(begun.session_id) + url, headers=HTMX).status_code == 403
    assert client.post(f"{URL.format(begun.session_id)}/pauze", data={"revision": 0}).status_code == 403


def test_who_can_not_know_of_a_session_gets_not_found(app, cast):
    with app.database.unit_of_work(cast.network):
        meeting = a_session_now(cast, open_seats=0)
        with pytest.raises(NotFound):
            pause_run(actor_of(cast["colleague"].identity_id), meeting.session_id, 0)


def test_once_it_was_ended_the_harvest_comes_next_and_not_the_screen(ib, begun, press):
    pages = [f"/waterland/intervisie/bijeenkomsten/{begun.session_id}{part}" for part in ("", "/leiden")]
    screen = f'href="{URL.format(begun.session_id)}"'
    assert all(screen in ib.get(page).text for page in pages)
    press("einde", 0)
    for page in pages:
        shown = ib.get(page).text
        assert screen not in shown
        assert "Naar de oogst" in shown
