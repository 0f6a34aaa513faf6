"""Requests: always narrowed by `visible_to`; lists are the coordinator's."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, true

from app.coaching.models import (
    CoachingRequest,
    Ending,
    Match,
    MatchingRound,
    Publication,
    Rematch,
    RequestTheme,
    Trajectory,
)
from app.coaching.policy import RUN_ROUNDS
from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.errors import NotFound
from tenants.session import session


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Which requests the actor may know of: her own; the coach's own coachees, once published; the coordinator all."""
    if actor.may(RUN_ROUNDS):
        return true()
    coachees = select(Match.request_id).where(Match.coach_id == actor.person_id, Match.ended_at.is_(None))
    return or_(CoachingRequest.person_id == actor.person_id, CoachingRequest.id.in_(coachees))


def question_readable_by(actor: Actor, request: CoachingRequest) -> bool:
    """The question in her own words is for her and her coach, not for the coordinator."""
    if request.person_id == actor.person_id:
        return True
    mine = (Match.coach_id == actor.person_id) & Match.ended_at.is_(None)
    match = select(Match.id).where(Match.request_id == request.id, mine)
    return session().scalar(match) is not None


def request_with(actor: Actor, request_id: int) -> CoachingRequest:
    """A request that the actor may see. Raises NotFound."""
    found = session().scalar(
        select(CoachingRequest).where(CoachingRequest.id == request_id, visible_to(actor))
    )
    if found is None:
        raise NotFound
    return found


def request_by(person_id: int, round_id: int) -> CoachingRequest | None:
    """What somebody asked in a round."""
    return session().scalar(
        select(CoachingRequest).where(
            CoachingRequest.person_id == person_id, CoachingRequest.round_id == round_id
        )
    )


@dataclass(frozen=True, slots=True)
class SentRequest:
    """What somebody asked in a round, with what became of it."""

    request: CoachingRequest
    round: MatchingRound
    match_id: int | None
    coach_id: int | None
    published_at: datetime | None
    had_pair: bool
    """There was a pair that does not go on."""

    @property
    def is_published(self) -> bool:
        """Whether the pairs of the round are known."""
        return self.published_at is not None

    @property
    def was_late(self) -> bool:
        """Whether she asked after the publication."""
        return self.published_at is not None and self.request.sent_at > self.published_at

    @property
    def may_change(self) -> bool:
        """Whether what she asked can still lead to a coach in this round."""
        return self.match_id is None and (not self.is_published or self.round.ends_on >= today())

    @property
    def waits(self) -> bool:
        """Whether the pairs are known and there is no coach among them."""
        return self.is_published and self.match_id is None


def requests_by(person_id: int) -> list[SentRequest]:
    """Everything that somebody asked, the latest round first."""
    of_request = (Match.tenant_id == CoachingRequest.tenant_id) & (Match.request_id == CoachingRequest.id)
    # The pair that goes on, or else the one whose coaching was closed last.
    shown = (
        select(Match.id)
        .where(
            of_request, or_(Match.ended_at.is_(None), Match.ending == Ending.CLOSED), ~_led_to_another_wish()
        )
        .order_by(Match.ended_at.is_(None).desc(), Match.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session().execute(
        select(
            CoachingRequest,
            MatchingRound,
            Match.id,
            Match.coach_id,
            Publication.at,
            exists().where(of_request, Match.ended_at.is_not(None)).correlate(CoachingRequest),
        )
        .join(
            MatchingRound,
            (MatchingRound.tenant_id == CoachingRequest.tenant_id)
            & (MatchingRound.id == CoachingRequest.round_id),
        )
        .outerjoin(
            Publication,
            (Publication.tenant_id == MatchingRound.tenant_id) & (Publication.round_id == MatchingRound.id),
        )
        .outerjoin(Match, of_request & (Match.id == shown.correlate(CoachingRequest)))
        .where(CoachingRequest.person_id == person_id)
        .order_by(MatchingRound.starts_on.desc(), MatchingRound.id.desc())
    )
    return [SentRequest(*row) for row in rows]


def _led_to_another_wish() -> ColumnElement[bool]:
    """Matches after which the IB'er asked for another coach."""
    asked = (
        select(Trajectory.match_id)
        .join(Rematch, (Rematch.tenant_id == Trajectory.tenant_id) & (Rematch.trajectory_id == Trajectory.id))
        .where(Trajectory.match_id.is_not(None))
    )
    return Match.id.in_(asked)


def late_round(person_id: int) -> MatchingRound | None:
    """The latest published round that is not over and in which somebody did not ask: she can still be added to it."""
    asked = select(CoachingRequest.round_id).where(CoachingRequest.person_id == person_id)
    return session().scalar(
        select(MatchingRound)
        .where(
            MatchingRound.id.in_(select(Publication.round_id)),
            MatchingRound.id.not_in(asked),
            MatchingRound.ends_on >= today(),
        )
        .order_by(MatchingRound.starts_on.desc(), MatchingRound.id.desc())
        .limit(1)
    )


def themes_of(request_id: int) -> dict[str, int]:
    """Theme and weight of a request."""
    rows = session().scalars(select(RequestTheme).where(RequestTheme.request_id == request_id))
    return {row.theme: row.weight for row in rows}
