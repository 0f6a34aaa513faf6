"""A small round with everything in it, for the tests of this room."""

from datetime import date

from app.coaching.models import CoachingRequest, CoachProfile, CoachStrength, MatchingRound, RequestTheme
from tenants.session import session
from tests.world import Cast


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
