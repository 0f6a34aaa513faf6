"""A goal of an intention is worded, fixed and measured by its owner, and nobody else knows that it is there."""

from datetime import date, timedelta

import pytest
import time_machine

from app.goals.models import Goal, Measurement, Wording
from app.intervision.models import Intention, SessionReminder
from app.intervision.queries.goals import intention_goal, intention_goals_of
from app.intervision.queries.next_steps import next_steps_of
from app.intervision.services.goals import ask_what_stayed
from app.jobs.queue import enqueue
from app.kernel.clock import today
from app.kernel.errors import NotFound
from app.organisation.queries import actor_of
from tests.coaching.agreements import GOAL, measure
from tests.intervision.insiders import a_goal
from tests.intervision.seasons import a_group, a_season, a_session
from tests.intervision.test_harvest import EVERYBODY

DOORS = {
    "tekst": GOAL,
    "verwijdering": {},
    "vastlegging": {"wording_id": 1},
    "metingen": {"moment": "start", "level": 0},
    "metingen/intrekking": {"moment": "start"},
    "loslating": {},
    "loslating/opheffing": {},
}
BEGAN, ENDED = date(2026, 9, 1), date(2027, 6, 30)


@pytest.fixture
def place(app, cast):
    """Make a goal of what Fatima meant to do after a session of last week; of a season with these days."""

    def place(*, fixed=False, measured=(), season=None, **values):
        with app.database.unit_of_work(cast.network):
            group = a_group(a_season(**(season or {})), [cast["ib"].person_id, cast["colleague"].person_id])
            held = a_session(group, day=today() - timedelta(days=7))
            goal = a_goal(held, cast["ib"].person_id, fixed=fixed, **values)
            for moment, level, day in measured:
                measure(goal, moment, level, day)
            return goal.id

    return place


@pytest.fixture
def ib(as_, cast):
    return as_(cast["ib"])


def url_of(goal_id, part=""):
    return f"/waterland/intervisie/doelen/{goal_id}{part and '/'}{part}"


def at(client, goal_id, moment, level="0"):
    return client.post(url_of(goal_id, "metingen"), data={"moment": moment, "level": level})


def kept(app, cast, kind, **which):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(kind).filter_by(**which).count()


def wording_of(app, cast, goal_id):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(Wording.id).filter_by(goal_id=goal_id).scalar()


def test_she_alone_finds_it(app, as_, cast, place):
    goal_id = place()
    seen = set()
    with app.database.unit_of_work(cast.network):
        for key in EVERYBODY:
            actor = actor_of(cast[key].identity_id)
            try:
                seen |= {key} if actor and intention_goal(actor, goal_id) else set()
            except NotFound:
                continue
    assert seen == {"ib"}
    statuses = {key: as_(cast[key]).get(url_of(goal_id)).status_code for key in EVERYBODY}
    assert {key for key, status in statuses.items() if status == 200} == {"ib"}
    assert GOAL["text"] in as_(cast["ib"]).get("/waterland/intervisie").text
    assert GOAL["text"] not in as_(cast["colleague"]).get("/waterland/intervisie").text


@pytest.mark.parametrize(("path", "data"), DOORS.items())
@pytest.mark.parametrize("who", ["colleague", "coach", "coordinator", "leader"])
def test_nobody_else_touches_it(app, as_, cast, place, who, path, data):
    goal_id = place(fixed=path != "tekst")
    assert as_(cast[who]).post(url_of(goal_id, path), data=data).status_code in {403, 404}
    assert kept(app, cast, Wording, goal_id=goal_id) == 1
    assert kept(app, cast, Measurement) == 0


def test_she_words_it_again_fixes_it_as_she_saw_it_and_measures(app, cast, ib, place):
    goal_id = place()
    seen = wording_of(app, cast, goal_id)
    assert ib.post(url_of(goal_id, "tekst"), data=GOAL | {"target": "Drie gesprekken."}).status_code == 302
    assert ib.post(url_of(goal_id, "vastlegging"), data={"wording_id": seen}).status_code == 409
    assert at(ib, goal_id, "start").status_code == 409
    now = {"wording_id": wording_of(app, cast, goal_id)}
    assert ib.post(url_of(goal_id, "vastlegging"), data=now).status_code == 302
    assert ib.post(url_of(goal_id, "tekst"), data=GOAL).status_code == 409
    assert ib.post(url_of(goal_id, "verwijdering")).status_code == 409
    assert [at(ib, goal_id, moment).status_code for moment in ("end", "start", "check_in", "end")] == [
        409, 302, 302, 302,
    ]  # fmt: skip
    assert 'class="ladder__picture"' in ib.get(url_of(goal_id)).text
    assert kept(app, cast, Measurement, goal_id=goal_id) == 3


@pytest.mark.parametrize("missing", list(GOAL))
def test_a_level_that_is_empty_comes_back_with_what_was_typed(ib, place, missing):
    answer = ib.post(url_of(place(), "tekst"), data=GOAL | {missing: " "})
    assert answer.status_code == 422
    assert f'href="#field-{missing}"' in answer.text


@pytest.mark.parametrize("data", [{}, {"moment": "start", "level": 3}, {"moment": "ooit", "level": 0}])
def test_a_measurement_that_says_nothing_is_refused(app, cast, ib, place, data):
    assert ib.post(url_of(place(fixed=True), "metingen"), data=data).status_code == 422
    assert kept(app, cast, Measurement) == 0


def test_a_draft_is_thrown_away_and_the_intention_stays(app, cast, ib, place):
    goal_id = place()
    assert ib.post(url_of(goal_id, "verwijdering")).status_code == 302
    assert kept(app, cast, Goal) == 0
    assert kept(app, cast, Intention, goal_id=None) == 1


def test_a_mistake_is_taken_back_and_letting_go_too(app, cast, ib, place):
    goal_id = place(fixed=True)
    at(ib, goal_id, "start", "2")
    assert ib.post(url_of(goal_id, "metingen/intrekking"), data={"moment": "start"}).status_code == 302
    assert ib.post(url_of(goal_id, "loslating")).status_code == 302
    assert at(ib, goal_id, "start").status_code == 409
    assert ib.post(url_of(goal_id, "loslating/opheffing")).status_code == 302
    assert at(ib, goal_id, "start").status_code == 302


@pytest.mark.parametrize(
    ("measured", "check_in_days", "waits"),
    [
        ((), None, True),
        (("start",), None, False),
        (("start",), 1, False),
        (("start",), 0, True),
        (("start",), -1, False),
        (("start", "check_in"), 0, False),
        (("start", "check_in", "end"), 0, False),
    ],
)
def test_it_waits_at_the_start_and_from_her_check_on(app, cast, ib, place, measured, check_in_days, waits):
    check_on = None if check_in_days is None else today() + timedelta(days=check_in_days)
    begun = today() - timedelta(days=1)
    goal_id = place(fixed=True, measured=[(one, 0, begun) for one in measured], check_on=check_on)
    with app.database.unit_of_work(cast.network):
        steps = next_steps_of(actor_of(cast["ib"].identity_id))
    assert list(steps.goals) == ([goal_id] if waits else [])
    assert ("Geef aan waar je staat met je doel" in ib.get("/waterland/intervisie").text) == waits


@pytest.mark.parametrize(
    ("measured", "day", "moment"),
    [
        (["start"], "2027-07-01", "end"),
        (["start", "end"], "2027-02-11", None),
        (["start", "end"], "2027-02-12", "after_6_weeks"),
        (["start", "end"], "2027-07-03", "after_6_months"),
        (["start"], "2027-08-12", "after_6_weeks"),
        ([], "2027-07-01", None),
    ],
)
def test_it_is_over_with_her_last_measurement_or_with_the_season(app, cast, place, measured, day, moment):
    days = {"start": date(2026, 10, 1), "end": date(2027, 1, 1)}
    with time_machine.travel("2026-10-08 09:00:00+00:00"):
        place(fixed=True, measured=[(one, 0, days[one]) for one in measured], season=lasting())
    with time_machine.travel(f"{day} 09:00:00+00:00"), app.database.unit_of_work(cast.network):
        (one,) = intention_goals_of(actor_of(cast["ib"].identity_id))
        assert one.open_moment == moment
        assert one.waits == (moment is not None)


def lasting():
    return {"starts_on": BEGAN, "ends_on": ENDED, "join_until": date(2026, 9, 15)}


def test_after_the_season_no_goal_is_made_or_fixed(app, as_, cast, place):
    with time_machine.travel("2026-10-08 09:00:00+00:00"):
        goal_id = place(season=lasting())
    with time_machine.travel("2027-07-01 09:00:00+00:00"):
        ib, fixing = as_(cast["ib"]), {"wording_id": wording_of(app, cast, goal_id)}
        assert ib.post(url_of(goal_id, "vastlegging"), data=fixing).status_code == 409
        assert ib.post(url_of(goal_id, "tekst"), data=GOAL).status_code == 409
        assert ib.post(url_of(goal_id, "verwijdering")).status_code == 302
        with app.database.unit_of_work(cast.network) as unit:
            intention_id = unit.query(Intention.id).scalar()
        making = f"/waterland/intervisie/voornemens/{intention_id}/doel"
        assert ib.post(making, data=GOAL).status_code == 409
        assert ib.get(making).status_code == 302


def test_she_is_asked_after_six_weeks_and_six_months_once_each(
    app, cast, place, work_through_queue, kept_mails
):
    with time_machine.travel("2026-10-08 09:00:00+00:00"):
        measured = [("start", -2, date(2026, 10, 8)), ("end", 1, date(2027, 1, 1))]
        goal_id = place(fixed=True, measured=measured, season=lasting())
    sent = []
    for day in ("2027-02-11", "2027-02-12", "2027-02-13", "2027-07-01", "2027-07-02", "2027-07-03"):
        with time_machine.travel(f"{day} 09:00:00+00:00"):
            with app.database.unit_of_work(cast.network):
                ask_what_stayed()
            sent.append(work_through_queue().count("intervision.ask_what_stayed"))
    assert sent == [0, 1, 0, 0, 1, 0]
    mails = kept_mails()
    assert [mail.recipient for mail in mails] == [cast["ib"].email] * 2
    assert url_of(goal_id) in mails[0].body
    assert "Zes weken geleden" in mails[0].body
    assert "Een half jaar geleden" in mails[1].body
    assert not any(said in mail.subject + mail.body for said in GOAL.values() for mail in mails)
    assert kept(app, cast, SessionReminder) == 2


def test_who_said_it_already_gets_no_mail(app, as_, cast, place, work_through_queue, kept_mails):
    with time_machine.travel("2026-10-08 09:00:00+00:00"):
        measured = [("start", -2, date(2026, 10, 8)), ("end", 1, date(2027, 1, 1))]
        goal_id = place(fixed=True, measured=measured, season=lasting())
    with time_machine.travel("2027-02-12 09:00:00+00:00"):
        assert at(as_(cast["ib"]), goal_id, "after_6_weeks", "1").status_code == 302
        with app.database.unit_of_work(cast.network) as unit:
            ask_what_stayed()
            intention = unit.query(Intention).one()
            asked = SessionReminder(
                session_id=intention.session_id, person_id=intention.person_id, about="goal_6w"
            )
            unit.add(asked)
            unit.flush()
            enqueue("intervision.ask_what_stayed", reminder_id=asked.id)
        work_through_queue()
    assert kept_mails() == []
