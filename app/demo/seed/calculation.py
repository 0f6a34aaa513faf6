"""Proposals by the real matching: published without mails for last year, and calculated for the open round."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.coaching.further import look_further
from app.coaching.matching import solve
from app.coaching.models import MatchingRound, Proposal, Publication
from app.coaching.queries import latest_proposal
from app.coaching.round_facts import facts_of, possible_coaches
from app.coaching.services.proposals import CALCULATION, calculate, keep_further, keep_proposal
from app.coaching.services.publication import make_matches
from app.jobs.models import LongWork, WorkState
from app.kernel.clock import AMSTERDAM
from app.kernel.permissions import Role
from app.organisation.models import Assignment
from tenants.session import session

DAYS_UNTIL_PUBLISHED = 14
HOUR_OF_PUBLISHING = time(14, 5)


def publish_earlier_round(matching_round: MatchingRound) -> None:
    """Give every request of the round the best coach, as the coordinator would have done at the time."""
    facts = facts_of(matching_round)
    judgement = facts.judged()
    result = solve(facts.instance(judgement), explain=False)
    keep_proposal(_work_on(matching_round), facts, judgement, result, seconds=0.0)
    proposal = latest_proposal(matching_round.id)
    if proposal is None:
        raise LookupError(matching_round.id)
    _publish(matching_round, proposal)
    make_matches(proposal, facts)


def calculate_open_round(matching_round: MatchingRound) -> None:
    """Leave a proposal for the coordinator to look at, with why each pair and what another would cost."""
    facts = facts_of(matching_round)
    judgement, result, seconds = calculate(facts, lambda _stage, _done: None)
    further = look_further(facts, possible_coaches(facts), judgement, result, lambda _stage, _done: None)
    work_id = _work_on(matching_round)
    keep_proposal(work_id, facts, judgement, result, seconds)
    keep_further(work_id, further)


def _work_on(matching_round: MatchingRound) -> int:
    """The calculation as long work of the coordinator; gives its id."""
    work = LongWork(
        kind=CALCULATION, subject_id=matching_round.id, person_id=_coordinator(), state=WorkState.RUNNING
    )
    session().add(work)
    session().flush()
    return work.id


def _coordinator() -> int:
    coordinators = select(Assignment.person_id).where(Assignment.role == Role.COORDINATOR)
    return session().scalars(coordinators.order_by(Assignment.id)).first() or 0


def _publish(matching_round: MatchingRound, proposal: Proposal) -> None:
    """Say that it happened at the time."""
    day = matching_round.starts_on + timedelta(days=DAYS_UNTIL_PUBLISHED)
    proposal.calculated_at = datetime.combine(day, HOUR_OF_PUBLISHING, AMSTERDAM)
    session().add(
        Publication(
            round_id=matching_round.id,
            proposal_id=proposal.id,
            by_id=proposal.by_id,
            at=proposal.calculated_at + timedelta(minutes=20),
        )
    )
    session().flush()
