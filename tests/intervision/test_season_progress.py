"""The coordinator sees that sessions take place, and which groups need somebody; never what they are about."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event

from app.intervision.models import (
    GroupMember,
    IntervisionGroup,
    IntervisionSession,
    Poll,
    Presence,
    Run,
    Season,
    SessionCancellation,
)
from app.intervision.queries import published_at
from app.intervision.queries.attendance import took_place
from app.intervision.queries.progress import Risk, counted, progress_of
from app.kernel.clock import now, today
from tenants.session import session as unit_session
from tests.intervision.seasons import a_group, a_season, a_session, an_answer
from tests.walls.places import kept


@pytest.fixture
def members(cast) -> list[int]:
    return [cast["ib"].person_id, cast["colleague"].person_id]


@pytest.fixture
def group(app, cast, members) -> Iterator[IntervisionGroup]:
    """The one group of a season that has been going on for three months, in a unit of work that leaves no trace."""
    with app.database.unit_of_work(cast.network) as unit:
        season = a_season(starts_on=today() - timedelta(days=100))
        group = a_group(season, members)
        published_at(season.id).at = now() - timedelta(days=90)
        unit.query(GroupMember).update({"since": now() - timedelta(days=95)})
        unit.flush()
        yield group
        unit.rollback()


@pytest.fixture
def statements(app) -> Iterator[list[str]]:
    """What the database is asked."""
    asked: list[str] = []

    def keep(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", keep)
    yield asked
    event.remove(app.database.engine, "before_cursor_execute", keep)


def season_of(group) -> Season:
    return unit_session().get_one(Season, (group.tenant_id, group.season_id))


def held(group, number, days_ago, came=(), members=()):
    """A session of so many days ago; of each member whether she was there, or that it was begun here."""
    session = a_session(group, number, day=today() - timedelta(days=days_ago))
    for person_id, was_there in zip(members, came, strict=False):
        kept(Presence(session_id=session.id, person_id=person_id, was_there=was_there, by_id=0))
    if not came:
        kept(Run(session_id=session.id, method="incident", steps=[], started_by_id=0))
    return session


def called_off(session):
    kept(SessionCancellation(session_id=session.id, by_id=0))


def undated(group, number) -> IntervisionSession:
    session = IntervisionSession(season_id=group.season_id, group_id=group.id, number=number, seats=8)
    kept(session)
    return session


def risks(group):
    return progress_of(season_of(group)).groups[0].risks


def test_a_group_that_met_lately_and_meets_again_needs_nobody(group, members):
    held(group, 1, 20, (True, True), members)
    a_session(group, 2)
    assert risks(group) == ()


def test_a_group_with_too_few_people_needs_somebody(group):
    season_of(group).smallest = 3
    held(group, 1, 20)
    a_session(group, 2)
    assert risks(group) == (Risk.TOO_SMALL,)


def test_two_sessions_in_a_row_that_were_called_off_are_too_many_and_one_is_not(group):
    held(group, 1, 40)
    called_off(held(group, 2, 20))
    a_session(group, 4, day=today() + timedelta(days=30))
    assert risks(group) == ()
    called_off(a_session(group, 3))
    assert risks(group) == (Risk.CALLED_OFF,)


@pytest.mark.parametrize(("days", "found"), [(29, ()), (31, (Risk.WITHOUT_DATE,)), (61, (Risk.SILENT,))])
def test_a_group_without_a_new_date_is_noticed_after_a_month_and_its_silence_after_two(group, days, found):
    held(group, 1, days)
    undated(group, 2)
    assert risks(group) == found


def test_a_group_that_never_met_is_silent_from_the_day_it_was_known(group):
    undated(group, 1)
    assert risks(group) == (Risk.SILENT,)
    published_at(group.season_id).at = now() - timedelta(days=10)
    assert risks(group) == ()


def test_half_empty_twice_is_noticed_and_once_is_not(group, members):
    held(group, 1, 40, (False, False), members)
    held(group, 2, 10, (True, False), members)
    a_session(group, 3)
    assert risks(group) == ()
    a_session(group, 4, day=today() + timedelta(days=40))
    held(group, 5, 8, (False, False), members)
    held(group, 6, 5, (False, False), members)
    assert risks(group) == (Risk.HALF_EMPTY,)


def test_a_poll_that_found_no_date_is_noticed(group):
    held(group, 1, 10)
    session = undated(group, 2)
    kept(Poll(session_id=session.id, closes_on=today() - timedelta(days=1), quorum=2, by_id=0))
    row = progress_of(season_of(group)).groups[0]
    assert (row.risks, row.failed_poll) == ((Risk.POLL_FELL_SHORT,), session.id)


def test_once_the_season_is_over_nothing_needs_anybody(group):
    season_of(group).ends_on = today() - timedelta(days=1)
    assert risks(group) == ()


def test_sessions_and_who_was_there_are_counted(group, members):
    held(group, 1, 20, (True, False), members)
    called_off(a_session(group, 2, day=today() - timedelta(days=10)))
    a_session(group, 3)
    undated(group, 4)
    a_session(group, 5, day=today() - timedelta(days=5))
    progress = progress_of(season_of(group))
    assert dict(counted(progress)) == {
        "held": 1,
        "called_off": 1,
        "planned": 1,
        "without_date": 1,
        "untold": 1,
    }
    assert (progress.turnout.came, progress.turnout.expected) == (1, 2)


def test_the_overview_names_the_group_the_reason_and_the_way_out(app, as_, cast, members):
    with app.database.unit_of_work(cast.network):
        season = a_season(smallest=3)
        group = a_group(season, members, "Groep Zeven")
        an_answer(season, cast["coach"].person_id)
    page = as_(cast["coordinator"]).get(f"/waterland/intervisie/seizoenen/{season.id}").text
    assert "Groep Zeven" in page
    assert "Er zijn nog 2 mensen over, en er zijn er 3 nodig." in page
    assert "1 persoon doet mee en zit in geen groep" in page
    assert f"/waterland/intervisie/groepen/{group.id}/wijziging" in page


def test_the_overview_asks_the_same_number_of_questions_for_many_groups(app, as_, cast, members, statements):
    with app.database.unit_of_work(cast.network):
        season = a_season()
        a_group(season, members[:1], "Groep 1")
    url = f"/waterland/intervisie/seizoenen/{season.id}"
    coordinator = as_(cast["coordinator"])
    coordinator.get(url)
    statements.clear()
    coordinator.get(url)
    few = len(statements)
    with app.database.unit_of_work(cast.network):
        session = a_session(a_group(season, members[1:], "Groep 2"))
        kept(Presence(session_id=session.id, person_id=members[1], was_there=True, by_id=0))
        for number in range(3, 12):
            a_group(season, [], f"Groep {number}")
    statements.clear()
    coordinator.get(url)
    assert len(statements) == few


def test_a_session_took_place_when_it_was_begun_or_somebody_was_there(group, members):
    begun, attended = held(group, 1, 40), held(group, 2, 30, (True, False), members)
    nobody = held(group, 3, 20, (False, False), members)
    untold = a_session(group, 4, day=today() - timedelta(days=10))
    ids = [one.id for one in (begun, attended, nobody, untold)]
    assert took_place(ids) == {begun.id, attended.id}
    assert [one.id for one in progress_of(season_of(group)).groups[0].held] == [begun.id, attended.id]


def test_a_group_that_was_split_off_waits_for_its_sessions_by_name(app, as_, cast):
    with app.database.unit_of_work(cast.network) as unit:
        season = a_season(starts_on=today() - timedelta(days=100))
        planned = a_group(season, [cast["ib"].person_id])
        a_session(planned)
        published_at(season.id).at = now() - timedelta(days=90)
        unit.query(GroupMember).update({"since": now() - timedelta(days=95)})
        split = a_group(season, [cast["colleague"].person_id], "Groep 2")
        season.smallest = 2
        season_id, split_id = season.id, split.id
        (row,) = (one for one in progress_of(season).groups if one.group.id == split_id)
        assert row.is_unplanned
        assert not {Risk.SILENT, Risk.WITHOUT_DATE} & set(row.risks)
    page = as_(cast["coordinator"]).get(f"/waterland/intervisie/seizoenen/{season_id}").text
    assert "Groep 2 heeft nog geen bijeenkomsten" in page
    assert f'href="/waterland/intervisie/groepen/{split_id}/data"' in page
