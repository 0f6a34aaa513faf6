"""Requests: always narrowed by `visible_to`; lists are the coordinator's."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select, true

from app.coaching.models import (
    CoachingRequest,
    Match,
    MatchingRound,
    Publication,
    RequestTheme,
)
from app.coaching.policy import RUN_ROUNDS
from app.kernel.actor import Actor
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
    is_published: bool
    match_id: int | None
    coach_id: int | None

    @property
    def waits(self) -> bool:
        """Whether the pairs are known and there is no coach among them."""
        return self.is_published and self.match_id is None


def requests_by(person_id: int) -> list[SentRequest]:
    """Everything that somebody asked, the latest round first."""
    is_published = select(Publication.id).where(Publication.round_id == MatchingRound.id).exists()
    rows = session().execute(
        select(CoachingRequest, MatchingRound, is_published, Match.id, Match.coach_id)
        .join(
            MatchingRound,
            (MatchingRound.tenant_id == CoachingRequest.tenant_id)
            & (MatchingRound.id == CoachingRequest.round_id),
        )
        .outerjoin(
            Match,
            (Match.tenant_id == CoachingRequest.tenant_id)
            & (Match.request_id == CoachingRequest.id)
            & Match.ended_at.is_(None),
        )
        .where(CoachingRequest.person_id == person_id)
        .order_by(MatchingRound.starts_on.desc(), MatchingRound.id.desc())
    )
    return [SentRequest(*row) for row in rows]


def themes_of(request_id: int) -> dict[str, int]:
    """Theme and weight of a request."""
    rows = session().scalars(select(RequestTheme).where(RequestTheme.request_id == request_id))
    return {row.theme: row.weight for row in rows}
