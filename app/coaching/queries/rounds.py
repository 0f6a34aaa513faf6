"""Rounds, and what earlier ones mean for a later."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.coaching.models import (
    CoachingRequest,
    Ending,
    Match,
    MatchingRound,
    Proposal,
    Publication,
    RoundArchiving,
    RoundClosing,
    RoundReminder,
)
from app.coaching.phases import RoundState
from app.coaching.queries.matches import gave_a_coach
from app.kernel.among import among
from app.kernel.errors import NotFound
from tenants.session import session


@dataclass(frozen=True, slots=True)
class RoundOverview:
    """A round in a list: how far it is."""

    state: RoundState
    request_count: int
    matched_count: int
    """The requests that led to a coach."""

    @property
    def round(self) -> MatchingRound:
        """The round itself."""
        return self.state.round

    @property
    def publication(self) -> Publication | None:
        """By whom and when it was published."""
        return self.state.publication


def rounds() -> list[RoundOverview]:
    """Every round, the latest first."""
    requests = _count_per_round(CoachingRequest.round_id)
    matches = _count_per_round(Match.round_id, func.count(func.distinct(Match.request_id)), gave_a_coach())
    return [
        RoundOverview(state, requests.get(state.round.id, 0), matches.get(state.round.id, 0))
        for state in round_states()
    ]


def round_with(round_id: int) -> MatchingRound:
    """A round of this network. Raises NotFound."""
    found = session().scalar(select(MatchingRound).where(MatchingRound.id == round_id))
    if found is None:
        raise NotFound
    return found


def open_round() -> MatchingRound | None:
    """The round in which coaching can be asked now: the latest that takes requests."""
    return next((state.round for state in round_states() if state.takes_requests), None)


def closed_round() -> RoundState | None:
    """The latest round whose requests are closed, while its pairs are not known yet."""
    waiting = (state for state in round_states() if state.waits_for_pairs and not state.takes_requests)
    return next(waiting, None)


def round_states() -> list[RoundState]:
    """How far every round is, the latest first."""
    latest_first = _states().order_by(MatchingRound.starts_on.desc(), MatchingRound.id.desc())
    return [RoundState(*row) for row in session().execute(latest_first)]


def round_state(round_id: int) -> RoundState:
    """How far a round of this network is. Raises NotFound."""
    row = session().execute(_states().where(MatchingRound.id == round_id)).one_or_none()
    if row is None:
        raise NotFound
    return RoundState(*row)


def _states() -> Select[MatchingRound, datetime, datetime, Publication, datetime]:
    """Each round with when it was closed, calculated, published and archived: as a `RoundState` has them."""
    calculated = (
        select(func.max(Proposal.calculated_at))
        .where(Proposal.tenant_id == MatchingRound.tenant_id, Proposal.round_id == MatchingRound.id)
        .scalar_subquery()
    )
    states = select(MatchingRound, RoundClosing.at, calculated, Publication, RoundArchiving.at)
    for row in (RoundClosing, Publication, RoundArchiving):
        states = states.outerjoin(
            row, (row.tenant_id == MatchingRound.tenant_id) & (row.round_id == MatchingRound.id)
        )
    return states


def last_reminder(round_id: int) -> datetime | None:
    """When somebody was last reminded in a round."""
    return session().scalar(select(func.max(RoundReminder.at)).where(RoundReminder.round_id == round_id))


def publication_of(round_id: int) -> Publication | None:
    """That a round was published, by whom and when."""
    return session().scalar(select(Publication).where(Publication.round_id == round_id))


def earlier_pairs(matching_round: MatchingRound, *, rounds_back: int | None = None) -> set[tuple[int, int]]:
    """Who coached whom in the last rounds before this one: pairs of persons (coachee, coach).

    As many rounds back as its setting says, or as is asked; and in this round itself, once their coaching was closed:
    who asks for another coach gets another. Those that never began do not count: see `gave_a_coach`.
    """
    most = matching_round.repeat_rounds if rounds_back is None else rounds_back
    last = _published_before(matching_round)[:most]
    closed_here = (Match.round_id == matching_round.id) & (Match.ending == Ending.CLOSED)
    before = Match.round_id.in_(last) & gave_a_coach()
    coached = select(Match.coachee_id, Match.coach_id).where(before | closed_here)
    rows = session().execute(coached)
    return {(coachee, coach) for coachee, coach in rows}


def rounds_looked_back_at(matching_round: MatchingRound) -> list[str]:
    """The names of the earlier rounds whose coaches are no strangers yet, the latest first."""
    last = _published_before(matching_round)[: matching_round.repeat_rounds]
    names = dict(
        session()
        .execute(select(MatchingRound.id, MatchingRound.name).where(MatchingRound.id.in_(last)))
        .all()
    )
    return [names[round_id] for round_id in last]


def rounds_waited(matching_round: MatchingRound, only_request: int | None = None) -> dict[int, int]:
    """For each request of the round, or for one of them, how many published rounds in a row she asked before and got nobody.

    Whose pair was declined, and who got nobody else, was left out as well: see `gave_a_coach`.
    """
    before = _published_before(matching_round)
    of_round = select(CoachingRequest.id, CoachingRequest.person_id).where(
        CoachingRequest.round_id == matching_round.id
    )
    if only_request is not None:
        of_round = of_round.where(CoachingRequest.id == only_request)
    now_asking = session().execute(of_round).all()
    people = [person_id for _, person_id in now_asking]
    asked = _people_per_round(
        CoachingRequest.round_id, CoachingRequest.person_id, among(CoachingRequest.person_id, people)
    )
    matched = _people_per_round(
        Match.round_id, Match.coachee_id, among(Match.coachee_id, people) & gave_a_coach()
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
    round_column: InstrumentedAttribute[int],
    person_column: InstrumentedAttribute[int],
    where: ColumnElement[bool],
) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = select(round_column, person_column).where(where)
    for round_id, person_id in session().execute(rows):
        found[round_id].add(person_id)
    return found


def _count_per_round(
    round_column: InstrumentedAttribute[int],
    number: ColumnElement[int] | None = None,
    where: ColumnElement[bool] | None = None,
) -> dict[int, int]:
    counted = select(round_column, func.count() if number is None else number)
    rows = counted.where(true() if where is None else where).group_by(round_column)
    return dict(session().execute(rows).all())
