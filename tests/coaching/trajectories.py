"""A trajectory of the cast: Fatima is coached by Joost; and who acts in it."""

from datetime import date
from typing import Any

from app.coaching.models import CoachOffer, Match, MatchingRound, Trajectory
from app.coaching.services.trajectories import start_trajectory
from app.organisation.queries import actor_of
from tenants.session import session
from tests.coaching.rounds import ask, open_small_round
from tests.world import Cast

STARTS_ON = date(2026, 9, 1)


def matched(made: MatchingRound, coachee: int, coach: int, *, capacity: int = 2, place: int = 1) -> Match:
    """A published pair of a round."""
    if not session().query(CoachOffer).filter_by(round_id=made.id, coach_id=coach).first():
        session().add(CoachOffer(round_id=made.id, coach_id=coach, capacity=capacity))
        session().flush()
    match = Match(
        round_id=made.id, request_id=ask(made.id, coachee).id, coachee_id=coachee, coach_id=coach,
        capacity=capacity, place=place, score=700, detail={},
    )  # fmt: skip
    session().add(match)
    session().flush()
    return match


def small_trajectory(cast: Cast, name: str = "2026–2027", starts_on: date = STARTS_ON) -> Trajectory:
    """Of the two in a round that runs."""
    made = open_small_round(name, starts_on)
    return start_trajectory(matched(made, cast["ib"].person_id, cast["coach"].person_id))


def actors_of(app, cast: Cast, *keys: str) -> dict[str, Any]:
    """Members of the cast as they act."""
    with app.database.unit_of_work(cast.network, with_identities=True):
        found = {key: actor_of(cast[key].identity_id) for key in keys}
    return {key: actor for key, actor in found.items() if actor}
