"""What is kept of intervision goes when it was said to go, in every network, and nothing else."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import text

from app.factory import handlers
from app.goals.models import Goal, Wording
from app.intervision.models import (
    CaseContribution,
    Intention,
    IntervisionSession,
    LearningPoint,
    SessionCancellation,
)
from app.intervision.queries import case_kept_until, session_by_id
from app.intervision.retention import CONFIDENTIAL
from tests.coaching.agreements import GOAL
from tests.coaching.test_retention import sealed_columns
from tests.intervision.insiders import a_case, an_intention
from tests.intervision.seasons import a_group, a_season, a_session
from tests.walls.places import kept

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HELD = date(2026, 10, 6)
SEASON = {"starts_on": date(2026, 9, 1), "join_until": date(2026, 9, 15), "ends_on": date(2027, 7, 9)}
SECRET = "kanarie-2b7c"


def night_of(day):
    return datetime.combine(day, time(3), AMSTERDAM)


def forget(app):
    by_name = {one.name: one for one in handlers(app.settings, app.database, app.postbox)}
    by_name["intervision.forget_expired"].work()


@pytest.fixture
def session_id(app, cast):
    """A session that was held on 6 October, of which cases are kept for ten days."""
    with time_machine.travel(night_of(date(2026, 9, 2))), app.database.unit_of_work(cast.network):
        group = a_group(a_season(case_days=10, **SEASON), [cast["ib"].person_id, cast["colleague"].person_id])
        session = a_session(group, day=HELD)
        a_case(session, cast["ib"].person_id, SECRET)
        goal_id = kept(Goal(owner_id=cast["ib"].person_id))
        kept(Wording(goal_id=goal_id, by_id=cast["ib"].person_id, **GOAL))
        an_intention(session, cast["ib"].person_id, SECRET, goal_id=goal_id, reflection=SECRET)
        kept(LearningPoint(session_id=session.id, text=SECRET, by_id=cast["ib"].person_id))
        session.link = "https://overleg.example/1"
        return session.id


def change(app, cast, session_id, how):
    with app.database.unit_of_work(cast.network) as unit:
        session = unit.get_one(IntervisionSession, (cast.network.id, session_id))
        if how == "called off":
            unit.add(SessionCancellation(session_id=session_id, by_id=0))
        if how == "never dated":
            session.appointment_id = None


@pytest.mark.parametrize(
    ("how", "last_day"),
    [
        ("held", HELD + timedelta(days=10)),
        ("called off", SEASON["ends_on"] + timedelta(days=10)),
        ("never dated", SEASON["ends_on"] + timedelta(days=10)),
    ],
)
def test_a_case_goes_so_many_days_after_its_session_as_the_season_says(app, cast, session_id, how, last_day):
    change(app, cast, session_id, how)
    with app.database.unit_of_work(cast.network):
        assert case_kept_until(session_by_id(session_id)) == last_day
    for night, left in ((last_day, True), (last_day + timedelta(days=1), False)):
        with time_machine.travel(night_of(night), tick=False):
            forget(app)
            forget(app)
        with app.database.unit_of_work(cast.network) as unit:
            case = unit.query(CaseContribution).one()
            texts = {case.happened, case.question, case.tried, case.wanted}
            assert texts == ({SECRET} if left else {None})
            assert (case.forgotten_at is None) is left
            assert case.shared_at is not None


@pytest.mark.parametrize(("night", "left"), [(date(2028, 7, 31), True), (date(2028, 8, 1), False)])
def test_the_rest_goes_a_school_year_after_the_season(app, cast, session_id, night, left):
    with app.database.global_unit() as unit:
        unit.execute(text("UPDATE tenant SET standing = 'read_only'"))
    with time_machine.travel(night_of(night), tick=False):
        forget(app)
    with app.database.unit_of_work(cast.network) as unit:
        intention, point = unit.query(Intention).one(), unit.query(LearningPoint).one()
        link, goal = unit.query(IntervisionSession).one().link, unit.query(Wording).one().text
        texts = (intention.text, intention.reflection, point.text, link, goal)
        assert [one is not None for one in texts] == [left] * 5


def test_who_opens_a_case_that_was_forgotten_is_told_when(app, as_, cast, session_id):
    with time_machine.travel(night_of(date(2026, 11, 1)), tick=False):
        forget(app)
        page = as_(cast["ib"]).get(f"/waterland/intervisie/bijeenkomsten/{session_id}/casus").text
    assert "Je casus is verwijderd op 1 november 2026, zoals afgesproken." in page


def test_every_confidential_column_has_its_period():
    named = {f"{kept.column.class_.__tablename__}.{kept.column.key}" for kept in CONFIDENTIAL}
    assert "case_contribution.happened" in named
    assert named == sealed_columns("app.intervision.")
    assert len(CONFIDENTIAL) == len(named)


def test_with_a_person_goes_all_that_is_hers_and_nothing_of_the_group(app, cast, session_id):
    with app.database.unit_of_work(cast.network) as unit:
        unit.execute(text("DELETE FROM person WHERE id = :id"), {"id": cast["ib"].person_id})
        assert unit.query(CaseContribution).count() == unit.query(Intention).count() == 0
        assert unit.query(LearningPoint).one().text == SECRET
