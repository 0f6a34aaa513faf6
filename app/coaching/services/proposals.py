"""Calculate a proposal: start it, do it outside a transaction, keep what came out."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select

from app.coaching.change_facts import ChangeFacts, change_facts_of
from app.coaching.further import Further
from app.coaching.matching import (
    ENGINE_VERSION,
    Alternative,
    Competition,
    Judgement,
    Match,
    Obstacles,
    Reason,
    Result,
    Unmatched,
    solve,
)
from app.coaching.models import PossibleCoach, Proposal, ProposalKind, ProposedCoach, ProposedPair
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import publication_of, round_with
from app.coaching.round_facts import RoundFacts, facts_of
from app.coaching.services.rounds import changeable_round, running_round
from app.jobs.models import LongWork
from app.jobs.progress import cancel_work, finish_work, start_work
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict
from app.organisation.queries import people_by_id
from tenants.context import current_network_id
from tenants.session import session

CALCULATION = "coaching.calculate_proposal"
ALTERNATIVES_KEPT = 5
COACHES_NAMED = 3


def start_calculation(actor: Actor, round_id: int) -> int:
    """Queue the calculation of a round; gives the id of the work. Raises Conflict when it could not succeed.

    Before publication it is about all pairs, afterwards about a change of those that go on.
    """
    actor.require(RUN_ROUNDS)
    publication = publication_of(round_id)
    if publication:
        facts = change_facts_of(running_round(round_id), publication)
    else:
        facts = facts_of(changeable_round(round_id))
        refuse_broken_pins(facts)
    if not facts.coachees:
        raise Conflict(_("Nobody has asked for a coach in this round yet."))
    if not any(coach.profile for coach in facts.coaches):
        raise Conflict(
            _("There is no coach with a profile yet. Add coaches, or enter their profiles, first.")
        )
    record(actor, "calculate proposal", "matching_round", round_id)
    return start_work(actor, CALCULATION, round_id)


def cancel_calculation(actor: Actor, round_id: int) -> None:
    """Stop the calculation of a round; an earlier proposal stays."""
    actor.require(RUN_ROUNDS)
    round_with(round_id)
    cancel_work(CALCULATION, round_id)


def calculate(facts: RoundFacts, report: Callable[[str, float], None]) -> tuple[Judgement, Result, float]:
    """The best proposal for these facts, with the seconds it took. Touches no database."""
    started = time.perf_counter()
    judgement = facts.judged()
    result = solve(facts.instance(judgement), alternatives=ALTERNATIVES_KEPT, progress=report)
    return judgement, result, time.perf_counter() - started


def read_work(work_id: int) -> tuple[LongWork, RoundFacts]:
    """For the job: what to calculate, as it is at this moment."""
    work = session().get_one(LongWork, (current_network_id(), work_id))
    matching_round, publication = round_with(work.subject_id), publication_of(work.subject_id)
    return work, change_facts_of(matching_round, publication) if publication else facts_of(matching_round)


def keep_proposal(
    work_id: int, facts: RoundFacts, judgement: Judgement, result: Result, seconds: float
) -> None:
    """Keep a proposal and end its work, in one transaction; a second time changes nothing.

    Of a round that was published meanwhile nothing is kept.
    """
    work = session().get_one(LongWork, (current_network_id(), work_id))
    if work.has_ended:
        return
    change = facts if isinstance(facts, ChangeFacts) else None
    if publication_of(work.subject_id) and not change:
        finish_work(work)
        return
    document = result.as_document()
    proposal = Proposal(
        round_id=work.subject_id,
        kind=ProposalKind.CHANGE if change else ProposalKind.ROUND,
        work_id=work.id,
        by_id=work.person_id,
        calculated_at=now(),
        engine_version=ENGINE_VERSION,
        input_hash=facts.digest,
        sufficiency=facts.sufficiency,
        decisions=facts.decisions,
        objective=document["objective"],
        certificate=document["certificate"],
        seconds=round(seconds, 3),
    )
    session().add(proposal)
    session().flush()
    # Everybody may have withdrawn since the calculation was asked for.
    if rows := _Rows(judgement, change).of(proposal.id, result):
        session().execute(insert(ProposedPair), rows)
    _keep_coaches(proposal.id, facts, result)
    finish_work(work)


def keep_further(work_id: int, further: Further) -> None:
    """Keep what was found out beside a proposal, in the transaction that keeps it; a second time changes nothing."""
    proposal = session().scalar(select(Proposal).where(Proposal.work_id == work_id))
    if proposal is None or proposal.other_lines:
        return
    proposal.other_lines = further.other_lines
    rows = [
        {
            "proposal_id": proposal.id,
            "person_id": int(newcomer.coach),
            "rank": rank,
            "gain": newcomer.gain,
            "coachable": [int(request) for request in newcomer.coachable],
        }
        for rank, newcomer in enumerate(further.newcomers, start=1)
    ]
    if rows:
        session().execute(insert(PossibleCoach), rows)


def _keep_coaches(proposal_id: int, facts: RoundFacts, result: Result) -> None:
    """What one place less or more at each coach with a profile would change, where it was worked out."""
    taken = Counter(match.coach for match in result.matches)
    rows = [
        {
            "proposal_id": proposal_id,
            "coach_id": int(coach.id),
            "places": coach.capacity,
            "taken": taken[coach.id],
            "more_matched": price.one_more.matched,
            "more_total": price.one_more.total,
            "less_matched": price.one_less.matched if price.one_less else None,
            "less_total": price.one_less.total if price.one_less else None,
        }
        for coach in facts.coaches
        if coach.profile
        for price in [(result.capacity_prices or {}).get(coach.id)]
        if price
    ]
    if rows:
        session().execute(insert(ProposedCoach), rows)


def refuse_broken_pins(facts: RoundFacts) -> None:
    """A locked pair may have become impossible since: raises Conflict that says which, so that it can be unlocked."""
    if not facts.pinned:
        return
    judged = facts.judged()
    coachee_at = {coachee.id: index for index, coachee in enumerate(judged.coachees)}
    coach_at = {coach.id: index for index, coach in enumerate(judged.coaches)}
    broken = [
        (judged.coachees[coachee_at[request]].person, coach)
        for request, coach in facts.pinned
        if request in coachee_at
        and (coach not in coach_at or judged.pair(coachee_at[request], coach_at[coach]).reasons)
    ]
    if broken:
        names = people_by_id({int(person) for pair in broken for person in pair})
        pairs = "; ".join(f"{names[int(ib)].name} – {names[int(coach)].name}" for ib, coach in broken)
        raise Conflict(
            _("These locked pairs are not possible any more. Unlock them first: %(pairs)s.", pairs=pairs)
        )
    _refuse_pins_over_capacity(facts)


def _refuse_pins_over_capacity(facts: RoundFacts) -> None:
    capacity = {coach.id: coach.capacity for coach in facts.coaches}
    pinned = [coach for _request, coach in facts.pinned]
    over = {coach for coach in pinned if pinned.count(coach) > capacity.get(coach, 0)}
    if over:
        names = people_by_id({int(coach) for coach in over})
        coaches = ", ".join(sorted(person.name for person in names.values()))
        raise Conflict(
            _(
                "More pairs are locked than these coaches have places. Unlock one first: %(coaches)s.",
                coaches=coaches,
            )
        )


class _Rows:
    """Turns a result into rows, each with what the page shows of it."""

    def __init__(self, judgement: Judgement, change: ChangeFacts | None) -> None:
        self._judgement = judgement
        self._before = change.before(judgement) if change else {}
        self._coachee_at = {coachee.id: index for index, coachee in enumerate(judgement.coachees)}
        self._coach_at = {coach.id: index for index, coach in enumerate(judgement.coaches)}

    def of(self, proposal_id: int, result: Result) -> list[dict[str, Any]]:
        """A row for each request."""
        matched = [self._matched(match) for match in result.matches]
        unmatched = [self._unmatched(unmatched) for unmatched in result.unmatched]
        rows = [{"proposal_id": proposal_id, **row} for row in (*matched, *unmatched)]
        for row in rows:
            if before := self._before.get(str(row["request_id"])):
                row["detail"]["before"] = before
        return rows

    def _matched(self, match: Match) -> dict[str, Any]:
        detail = self._shown(match.coachee, match.coach)
        detail["pinned"] = match.pinned
        detail["alternatives"] = self._alternatives(match.coachee, match.alternatives)
        return {
            "request_id": int(match.coachee),
            "coach_id": int(match.coach),
            "score": match.score,
            "detail": detail,
        }

    def _unmatched(self, unmatched: Unmatched) -> dict[str, Any]:
        detail: dict[str, Any] = {"reason": unmatched.reason.value}
        if isinstance(unmatched.details, Obstacles):
            detail["blocked_by"] = self._blocked_by(unmatched.coachee, unmatched.details.blocked_by)
            detail["only"] = {
                reason: self._nearest(unmatched.coachee, coaches)
                for reason, coaches in unmatched.details.only.items()
            }
        if isinstance(unmatched.details, Competition):
            detail["competing"] = len(unmatched.details.competing)
            detail["rivals"] = [int(request) for request in unmatched.details.competing]
            detail["coaches"] = [int(coach) for coach in unmatched.details.coaches]
            detail["places"] = unmatched.details.places
        detail["alternatives"] = self._alternatives(unmatched.coachee, unmatched.alternatives)
        return {"request_id": int(unmatched.coachee), "coach_id": None, "score": None, "detail": detail}

    def _blocked_by(self, coachee: str, counts: dict[str, int]) -> dict[str, int]:
        """Coaches by rule; of what they do not know, by each kind and concept: `kind:so`, `concept:dalton`."""
        at = self._coachee_at[coachee]
        unknown: Counter[str] = Counter()
        for coach, forbids in enumerate(self._judgement.reasons[at].tolist()):
            if forbids & Reason.KIND:
                kinds = self._judgement.pair(at, coach).unknown_kinds
                unknown.update(f"kind:{kind}" for kind in kinds)
            if forbids & Reason.CONCEPT:
                concepts = self._judgement.pair(at, coach).unknown_concepts
                unknown.update(f"concept:{concept}" for concept in concepts)
        rules = {rule: count for rule, count in counts.items() if rule not in {"kind", "concept"}}
        return rules | dict(sorted(unknown.items()))

    def _alternatives(
        self, coachee: str, alternatives: tuple[Alternative, ...] | None
    ) -> list[dict[str, Any]]:
        return [
            {
                "coach": int(alternative.coach),
                "score": alternative.score,
                "cost": alternative.cost._asdict() if alternative.cost else None,
                **self._shown(coachee, alternative.coach),
            }
            for alternative in alternatives or ()
        ]

    def _nearest(self, coachee: str, coaches: tuple[str, ...]) -> list[dict[str, Any]]:
        """Coaches for whom one rule alone stands in the way, the nearest first."""
        shown = [{"coach": int(coach), **self._shown(coachee, coach)} for coach in coaches]
        return sorted(shown, key=lambda one: (one["minutes"] is None, one["minutes"]))[:COACHES_NAMED]

    def _shown(self, coachee: str, coach: str) -> dict[str, Any]:
        return shown_pair(self._judgement, self._coachee_at[coachee], self._coach_at[coach])


def shown_pair(judgement: Judgement, coachee: int, coach: int) -> dict[str, Any]:
    """What is kept of a judged pair, to be shown: the parts of the score and what they come from."""
    pair = judgement.pair(coachee, coach)
    return {
        "parts": pair.parts._asdict(),
        "minutes": pair.minutes,
        "online": judgement.coachees[coachee].online and judgement.coaches[coach].online,
        "halfdays": sorted(pair.shared_halfdays),
        "themes": list(pair.covered_themes),
    }
