"""What is suggested to who plans: a series of dates for a group, and moments for a poll."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from app.agenda.queries import Taken, taken_times
from app.intervision.meeting_places import MeetingPlace, place_in_turn, places_of_groups
from app.intervision.models import IntervisionGroup, Season
from app.intervision.queries import DatedSession, members_of, season_with, sessions_of_groups
from app.intervision.queries.planning import halfdays_told
from app.intervision.school_weeks import school_weeks
from app.intervision.series import (
    AFTERNOON,
    HALFDAYS_OF_WEEK,
    MORNING,
    Circumstances,
    CommonHalfdays,
    common_halfdays,
    free_moments,
    is_taken,
    spread,
)
from app.kernel.clock import AMSTERDAM, today

NOTICE = timedelta(days=7)
"""So long ahead at least nothing is suggested: people have plans."""
SUGGESTED_MOMENTS = 4


@dataclass(frozen=True, slots=True)
class SuggestedDate:
    """A session that has no date yet, with what is suggested for it; no moment when nothing suits."""

    number: int
    starts_at: datetime | None
    place: str


@dataclass(frozen=True, slots=True)
class GroupCalendar:
    """A group with its sessions, and what a date for it depends on."""

    group: IntervisionGroup
    season: Season
    members: Sequence[int]
    sessions: Sequence[DatedSession]
    halfdays: CommonHalfdays
    places: Sequence[MeetingPlace]
    around: Circumstances

    @property
    def undated(self) -> list[int]:
        """The numbers of the season's sessions that have no date, from 1; what was called off is not among them."""
        settled = {dated.session.number for dated in self.sessions if dated.appointment or dated.is_cancelled}
        last = max([self.season.sessions, *(dated.session.number for dated in self.sessions)])
        return [number for number in range(1, last + 1) if number not in settled]


def calendar_of_group(
    group: IntervisionGroup, *, morning: time = MORNING, afternoon: time = AFTERNOON
) -> GroupCalendar:
    """Read what dates for a group depend on."""
    season = season_with(group.season_id)
    return calendars_of(season, [group], morning=morning, afternoon=afternoon)[0]


def calendars_of(
    season: Season,
    groups: Sequence[IntervisionGroup],
    *,
    morning: time = MORNING,
    afternoon: time = AFTERNOON,
) -> list[GroupCalendar]:
    """Read what dates for these groups of a season depend on, in their order and in a fixed number of queries."""
    ids = [group.id for group in groups]
    members, sessions = members_of(ids), sessions_of_groups(season, groups)
    everybody = [one for people in members.values() for one in people]
    earliest = max(season.starts_on, today() + NOTICE)
    told, taken = halfdays_told(season.id, everybody), _taken(everybody, earliest, season.ends_on)
    places, weeks = places_of_groups(members), school_weeks(season)
    found: list[GroupCalendar] = []
    for group in groups:
        people = members[group.id]
        halfdays = common_halfdays({one: told[one] for one in people if one in told}, len(people))
        around = Circumstances(
            region=season.region,
            weeks=_weeks_left(weeks, sessions[group.id], earliest),
            halfdays=halfdays.numbers,
            taken=[period for one in people for period in taken.get(one, [])],
            minutes=season.minutes,
            morning=morning,
            afternoon=afternoon,
            earliest=earliest,
            latest=season.ends_on,
        )
        found.append(
            GroupCalendar(group, season, people, sessions[group.id], halfdays, places[group.id], around)
        )
    return found


def suggested_series(calendar: GroupCalendar) -> list[SuggestedDate]:
    """A date for each session that has none."""
    moments = spread(calendar.around, len(calendar.undated))
    return [
        SuggestedDate(number, moment, place_in_turn(calendar.places, number))
        for number, moment in zip(calendar.undated, moments, strict=True)
    ]


def suggested_moments(calendar: GroupCalendar) -> list[datetime]:
    """Some moments to ask about, the first that suit; on other half-days too where the common ones leave too few."""
    found = list(islice(free_moments(calendar.around), SUGGESTED_MOMENTS))
    if len(found) < SUGGESTED_MOMENTS:
        everywhere = replace(calendar.around, halfdays=range(HALFDAYS_OF_WEEK))
        others = (moment for moment in free_moments(everywhere) if moment not in found)
        found += islice(others, SUGGESTED_MOMENTS - len(found))
    return sorted(found)


def is_somebody_away(calendar: GroupCalendar, starts_at: datetime) -> bool:
    """Whether somebody of the group has an appointment then; not who, nor what."""
    return is_taken(calendar.around.taken, starts_at, calendar.season.minutes)


def _weeks_left(weeks: Sequence[date], sessions: Sequence[DatedSession], earliest: date) -> list[date]:
    """The Mondays of these school weeks that are to come, and in which the group does not meet yet."""
    meets = {
        _monday(dated.appointment.starts_at.astimezone(AMSTERDAM).date())
        for dated in sessions
        if dated.appointment and not dated.is_cancelled
    }
    return [monday for monday in weeks if monday + timedelta(days=4) >= earliest and monday not in meets]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _taken(people: Sequence[int], earliest: date, latest: date) -> dict[int, list[Taken]]:
    since, until = (datetime.combine(day, time.min, AMSTERDAM).astimezone(UTC) for day in (earliest, latest))
    return taken_times(people, since, until + timedelta(days=1)) if since < until else {}
