"""What the coordinator sees of all trajectories: how far they are, means of five people, and no word of anybody."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    CheckIn,
    Closure,
    Evaluation,
    Note,
    NoteKind,
    Outcome,
    TalkOutcome,
    Trajectory,
)
from app.coaching.queries import all_trajectories, benefit_by_round, counts_of
from app.coaching.queries.benefits import GivenAnswer, means_by_round
from app.coaching.services.trajectories import start_trajectory
from app.kernel.errors import Forbidden
from tests.coaching.agreements import add_goal, measure
from tests.coaching.rounds import open_small_round
from tests.coaching.talks import talk_in
from tests.coaching.trajectories import actors_of, matched, small_trajectory
from tests.organisation.pages import queries_of
from tests.world import add_person

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
CANARY = "kanarie-7f3a"
SCORES = {"practice": 4, "noticed": 2, "outside": 5, "worthwhile": 4}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def coordinator(app, cast):
    return actors_of(app, cast, "coordinator")["coordinator"]


def begun(unit, coachee, coach, days):
    """A trajectory that began so many days ago."""
    trajectory = Trajectory(coachee_id=coachee, coach_id=coach, started_at=NOW - timedelta(days=days))
    unit.add(trajectory)
    unit.flush()
    return trajectory


def test_what_is_silent_stands_on_top_then_what_is_quiet_and_what_is_closed_last(unit, cast, coordinator):
    coach = cast["coach"].person_id
    made = {
        days: begun(unit, add_person("Iemand", f"{100 - days:03}").id, coach, days)
        for days in (0, 29, 30, 59, 60, 90)
    }
    unit.add(Closure(trajectory_id=made[90].id, outcome="stopped", by_id=coach, closed_on=date(2026, 9, 1)))
    unit.flush()
    listed = all_trajectories(coordinator)
    days = {trajectory.id: days for days, trajectory in made.items()}
    assert [days[one.id] for one in listed] == [60, 59, 30, 29, 0, 90]
    assert counts_of(listed) == {"going": 5, "closed": 1, "quiet": 3, "silent": 1}


def test_a_talk_breaks_the_silence_also_one_that_is_planned(unit, cast, coordinator):
    silent = begun(unit, cast["ib"].person_id, cast["coach"].person_id, 90)
    assert all_trajectories(coordinator)[0].days_of_silence == 90
    held = talk_in(silent, -10)
    unit.add(TalkOutcome(talk_id=held.id, was_held=True, by_id=silent.coach_id))
    unit.flush()
    assert all_trajectories(coordinator)[0].days_of_silence == 10
    talk_in(silent, 10)
    assert all_trajectories(coordinator)[0].days_of_silence == 0


@pytest.mark.parametrize("who", ["ib", "coach"])
def test_only_the_coordinator_sees_them(app, cast, unit, who):
    actor = actors_of(app, cast, who)[who]
    for see in (lambda: all_trajectories(actor), lambda: benefit_by_round(actor)):
        with pytest.raises(Forbidden):
            see()


def test_no_text_of_the_two_is_on_a_page_of_the_coordinator(app, cast, as_):
    with app.database.unit_of_work(cast.network) as unit:
        trajectory = small_trajectory(cast)
        unit.add_all(
            [
                Note(trajectory_id=trajectory.id, side=1, kind=NoteKind.SHARED, text=CANARY),
                CheckIn(trajectory_id=trajectory.id, side=1, score=3, text=CANARY),
                Evaluation(trajectory_id=trajectory.id, side=2, text=CANARY, released_at=NOW, **SCORES),
            ]
        )
    client = as_(cast["coordinator"])
    pages = ["", "/opbrengst", f"/{trajectory.id}"]
    for page in pages:
        answer = client.get(f"/waterland/trajecten{page}")
        assert answer.status_code == 200
        assert CANARY not in answer.text
    for part in ("notities", "tussenstand", "afsluiting", "evaluatie"):
        assert client.get(f"/waterland/trajecten/{trajectory.id}/{part}").status_code == 403


def test_the_list_takes_as_many_queries_for_353_and_is_searched_in_parts(app, cast, as_):
    client = as_(cast["coordinator"])
    with app.database.unit_of_work(cast.network) as unit:
        begun(unit, cast["ib"].person_id, cast["coach"].person_id, 1)
    url = "/waterland/trajecten"
    client.get(url)
    short = queries_of(app, lambda: client.get(url))
    with app.database.unit_of_work(cast.network) as unit:
        for number in range(352):
            begun(unit, add_person("Nog", f"Iemand {number:03}").id, cast["coach"].person_id, number % 70)
    assert queries_of(app, lambda: client.get(url)) == short
    page = client.get(url).text
    assert "1–50 van 353" in page
    assert "after=50" in page
    found = client.get(f"{url}?q=iemand+007&show=going").text
    assert "Iemand 007" in found
    assert "Iemand 008" not in found
    assert "Fatima" not in client.get(f"{url}?show=closed").text


def test_without_any_the_page_says_what_it_is_for(cast, as_):
    client = as_(cast["coordinator"])
    assert "Er is nog geen traject begonnen" in client.get("/waterland/trajecten").text
    assert "Nog niets te vertellen" in client.get("/waterland/trajecten/opbrengst").text


def answers(*people, round_id=1, side=1, score=4, begin=0):
    return [
        GivenAnswer(round_id, side, person, NOW + timedelta(minutes=begin + number), {"score": score})
        for number, person in enumerate(people)
    ]


@pytest.mark.parametrize(
    ("people", "counted"),
    [
        ((1, 2, 3, 4), None),
        ((1, 1, 2, 2, 3, 3, 4, 4), None),
        ((1, 2, 3, 4, 5), 5),
        ((1, 1, 2, 3, 4, 5), 6),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9), 5),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 10),
    ],
)
def test_a_mean_is_of_five_people_and_of_five_more(people, counted):
    found = means_by_round(answers(*people), [1], (IB_SIDE, COACH_SIDE))[1][1]
    assert (found and found.answers) == counted


def test_rounds_and_sides_are_counted_apart():
    given = [
        *answers(1, 2, 3, 4, 5, score=5),
        *answers(1, 2, 3, round_id=2, score=1),
        *answers(1, 2, 3, 4, 5, side=2, score=2),
    ]
    found = means_by_round(given, [1, 2], (IB_SIDE, COACH_SIDE))
    assert found[1][1].scores == {"score": 5.0}
    assert found[1][2].scores == {"score": 2.0}
    assert found[2] == {1: None, 2: None}


@pytest.fixture
def five_closed(unit, cast):
    """Five IB'ers and their coaches in one round, all of whom said what came of it a week ago."""
    made = open_small_round()
    for number in range(5):
        coachee, coach = add_person("Ib", str(number)).id, add_person("Coach", str(number)).id
        match = matched(made, coachee, coach)
        trajectory = begun(unit, coachee, coach, 50)
        trajectory.match_id = match.id
        closed_at = NOW - timedelta(days=7)
        unit.add(
            Closure(
                trajectory_id=trajectory.id, outcome=Outcome.COMPLETED, by_id=coach,
                closed_on=closed_at.date(), at=closed_at,
            )
        )  # fmt: skip
        for side in (1, 2):
            unit.add(Evaluation(trajectory_id=trajectory.id, side=side, written_at=closed_at, **SCORES))
            if side == 1 or number:
                unit.add(CheckIn(trajectory_id=trajectory.id, side=side, score=4, at=closed_at))
    unit.flush()
    return made


def test_what_five_said_is_told_together(coordinator, five_closed):
    (found,) = benefit_by_round(coordinator)
    assert found.name == five_closed.name
    assert found.outcomes == {Outcome.COMPLETED: 5}
    for side in (1, 2):
        assert found.evaluations[side].scores == {name: float(score) for name, score in SCORES.items()}
        assert found.check_ins[side] is None  # of one trajectory only one of the two answered


def test_what_can_still_be_changed_is_not_told(unit, coordinator, five_closed):
    unit.query(Evaluation).filter_by(side=1).first().written_at = NOW - timedelta(days=6)
    (found,) = benefit_by_round(coordinator)
    assert found.evaluations[1] is None
    assert found.evaluations[2]


def test_levels_of_goals_are_told_of_five_owners_together(unit, cast, coordinator):
    made = open_small_round()
    for number in range(5):
        ib, coach = add_person("Iemand", f"ib{number}"), add_person("Iemand", f"coach{number}")
        trajectory = start_trajectory(matched(made, ib.id, coach.id))
        goal = add_goal(trajectory, fixed=True)
        measure(goal, "start", -2 + number % 2, NOW.date() - timedelta(days=8))
        measure(goal, "check_in", 0, NOW.date())
    levels = benefit_by_round(coordinator)[0].levels
    assert levels["start"].scores == {"level": -1.6}
    assert levels["check_in"] is None, "what was measured today can still be taken back"
    assert levels["end"] is None
