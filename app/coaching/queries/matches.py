"""Published pairs, for the two in it and the coordinator."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, false, or_, select

from app.coaching.models import (
    Ending,
    Match,
    MatchAffiliation,
    Trajectory,
)
from app.coaching.policy import RUN_ROUNDS
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.kernel.permissions import Role
from tenants.session import session


def pairs_of(actor: Actor) -> Sequence[Match]:
    """The published pairs in which the actor is one of the two, the latest round first."""
    mine = or_(Match.coachee_id == actor.person_id, Match.coach_id == actor.person_id)
    concerned = mine if actor.has(Role.IB) or actor.has(Role.COACH) else false()
    return (
        session()
        .scalars(
            select(Match).where(concerned, Match.ended_at.is_(None)).order_by(Match.round_id.desc(), Match.id)
        )
        .all()
    )


def match_with(actor: Actor, match_id: int) -> Match:
    """A pair of which the actor is one of the two, or any for the coordinator. Raises NotFound."""
    found = session().scalar(select(Match).where(Match.id == match_id))
    if found is None or not (actor.may(RUN_ROUNDS) or actor.person_id in {found.coachee_id, found.coach_id}):
        raise NotFound
    return found


def matches_in(round_id: int) -> Sequence[Match]:
    """The published pairs of a round that go on. For the coordinator."""
    going_on = select(Match).where(Match.round_id == round_id, Match.ended_at.is_(None))
    return session().scalars(going_on.order_by(Match.id)).all()


def match_by_id(match_id: int) -> Match:
    """A pair, for the system's own mails. Raises NotFound."""
    found = session().scalar(select(Match).where(Match.id == match_id))
    if found is None:
        raise NotFound
    return found


def gave_a_coach() -> ColumnElement[bool]:
    """The matches by which somebody had a coach: those that go on, and those that ran before they ended.

    A pair that was declined, or changed before the two began, counts for nothing: they are strangers still, and the
    IB'er was left out. Who of the two declined makes no difference, since to count otherwise would tell.
    """
    began = exists().where(Trajectory.tenant_id == Match.tenant_id, Trajectory.match_id == Match.id)
    return or_(Match.ended_at.is_(None), Match.ending == Ending.CLOSED, began.correlate(Match))


def affiliations_of(match_id: int) -> Sequence[MatchAffiliation]:
    """The schools and boards of both sides of a match, as they were when it was made."""
    found = select(MatchAffiliation).where(MatchAffiliation.match_id == match_id)
    return session().scalars(found.order_by(MatchAffiliation.side, MatchAffiliation.affiliation)).all()
