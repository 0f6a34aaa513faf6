"""Publish a round: from then on IB'ers and coaches see each other."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from app.coaching.models import Match, MatchingRound, Proposal, ProposedPair, Publication
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import ProposalState, latest_proposal, state_of, unmatched_people
from app.coaching.round_facts import RoundFacts, facts_of
from app.coaching.services.drafts import forget_drafts
from app.coaching.services.matches import match_pairs
from app.coaching.services.proposals import CALCULATION
from app.coaching.services.rounds import changeable_round
from app.jobs.progress import work_on
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record, subjects_since
from app.kernel.errors import Conflict
from tenants.session import session

CHANGES = ("save request", "withdraw request", "save profile", "say away", "say available")
"""What people do that may change pairs."""


def publish_round(actor: Actor, round_id: int) -> None:
    """Make every pair of the latest proposal a match, and mail both sides. All of it, or nothing.

    Raises Conflict when there is no proposal, when something changed since it was calculated, or when somebody
    published at the same moment: who presses second waits for the round's row, and is then told.
    """
    actor.require(RUN_ROUNDS)
    matching_round = changeable_round(round_id, alone=True)
    work = work_on(CALCULATION, round_id)
    if work and not work.has_ended:
        raise Conflict(_("A calculation of this round is running already."))
    proposal = latest_proposal(round_id)
    if proposal is None:
        raise Conflict(_("There is no proposal yet. Calculate one first."))
    facts = facts_of(matching_round)
    if facts.digest != proposal.input_hash or not_calculated(matching_round, state_of(proposal)):
        raise Conflict(
            _("Something has changed since this proposal was calculated. Calculate it again, then publish.")
        )
    session().add(Publication(round_id=round_id, proposal_id=proposal.id, by_id=actor.person_id))
    session().flush()
    forget_drafts(round_id)
    for match in make_matches(proposal, facts):
        enqueue("coaching.tell_coachee", match_id=match.id)
        enqueue("coaching.tell_coach", match_id=match.id)
    for person_id in unmatched_people(proposal):
        enqueue("coaching.tell_unmatched", round_id=round_id, person_id=person_id)
    record(actor, "publish round", "matching_round", round_id)


def not_calculated(matching_round: MatchingRound, state: ProposalState) -> int:
    """How many decisions of the coordinator the proposal does not have yet.

    To lock what it proposes, or to rule out what it does not, changes no pair and is not counted; to take back a
    lock or an exclusion that it was calculated with may change pairs, and so may another line of fairness.
    """
    kept = state.proposal.decisions
    proposed = {head.request_id: head.coach_id for head in state.heads}
    other_locks = {
        request for request, coach in state.pinned.items() if proposed.get(request, coach) != coach
    }
    unlocked = {request for request, _coach in _pairs(kept["pinned"]) if request not in state.pinned}
    ruled_out = {(request, coach) for request, coaches in state.ruled_out.items() for coach in coaches}
    against = ruled_out & set(proposed.items())
    allowed_again = _pairs(kept["ruled_out"]) - ruled_out
    moved_line = matching_round.sufficiency != state.proposal.sufficiency
    return len(other_locks) + len(unlocked) + len(against) + len(allowed_again) + moved_line


def changed_since(proposal: Proposal) -> int:
    """How many requests and profiles were saved or withdrawn since the proposal was calculated."""
    return subjects_since(CHANGES, proposal.calculated_at)


def _pairs(kept: list[list[str]]) -> set[tuple[int, int]]:
    return {(int(request), int(coach)) for request, coach in kept}


def make_matches(proposal: Proposal, facts: RoundFacts) -> Sequence[Match]:
    """Make every pair of a proposal a match."""
    capacities = {int(coach.id): coach.capacity for coach in facts.coaches}
    return match_pairs(proposal.round_id, pairs_in(proposal), facts, capacities)


def pairs_in(proposal: Proposal) -> Sequence[ProposedPair]:
    """What a proposal says of each request, in the order in which it was kept."""
    pairs = select(ProposedPair).where(ProposedPair.proposal_id == proposal.id)
    return session().scalars(pairs.order_by(ProposedPair.id)).all()
