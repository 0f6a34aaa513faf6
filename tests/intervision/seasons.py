"""Seasons, groups and sessions as tests need them, made in the unit of work that is open."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from app.intervision.models import (
    IntervisionGroup,
    IntervisionSession,
    Participation,
    Region,
    Season,
    SeasonPublication,
)
from app.intervision.queries import published_at, session_by_id
from app.intervision.queries.planning import PollInFull, poll_of
from app.intervision.services.dating import date_session
from app.intervision.services.membership import found_group
from app.intervision.services.polls import keep_poll
from app.kernel.clock import AMSTERDAM, today
from tests.walls.places import kept


def a_season(name: str = "Intervisie", **values: object) -> Season:
    """A season that goes on, whose answers came in."""
    begin = today() - timedelta(days=30)
    usual = {
        "starts_on": begin, "ends_on": begin + timedelta(days=300), "join_until": begin + timedelta(days=14),
        "smallest": 2, "target": 6, "largest": 8, "sessions": 6, "minutes": 120, "region": Region.NORTH,
        "open_seats": 2, "cancel_hours": 24, "case_days": 30,
    }  # fmt: skip
    season = Season(name=name, **{**usual, **values})
    kept(season)
    return season


def an_answer(season: Season, person_id: int, halfdays: Collection[int] = (0, 3)) -> Participation:
    """Somebody takes part."""
    answer = Participation(
        season_id=season.id, person_id=person_id, takes_part=True, halfdays=list(halfdays), themes=["tasks"]
    )
    kept(answer)
    return answer


def a_group(season: Season, people: Collection[int], name: str = "Groep 1") -> IntervisionGroup:
    """A group that is known to its members."""
    group = found_group(season.id, name, people)
    if published_at(season.id) is None:
        kept(SeasonPublication(season_id=season.id, by_id=0))
    return group


def a_session(
    group: IntervisionGroup,
    number: int = 1,
    *,
    day: date | None = None,
    at: time = time(13, 0),
    minutes: int = 120,
    seats: int = 8,
) -> IntervisionSession:
    """A session with a date, in two weeks if no day is given, in the agenda of everybody in the group."""
    session = IntervisionSession(season_id=group.season_id, group_id=group.id, number=number, seats=seats)
    kept(session)
    starts_at = datetime.combine(day or today() + timedelta(days=14), at, AMSTERDAM)
    date_session(session, starts_at, starts_at + timedelta(minutes=minutes), "OBS De Wilgen, Purmerend")
    return session


def a_poll(
    session: IntervisionSession, *, days: Collection[int] = (21, 23, 28), quorum: int = 2
) -> PollInFull:
    """A poll about a session that closes in a week, on moments so many days from now, in the afternoon."""
    dated = session_by_id(session.id)
    assert dated
    moments = [datetime.combine(today() + timedelta(days=one), time(13, 0), AMSTERDAM) for one in days]
    keep_poll(0, dated, moments, today() + timedelta(days=7), quorum)
    poll = poll_of(session.id)
    assert poll
    return poll


def an_undated_session(group: IntervisionGroup, number: int = 2, *, seats: int = 8) -> IntervisionSession:
    """A session without a date."""
    session = IntervisionSession(season_id=group.season_id, group_id=group.id, number=number, seats=seats)
    kept(session)
    return session
