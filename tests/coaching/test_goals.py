"""Both write a goal, the IB'er fixes and measures it, and what stays is asked for after the closure."""

from contextlib import suppress
from datetime import date

import pytest
import time_machine

from app.coaching.models import AskedMeasurement, Closure, Trajectory, TrajectoryGoal
from app.coaching.queries import measured_levels, trajectory_of_goal
from app.coaching.services.retention import ask_due_measurements
from app.goals.models import Goal, GoalEnd, Measurement, Wording
from app.goals.queries import goals_where
from app.jobs.queue import enqueue
from app.kernel.errors import NotFound
from tests.coaching.agreements import GOAL, add_goal, add_trajectory, measure
from tests.coaching.test_agreements import actors  # noqa: F401 - a fixture

CLOSED_ON = date(2026, 6, 1)


@pytest.fixture
def trajectory_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return add_trajectory(cast).id


@pytest.fixture
def goal_id(app, cast, trajectory_id):
    """A goal that was fixed."""
    with app.database.unit_of_work(cast.network) as unit:
        return add_goal(unit.get_one(Trajectory, (cast.network.id, trajectory_id)), fixed=True).id


@pytest.fixture
def draft_id(app, cast, trajectory_id):
    with app.database.unit_of_work(cast.network) as unit:
        return add_goal(unit.get_one(Trajectory, (cast.network.id, trajectory_id))).id


@pytest.fixture
def ib(as_, cast):
    return as_(cast["ib"])


@pytest.fixture
def coach(as_, cast):
    return as_(cast["coach"])


@pytest.fixture
def close(app, cast, trajectory_id):
    def close(outcome="completed", on=CLOSED_ON):
        with app.database.unit_of_work(cast.network) as unit:
            unit.add(Closure(trajectory_id=trajectory_id, outcome=outcome, by_id=1, closed_on=on))

    return close


@pytest.fixture
def started(app, cast, goal_id):
    """The goal was measured at the start."""
    with app.database.unit_of_work(cast.network) as unit:
        measure(unit.get_one(Goal, (cast.network.id, goal_id)), "start", -2, date(2026, 2, 1))
    return goal_id


def at(client, goal_id, moment, level="0"):
    return client.post(f"/waterland/doelen/{goal_id}/metingen", data={"moment": moment, "level": level})


def kept(app, cast, kind, **which):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(kind).filter_by(**which).count()


def wording_of(app, cast, goal_id):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(Wording.id).filter_by(goal_id=goal_id).scalar()


def test_a_goal_is_found_by_the_two_alone(unit, cast, actors):  # noqa: F811 - the fixture
    goal = add_goal(add_trajectory(cast))
    seen = set()
    for key, actor in actors.items():
        with suppress(NotFound):
            seen |= {key} if trajectory_of_goal(actor, goal.id) else set()
    assert seen == {"ib", "coach"}


@pytest.mark.parametrize(
    ("who", "status"),
    [("ib", 302), ("coach", 302), ("colleague", 404), ("coordinator", 403), ("leader", 403)],
)
def test_both_write_goals_for_the_coachee(app, as_, cast, trajectory_id, who, status):
    answer = as_(cast[who]).post(f"/waterland/trajecten/{trajectory_id}/doelen", data=GOAL)
    assert answer.status_code == status
    assert kept(app, cast, Goal, owner_id=cast["ib"].person_id) == (status == 302)
    assert kept(app, cast, TrajectoryGoal) == (status == 302)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("vastlegging", {"wording_id": 1}),
        ("metingen", {"moment": "start", "level": 0}),
        ("metingen/intrekking", {"moment": "start"}),
        ("loslating", {}),
        ("loslating/opheffing", {}),
    ],
)
@pytest.mark.parametrize(("who", "status"), [("coach", 403), ("colleague", 404), ("coordinator", 403)])
def test_only_the_coachee_fixes_and_measures(as_, cast, goal_id, who, status, path, data):
    assert as_(cast[who]).post(f"/waterland/doelen/{goal_id}/{path}", data=data).status_code == status


@pytest.mark.parametrize("missing", list(GOAL))
def test_a_goal_needs_all_its_levels(app, cast, ib, trajectory_id, missing):
    answer = ib.post(f"/waterland/trajecten/{trajectory_id}/doelen", data=GOAL | {missing: " "})
    assert answer.status_code == 422
    assert f'href="#field-{missing}"' in answer.text
    assert all(text in answer.text for name, text in GOAL.items() if name != missing)
    assert kept(app, cast, Goal) == 0


def test_what_looks_like_a_pupil_is_not_kept_unless_she_says_it_is_not(app, cast, ib, trajectory_id):
    url, about = f"/waterland/trajecten/{trajectory_id}/doelen", {"target": "Leerlingnummer 1234567 leest"}
    answer = ib.post(url, data=GOAL | about)
    assert answer.status_code == 422
    assert "Dit gaat niet over een leerling" in answer.text
    assert ib.post(url, data=GOAL | about | {"not_about_pupil": "1"}).status_code == 302


def test_a_draft_is_changed_by_both_and_fixed_as_she_saw_it(app, cast, ib, coach, draft_id):
    seen = wording_of(app, cast, draft_id)
    changed = GOAL | {"target": "Drie gesprekken per week."}
    assert coach.post(f"/waterland/doelen/{draft_id}", data=changed).status_code == 302
    answer = ib.post(f"/waterland/doelen/{draft_id}/vastlegging", data={"wording_id": seen})
    assert answer.status_code == 409
    assert "zojuist gewijzigd" in answer.text
    now = {"wording_id": wording_of(app, cast, draft_id)}
    assert ib.post(f"/waterland/doelen/{draft_id}/vastlegging", data=now).status_code == 302


def test_what_was_fixed_can_not_be_changed_or_deleted(app, cast, ib, coach, goal_id):
    for client in (ib, coach):
        assert client.post(f"/waterland/doelen/{goal_id}", data=GOAL).status_code == 409
        assert client.post(f"/waterland/doelen/{goal_id}/verwijdering").status_code == 409
        assert client.get(f"/waterland/doelen/{goal_id}").status_code == 302
    assert kept(app, cast, Wording, goal_id=goal_id) == 1


def test_a_draft_can_be_deleted(app, cast, coach, draft_id):
    assert coach.post(f"/waterland/doelen/{draft_id}/verwijdering").status_code == 302
    assert kept(app, cast, Goal, id=draft_id) == 0


def test_it_is_measured_in_turn(ib, goal_id):
    assert [at(ib, goal_id, moment).status_code for moment in ("check_in", "end", "after_6_weeks")] == [
        409
    ] * 3
    assert [at(ib, goal_id, moment).status_code for moment in ("start", "check_in", "end")] == [302] * 3
    assert at(ib, goal_id, "after_6_weeks").status_code == 409


def test_a_moment_is_measured_once(app, cast, ib, started):
    answer = at(ib, started, "start", "2")
    assert answer.status_code == 409
    assert "al aangegeven" in answer.text
    assert kept(app, cast, Measurement) == 1


def test_a_draft_is_not_measured(ib, draft_id):
    answer = at(ib, draft_id, "start")
    assert answer.status_code == 409
    assert "Leg eerst de treden van dit doel vast" in answer.text


@pytest.mark.parametrize(
    "data", [{}, {"moment": "start"}, {"moment": "start", "level": 3}, {"moment": "ooit", "level": 0}]
)
def test_a_measurement_that_says_nothing(app, cast, ib, goal_id, data):
    assert ib.post(f"/waterland/doelen/{goal_id}/metingen", data=data).status_code == 422
    assert kept(app, cast, Measurement) == 0


def test_a_mistake_is_taken_back_on_the_same_day(app, cast, ib, goal_id):
    at(ib, goal_id, "start", "2")
    back = f"/waterland/doelen/{goal_id}/metingen/intrekking"
    assert ib.post(back, data={"moment": "start"}).status_code == 302
    assert at(ib, goal_id, "start", "-2").status_code == 302
    assert kept(app, cast, Measurement, level=-2) == 1


def test_what_was_measured_on_another_day_stays(app, cast, ib, started):
    back = f"/waterland/doelen/{started}/metingen/intrekking"
    assert ib.post(back, data={"moment": "start"}).status_code == 409
    assert kept(app, cast, Measurement) == 1


def test_a_goal_that_was_let_go_of_is_measured_no_more_until_it_is_taken_up(app, cast, ib, started):
    ib.post(f"/waterland/doelen/{started}/loslating")
    assert at(ib, started, "check_in").status_code == 409
    assert "Losgelaten" in ib.get(f"/waterland/doelen/{started}", follow_redirects=True).text
    ib.post(f"/waterland/doelen/{started}/loslating/opheffing")
    assert at(ib, started, "check_in").status_code == 302
    assert kept(app, cast, GoalEnd) == 0


def test_a_closed_coaching_gets_no_new_goals(ib, close, trajectory_id, draft_id, app, cast):
    close()
    assert ib.post(f"/waterland/trajecten/{trajectory_id}/doelen", data=GOAL).status_code == 409
    assert ib.post(f"/waterland/doelen/{draft_id}", data=GOAL).status_code == 409
    fixing = {"wording_id": wording_of(app, cast, draft_id)}
    assert ib.post(f"/waterland/doelen/{draft_id}/vastlegging", data=fixing).status_code == 409


@pytest.fixture
def follow_up(app, cast, work_through_queue):
    """The morning of a day."""

    def follow_up(day):
        with time_machine.travel(f"{day} 08:00:00+00:00"):
            with app.database.unit_of_work(cast.network):
                enqueue("coaching.follow_up")
            return [job for job in work_through_queue() if job == "coaching.ask_measurement"]

    return follow_up


def test_she_is_asked_after_six_weeks_and_six_months_once_each(
    close, started, follow_up, kept_mails, cast, trajectory_id
):
    close()
    days = ("2026-07-12", "2026-07-13", "2026-07-14", "2026-11-29", "2026-11-30", "2026-12-01")
    assert [len(follow_up(day)) for day in days] == [0, 1, 0, 0, 1, 0]
    mails = kept_mails()
    assert [mail.recipient for mail in mails] == [cast["ib"].email] * 2
    assert f"/waterland/trajecten/{trajectory_id}/afspraken" in mails[0].body
    assert "Zes weken geleden" in mails[0].body
    assert "Een half jaar geleden" in mails[1].body
    assert not any(said in mail.subject + mail.body for said in GOAL.values() for mail in mails)


def test_asking_twice_at_once_sends_one_mail(app, cast, close, started, work_through_queue, kept_mails):
    close()
    with time_machine.travel("2026-07-13 08:00:00+00:00"):
        for _time in range(2):
            with app.database.unit_of_work(cast.network):
                ask_due_measurements()
        with app.database.unit_of_work(cast.network) as unit:
            enqueue("coaching.ask_measurement", asked_id=unit.query(AskedMeasurement.id).scalar())
        work_through_queue()
    assert len(kept_mails()) == 1


def test_who_answered_already_is_not_asked(as_, cast, close, started, follow_up):
    close()
    with time_machine.travel("2026-07-13 06:00:00+00:00"):
        assert at(as_(cast["ib"]), started, "after_6_weeks", "1").status_code == 302
    assert follow_up("2026-07-13") == []


def test_nothing_is_asked_without_a_start_or_when_somebody_else_took_over(close, started, goal_id, follow_up):
    close(outcome="handed_over")
    assert follow_up("2026-07-13") == []


def test_a_goal_without_a_start_is_not_asked_for(close, goal_id, follow_up):
    close()
    assert follow_up("2026-07-13") == []


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-06-02", "Aan het eind"), ("2026-07-20", "Na zes weken"), ("2026-12-01", "Na zes maanden")],
)
def test_what_stayed_is_measured_on_the_page_after_the_closure(
    as_, cast, close, started, trajectory_id, day, said
):
    close()
    with time_machine.travel(f"{day} 08:00:00+00:00"):
        page = as_(cast["ib"]).get(f"/waterland/trajecten/{trajectory_id}/afspraken").text
    assert "Beklijft het?" in page
    assert said in page


def test_numbers_about_many_get_bare_levels(unit, cast):
    trajectory = add_trajectory(cast)
    goal = add_goal(trajectory, fixed=True)
    measure(goal, "start", -2)
    measure(goal, "end", 1)
    rows = measured_levels(Trajectory.id == trajectory.id)
    assert [row[:3] for row in rows] == [(trajectory.id, "start", -2), (trajectory.id, "end", 1)]
    assert measured_levels(Trajectory.id == trajectory.id + 1) == []


def test_goals_are_read_in_two_queries_however_many_there_are(unit, cast):
    trajectory = add_trajectory(cast)
    for _number in range(3):
        measure(add_goal(trajectory, fixed=True), "start", -1)
    goals = goals_where(Goal.owner_id == trajectory.coachee_id)
    assert [one.levels[0] for one in goals] == [GOAL["target"]] * 3
    assert [[one.level for one in goal.measurements] for goal in goals] == [[-1]] * 3
