"""Rounds, and what earlier ones mean for a later."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from app.coaching.models import (
    CoachingRequest,
    Match,
    MatchingRound,
    Publication,
)
from app.coaching.queries.matches import gave_a_coach
from app.kernel.errors import NotFound
from tenants.session import session


@dataclass(frozen=True, slots=True)
class RoundOverview:
    """A round in a list: how far it is."""

    round: MatchingRound
    publication: Publication | None
    request_count: int
    matched_count: int
    """The requests that led to a coach."""


def rounds() -> list[RoundOverview]:
    """Every round, the latest first."""
    requests = _count_per_round(CoachingRequest.round_id)
    matches = _count_per_round(Match.round_id, func.count(func.distinct(Match.request_id)), gave_a_coach())
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


def earlier_pairs(matching_round: MatchingRound, *, rounds_back: int | None = None) -> set[tuple[int, int]]:
    """Who coached whom in the last rounds before this one: pairs of persons (coachee, coach).

    As many rounds back as its setting says, or as is asked. Pairs of this round itself do not count, nor those that
    never began: see `gave_a_coach`.
    """
    most = matching_round.repeat_rounds if rounds_back is None else rounds_back
    last = _published_before(matching_round)[:most]
    coached = select(Match.coachee_id, Match.coach_id).where(Match.round_id.in_(last), gave_a_coach())
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


def rounds_waited(matching_round: MatchingRound) -> dict[int, int]:
    """For each request of the round how many published rounds in a row she asked before and got nobody.

    Whose pair was declined, and who got nobody else, was left out as well: see `gave_a_coach`.
    """
    before = _published_before(matching_round)
    asked = _people_per_round(CoachingRequest.round_id, CoachingRequest.person_id)
    matched = _people_per_round(Match.round_id, Match.coachee_id, gave_a_coach())
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
    round_column: InstrumentedAttribute[int],
    person_column: InstrumentedAttribute[int],
    where: ColumnElement[bool] | None = None,
) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = select(round_column, person_column).where(true() if where is None else where)
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
