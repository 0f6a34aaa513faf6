"""Say yes or no to a published pair. Whoever says no: the other only hears that the pair does not go on."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    Answer,
    DeclinedPair,
    Ending,
    Match,
    MatchAnswer,
)
from app.coaching.policy import ANSWER_MATCHES
from app.coaching.queries import answers_to, own_match, profile_of, side_of, trajectory_of
from app.coaching.services.absence import Absence, say_away
from app.coaching.services.matches import end_matches
from app.coaching.services.rounds import running_round
from app.coaching.services.trajectories import start_trajectory
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict
from app.kernel.permissions import Role
from app.organisation.queries import holder_ids
from tenants.session import session


def accept_match(actor: Actor, match_id: int) -> int | None:
    """Say yes. Once both have, their trajectory begins; gives its id then."""
    match = _answerable(actor, match_id)
    _keep(actor, match, Answer.ACCEPTED)
    both = {IB_SIDE: Answer.ACCEPTED, COACH_SIDE: Answer.ACCEPTED}
    if answers_to(match_id) != both:
        return None
    trajectory = start_trajectory(match)
    for side in both:
        enqueue("coaching.tell_start", match_id=match_id, side=side)
    return trajectory.id


def ask_to_talk_first(actor: Actor, match_id: int) -> None:
    """Say that she wants to meet before she says yes or no."""
    _keep(actor, _answerable(actor, match_id), Answer.TALK_FIRST)


def decline_match(actor: Actor, match_id: int, data: dict[str, Any]) -> None:
    """Say no, without a reason: the match ends, and the pair is not proposed again in this round.

    A coach can say at once that she is away for a time.
    """
    match = _answerable(actor, match_id)
    side = _keep(actor, match, Answer.DECLINED)
    end_matches([match_id], Ending.DECLINED)
    session().add(DeclinedPair(request_id=match.request_id, coach_id=match.coach_id))
    if side == COACH_SIDE and any(data.values()) and profile_of(actor.person_id):
        say_away(actor, Absence(data["unavailable_from"], data["unavailable_until"]))
    enqueue("coaching.tell_end", match_id=match_id, side=COACH_SIDE if side == IB_SIDE else IB_SIDE)
    for coordinator_id in sorted(holder_ids(Role.COORDINATOR)):
        enqueue("coaching.tell_coordinator_of_end", match_id=match_id, person_id=coordinator_id)


def _answerable(actor: Actor, match_id: int) -> Match:
    """A pair of her own that waits for answers; until the end of the transaction nobody else answers it."""
    actor.require(ANSWER_MATCHES)
    match = own_match(actor, match_id)
    running_round(match.round_id)
    session().refresh(match, with_for_update=True)
    if match.ended_at:
        raise Conflict(_("This pair does not go on. There is nothing to answer any more."))
    if trajectory_of(match_id):
        raise Conflict(_("You both said yes: your coaching has begun."))
    return match


def _keep(actor: Actor, match: Match, answer: Answer) -> int:
    """Keep an answer in the place of an earlier one; gives the side that answered."""
    side = side_of(match, actor.person_id)
    given = session().scalar(
        select(MatchAnswer).where(MatchAnswer.match_id == match.id, MatchAnswer.side == side)
    )
    if given:
        session().delete(given)
        session().flush()
    session().add(MatchAnswer(match_id=match.id, side=side, answer=answer))
    session().flush()
    record(actor, "answer match", "match", match.id)
    return side
