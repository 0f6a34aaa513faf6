"""What people take home: an intention for her alone, a learning point for the group, and one question afterwards."""

import html
from datetime import date, timedelta

import pytest

from app.factory import handlers
from app.goals.models import Goal
from app.intervision.models import (
    Intention,
    IntentionOutcome,
    IntervisionGroup,
    IntervisionSession,
    LearningPoint,
    Pledge,
    SessionReminder,
)
from app.intervision.services.follow_up import ask_due_intentions
from app.kernel.clock import now, today
from tests.coaching.agreements import GOAL
from tests.intervision.insiders import a_guest, absent, agreed, an_intention
from tests.intervision.seasons import a_group, a_season, a_session

CANARY = "kanarie-8e2f"
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
TOMORROW = str(today() + timedelta(days=1))


@pytest.fixture
def held(app, cast):
    """The id of a session that was held yesterday: Fatima, Marloes, and Joost as their guest; all of them agreed."""
    with app.database.unit_of_work(cast.network):
        group = a_group(a_season(), [cast["ib"].person_id, cast["colleague"].person_id])
        session = a_session(group, day=today() - timedelta(days=1))
        a_guest(session, cast["coach"].person_id)
        agreed(group, *(cast[key].person_id for key in ("ib", "colleague", "coach")))
        return session.id


@pytest.fixture
def url(held):
    return f"/waterland/intervisie/bijeenkomsten/{held}/oogst"


def readers(as_, cast, url):
    return {key for key in EVERYBODY if CANARY in as_(cast[key]).get(url).text}


def session_in(unit, cast, session_id):

    return unit.get_one(IntervisionSession, (cast.network.id, session_id))


def test_an_intention_is_read_by_her_alone(as_, cast, url):
    assert as_(cast["ib"]).post(f"{url}/voornemen", data={"intention": CANARY}).status_code == 302
    assert readers(as_, cast, url) == {"ib"}


def test_a_learning_point_is_read_by_the_group_and_its_guests(app, as_, cast, url, held):
    form = {"learned": CANARY, "look_back_on": TOMORROW}
    assert as_(cast["colleague"]).post(f"{url}/leerpunt", data=form).status_code == 302
    assert readers(as_, cast, url) == {"ib", "colleague", "coach"}
    with app.database.unit_of_work(cast.network) as unit:
        absent(session_in(unit, cast, held), cast["ib"].person_id)
    assert readers(as_, cast, url) == {"ib", "colleague", "coach"}
    assert as_(cast["ib"]).post(f"{url}/leerpunt", data=form).status_code == 403
    assert as_(cast["ib"]).post(f"{url}/voornemen", data={"intention": "x"}).status_code == 403


def test_who_did_not_agree_reads_and_writes_nothing(app, as_, cast, url):
    as_(cast["colleague"]).post(f"{url}/leerpunt", data={"learned": CANARY})
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(Pledge).filter_by(person_id=cast["ib"].person_id).delete()
    assert CANARY not in as_(cast["ib"]).get(url).text
    assert as_(cast["ib"]).post(f"{url}/voornemen", data={"intention": "x"}).status_code == 409


def test_before_the_session_there_is_nothing_to_write(app, as_, cast):
    with app.database.unit_of_work(cast.network):
        session_id = a_session(a_group(a_season(), [cast["ib"].person_id, cast["colleague"].person_id])).id
    url = f"/waterland/intervisie/bijeenkomsten/{session_id}/oogst"
    assert "Voor het eind van de bijeenkomst" in as_(cast["ib"]).get(url).text
    assert as_(cast["ib"]).post(f"{url}/voornemen", data={"intention": "x"}).status_code == 409


def test_who_read_another_version_is_told_and_keeps_what_she_typed(as_, cast, url):
    as_(cast["colleague"]).post(f"{url}/leerpunt", data={"learned": "Van Marloes"})
    answer = as_(cast["ib"]).post(f"{url}/leerpunt", data={"learned": "Van Fatima", "version": ""})
    assert answer.status_code == 422
    assert "Van Marloes" in answer.text
    assert "Van Fatima" in answer.text
    version = html.unescape(answer.text.split('name="version" value="')[1].split('"')[0])
    again = {"learned": "Van ons", "version": version}
    assert as_(cast["ib"]).post(f"{url}/leerpunt", data=again).status_code == 302


@pytest.mark.parametrize(
    ("part", "data", "said"),
    [
        ("voornemen", {}, "Schrijf op wat je gaat doen."),
        ("voornemen", {"intention": "x" * 1001}, "hooguit 1.000 tekens"),
        ("voornemen", {"intention": "Blijft", "check_on": "ooit"}, "23-11-2026"),
        ("voornemen", {"intention": "Blijft", "check_on": "2020-01-01"}, "Kies een dag na de bijeenkomst."),
        ("voornemen", {"intention": "Blijft", "check_on": "2090-01-01"}, "Kies een dag tot en met 31 juli"),
        ("voornemen", {"intention": "Van 12-03-2016"}, "geboortedatum"),
        ("leerpunt", {}, "Schrijf eerst iets op."),
        ("leerpunt", {"learned": "Blijft", "look_back_on": "2020-01-01"}, "Kies een dag na de bijeenkomst."),
        ("leerpunt", {"learned": "Blijft", "look_back_on": "2090-01-01"}, "Kies een dag tot en met 31 juli"),
        ("leerpunt", {"learned": "Van 12-03-2016"}, "geboortedatum"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(as_, cast, url, part, data, said):
    answer = as_(cast["ib"]).post(f"{url}/{part}", data=data)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert next(iter(data.values()), "") in answer.text


def intention_of(app, cast, key="ib"):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(Intention).filter_by(person_id=cast[key].person_id).one().id


def test_what_became_of_it_is_said_and_read_by_her_alone(app, as_, cast, url):
    as_(cast["ib"]).post(f"{url}/voornemen", data={"intention": CANARY})
    own = f"/waterland/intervisie/voornemens/{intention_of(app, cast)}"
    statuses = {key: as_(cast[key]).get(own).status_code for key in EVERYBODY}
    assert {key for key, status in statuses.items() if status == 200} == {"ib"}
    assert as_(cast["ib"]).post(own, data={"outcome": "great"}).status_code == 422
    done = {"outcome": "partly", "reflection": "Het hielp"}
    assert as_(cast["ib"]).post(own, data=done).status_code == 302
    assert as_(cast["colleague"]).post(own, data=done).status_code == 404
    assert "Het hielp" in as_(cast["ib"]).get(own).text
    assert as_(cast["ib"]).post(f"{url}/voornemen", data={"intention": "Anders"}).status_code == 409


def test_a_goal_is_made_of_it_once_and_only_she_reads_it(app, as_, cast, url):
    as_(cast["ib"]).post(f"{url}/voornemen", data={"intention": CANARY})
    own = f"/waterland/intervisie/voornemens/{intention_of(app, cast)}/doel"
    assert CANARY in as_(cast["ib"]).get(own).text
    assert as_(cast["ib"]).post(own, data={"text": "x"}).status_code == 422
    assert as_(cast["colleague"]).post(own, data=GOAL).status_code == 404
    assert as_(cast["ib"]).post(own, data=GOAL).status_code == 302
    assert as_(cast["ib"]).post(own, data=GOAL).status_code == 409
    assert GOAL["text"] in as_(cast["ib"]).get(own.removesuffix("/doel")).text
    assert as_(cast["ib"]).get(own, follow_redirects=True).status_code == 200
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(Goal).one().owner_id == cast["ib"].person_id


def test_at_the_next_session_she_sees_what_she_meant_to_do(app, as_, cast, held):
    with app.database.unit_of_work(cast.network) as unit:
        session = session_in(unit, cast, held)

        group = unit.get_one(IntervisionGroup, (cast.network.id, session.group_id))
        before = a_session(group, 2, day=today() - timedelta(days=20))
        an_intention(before, cast["ib"].person_id, CANARY)
    url = f"/waterland/intervisie/bijeenkomsten/{held}/oogst"
    assert "Vorige keer nam je je dit voor" in as_(cast["ib"]).get(url).text
    assert readers(as_, cast, url) == {"ib"}


@pytest.mark.parametrize(
    ("check_on", "next_in", "outcome", "asked"),
    [
        (today(), None, None, True),
        (today() + timedelta(days=1), None, None, False),
        (None, 2, None, True),
        (None, 5, None, False),
        (today() + timedelta(days=30), 2, None, True),
        (None, None, None, False),
        (today(), 2, IntentionOutcome.DONE, False),
    ],
)
def test_she_is_asked_once_on_her_day_or_before_her_next_session(
    app, cast, held, check_on, next_in, outcome, asked, work_through_queue, kept_mails
):
    with app.database.unit_of_work(cast.network) as unit:
        session = session_in(unit, cast, held)
        values = {"check_on": check_on, "outcome": outcome, "followed_up_at": now() if outcome else None}
        an_intention(session, cast["ib"].person_id, CANARY, **values)
        if next_in:
            group = unit.get_one(IntervisionGroup, (cast.network.id, session.group_id))
            a_session(group, 2, day=today() + timedelta(days=next_in))
    for _night in range(2):
        with app.database.unit_of_work(cast.network):
            ask_due_intentions()
    work_through_queue()
    mails = kept_mails()
    assert [mail.recipient for mail in mails] == ([cast["ib"].email] if asked else [])
    assert not any(CANARY in mail.subject + mail.body for mail in mails)
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(SessionReminder).count() == int(asked)


def test_the_follow_up_is_a_step_that_the_worker_knows(app):
    names = {one.name for one in handlers(app.settings, app.database, app.postbox)}
    assert {"intervision.follow_up", "intervision.ask_intention", "intervision.forget_expired"} <= names


def test_the_day_that_is_suggested_is_that_of_the_next_session(app, as_, cast, url, held):
    with app.database.unit_of_work(cast.network) as unit:
        session = session_in(unit, cast, held)
        group = unit.get_one(IntervisionGroup, (cast.network.id, session.group_id))
        a_session(group, 2, day=date(today().year + 1, 3, 4))
        assert unit.query(LearningPoint).count() == 0
    assert f'value="{today().year + 1}-03-04"' in as_(cast["ib"]).get(url).text
