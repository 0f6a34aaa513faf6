"""Rounds, requests, profiles and matches. One request is always narrowed by `visible_to`; lists are the coordinator's."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    CoachStrength,
    Match,
    MatchingRound,
    PairExclusion,
    Pin,
    Preference,
    Proposal,
    ProposedPair,
    Publication,
    RequestTheme,
)
from app.coaching.policy import RUN_ROUNDS
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.kernel.permissions import Role
from app.organisation.models import Person
from tenants.session import session


@dataclass(frozen=True, slots=True)
class RoundOverview:
    """A round in a list: how far it is."""

    round: MatchingRound
    publication: Publication | None
    request_count: int
    matched_count: int


def rounds() -> list[RoundOverview]:
    """Every round, the latest first."""
    requests = _count_per_round(CoachingRequest.round_id)
    matches = _count_per_round(Match.round_id)
    rows = session().execute(
        select(MatchingRound, Publication)
        .outerjoin(
            Publication,
            (Publication.tenant_id == MatchingRound.tenant_id) & (Publication.round_id == MatchingRound.id),
        )
        .order_by(MatchingRound.starts_on.desc(), MatchingRound.id.desc())
    )
    return [
        RoundOverview(row, publication, requests.get(row.id, 0), matches.get(row.id, 0))
        for row, publication in rows
    ]


def round_with(round_id: int) -> MatchingRound:
    """A round of this network. Raises NotFound."""
    found = session().scalar(select(MatchingRound).where(MatchingRound.id == round_id))
    if found is None:
        raise NotFound
    return found


def open_round() -> MatchingRound | None:
    """The round in which coaching can be asked now: the latest that is not published."""
    published = select(Publication.round_id)
    return session().scalar(
        select(MatchingRound)
        .where(MatchingRound.id.not_in(published))
        .order_by(MatchingRound.starts_on.desc(), MatchingRound.id.desc())
        .limit(1)
    )


def publication_of(round_id: int) -> Publication | None:
    """That a round was published, by whom and when."""
    return session().scalar(select(Publication).where(Publication.round_id == round_id))


def latest_proposal(round_id: int) -> Proposal | None:
    """The proposal that the coordinator looks at: the published one, before that the latest."""
    is_published = select(Publication.id).where(Publication.proposal_id == Proposal.id).exists()
    return session().scalar(
        select(Proposal)
        .where(Proposal.round_id == round_id)
        .order_by(is_published.desc(), Proposal.id.desc())
        .limit(1)
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Which requests the actor may know of: her own; the coach's own coachees, once published; the coordinator all."""
    if actor.may(RUN_ROUNDS):
        return true()
    coachees = select(Match.request_id).where(Match.coach_id == actor.person_id)
    return or_(CoachingRequest.person_id == actor.person_id, CoachingRequest.id.in_(coachees))


def question_readable_by(actor: Actor, request: CoachingRequest) -> bool:
    """The question in her own words is for her and her coach, not for the coordinator."""
    if request.person_id == actor.person_id:
        return True
    match = select(Match.id).where(Match.request_id == request.id, Match.coach_id == actor.person_id)
    return session().scalar(match) is not None


def request_with(actor: Actor, request_id: int) -> CoachingRequest:
    """A request that the actor may see. Raises NotFound."""
    found = session().scalar(
        select(CoachingRequest).where(CoachingRequest.id == request_id, visible_to(actor))
    )
    if found is None:
        raise NotFound
    return found


def request_by(person_id: int, round_id: int) -> CoachingRequest | None:
    """What somebody asked in a round."""
    return session().scalar(
        select(CoachingRequest).where(
            CoachingRequest.person_id == person_id, CoachingRequest.round_id == round_id
        )
    )


@dataclass(frozen=True, slots=True)
class SentRequest:
    """What somebody asked in a round, with what became of it."""

    request: CoachingRequest
    round: MatchingRound
    is_published: bool
    match_id: int | None
    coach_id: int | None

    @property
    def waits(self) -> bool:
        """Whether the pairs are known and there is no coach among them."""
        return self.is_published and self.match_id is None


def requests_by(person_id: int) -> list[SentRequest]:
    """Everything that somebody asked, the latest round first."""
    is_published = select(Publication.id).where(Publication.round_id == MatchingRound.id).exists()
    rows = session().execute(
        select(CoachingRequest, MatchingRound, is_published, Match.id, Match.coach_id)
        .join(
            MatchingRound,
            (MatchingRound.tenant_id == CoachingRequest.tenant_id)
            & (MatchingRound.id == CoachingRequest.round_id),
        )
        .outerjoin(
            Match,
            (Match.tenant_id == CoachingRequest.tenant_id) & (Match.request_id == CoachingRequest.id),
        )
        .where(CoachingRequest.person_id == person_id)
        .order_by(MatchingRound.starts_on.desc(), MatchingRound.id.desc())
    )
    return [SentRequest(*row) for row in rows]


def themes_of(request_id: int) -> dict[str, int]:
    """Theme and weight of a request."""
    rows = session().scalars(select(RequestTheme).where(RequestTheme.request_id == request_id))
    return {row.theme: row.weight for row in rows}


def profile_of(person_id: int) -> CoachProfile | None:
    """What a coach offers."""
    return session().scalar(select(CoachProfile).where(CoachProfile.person_id == person_id))


def profiles(of: Collection[int] | None = None) -> dict[int, CoachProfile]:
    """The profiles of these people (None: of everybody), by person."""
    wanted = select(CoachProfile)
    if of is not None:
        wanted = wanted.where(CoachProfile.person_id.in_(of))
    return {profile.person_id: profile for profile in session().scalars(wanted)}


def strengths_of(profile_id: int) -> dict[str, int]:
    """Theme and strength of a profile."""
    rows = session().scalars(select(CoachStrength).where(CoachStrength.profile_id == profile_id))
    return {row.theme: row.strength for row in rows}


def preferences_of(person_id: int, *, as_coach: bool) -> dict[int, bool]:
    """With whom somebody would rather (True) or rather not (False) be matched, on one of the two sides."""
    mine = (Preference.person_id == person_id) & Preference.as_coach.is_(as_coach)
    rows = session().scalars(select(Preference).where(mine))
    return {row.other_id: row.wanted for row in rows}


def pairs_of(actor: Actor) -> Sequence[Match]:
    """The published pairs in which the actor is one of the two, the latest round first."""
    mine = or_(Match.coachee_id == actor.person_id, Match.coach_id == actor.person_id)
    concerned = mine if actor.has(Role.IB) or actor.has(Role.COACH) else false()
    return session().scalars(select(Match).where(concerned).order_by(Match.round_id.desc(), Match.id)).all()


def match_with(actor: Actor, match_id: int) -> Match:
    """A pair of which the actor is one of the two, or any for the coordinator. Raises NotFound."""
    found = session().scalar(select(Match).where(Match.id == match_id))
    if found is None or not (actor.may(RUN_ROUNDS) or actor.person_id in {found.coachee_id, found.coach_id}):
        raise NotFound
    return found


def matches_in(round_id: int) -> Sequence[Match]:
    """The published pairs of a round. For the coordinator."""
    return session().scalars(select(Match).where(Match.round_id == round_id).order_by(Match.id)).all()


def earlier_pairs(matching_round: MatchingRound) -> set[tuple[int, int]]:
    """Who coached whom in the last rounds before this one: pairs of persons (coachee, coach)."""
    last = _published_before(matching_round)[: matching_round.repeat_rounds]
    rows = session().execute(select(Match.coachee_id, Match.coach_id).where(Match.round_id.in_(last)))
    return {(coachee, coach) for coachee, coach in rows}


def rounds_waited(matching_round: MatchingRound) -> dict[int, int]:
    """For each request of the round how many published rounds in a row she asked before and got nobody."""
    before = _published_before(matching_round)
    asked = _people_per_round(CoachingRequest.round_id, CoachingRequest.person_id)
    matched = _people_per_round(Match.round_id, Match.coachee_id)
    now_asking = session().execute(
        select(CoachingRequest.id, CoachingRequest.person_id).where(
            CoachingRequest.round_id == matching_round.id
        )
    )
    waited: dict[int, int] = {}
    for request_id, person_id in now_asking:
        for round_id in before:
            if person_id in matched[round_id] or person_id not in asked[round_id]:
                break
            waited[request_id] = waited.get(request_id, 0) + 1
    return waited


def _published_before(matching_round: MatchingRound) -> Sequence[int]:
    return (
        session()
        .scalars(
            select(MatchingRound.id)
            .join(
                Publication,
                (Publication.tenant_id == MatchingRound.tenant_id)
                & (Publication.round_id == MatchingRound.id),
            )
            .where(MatchingRound.id != matching_round.id, MatchingRound.starts_on <= matching_round.starts_on)
            .order_by(MatchingRound.starts_on.desc(), MatchingRound.id.desc())
        )
        .all()
    )


def _people_per_round(
    round_column: InstrumentedAttribute[int], person_column: InstrumentedAttribute[int]
) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for round_id, person_id in session().execute(select(round_column, person_column)):
        found[round_id].add(person_id)
    return found


def _count_per_round(round_column: InstrumentedAttribute[int]) -> dict[int, int]:
    counted = session().execute(select(round_column, func.count()).group_by(round_column))
    return dict(counted.all())


def match_by_id(match_id: int) -> Match:
    """A pair, for the system's own mails. Raises NotFound."""
    found = session().scalar(select(Match).where(Match.id == match_id))
    if found is None:
        raise NotFound
    return found


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


def proposed_coaches(round_id: int) -> dict[int, int]:
    """The coach of each request that has one in the proposal that is looked at."""
    proposal = latest_proposal(round_id)
    if proposal is None:
        return {}
    pairs = select(ProposedPair.request_id, ProposedPair.coach_id).where(
        ProposedPair.proposal_id == proposal.id
    )
    return {request: coach for request, coach in session().execute(pairs) if coach is not None}
