"""What the two of a pair answered: each sees her own answer, and of the other that she said yes."""

from sqlalchemy import or_, select

from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    Match,
    MatchAnswer,
    MatchingRound,
    Trajectory,
)
from app.coaching.policy import ANSWER_MATCHES
from app.coaching.queries.matches import match_with
from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.errors import Forbidden
from tenants.session import session


def own_match(actor: Actor, match_id: int) -> Match:
    """A pair in which the actor is one of the two.

    Raises Forbidden for the coordinator, who may know that it is and not answer for others; NotFound for others.
    """
    match = match_with(actor, match_id)
    if actor.person_id not in {match.coachee_id, match.coach_id}:
        raise Forbidden(ANSWER_MATCHES.name)
    return match


def side_of(match: Match, person_id: int) -> int:
    """On which side of a pair somebody stands."""
    return IB_SIDE if person_id == match.coachee_id else COACH_SIDE


def answers_to(match_id: int) -> dict[int, str]:
    """What each side answered, by side; who has not is not in it."""
    rows = session().execute(
        select(MatchAnswer.side, MatchAnswer.answer).where(MatchAnswer.match_id == match_id)
    )
    return dict(rows.all())


def trajectory_of(match_id: int) -> Trajectory | None:
    """The coaching that followed from a pair."""
    return session().scalar(select(Trajectory).where(Trajectory.match_id == match_id))


def unanswered_by(actor: Actor) -> set[int]:
    """The pairs that wait for the actor's own answer, in rounds that are not over."""
    answered = select(MatchAnswer.id).where(
        MatchAnswer.tenant_id == Match.tenant_id, MatchAnswer.match_id == Match.id
    )
    by_coachee = (Match.coachee_id == actor.person_id) & ~answered.where(MatchAnswer.side == IB_SIDE).exists()
    by_coach = (Match.coach_id == actor.person_id) & ~answered.where(MatchAnswer.side == COACH_SIDE).exists()
    begun = select(Trajectory.id).where(
        Trajectory.tenant_id == Match.tenant_id, Trajectory.match_id == Match.id
    )
    of_round = (MatchingRound.tenant_id == Match.tenant_id) & (MatchingRound.id == Match.round_id)
    waiting = (
        select(Match.id)
        .join(MatchingRound, of_round)
        .where(Match.ended_at.is_(None), MatchingRound.ends_on >= today(), ~begun.exists())
        .where(or_(by_coachee, by_coach))
    )
    return set(session().scalars(waiting))
