"""Make matches of pairs, with the places and affiliations that the constraints compare; and let them end."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import insert, select, text, update

from app.coaching.matching import CoacheeFacts, CoachFacts
from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    CoachOffer,
    Ending,
    Match,
    MatchAffiliation,
    ProposedPair,
)
from app.coaching.round_facts import RoundFacts
from app.kernel.clock import now
from tenants.session import session

_LATER = text("SET CONSTRAINTS fk_match_coach_offer DEFERRED")
_NOW = text("SET CONSTRAINTS fk_match_coach_offer IMMEDIATE")


def match_pairs(
    round_id: int, pairs: Iterable[ProposedPair], facts: RoundFacts, capacities: Mapping[int, int]
) -> Sequence[Match]:
    """Make every pair that has a coach a match in a free place of hers; `capacities` tells each coach's places."""
    coachees = {int(facts.id): facts for facts in facts.coachees}
    coaches = {int(facts.id): facts for facts in facts.coaches}
    paired = [(pair, pair.coach_id) for pair in pairs if pair.coach_id is not None]
    if not paired:
        return ()
    offered = _offer_places(round_id, {coach_id: capacities[coach_id] for _pair, coach_id in paired})
    taken = _places_taken(round_id, offered)
    rows: list[dict[str, object]] = []
    for pair, coach_id in paired:
        place = next(number for number in range(1, len(taken[coach_id]) + 2) if number not in taken[coach_id])
        taken[coach_id].add(place)
        row = _match(pair, coachees[pair.request_id], coach_id)
        rows.append({"round_id": round_id, **row, "capacity": offered[coach_id], "place": place})
    made = session().scalars(insert(Match).returning(Match), rows).all()
    _keep_affiliations(made, coachees, coaches)
    return made


def end_matches(match_ids: Collection[int], ending: Ending) -> None:
    """Let matches end: their places are free, and the two do not see each other any more."""
    ended = update(Match).where(Match.id.in_(match_ids), Match.ended_at.is_(None))
    session().execute(ended.values(ended_at=now(), ending=ending))


def affiliations(facts: CoacheeFacts | CoachFacts) -> list[str]:
    """The schools and boards of one side, as the constraint compares them."""
    return [f"school:{code}" for code in sorted(facts.schools)] + [
        f"board:{number}" for number in sorted(facts.boards)
    ]


def _offer_places(round_id: int, capacities: Mapping[int, int]) -> dict[int, int]:
    """Let each coach offer at least so many places; gives the places that each offers now.

    Places are only added: fewer would not fit what was matched before, and who wants fewer is proposed for fewer.
    """
    kept = select(CoachOffer.coach_id, CoachOffer.capacity)
    kept = kept.where(CoachOffer.round_id == round_id, CoachOffer.coach_id.in_(capacities))
    offered = dict(session().execute(kept).all())
    added = [
        {"round_id": round_id, "coach_id": coach_id, "capacity": capacity}
        for coach_id, capacity in capacities.items()
        if coach_id not in offered
    ]
    if added:
        session().execute(insert(CoachOffer), added)
    grown = {coach: places for coach, places in capacities.items() if places > offered.get(coach, places)}
    if grown:
        session().execute(_LATER)
        for coach_id, capacity in grown.items():
            for table in (CoachOffer, Match):
                of_coach = (table.round_id == round_id) & (table.coach_id == coach_id)
                session().execute(update(table).where(of_coach).values(capacity=capacity))
        session().execute(_NOW)
    return {**capacities, **offered, **grown}


def _places_taken(round_id: int, coach_ids: Collection[int]) -> defaultdict[int, set[int]]:
    going_on = (Match.round_id == round_id) & Match.ended_at.is_(None) & Match.coach_id.in_(coach_ids)
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for coach_id, place in session().execute(select(Match.coach_id, Match.place).where(going_on)):
        taken[coach_id].add(place)
    return taken


def _match(pair: ProposedPair, coachee: CoacheeFacts, coach_id: int) -> dict[str, object]:
    return {
        "request_id": pair.request_id,
        "coachee_id": int(coachee.person),
        "coach_id": coach_id,
        "score": pair.score,
        "detail": {
            name: value for name, value in pair.detail.items() if name not in {"alternatives", "before"}
        },
    }


def _keep_affiliations(
    matches: Sequence[Match], coachees: Mapping[int, CoacheeFacts], coaches: Mapping[int, CoachFacts]
) -> None:
    rows = [
        {"match_id": match.id, "side": side, "affiliation": affiliation}
        for match in matches
        for side, facts in ((IB_SIDE, coachees[match.request_id]), (COACH_SIDE, coaches[match.coach_id]))
        for affiliation in affiliations(facts)
    ]
    if rows:
        session().execute(insert(MatchAffiliation), rows)
