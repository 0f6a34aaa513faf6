"""Try one rule with more room: asked by the coordinator, worked out by the worker, kept with the proposal."""

from dataclasses import asdict

from app.coaching.models import Attempt, Proposal
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import attempt_of_work, latest_proposal, round_with
from app.coaching.what_if import Change, Effect, Loosened, Trial, trial_of
from app.jobs.models import LongWork
from app.jobs.progress import cancel_work, finish_work, start_work
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from tenants.context import current_network_id
from tenants.session import session

TRIAL = "coaching.try_rule"


def start_attempt(actor: Actor, round_id: int, change: Change) -> Attempt:
    """Queue working out a change; the round stays as it is.

    Raises NotFound without a proposal or for somebody who is not in the round, Conflict when a locked pair is no
    longer possible.
    """
    actor.require(RUN_ROUNDS)
    proposal = latest_proposal(round_id)
    if proposal is None:
        raise NotFound
    trial_of(round_with(round_id), proposal, change)
    attempt = Attempt(
        proposal_id=proposal.id,
        work_id=start_work(actor, TRIAL, round_id),
        rule=change.rule,
        number=change.number,
        subject_id=change.subject_id,
    )
    session().add(attempt)
    session().flush()
    return attempt


def cancel_attempt(actor: Actor, round_id: int) -> None:
    """Stop what is being worked out."""
    actor.require(RUN_ROUNDS)
    round_with(round_id)
    cancel_work(TRIAL, round_id)


def read_trial(work_id: int) -> tuple[LongWork, Trial]:
    """For the job: what to try, on the facts of this moment."""
    work = session().get_one(LongWork, (current_network_id(), work_id))
    attempt = attempt_of_work(work_id)
    proposal = session().get_one(Proposal, (current_network_id(), attempt.proposal_id))
    change = Change(Loosened(attempt.rule), attempt.number, attempt.subject_id)
    return work, trial_of(round_with(work.subject_id), proposal, change)


def keep_effect(work_id: int, effect: Effect) -> None:
    """Keep what came out and end its work, in one transaction; a second time changes nothing."""
    work = session().get_one(LongWork, (current_network_id(), work_id))
    if not work.has_ended:
        attempt_of_work(work_id).effect = asdict(effect)
        finish_work(work)
