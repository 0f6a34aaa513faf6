"""Plan a series of sessions for a group, or for all groups of a season in one go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from app.agenda.services.appointments import Clash, hold_agendas
from app.intervision.models import SEATS, IntervisionGroup, IntervisionSession, Season
from app.intervision.policy import PLAN_SESSIONS, RUN_SEASONS
from app.intervision.queries import group_with, members_of, season_with, sessions_of_group
from app.intervision.queries.planning import can_be_planned, group_to_plan
from app.intervision.services.dating import date_session, next_to_lead
from app.intervision.services.moments import mind_holidays
from app.jobs.queue import BEHIND, enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import AMSTERDAM, now
from app.kernel.errors import Conflict, Invalid
from tenants.session import session


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """When and where a session of a series is going to be."""

    number: int
    starts_at: datetime
    place: str

    @property
    def day(self) -> date:
        """The day in the Netherlands."""
        return self.starts_at.astimezone(AMSTERDAM).date()


def plan_series(
    actor: Actor, group_id: int, dates: Sequence[PlannedDate], accepted: Collection[date] = ()
) -> int:
    """Give sessions of a group their dates in one go; everybody in it gets one mail with all of them.

    Sessions of the season without a date are made too: for them a poll can be held. Gives how many got a date.
    Raises InHoliday, Invalid at the time of a date at which somebody is elsewhere, and Conflict for what has a date.
    """
    actor.require(PLAN_SESSIONS)
    group = group_to_plan(actor, group_id)
    _must_be_known(group)
    season = season_with(group.season_id)
    mind_holidays(season.region, {f"day-{one.number}": one.day for one in dates}, accepted)
    keep_series(group, season, dates)
    record(actor, "plan series", "intervision_group", group_id)
    if dates:
        for person_id in members_of([group_id])[group_id]:
            at = int(now().timestamp())
            enqueue("intervision.tell_dates", priority=BEHIND, group_id=group_id, person_id=person_id, at=at)
    return len(dates)


def keep_series(group: IntervisionGroup, season: Season, dates: Sequence[PlannedDate]) -> None:
    """Make a series, at any time, without telling anybody."""
    # Who plans for the same group at the same time does so after us, and is then told.
    held = select(IntervisionGroup.id).where(IntervisionGroup.id == group.id)
    session().execute(held.with_for_update(key_share=True))
    _hold_sessions([group.id])
    members = members_of([group.id])[group.id]
    sessions = _all_sessions(group, season, len(members))
    for one in sorted(dates, key=lambda planned: planned.starts_at):
        if one.number not in sessions:
            raise Conflict(_("One of these sessions got a date from somebody else just now. Look again."))
        found = sessions.pop(one.number)
        try:
            ends_at = one.starts_at + timedelta(minutes=season.minutes)
            date_session(found, one.starts_at, ends_at, one.place)
        except Clash as clash:
            raise Invalid({f"time-{one.number}": [clash.message]}) from clash
        found.facilitator_id = next_to_lead(group.id, members)
        session().flush()


def plan_groups(
    actor: Actor, season_id: int, dates: Mapping[int, Sequence[PlannedDate]]
) -> tuple[int, list[str]]:
    """Plan the series of several groups; gives how many sessions got a date, and which groups could not be planned."""
    actor.require(RUN_SEASONS)
    planned, refused = 0, list[str]()
    # Sessions first and agendas after it, those of all groups in one go: so no two who plan wait for each other.
    _hold_sessions(dates)
    hold_agendas({one for people in members_of(dates).values() for one in people})
    for group_id, theirs in dates.items():
        group = group_with(actor, group_id)
        if group.season_id != season_id:
            raise Conflict(_("This group is of another season."))
        try:
            with session().begin_nested():
                planned += plan_series(actor, group_id, theirs)
        except (Invalid, Conflict):
            refused.append(group.name)
    return planned, refused


def add_session(actor: Actor, group_id: int, number: int) -> IntervisionSession:
    """Make a session of the season without a date, to hold a poll about, or give the one that there is."""
    actor.require(PLAN_SESSIONS)
    group = group_to_plan(actor, group_id)
    _must_be_known(group)
    season = season_with(group.season_id)
    found = _all_sessions(group, season, len(members_of([group_id])[group_id])).get(number)
    if found is None:
        raise Conflict(_("This session has a date already. Look again."))
    record(actor, "add session", "intervision_session", found.id)
    return found


def seats_for(members: int, season: Season) -> int:
    """How many people a session has room for: the group with its guests."""
    return max(SEATS[0], min(SEATS[1], members + season.open_seats))


def _all_sessions(group: IntervisionGroup, season: Season, members: int) -> dict[int, IntervisionSession]:
    """The sessions of a group that have no date, by number, made where they are not there yet."""
    there = {dated.session.number: dated for dated in sessions_of_group(group.id)}
    missing = [number for number in range(1, season.sessions + 1) if number not in there]
    made = [
        IntervisionSession(
            season_id=season.id, group_id=group.id, number=number, seats=seats_for(members, season)
        )
        for number in missing
    ]
    session().add_all(made)
    session().flush()
    undated = [dated.session for dated in there.values() if not (dated.appointment or dated.is_cancelled)]
    return {found.number: found for found in [*undated, *made]}


def _hold_sessions(group_ids: Collection[int]) -> None:
    """Let others who change sessions of these groups, or seats in them, wait until we are done."""
    of_groups = IntervisionSession.group_id.in_(group_ids)
    held = select(IntervisionSession.id).where(of_groups).order_by(IntervisionSession.id)
    session().execute(held.with_for_update(key_share=True))


def _must_be_known(group: IntervisionGroup) -> None:
    if not can_be_planned(group):
        raise Conflict(_("Make the groups known first. After that, dates can be planned."))
