"""When the two are asked how it goes, by mail and on the page; and who gets which mail."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from app.coaching.models import Outcome, TalkOutcome, Trajectory
from app.coaching.queries import talk_counts
from app.coaching.services.check_ins import (
    answer_check_in,
    ask_due_check_ins,
    check_in_due,
    remind_check_ins,
)
from app.coaching.services.closures import close_trajectory, create_rematch
from app.factory import handlers
from tests.coaching.talks import talk_in
from tests.coaching.trajectories import actors_of, small_trajectory

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 9, 1, 9, tzinfo=AMSTERDAM)
END = date(2027, 7, 31)
CANARY = "kanarie-7f3a"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def actors(app, cast):
    return actors_of(app, cast, "ib", "coach")


@pytest.fixture
def begun(app, cast):
    """The id of a trajectory that began today."""
    with app.database.unit_of_work(cast.network):
        trajectory = small_trajectory(cast)
        trajectory.started_at = START
        return trajectory.id


@pytest.mark.parametrize(
    ("talks", "held", "on", "ends_on", "due"),
    [
        (6, 2, date(2026, 10, 1), END, False),
        (6, 3, date(2026, 10, 1), END, True),
        (12, 3, date(2026, 10, 1), END, True),
        (3, 1, date(2026, 10, 1), END, False),
        (3, 2, date(2026, 10, 1), END, True),
        (6, 0, date(2027, 2, 13), END, False),
        (6, 0, date(2027, 2, 14), END, True),
        (6, 0, date(2027, 2, 13), None, False),
        (6, 0, date(2027, 2, 14), None, True),
    ],
)
def test_it_is_time_after_the_third_talk_or_halfway(talks, held, on, ends_on, due):
    trajectory = Trajectory(talks=talks, started_at=START)
    assert check_in_due(trajectory, held, ends_on=ends_on, on=on) is due


def ask(app, cast, trajectory_id, held):
    """So many talks of the trajectory were held by now; then the job does its work."""
    with app.database.unit_of_work(cast.network) as unit:
        trajectory = unit.get_one(Trajectory, (cast.network.id, trajectory_id))
        for number in range(talk_counts([trajectory_id])[trajectory_id].held, held):
            talk = talk_in(trajectory, -2 * (number + 1))
            unit.add(TalkOutcome(talk_id=talk.id, was_held=True, by_id=trajectory.coach_id))
            unit.flush()
        ask_due_check_ins()
        remind_check_ins()


def test_both_are_asked_once_and_who_is_silent_is_reminded_once(
    app, cast, actors, begun, clock, work_through_queue, kept_mails
):
    def told():
        work_through_queue()
        return [mail.recipient.split("@")[0] for mail in kept_mails()]

    ask(app, cast, begun, 2)
    assert told() == []
    ask(app, cast, begun, 3)
    ask(app, cast, begun, 4)
    assert told() == ["ib", "coach"]
    with app.database.unit_of_work(cast.network):
        answer_check_in(actors["ib"], begun, {"score": 4, "text": CANARY, "not_about_pupil": False})
    clock.shift(timedelta(days=8))
    ask(app, cast, begun, 4)
    ask(app, cast, begun, 4)
    assert told() == ["ib", "coach", "coach"]
    assert not any(CANARY in mail.body + mail.subject for mail in kept_mails())


def test_who_answers_first_calls_the_other(app, cast, actors, begun, work_through_queue, kept_mails):
    with app.database.unit_of_work(cast.network):
        answer_check_in(actors["coach"], begun, {"score": 4, "text": None, "not_about_pupil": False})
    work_through_queue()
    assert [mail.recipient for mail in kept_mails()] == [cast["ib"].email]


def test_once_it_is_closed_nobody_is_asked(app, cast, actors, begun, work_through_queue, kept_mails):
    with app.database.unit_of_work(cast.network):
        close_trajectory(actors["ib"], begun, Outcome.COMPLETED)
    ask(app, cast, begun, 6)
    work_through_queue()
    assert [mail.subject for mail in kept_mails()] == ["Jullie traject is afgesloten"]


def test_a_closure_is_told_to_the_other_and_another_coach_to_the_coordinator(
    app, cast, actors, begun, work_through_queue, kept_mails
):
    with app.database.unit_of_work(cast.network):
        close_trajectory(actors["ib"], begun, Outcome.STOPPED)
        create_rematch(actors["ib"], begun)
    work_through_queue()
    closed, again = kept_mails()
    assert (closed.recipient, again.recipient) == (cast["coach"].email, cast["coordinator"].email)
    assert "gestopt" not in closed.body + again.body


def test_the_page_asks_who_has_not_answered(app, as_, cast, begun):
    page = f"/waterland/trajecten/{begun}"
    question = "Een goed moment om te kijken hoe het gaat"
    assert question not in as_(cast["ib"]).get(page).text
    ask(app, cast, begun, 3)
    for who in ("ib", "coach"):
        assert question in as_(cast[who]).get(page).text
    assert question not in as_(cast["coordinator"]).get(page).text
    as_(cast["ib"]).post(f"{page}/tussenstand", data={"score": 5})
    assert question not in as_(cast["ib"]).get(page).text
    assert "De ander heeft al geantwoord" in as_(cast["coach"]).get(page).text


def test_the_daily_job_asks_in_every_network_that_may_change(app, cast, begun, clock, work_through_queue):
    clock.move_to(datetime(2027, 3, 1, 9, tzinfo=AMSTERDAM))
    by_name = {one.name: one for one in handlers(app.settings, app.database, app.postbox)}
    by_name["coaching.follow_up_everywhere"].work()
    assert work_through_queue().count("coaching.ask_check_in") == 2
