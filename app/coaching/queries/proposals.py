"""Proposals, their pairs, and the decisions that stand beside them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Select, func, select

from app.coaching.models import (
    AppliedChange,
    CoachingRequest,
    PairExclusion,
    Pin,
    Proposal,
    ProposalKind,
    ProposedPair,
    Publication,
)
from app.organisation.models import Person
from tenants.session import session


def latest_proposal(round_id: int) -> Proposal | None:
    """The proposal for a whole round that the coordinator looks at: the published one, before that the latest."""
    is_published = select(Publication.id).where(Publication.proposal_id == Proposal.id).exists()
    return session().scalar(
        select(Proposal)
        .where(Proposal.round_id == round_id, Proposal.kind == ProposalKind.ROUND)
        .order_by(is_published.desc(), Proposal.id.desc())
        .limit(1)
    )


def latest_change(round_id: int) -> Proposal | None:
    """The change of a published round that was calculated last."""
    return session().scalar(
        select(Proposal)
        .where(Proposal.round_id == round_id, Proposal.kind == ProposalKind.CHANGE)
        .order_by(Proposal.id.desc())
        .limit(1)
    )


def application_of(proposal_id: int) -> AppliedChange | None:
    """That a change was carried out, by whom and when."""
    return session().scalar(select(AppliedChange).where(AppliedChange.proposal_id == proposal_id))


def last_calculation(round_id: int) -> ScalarSelect[int]:
    """The id of what was calculated last in a round, all pairs or a change: to stand in a query."""
    return select(func.max(Proposal.id)).where(Proposal.round_id == round_id).scalar_subquery()


def unmatched_details(proposal_id: int | ScalarSelect[int]) -> dict[int, dict[str, Any]]:
    """Why each request that a proposal leaves without a coach has none."""
    rows = session().execute(
        select(ProposedPair.request_id, ProposedPair.detail)
        .where(ProposedPair.proposal_id == proposal_id, ProposedPair.coach_id.is_(None))
        .order_by(ProposedPair.request_id)
    )
    return dict(rows.all())


def unmatched_count(proposal_id: int) -> int:
    """How many requests a proposal leaves without a coach."""
    left_out = select(func.count()).select_from(ProposedPair)
    without = (ProposedPair.proposal_id == proposal_id, ProposedPair.coach_id.is_(None))
    return session().scalar(left_out.where(*without)) or 0


def unmatched_people(proposal: Proposal) -> set[int]:
    """Whom a proposal leaves without a coach."""
    return {head.person_id for head in pair_heads(proposal.id) if head.coach_id is None}


def pin_of(request_id: int) -> Pin | None:
    """The coach whom the coordinator fixed for a request."""
    return session().scalar(select(Pin).where(Pin.request_id == request_id))


def pins_in(round_id: int) -> dict[int, int]:
    """The fixed coach of each request of a round that has one."""
    return dict(
        session().execute(_decided(Pin, round_id).with_only_columns(Pin.request_id, Pin.coach_id)).all()
    )


def exclusions_of(request_id: int) -> set[int]:
    """The coaches whom the coordinator ruled out for a request."""
    return set(
        session().scalars(select(PairExclusion.coach_id).where(PairExclusion.request_id == request_id))
    )


def exclusions_in(round_id: int) -> dict[int, set[int]]:
    """The coaches ruled out, for each request of a round that has any."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for exclusion in session().scalars(_decided(PairExclusion, round_id)):
        found[exclusion.request_id].add(exclusion.coach_id)
    return found


def _decided(decision: type[Pin] | type[PairExclusion], round_id: int) -> Select[Any]:
    request = (CoachingRequest.tenant_id == decision.tenant_id) & (CoachingRequest.id == decision.request_id)
    return select(decision).join(CoachingRequest, request).where(CoachingRequest.round_id == round_id)


class PairHead(NamedTuple):
    """A pair of a proposal in short: enough to sort and count."""

    request_id: int
    person_id: int
    sort_name: str
    travel_limit: int
    coach_id: int | None
    score: int


def pair_heads(proposal_id: int) -> list[PairHead]:
    """Every pair of a proposal in short."""
    rows = session().execute(
        select(
            ProposedPair.request_id,
            CoachingRequest.person_id,
            Person.sort_name,
            CoachingRequest.travel_limit,
            ProposedPair.coach_id,
            func.coalesce(ProposedPair.score, 0),
        )
        .join(
            CoachingRequest,
            (CoachingRequest.tenant_id == ProposedPair.tenant_id)
            & (CoachingRequest.id == ProposedPair.request_id),
        )
        .join(
            Person, (Person.tenant_id == CoachingRequest.tenant_id) & (Person.id == CoachingRequest.person_id)
        )
        .where(ProposedPair.proposal_id == proposal_id)
    )
    return [PairHead(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class ProposalState:
    """A proposal with the decisions that stand now: locks by request, and coaches ruled out by request."""

    proposal: Proposal
    heads: list[PairHead]
    pinned: dict[int, int]
    ruled_out: dict[int, set[int]]


def state_of(proposal: Proposal) -> ProposalState:
    """How a proposal stands."""
    round_id = proposal.round_id
    return ProposalState(proposal, pair_heads(proposal.id), pins_in(round_id), exclusions_in(round_id))


def pair_details(proposal_id: int, request_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What is shown of these pairs of a proposal."""
    rows = session().execute(
        select(ProposedPair.request_id, ProposedPair.detail).where(
            ProposedPair.proposal_id == proposal_id, ProposedPair.request_id.in_(request_ids)
        )
    )
    return dict(rows.all())


def proposed_coach_of(proposal_id: int, request_id: int) -> int | None:
    """The coach whom a proposal has for a request; None without one."""
    pair = (ProposedPair.proposal_id == proposal_id) & (ProposedPair.request_id == request_id)
    return session().scalar(select(ProposedPair.coach_id).where(pair))


def proposed_coaches(round_id: int) -> dict[int, int]:
    """The coach of each request that has one in the proposal that is looked at."""
    proposal = latest_proposal(round_id)
    if proposal is None:
        return {}
    pairs = select(ProposedPair.request_id, ProposedPair.coach_id).where(
        ProposedPair.proposal_id == proposal.id
    )
    return {request: coach for request, coach in session().execute(pairs) if coach is not None}
