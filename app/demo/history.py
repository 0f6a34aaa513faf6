"""The round of last year: calculated and published without mails, so that there is a history."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.coaching.matching import solve
from app.coaching.models import MatchingRound, Proposal, Publication
from app.coaching.queries import latest_proposal, round_with
from app.coaching.round_facts import facts_of
from app.coaching.services.proposals import CALCULATION, keep_proposal
from app.coaching.services.publication import make_matches
from app.jobs.models import LongWork, WorkState
from app.kernel.clock import AMSTERDAM
from app.kernel.permissions import Role
from app.organisation.models import Assignment
from tenants.context import Network
from tenants.session import Database, session

DAYS_UNTIL_PUBLISHED = 14
HOUR_OF_PUBLISHING = time(14, 5)


def publish_earlier_round(database: Database, network: Network, round_id: int) -> None:
    """Give every request of the round the best coach, as the coordinator would have done at the time."""
    with database.unit_of_work(network):
        matching_round = round_with(round_id)
        facts = facts_of(matching_round)
    judgement = facts.judged()
    result = solve(facts.instance(judgement), explain=False)
    with database.unit_of_work(network):
        coordinator = _coordinator()
        work = LongWork(kind=CALCULATION, subject_id=round_id, person_id=coordinator, state=WorkState.RUNNING)
        session().add(work)
        session().flush()
        keep_proposal(work.id, facts, judgement, result, seconds=0.0)
        proposal = latest_proposal(round_id)
        if proposal is None:
            raise LookupError(round_id)
        _publish(matching_round, proposal, coordinator)
        make_matches(proposal, facts)


def _coordinator() -> int:
    return (
        session().scalars(select(Assignment.person_id).where(Assignment.role == Role.COORDINATOR)).first()
        or 0
    )


def _publish(matching_round: MatchingRound, proposal: Proposal, coordinator: int) -> None:
    """Say that it happened at the time."""
    day = matching_round.starts_on + timedelta(days=DAYS_UNTIL_PUBLISHED)
    proposal.calculated_at = datetime.combine(day, HOUR_OF_PUBLISHING, AMSTERDAM)
    session().add(
        Publication(
            round_id=matching_round.id,
            proposal_id=proposal.id,
            by_id=coordinator,
            at=proposal.calculated_at + timedelta(minutes=20),
        )
    )
