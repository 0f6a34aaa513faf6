"""Published pairs, for the two in it and the coordinator."""

from collections.abc import Sequence

from sqlalchemy import false, or_, select

from app.coaching.models import Match, MatchAffiliation
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


def affiliations_of(match_id: int) -> Sequence[MatchAffiliation]:
    """The schools and boards of both sides of a match, as they were when it was made."""
    found = select(MatchAffiliation).where(MatchAffiliation.match_id == match_id)
    return session().scalars(found.order_by(MatchAffiliation.side, MatchAffiliation.affiliation)).all()
