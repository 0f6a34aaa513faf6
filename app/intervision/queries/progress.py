"""How a season goes, for the coordinator: that sessions are held and how many come; never what they are about."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select

from app.intervision.models import IntervisionGroup, IntervisionSession, Poll, Presence, Season
from app.intervision.queries.attendance import took_place
from app.intervision.queries.groups import founded_in, groups_in, members_of
from app.intervision.queries.joins import session_of
from app.intervision.queries.seasons import published_at
from app.intervision.queries.sessions import DatedSession, sessions_of_groups
from app.kernel.clock import AMSTERDAM, now, today
from tenants.session import session

WITHOUT_DATE = timedelta(days=30)
"""A group that has had nothing to look forward to for so long needs somebody."""
SILENCE = timedelta(days=60)


class Risk(StrEnum):
    """Why a group needs the coordinator, the most urgent first."""

    TOO_SMALL = "too_small"
    CALLED_OFF = "called_off"
    """Two sessions in a row."""
    SILENT = "silent"
    """No session was held for long."""
    WITHOUT_DATE = "without_date"
    POLL_FELL_SHORT = "poll_fell_short"
    HALF_EMPTY = "half_empty"
    """Fewer than half came, the last two times."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many were at a session, of those who were expected."""

    came: int
    expected: int

    @property
    def is_low(self) -> bool:
        """Whether fewer than half came."""
        return 2 * self.came < self.expected


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """How a group does in its season."""

    group: IntervisionGroup
    people: Sequence[int]
    """Who is in it now."""
    sessions: Sequence[DatedSession]
    """By number."""
    held: Sequence[DatedSession]
    """The sessions that took place, the first first."""
    turnouts: Mapping[int, Turnout]
    """Of sessions of which is noted who were there."""
    failed_poll: int | None
    """The session for which no date was found by asking."""
    risks: tuple[Risk, ...]

    @property
    def size(self) -> int:
        """How many are in it now."""
        return len(self.people)

    @property
    def noted(self) -> list[Turnout]:
        """How many were at each session of which that is noted, the first first."""
        return [self.turnouts[one.id] for one in self.sessions if one.id in self.turnouts]

    @property
    def is_unplanned(self) -> bool:
        """Whether none of its sessions has a date, or had one: so it is once groups were formed, or one was split."""
        return not any(one.appointment and not one.is_cancelled for one in self.sessions)

    @property
    def coming(self) -> list[DatedSession]:
        """The sessions with a date still to come, the first first."""
        return sorted((one for one in self.sessions if one.is_coming), key=_begins)

    @property
    def called_off(self) -> int:
        """How many sessions were called off."""
        return sum(one.is_cancelled for one in self.sessions)

    @property
    def turnout(self) -> Turnout:
        """How many came to all sessions together."""
        return added(self.turnouts.values())


@dataclass(frozen=True, slots=True)
class SeasonProgress:
    """All groups of a season, those that need somebody first."""

    groups: Sequence[GroupProgress]

    @property
    def at_risk(self) -> list[GroupProgress]:
        """The groups that need somebody."""
        return [one for one in self.groups if one.risks]

    @property
    def fine(self) -> list[GroupProgress]:
        """The groups that do well."""
        return [one for one in self.groups if not one.risks]

    @property
    def turnout(self) -> Turnout:
        """How many came to all sessions of the season together."""
        return added(one.turnout for one in self.groups)


def added(turnouts: Iterable[Turnout]) -> Turnout:
    """Several turnouts together."""
    found = list(turnouts)
    return Turnout(sum(one.came for one in found), sum(one.expected for one in found))


def progress_of(season: Season) -> SeasonProgress:
    """How the groups of a season do, in a fixed number of queries."""
    groups = groups_in(season.id)
    ids = [group.id for group in groups]
    members, published, founded = members_of(ids), published_at(season.id), founded_in(ids)
    sessions = sessions_of_groups(season, groups)
    turnouts, failed = _turnouts(season.id), _failed_polls(season.id)
    held = took_place([one.id for own in sessions.values() for one in own])
    watched_since = _watched_since(season, published.at) if published else None
    rows: list[GroupProgress] = []
    for group in groups:
        own = sessions[group.id]
        noted = {one.id: turnouts[one.id] for one in own if one.id in turnouts}
        short = next((one.id for one in own if one.id in failed and one.appointment is None), None)
        took = [one for one in own if one.id in held and not one.is_cancelled]
        row = GroupProgress(group, members[group.id], own, took, noted, short, ())
        since = max(watched_since, founded.get(group.id, watched_since)) if watched_since else None
        risks = risks_of(row, season, since) if since else ()
        rows.append(replace(row, risks=risks))
    return SeasonProgress(sorted(rows, key=lambda row: _urgency(row.risks)))


def risks_of(row: GroupProgress, season: Season, watched_since: datetime) -> tuple[Risk, ...]:
    """Why a group needs somebody; nothing does once its season is over or all its sessions were."""
    if season.ends_on < today():
        return ()
    left = [one for one in row.sessions if not (one.is_over or one.is_cancelled)]
    is_done = bool(row.sessions) and not left
    last_held = max((_ends(one) for one in row.held), default=watched_since)
    judged = {
        Risk.TOO_SMALL: row.size < season.smallest and not is_done,
        Risk.CALLED_OFF: _fell_out_twice(row),
        Risk.SILENT: not is_done and now() - last_held > SILENCE,
        Risk.WITHOUT_DATE: not is_done and not row.coming and now() - last_held > WITHOUT_DATE,
        Risk.POLL_FELL_SHORT: row.failed_poll is not None,
        Risk.HALF_EMPTY: _half_empty_twice(row),
    }
    if judged[Risk.SILENT]:
        judged[Risk.WITHOUT_DATE] = False
    return tuple(risk for risk, is_so in judged.items() if is_so)


def _fell_out_twice(row: GroupProgress) -> bool:
    """Whether of the sessions whose turn it was the last two were called off."""
    had_their_turn = [one for one in row.sessions if one.is_cancelled or one.is_over]
    return len(had_their_turn) > 1 and all(one.is_cancelled for one in had_their_turn[-2:])


def _half_empty_twice(row: GroupProgress) -> bool:
    return len(row.noted) > 1 and all(one.is_low for one in row.noted[-2:])


def _urgency(risks: tuple[Risk, ...]) -> tuple[int, int]:
    """Groups with a risk first, by the most urgent of theirs; within that they stay by name."""
    return (0, list(Risk).index(risks[0])) if risks else (1, 0)


def _watched_since(season: Season, published: datetime) -> datetime:
    """A group is expected to meet from the day on which the season began, or on which it was made known."""
    return max(published, datetime.combine(season.starts_on, datetime.min.time(), AMSTERDAM))


def _turnouts(season_id: int) -> dict[int, Turnout]:
    there = func.count().filter(Presence.was_there)
    rows = session().execute(
        select(Presence.session_id, there, func.count())
        .join(*session_of(Presence))
        .where(IntervisionSession.season_id == season_id)
        .group_by(Presence.session_id)
    )
    return {session_id: Turnout(came, expected) for session_id, came, expected in rows}


def _failed_polls(season_id: int) -> set[int]:
    """Sessions that nobody is asked about any more; those without a date found none."""
    is_over = Poll.closed_at.is_not(None) | (Poll.closes_on < today())
    of_session = (IntervisionSession.tenant_id == Poll.tenant_id) & (IntervisionSession.id == Poll.session_id)
    return set(
        session().scalars(
            select(Poll.session_id)
            .join(IntervisionSession, of_session)
            .where(IntervisionSession.season_id == season_id, is_over)
        )
    )


def _begins(dated: DatedSession) -> datetime:
    return dated.appointment.starts_at if dated.appointment else datetime.max.replace(tzinfo=AMSTERDAM)


def _ends(dated: DatedSession) -> datetime:
    return dated.appointment.ends_at if dated.appointment else datetime.min.replace(tzinfo=AMSTERDAM)


def counted(progress: SeasonProgress) -> Counter[str]:
    """How many sessions of a season were held, are planned, have no date yet, and were called off.

    Those of which the time is past and nobody noted anything are `untold`.
    """
    counts: Counter[str] = Counter()
    held = {one.id for row in progress.groups for one in row.held}
    for one in (dated for row in progress.groups for dated in row.sessions):
        if one.is_cancelled:
            counts["called_off"] += 1
        elif one.id in held:
            counts["held"] += 1
        elif one.is_over:
            counts["untold"] += 1
        elif one.appointment is not None:
            counts["planned"] += 1
        else:
            counts["without_date"] += 1
    return counts


def next_day(row: GroupProgress) -> date | None:
    """The day of the next session of a group, if it has a date."""
    coming = row.coming
    return (
        coming[0].appointment.starts_at.astimezone(AMSTERDAM).date()
        if coming and coming[0].appointment
        else None
    )
