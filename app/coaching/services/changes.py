"""Change the pairs of a published round: what was calculated, all of it or nothing."""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from app.coaching.change_facts import ChangeFacts, change_facts_of
from app.coaching.models import (
    AppliedChange,
    Closure,
    Ending,
    Match,
    MatchingRound,
    Outcome,
    Proposal,
    ProposedPair,
    Publication,
    Trajectory,
)
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import application_of, latest_change, publication_of
from app.coaching.services.matches import end_matches, match_pairs
from app.coaching.services.proposals import CALCULATION
from app.coaching.services.publication import pairs_in
from app.coaching.services.rounds import running_round
from app.jobs.progress import work_on
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import today
from app.kernel.errors import Conflict
from tenants.session import session


def apply_change(actor: Actor, round_id: int, proposal_id: int) -> None:
    """Carry out the change that the coordinator looked at: pairs end, others begin, and everybody concerned gets a mail.

    Raises Conflict when it is not the last one that was calculated, when something changed since, or when somebody
    carried it out at the same moment.
    """
    actor.require(RUN_ROUNDS)
    matching_round = running_round(round_id, alone=True)
    work = work_on(CALCULATION, round_id)
    if work and not work.has_ended:
        raise Conflict(_("A calculation of this round is running already."))
    proposal = latest_change(round_id)
    if proposal is None or proposal.id != proposal_id:
        raise Conflict(_("Another change has been calculated since. Look at that one."))
    if application_of(proposal_id):
        raise Conflict(_("This change has been carried out already."))
    publication = publication_of(round_id)
    assert publication
    facts = change_facts_of(matching_round, publication)
    if not still_fits(proposal, facts):
        raise Conflict(_("Something has changed since this was calculated. Calculate the change again."))
    session().add(AppliedChange(proposal_id=proposal_id, by_id=actor.person_id))
    session().flush()
    _Change(actor, matching_round, proposal, facts).carry_out()
    record(actor, "apply change", "matching_round", round_id)


def still_fits(proposal: Proposal, facts: ChangeFacts) -> bool:
    """Whether a change was calculated with what holds now, and no coaching began meanwhile that it would break."""
    if facts.digest != proposal.input_hash:
        return False
    begun_then = {(request, coach) for request, coach in proposal.decisions["begun"]}
    begun_since = facts.begun - begun_then
    return not begun_since or not begun_since & broken_pairs(proposal)


def broken_pairs(proposal: Proposal) -> set[tuple[str, str]]:
    """The pairs that go on and would end by a change: ids of request and coach."""
    rows = select(ProposedPair.request_id, ProposedPair.coach_id)
    proposed = {
        (str(request), str(coach))
        for request, coach in session().execute(rows.where(ProposedPair.proposal_id == proposal.id))
    }
    return {(request, coach) for request, coach in proposal.decisions["previous"]} - proposed


def change_is_current(matching_round: MatchingRound, publication: Publication, proposal: Proposal) -> bool:
    """Whether a change could be carried out as it was calculated."""
    return still_fits(proposal, change_facts_of(matching_round, publication))


class _Change:
    """A change on its way into the rows."""

    def __init__(
        self, actor: Actor, matching_round: MatchingRound, proposal: Proposal, facts: ChangeFacts
    ) -> None:
        self._actor = actor
        self._round = matching_round
        self._proposal = proposal
        self._facts = facts

    def carry_out(self) -> None:
        """Let pairs end before others begin, so that places are free for them."""
        broken = self._broken_matches()
        self._hand_over([match.id for match in broken])
        end_matches([match.id for match in broken], Ending.CHANGED)
        made = self._make_new({(match.request_id, match.coach_id) for match in self._going_on()})
        self._tell(broken, made)

    def _broken_matches(self) -> list[Match]:
        broken = broken_pairs(self._proposal)
        return [match for match in self._going_on() if (str(match.request_id), str(match.coach_id)) in broken]

    def _going_on(self) -> Sequence[Match]:
        going_on = select(Match).where(Match.round_id == self._round.id, Match.ended_at.is_(None))
        return session().scalars(going_on.order_by(Match.id)).all()

    def _hand_over(self, match_ids: Collection[int]) -> None:
        """Close coaching that had begun and cannot go on."""
        closed = select(Closure.id).where(
            Closure.tenant_id == Trajectory.tenant_id, Closure.trajectory_id == Trajectory.id
        )
        begun = select(Trajectory).where(Trajectory.match_id.in_(match_ids), ~closed.exists())
        session().add_all(
            Closure(
                trajectory_id=trajectory.id,
                outcome=Outcome.HANDED_OVER,
                by_id=self._actor.person_id,
                closed_on=today(),
            )
            for trajectory in session().scalars(begun)
        )
        session().flush()

    def _make_new(self, kept: Collection[tuple[int, int]]) -> Sequence[Match]:
        new = [pair for pair in pairs_in(self._proposal) if (pair.request_id, pair.coach_id) not in kept]
        return match_pairs(self._round.id, new, self._facts, self._facts.capacities)

    def _tell(self, broken: Sequence[Match], made: Sequence[Match]) -> None:
        had = {match.request_id for match in broken}
        for match in broken:
            enqueue("coaching.tell_coach_of_change", match_id=match.id)
        for match in made:
            if match.request_id in had:
                enqueue("coaching.tell_coachee_of_change", match_id=match.id)
            else:
                enqueue("coaching.tell_coachee", match_id=match.id)
            enqueue("coaching.tell_coach", match_id=match.id)
        for match in broken:
            if match.request_id not in {one.request_id for one in made}:
                enqueue("coaching.tell_coachee_of_loss", match_id=match.id)
