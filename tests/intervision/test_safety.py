"""The agreement, and a pulse of which nobody can tell who said what."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import text

from app.intervision.models import IntervisionSession, PulseCount, PulseGiven
from app.intervision.queries import pulse_of, session_by_id
from app.intervision.services.follow_up import ask_pulses
from app.intervision.services.safety import give_pulse
from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.permissions import Role
from tests.intervision.insiders import a_guest, absent, agreed
from tests.intervision.seasons import a_group, a_season, a_session
from tests.world import add_person

ANSWERS = {"statement_1": 4, "statement_2": 2, "statement_3": 5}
EVERYBODY = (
    "ib",
    "colleague",
    "coach",
    "coordinator",
    "leader",
    "other_leader",
    "teacher",
    "billing",
    "stranger",
)


def held_session(cast, others=0):
    """A session of yesterday: Fatima, Marloes and some others."""
    people = [cast["ib"].person_id, cast["colleague"].person_id]
    people += [add_person("Iemand", str(number)).id for number in range(others)]
    return a_session(a_group(a_season(), people), day=today() - timedelta(days=1))


@pytest.fixture
def held(app, cast):
    with app.database.unit_of_work(cast.network):
        return held_session(cast).id


def page_of(session_id):
    return f"/waterland/intervisie/bijeenkomsten/{session_id}/veiligheid"


def session_in(unit, cast, session_id):
    return unit.get_one(IntervisionSession, (cast.network.id, session_id))


def test_the_page_is_for_the_group_its_guests_and_the_coordinator(app, as_, cast, held):
    statuses = {key: as_(cast[key]).get(page_of(held)).status_code for key in EVERYBODY}
    assert {key for key, status in statuses.items() if status == 200} == {"ib", "colleague", "coordinator"}
    with app.database.unit_of_work(cast.network) as unit:
        a_guest(session_in(unit, cast, held), cast["coach"].person_id)
    assert as_(cast["coach"]).get(page_of(held)).status_code == 200


def test_members_see_who_agreed_and_the_coordinator_only_how_many(as_, cast, held):
    as_(cast["ib"]).post(f"{page_of(held)}/afspraak")
    as_(cast["ib"]).post(f"{page_of(held)}/afspraak")
    mine = as_(cast["ib"]).get(page_of(held)).text
    assert "Marloes Dijkstra" in mine
    coordinator = as_(cast["coordinator"]).get(page_of(held)).text
    assert "Akkoord: 1 van de 2 mensen." in coordinator
    assert "Fatima" not in coordinator
    for key in ("coordinator", "leader", "teacher", "coach"):
        assert as_(cast[key]).post(f"{page_of(held)}/afspraak").status_code == 403


def test_a_pulse_is_given_once_by_who_was_there(app, as_, cast, held):
    url = f"{page_of(held)}/peiling"
    assert as_(cast["ib"]).post(url, data=ANSWERS).status_code == 302
    assert as_(cast["ib"]).post(url, data=ANSWERS).status_code == 409
    with app.database.unit_of_work(cast.network) as unit:
        absent(session_in(unit, cast, held), cast["colleague"].person_id)
    assert as_(cast["colleague"]).post(url, data=ANSWERS).status_code == 403
    for key in ("coach", "coordinator", "leader", "teacher", "billing"):
        assert as_(cast[key]).post(url, data=ANSWERS).status_code == 403


@pytest.mark.parametrize("data", [{}, ANSWERS | {"statement_2": 6}, ANSWERS | {"statement_3": "x"}])
def test_every_statement_is_asked_for(as_, cast, held, data):
    answer = as_(cast["ib"]).post(f"{page_of(held)}/peiling", data=data)
    assert answer.status_code == 422
    assert "Kies een van de vijf antwoorden." in answer.text


@pytest.mark.parametrize(("days", "status"), [(-3, 409), (0, 302), (7, 302), (8, 409)])
def test_it_is_open_for_a_week_from_the_end_of_the_session(app, as_, cast, held, days, status):
    evening = datetime.combine(today() - timedelta(days=1), time(20), UTC)
    with time_machine.travel(evening + timedelta(days=days), tick=False):
        assert as_(cast["ib"]).post(f"{page_of(held)}/peiling", data=ANSWERS).status_code == status


def give(session_id, person_id, answers):
    """Somebody's answers, as the form would give them."""

    give_pulse(Actor(person_id, "Iemand", frozenset({Role.IB})), session_id, answers)


def test_it_is_shown_once_it_is_closed_and_from_five_answers_on(app, as_, cast):
    with app.database.unit_of_work(cast.network) as unit:
        session = held_session(cast, others=4)
        members = [row.person_id for row in unit.execute(text("SELECT person_id FROM booking ORDER BY seat"))]
        for person_id in members[2:]:
            give(session.id, person_id, ANSWERS)
        give(session.id, members[1], ANSWERS | {"statement_1": 1})
        assert pulse_of(session_by_id(session.id)).spread is None  # five answers, and still open
        session_id = session.id
    page = as_(cast["coordinator"]).get(page_of(session_id)).text
    assert "weinig" not in page
    assert as_(cast["ib"]).post(f"{page_of(session_id)}/peiling", data=ANSWERS).status_code == 302
    with app.database.unit_of_work(cast.network):
        assert pulse_of(session_by_id(session_id)).spread == [
            [1, 0, 0, 5, 0],
            [0, 6, 0, 0, 0],
            [0, 0, 0, 0, 6],
        ]
    for key in ("ib", "coordinator"):
        assert "weinig" in as_(cast[key]).get(page_of(session_id)).text


def test_four_answers_are_never_shown(app, as_, cast):
    with app.database.unit_of_work(cast.network) as unit:
        session = held_session(cast, others=2)
        members = [row.person_id for row in unit.execute(text("SELECT person_id FROM booking"))]
        for person_id in members:
            give(session.id, person_id, ANSWERS)
        found = pulse_of(session_by_id(session.id))
        assert (found.is_closed, found.spread) == (True, None)
        session_id = session.id
    assert "Te weinig antwoorden" in as_(cast["ib"]).get(page_of(session_id)).text


def test_nothing_in_the_tables_tells_whose_an_answer_was(app, as_, cast, held):
    """Neither the order of ids, nor a time, nor the transaction that wrote a row last, nor the trail."""
    as_(cast["ib"]).post(f"{page_of(held)}/peiling", data=ANSWERS)
    with app.database.unit_of_work(cast.network) as unit:
        first = {(row.statement, row.answer): row.id for row in unit.query(PulseCount)}
    as_(cast["colleague"]).post(f"{page_of(held)}/peiling", data=ANSWERS | {"statement_1": 1})
    with app.database.unit_of_work(cast.network) as unit:
        counts = {(row.statement, row.answer): row for row in unit.query(PulseCount)}
        assert {key: row.id for key, row in counts.items()} == first
        assert sorted(first) == sorted(first, key=lambda key: first[key])
        assert counts[1, 1].number == counts[1, 4].number == 1
        assert counts[2, 2].number == 2
        assert unit.execute(text("SELECT count(DISTINCT xmin::text) FROM pulse_count")).scalar() == 1
        kinds = {str(column.type) for table in (PulseCount, PulseGiven) for column in table.__table__.columns}
        assert kinds == {"BIGINT", "SMALLINT"}
        trail = unit.scalars(
            text("SELECT action || subject || subject_id FROM audit_entry WHERE action LIKE '%pulse%'")
        )
        assert list(trail) == [f"answer safety pulseintervision_session{held}"] * 2


def test_who_agreed_is_kept_for_the_group_and_counts_for_its_next_sessions(app, as_, cast, held):
    with app.database.unit_of_work(cast.network) as unit:
        agreed(session_in(unit, cast, held), cast["ib"].person_id)
    assert "Ik ben akkoord" not in as_(cast["ib"]).get(page_of(held)).text


def test_who_was_there_is_asked_once_the_day_after(app, as_, cast, held, work_through_queue, kept_mails):
    as_(cast["ib"]).post(f"{page_of(held)}/peiling", data=ANSWERS)
    with app.database.unit_of_work(cast.network) as unit:
        a_guest(session_in(unit, cast, held), cast["coach"].person_id)
        a_guest(session_in(unit, cast, held), cast["leader"].person_id, seat=7)
        absent(session_in(unit, cast, held), cast["leader"].person_id)
    for _again in range(2):
        with app.database.unit_of_work(cast.network):
            ask_pulses()
        work_through_queue()
    mails = kept_mails()
    assert {mail.recipient for mail in mails} == {cast["colleague"].email, cast["coach"].email}
    assert len(mails) == 2
    assert mails[0].subject == "Een halve minuut over je intervisie"
    assert f"{page_of(held)}\n" in mails[0].body


@pytest.mark.parametrize(("days", "asked"), [(0, 0), (1, 2), (3, 2), (4, 0)])
def test_nobody_is_asked_on_the_day_itself_nor_long_after(
    app, cast, days, asked, work_through_queue, kept_mails
):
    with app.database.unit_of_work(cast.network):
        people = [cast["ib"].person_id, cast["colleague"].person_id]
        a_session(a_group(a_season(), people), day=today() - timedelta(days=days))
        ask_pulses()
    work_through_queue()
    assert len(kept_mails()) == asked
