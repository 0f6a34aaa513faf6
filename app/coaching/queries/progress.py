"""How far the pairs of a published round are. For the coordinator: that something is, never what was said."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select

from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    Answer,
    Closure,
    CoachingRequest,
    Ending,
    Match,
    MatchAnswer,
    Outcome,
    Publication,
    Rematch,
    Trajectory,
)
from app.kernel.clock import AMSTERDAM, today
from tenants.session import session

SILENT_DAYS = 14
"""From then on the coordinator is shown that a pair is silent."""

FINISHED = frozenset({Outcome.COMPLETED, Outcome.COMPLETED_EARLY})


class PairState(StrEnum):
    """Where somebody who asked for a coach stands."""

    WITHOUT = "without"
    """There is no coach for her now."""
    WAITS_FOR_BOTH = "both"
    WAITS_FOR_COACHEE = "coachee"
    WAITS_FOR_COACH = "coach"
    TALKS = "talks"
    """Both have answered, and one of them at least wants to meet first."""
    RUNS = "runs"
    STOPPED = "stopped"
    COMPLETED = "completed"


WAITING = frozenset({PairState.WAITS_FOR_BOTH, PairState.WAITS_FOR_COACHEE, PairState.WAITS_FOR_COACH})


class RoundPair(NamedTuple):
    """A match of a published round in short."""

    id: int
    request_id: int
    coach_id: int
    made_at: datetime | None
    ended_at: datetime | None
    ending: str | None


class RequestProgress(NamedTuple):
    """A request of a published round, with what became of it."""

    request_id: int
    person_id: int
    sent_at: datetime
    state: PairState
    match: RoundPair | None
    """The pair that goes on, or the one whose coaching was closed last."""
    trajectory_id: int | None
    since: datetime | None
    """From when it waits: for an answer, or after the last one for what the two decide."""
    was_late: bool
    """She asked after the publication."""
    had_pair: bool
    """There was a pair before that does not go on."""

    @property
    def silent_days(self) -> int:
        """For how many days nothing was heard of a pair that waits."""
        return (today() - self.since.astimezone(AMSTERDAM).date()).days if self.since else 0

    @property
    def is_silent(self) -> bool:
        """Whether it has been quiet for so long that somebody should ask."""
        return self.silent_days >= SILENT_DAYS


def progress_of(publication: Publication) -> list[RequestProgress]:
    """Every request of a published round and where it stands, in a fixed number of queries."""
    round_id = publication.round_id
    requests = session().execute(
        select(CoachingRequest.id, CoachingRequest.person_id, CoachingRequest.sent_at)
        .where(CoachingRequest.round_id == round_id)
        .order_by(CoachingRequest.id)
    )
    matches: defaultdict[int, list[RoundPair]] = defaultdict(list)
    pairs = select(Match.id, Match.request_id, Match.coach_id, Match.made_at, Match.ended_at, Match.ending)
    for row in session().execute(pairs.where(Match.round_id == round_id).order_by(Match.id)):
        match = RoundPair(*row)
        matches[match.request_id].append(match)
    history = _History(publication, _answers(round_id), _begun(round_id))
    return [
        history.of(request_id, person_id, sent_at, matches[request_id])
        for request_id, person_id, sent_at in requests
    ]


class _Given(NamedTuple):
    """What one side of a match answered."""

    answer: str
    at: datetime


def _answers(round_id: int) -> Mapping[int, dict[int, _Given]]:
    of_match = (Match.tenant_id == MatchAnswer.tenant_id) & (Match.id == MatchAnswer.match_id)
    found: defaultdict[int, dict[int, _Given]] = defaultdict(dict)
    rows = select(MatchAnswer.match_id, MatchAnswer.side, MatchAnswer.answer, MatchAnswer.at)
    for match_id, side, answer, at in session().execute(
        rows.join(Match, of_match).where(Match.round_id == round_id)
    ):
        found[match_id][side] = _Given(answer, at)
    return found


class Begun(NamedTuple):
    """The coaching that followed from a match, with its outcome when it is closed."""

    trajectory_id: int
    outcome: str | None
    asks_another: bool
    """Whether the IB'er asked for another coach after it."""


def _begun(round_id: int) -> dict[int, Begun]:
    """By match: the coaching that began."""
    rows = session().execute(
        select(Match.id, Trajectory.id, Closure.outcome, Rematch.id.is_not(None))
        .join(Trajectory, (Trajectory.tenant_id == Match.tenant_id) & (Trajectory.match_id == Match.id))
        .outerjoin(
            Closure, (Closure.tenant_id == Trajectory.tenant_id) & (Closure.trajectory_id == Trajectory.id)
        )
        .outerjoin(
            Rematch, (Rematch.tenant_id == Trajectory.tenant_id) & (Rematch.trajectory_id == Trajectory.id)
        )
        .where(Match.round_id == round_id)
    )
    return {row[0]: Begun(row[1], row[2], row[3]) for row in rows}


@dataclass(frozen=True, slots=True)
class _History:
    """What is known of all matches of a round, to tell of each request where it stands."""

    publication: Publication
    answers: Mapping[int, dict[int, _Given]]
    begun: Mapping[int, Begun]

    def of(
        self, request_id: int, person_id: int, sent_at: datetime, matches: list[RoundPair]
    ) -> RequestProgress:
        """Where a request stands, given all its matches in the order in which they were made."""
        match = next((one for one in reversed(matches) if self._is_hers(one)), None)
        state = self._state(match) if match else PairState.WITHOUT
        begun = self.begun.get(match.id) if match else None
        return RequestProgress(
            request_id=request_id,
            person_id=person_id,
            sent_at=sent_at,
            state=state,
            match=match,
            trajectory_id=begun.trajectory_id if begun else None,
            since=self._since(match, state) if match else None,
            was_late=sent_at > self.publication.at,
            had_pair=any(one is not match for one in matches),
        )

    def _is_hers(self, match: RoundPair) -> bool:
        """Whether it goes on, or came to its own end without a wish for another coach."""
        if match.ended_at is None:
            return True
        begun = self.begun.get(match.id)
        return match.ending == Ending.CLOSED and not (begun and begun.asks_another)

    def _state(self, match: RoundPair) -> PairState:
        begun = self.begun.get(match.id)
        if begun and begun.outcome in FINISHED:
            return PairState.COMPLETED
        if match.ended_at or (begun and begun.outcome):
            return PairState.STOPPED
        if begun:
            return PairState.RUNS
        return _awaited(self.answers.get(match.id, {}))

    def _since(self, match: RoundPair, state: PairState) -> datetime | None:
        if state in WAITING:
            return match.made_at or self.publication.at
        if state == PairState.TALKS:
            return max(answer.at for answer in self.answers[match.id].values())
        return None


def _awaited(answers: Mapping[int, _Given]) -> PairState:
    given = {side for side, answer in answers.items() if answer.answer != Answer.DECLINED}
    if not given:
        return PairState.WAITS_FOR_BOTH
    if IB_SIDE not in given:
        return PairState.WAITS_FOR_COACHEE
    return PairState.WAITS_FOR_COACH if COACH_SIDE not in given else PairState.TALKS
