"""A small round with everything in it, for the tests of this room."""

from datetime import date

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    CoachStrength,
    Match,
    MatchingRound,
    RequestTheme,
)
from app.coaching.services.proposals import calculate, keep_proposal, read_work, start_calculation
from app.coaching.services.publication import publish_round
from app.kernel.actor import SYSTEM, Actor
from app.kernel.permissions import Role
from tenants.session import session
from tests.world import Cast, add_person, add_role


def open_small_round(name: str = "2026–2027", starts_on: date = date(2026, 9, 1)) -> MatchingRound:
    """A round without anything in it."""
    made = MatchingRound(name=name, starts_on=starts_on, ends_on=date(starts_on.year + 1, 7, 31))
    session().add(made)
    session().flush()
    return made


def ask(
    round_id: int, person_id: int, *, themes: dict[str, int] | None = None, **changes: object
) -> CoachingRequest:
    """A request that many coaches fit."""
    values = {"halfdays": [0, 1, 2, 3], "travel_limit": 60, "online": False, **changes}
    request = CoachingRequest(round_id=round_id, person_id=person_id, **values)
    session().add(request)
    session().flush()
    for theme, weight in (themes or {"leader": 3, "teachers": 2}).items():
        session().add(RequestTheme(request_id=request.id, theme=theme, weight=weight))
    session().flush()
    return request


def offer(person_id: int, *, strengths: dict[str, int] | None = None, **changes: object) -> CoachProfile:
    """A profile that fits many requests."""
    values = {
        "kinds": ["bo"], "concepts": ["dalton"], "declared_boards": [], "halfdays": [0, 1, 2],
        "travel_limit": 60, "online": False, "capacity": 2, **changes,
    }  # fmt: skip
    profile = CoachProfile(person_id=person_id, **values)
    session().add(profile)
    session().flush()
    for theme, strength in (strengths or {"leader": 3, "teachers": 1}).items():
        session().add(CoachStrength(profile_id=profile.id, theme=theme, strength=strength))
    session().flush()
    return profile


def small_round(cast: Cast) -> MatchingRound:
    """Fatima (De Wilgen) asks; Joost (Het Kompas, another board) coaches and fits."""
    made = open_small_round()
    ask(made.id, cast["ib"].person_id, question="Hoe krijg ik ruimte bij mijn schoolleider?")
    offer(cast["coach"].person_id)
    return made


def calculated(round_id: int) -> None:
    """Let a calculation of the round run, as the job does: a proposal, or once it is published a change."""
    work, facts = read_work(start_calculation(SYSTEM, round_id))
    keep_proposal(work.id, facts, *calculate(facts, lambda _stage, _done: None))
    session().flush()


def published(round_id: int) -> dict[int, Match]:
    """Calculate and publish a round; gives its matches by coachee."""
    calculated(round_id)
    publish_round(SYSTEM, round_id)
    session().flush()
    return {match.coachee_id: match for match in session().query(Match).filter_by(round_id=round_id)}


def new_coach(name: str, **profile: object) -> int:
    """A coach from outside the schools, who talks online."""
    person = add_person("Coach", name)
    add_role(person.id, Role.COACH, None)
    offer(person.id, online=True, **profile)
    return person.id


def new_ib(cast: Cast, name: str) -> int:
    """An IB'er of De Wilgen."""
    person = add_person("Ib", name)
    add_role(person.id, Role.IB, cast.schools["wilgen"])
    session().flush()
    return person.id


def acting(person_id: int, *roles: Role) -> Actor:
    """Somebody who acts with these roles."""
    return Actor(person_id, "", frozenset(roles))
