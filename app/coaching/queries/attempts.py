"""Rules that were tried with more room: for the coordinator, as everything of a round."""

from sqlalchemy import select

from app.coaching.models import Attempt, Proposal
from app.kernel.errors import NotFound
from tenants.session import session


def attempt_with(round_id: int, attempt_id: int) -> Attempt:
    """What was tried in a round. Raises NotFound."""
    of_round = select(Proposal.id).where(Proposal.round_id == round_id)
    found = session().scalar(
        select(Attempt).where(Attempt.id == attempt_id, Attempt.proposal_id.in_(of_round))
    )
    if found is None:
        raise NotFound
    return found


def attempt_of_work(work_id: int) -> Attempt:
    """What a piece of long work tries, for the job. Raises NotFound."""
    found = session().scalar(select(Attempt).where(Attempt.work_id == work_id))
    if found is None:
        raise NotFound
    return found
