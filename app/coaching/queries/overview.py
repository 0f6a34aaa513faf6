"""All trajectories of the network, for the coordinator: that they are and how far, and nothing of what is said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.coaching.models import Closure, Match, MatchingRound, Trajectory
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries.talks import TalkCount, talk_counts
from app.kernel.actor import Actor
from app.kernel.clock import AMSTERDAM, today
from app.organisation.importing import spoken_name
from app.organisation.models import Person
from tenants.session import session

QUIET_DAYS, SILENT_DAYS = 30, 60
"""Without a date for so long: it is shown; it stands on top."""


@dataclass(frozen=True, slots=True)
class ListedTrajectory:
    """What the coordinator sees of a trajectory in the list."""

    id: int
    started_at: datetime
    closed_on: date | None
    outcome: str | None
    coachee: str
    coach: str
    sort_name: str
    round_name: str | None
    last_on: date
    """The last date that is known of it: of its start, its closure, or a talk."""

    @property
    def days_of_silence(self) -> int:
        """For how many days there has been no date; none once it is closed."""
        return 0 if self.closed_on else max(0, (today() - self.last_on).days)

    @property
    def is_quiet(self) -> bool:
        """Whether it has been without a date for a month."""
        return self.days_of_silence >= QUIET_DAYS

    @property
    def is_silent(self) -> bool:
        """Whether it has been without a date for two."""
        return self.days_of_silence >= SILENT_DAYS

    def fits(self, words: str) -> bool:
        """Whether the words stand in one of the names."""
        return words.casefold() in f"{self.coachee} {self.coach}".casefold()

    def is_shown(self, show: str) -> bool:
        """Whether it is among those that somebody wants to see."""
        return {
            "all": True,
            "quiet": self.is_quiet,
            "going": self.closed_on is None,
            "closed": self.closed_on is not None,
        }[show]


def all_trajectories(actor: Actor) -> Sequence[ListedTrajectory]:
    """Every trajectory, what needs attention first, then those that go on and those that are closed, by name.

    In two queries, however many there are.
    """
    actor.require(RUN_ROUNDS)
    coachee, coach = aliased(Person), aliased(Person)
    rows = session().execute(
        select(
            Trajectory.id,
            Trajectory.started_at,
            Closure.closed_on,
            Closure.outcome,
            coachee.first_name,
            coachee.infix,
            coachee.last_name,
            coachee.sort_name,
            coach.first_name,
            coach.infix,
            coach.last_name,
            MatchingRound.name,
        )
        .join(coachee, (coachee.tenant_id == Trajectory.tenant_id) & (coachee.id == Trajectory.coachee_id))
        .join(coach, (coach.tenant_id == Trajectory.tenant_id) & (coach.id == Trajectory.coach_id))
        .outerjoin(
            Closure, (Closure.tenant_id == Trajectory.tenant_id) & (Closure.trajectory_id == Trajectory.id)
        )
        .outerjoin(Match, (Match.tenant_id == Trajectory.tenant_id) & (Match.id == Trajectory.match_id))
        .outerjoin(
            MatchingRound,
            (MatchingRound.tenant_id == Match.tenant_id) & (MatchingRound.id == Match.round_id),
        )
    )
    found: Sequence[Any] = rows.all()
    counts = talk_counts([row[0] for row in found])
    listed = [
        ListedTrajectory(
            id=row[0],
            started_at=row[1],
            closed_on=row[2],
            outcome=row[3],
            coachee=spoken_name(*row[4:7]),
            sort_name=row[7],
            coach=spoken_name(*row[8:11]),
            round_name=row[11],
            last_on=_last_date(row[1], row[2], counts[row[0]]),
        )
        for row in found
    ]
    return sorted(listed, key=_place)


def counts_of(listed: Sequence[ListedTrajectory]) -> Counter[str]:
    """How many go on, are quiet or silent, and are closed."""
    counts: Counter[str] = Counter()
    for one in listed:
        counts.update(
            {
                "going": int(one.closed_on is None),
                "closed": int(one.closed_on is not None),
                "quiet": int(one.is_quiet),
                "silent": int(one.is_silent),
            }
        )
    return counts


def _last_date(started_at: datetime, closed_on: date | None, talks: TalkCount) -> date:
    moments = (started_at, talks.last_at, talks.next_at)
    days = [moment.astimezone(AMSTERDAM).date() for moment in moments if moment]
    return max([*days, closed_on] if closed_on else days)


def _place(one: ListedTrajectory) -> tuple[int, str, int]:
    if one.closed_on:
        group = 3
    elif one.is_silent:
        group = 0
    else:
        group = 1 if one.is_quiet else 2
    return group, one.sort_name, one.id
