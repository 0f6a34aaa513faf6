"""What is kept of coaching is deleted when it was said to be, in every network, and nothing else."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.coaching import models
from app.coaching.models import (
    CheckIn,
    Closure,
    CoachingRequest,
    Evaluation,
    Note,
    NoteKind,
    Trajectory,
)
from app.coaching.retention import CONFIDENTIAL
from app.coaching.services.trajectories import start_trajectory
from app.factory import handlers
from app.goals.models import TEXTS, Measurement, Wording
from app.kernel.permissions import Role
from app.kernel.privacy.retention import kept_until, over_since
from app.organisation.models import NetworkSettings
from app.organisation.queries import actor_of
from app.organisation.services.settings import choose_retention
from tenants.base import Base, EncryptedText
from tests.coaching.agreements import add_goal, measure
from tests.coaching.rounds import ask, open_small_round
from tests.coaching.talks import trajectory_of_cast
from tests.coaching.trajectories import matched, small_trajectory
from tests.world import add_person, add_role

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LAST_NIGHT = datetime(2028, 7, 31, 4, 50, tzinfo=AMSTERDAM)
FIRST_NIGHT = datetime(2028, 8, 1, 4, 50, tzinfo=AMSTERDAM)
LAST_DAY, NEXT_YEAR = date(2027, 7, 31), date(2027, 8, 1)
SECRET = "kanarie-7f3a"
SCORES = {"practice": 4, "noticed": 2, "outside": 5, "worthwhile": 4}


def forget(app):
    by_name = {one.name: one for one in handlers(app.settings, app.database, app.postbox)}
    by_name["coaching.forget_expired"].work()


def choose_years(app, cast, years):
    """The coordinator chooses how long texts are kept."""
    with app.database.unit_of_work(cast.network):
        choose_retention(actor_of(cast["coordinator"].person_id), years)


def fill(unit, trajectory):
    """A text in each of the places of a trajectory."""
    unit.add_all(
        [
            Note(trajectory_id=trajectory.id, side=1, kind=NoteKind.OWN, text=SECRET),
            CheckIn(trajectory_id=trajectory.id, side=1, score=3, text=SECRET),
            Evaluation(trajectory_id=trajectory.id, side=2, text=SECRET, **SCORES),
        ]
    )


def close(unit, trajectory, day):
    unit.add(Closure(trajectory_id=trajectory.id, outcome="completed", by_id=1, closed_on=day))


def texts_of(unit, trajectory):
    """Which texts of a trajectory are left, of how many rows."""
    of_this = {"trajectory_id": trajectory.id}
    notes, check_ins, evaluations = (
        unit.query(row).filter_by(**of_this).all() for row in (Note, CheckIn, Evaluation)
    )
    left = [row.text for row in (*notes, *check_ins, *evaluations)]
    return left.count(SECRET), len(check_ins) + len(evaluations)


@pytest.fixture
def trajectories(app, cast):
    """One closed on the last day of a school year, one a day later, and one that goes on; each with its texts."""
    with app.database.unit_of_work(cast.network) as unit:
        made = [small_trajectory(cast, name) for name in ("oud", "jong", "loopt")]
        for trajectory in made:
            fill(unit, trajectory)
        close(unit, made[0], LAST_DAY)
        close(unit, made[1], NEXT_YEAR)
    return made


def test_a_text_is_kept_for_the_school_year_after_the_one_of_the_closure():
    assert kept_until(LAST_DAY, 1) == date(2028, 7, 31)
    assert kept_until(NEXT_YEAR, 1) == date(2029, 7, 31)
    assert kept_until(LAST_DAY, 3) == date(2030, 7, 31)
    assert over_since(FIRST_NIGHT.date(), 1) == NEXT_YEAR
    assert over_since(LAST_NIGHT.date(), 1) == date(2026, 8, 1)
    assert over_since(FIRST_NIGHT.date(), 3) == date(2025, 8, 1)


@pytest.mark.parametrize(
    ("night", "left"),
    [(LAST_NIGHT, [(3, 2), (3, 2), (3, 2)]), (FIRST_NIGHT, [(0, 2), (3, 2), (3, 2)])],
)
def test_a_night_deletes_what_was_kept_long_enough_and_nothing_else(app, cast, trajectories, night, left):
    with time_machine.travel(night, tick=False):
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        assert [texts_of(unit, trajectory) for trajectory in trajectories] == left
        assert unit.query(Trajectory).count() == 3
        assert unit.query(Closure).count() == 2


@pytest.mark.parametrize(("years", "last_year"), [(2, 2029), (3, 2030)])
def test_a_network_that_chose_to_keep_texts_longer_keeps_them_so_long_and_no_day_longer(
    app, cast, trajectories, years, last_year
):
    choose_years(app, cast, years)
    for night, left in ((LAST_NIGHT, 3), (FIRST_NIGHT, 0)):
        with time_machine.travel(night.replace(year=last_year), tick=False):
            forget(app)
        with app.database.unit_of_work(cast.network) as unit:
            assert texts_of(unit, trajectories[0])[0] == left
            assert texts_of(unit, trajectories[2])[0] == 3


def test_another_network_keeps_its_own_period(app, cast, trajectories):
    with app.database.unit_of_work(cast.other_network) as unit:
        unit.add(NetworkSettings(school_years=3, by_id=0, at=LAST_NIGHT))
    with time_machine.travel(FIRST_NIGHT, tick=False):
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        assert texts_of(unit, trajectories[0])[0] == 0


def test_a_shorter_period_holds_from_the_next_night(app, cast, trajectories):
    choose_years(app, cast, 3)
    choose_years(app, cast, 1)
    with time_machine.travel(FIRST_NIGHT, tick=False):
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(NetworkSettings).count() == 1
        assert texts_of(unit, trajectories[0])[0] == 0


def test_the_pages_say_how_long_texts_of_this_network_stay(app, cast, as_):
    choose_years(app, cast, 2)
    with app.database.unit_of_work(cast.network) as unit:
        trajectory = trajectory_of_cast(cast)
    notes = f"/waterland/trajecten/{trajectory.id}/notities"
    assert "2 schooljaren" in as_(cast["ib"]).get(notes).text
    with app.database.unit_of_work(cast.network) as unit:
        close(unit, trajectory, LAST_DAY)
    assert "31 juli 2029" in as_(cast["ib"]).get(notes).text
    assert "31 juli 2029" in as_(cast["coach"]).get(f"/waterland/trajecten/{trajectory.id}/afsluiting").text


@pytest.mark.parametrize("wrong", ["", "0", "4", "altijd"])
def test_a_period_is_one_to_three_school_years(app, cast, as_, wrong):
    page = as_(cast["coordinator"]).post(
        "/waterland/instellingen/bewaartermijn", data={"school_years": wrong}
    )
    assert page.status_code == 422
    assert "Kies hoeveel schooljaren" in page.text
    with pytest.raises(IntegrityError), app.database.unit_of_work(cast.network) as unit:
        unit.add(NetworkSettings(school_years=4, by_id=0, at=LAST_NIGHT))


def test_also_in_a_network_that_pays_no_more(app, cast, trajectories):
    with app.database.global_unit() as unit:
        unit.execute(text("UPDATE tenant SET standing = 'read_only'"))
    with time_machine.travel(FIRST_NIGHT, tick=False):
        forget(app)
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        assert texts_of(unit, trajectories[0])[0] == 0


@pytest.mark.parametrize(
    ("closures", "left"),
    [
        ([LAST_DAY], False),
        ([NEXT_YEAR], True),
        ([None], True),
        ([LAST_DAY, NEXT_YEAR], True),
        ([LAST_DAY, None], True),
    ],
)
def test_a_question_goes_with_all_the_coaching_that_followed(app, cast, closures, left):
    with app.database.unit_of_work(cast.network) as unit:
        first = small_trajectory(cast)
        match = unit.query(models.Match).one()
        request = unit.query(CoachingRequest).one()
        request.question = SECRET
        made = [first]
        if len(closures) > 1:
            match.ended_at, match.ending = LAST_NIGHT, "closed"
            unit.flush()
            second = matched_again(unit, cast, match)
            made.append(start_trajectory(second))
        for trajectory, day in zip(made, closures, strict=True):
            if day:
                close(unit, trajectory, day)
    with time_machine.travel(FIRST_NIGHT, tick=False):
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        assert (unit.query(CoachingRequest).one().question == SECRET) is left


def matched_again(unit, cast, match):
    """Another coach for the same request."""
    coach = add_person("Nieuwe", "Coach")
    add_role(coach.id, Role.COACH, None)
    unit.add(models.CoachOffer(round_id=match.round_id, coach_id=coach.id, capacity=1))
    unit.flush()
    made = models.Match(
        round_id=match.round_id, request_id=match.request_id, coachee_id=match.coachee_id, coach_id=coach.id,
        capacity=1, place=1, score=1, detail={},
    )  # fmt: skip
    unit.add(made)
    unit.flush()
    return made


@pytest.mark.parametrize(("ends_on", "left"), [(LAST_DAY, False), (NEXT_YEAR, True)])
def test_a_question_without_coaching_goes_with_its_round(app, cast, ends_on, left):
    with app.database.unit_of_work(cast.network) as unit:
        made = open_small_round()
        made.ends_on = ends_on
        ask(made.id, cast["ib"].person_id, question=SECRET)
    with time_machine.travel(FIRST_NIGHT, tick=False):
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        assert (unit.query(CoachingRequest).one().question == SECRET) is left


def test_a_pair_that_never_began_is_no_coaching(app, cast):
    with app.database.unit_of_work(cast.network) as unit:
        made = open_small_round()
        made.ends_on = LAST_DAY
        matched(made, cast["ib"].person_id, cast["coach"].person_id)
        unit.query(CoachingRequest).one().question = SECRET
    with time_machine.travel(FIRST_NIGHT, tick=False):
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(CoachingRequest).one().question is None


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
def test_a_note_that_was_thrown_away_is_deleted_after_a_day(app, cast, hours, left):
    with app.database.unit_of_work(cast.network) as unit:
        trajectory = small_trajectory(cast)
        thrown = FIRST_NIGHT - timedelta(hours=hours)
        unit.add(
            Note(trajectory_id=trajectory.id, side=1, kind=NoteKind.OWN, text=SECRET, thrown_away_at=thrown)
        )
    with time_machine.travel(FIRST_NIGHT, tick=False):
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(Note).count() == left


@pytest.fixture
def goals(app, cast, trajectories):
    """A goal of each trajectory, fixed and measured, and a draft of the first."""
    with app.database.unit_of_work(cast.network):
        made = [add_goal(one, fixed=True, text=SECRET) for one in trajectories]
        for goal in made:
            measure(goal, "start", -1)
        add_goal(trajectories[0], text=SECRET)
    return made


def test_what_a_goal_says_goes_with_the_other_texts_and_what_was_measured_stays(app, cast, goals):
    with time_machine.travel(FIRST_NIGHT, tick=False):
        forget(app)
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        wordings = {one.goal_id: one for one in unit.query(Wording)}
        assert len(wordings) == 4
        assert [wordings[goal.id].text for goal in goals] == [None, SECRET, SECRET]
        assert [wordings[goal.id].forgotten_on for goal in goals] == [FIRST_NIGHT.date(), None, None]
        gone = [one for one in wordings.values() if one.forgotten_on]
        assert {getattr(one, name) for one in gone for name in TEXTS} == {None}
        assert len(gone) == 2
        assert unit.query(Measurement).filter_by(level=-1).count() == 3


def test_a_goal_without_text_says_since_when(app, cast, as_):
    with app.database.unit_of_work(cast.network) as unit:
        trajectory = trajectory_of_cast(cast)
        measure(add_goal(trajectory, fixed=True, text=SECRET), "start", -1)
        close(unit, trajectory, LAST_DAY)
    with time_machine.travel(FIRST_NIGHT, tick=False):
        forget(app)
        page = as_(cast["ib"]).get(f"/waterland/trajecten/{trajectory.id}/afspraken").text
    assert "Tekst gewist op 1 augustus 2028" in page
    assert SECRET not in page
    assert "Dit doel loslaten" not in page


FORGOTTEN_BELOW = {"appointment.place", *(f"wording.{name}" for name in TEXTS)}
"""Of what coaching uses: see the tests above for goals, and those of the agenda."""


def sealed_columns(*rooms):
    """Every confidential column of these rooms."""
    return {
        f"{mapper.local_table.name}.{column.name}"
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith(rooms)
        for column in mapper.local_table.columns
        if isinstance(column.type, EncryptedText)
    }


def test_every_confidential_column_has_its_period():
    named = {f"{kept.column.class_.__tablename__}.{kept.column.key}" for kept in CONFIDENTIAL}
    assert "note.text" in named
    assert named == sealed_columns("app.coaching.")
    assert sealed_columns("app.agenda.", "app.goals.") == FORGOTTEN_BELOW
    assert len(CONFIDENTIAL) == len(named)
