"""What forms show: of a request or a profile that is kept, of a new one, or of what was just typed."""

from collections.abc import Collection
from typing import Any

from marshmallow import Schema

from app.coaching.models import CoachingRequest, CoachProfile
from app.coaching.queries import preferences_of, strengths_of, themes_of
from app.coaching.schemas import THEME_PREFIX
from app.web.forms import form_values

USUAL_TRAVEL_LIMIT = 30
CHOICES = frozenset("0123")
"""What a theme can be given."""

USUAL_CAPACITY = 2


def empty_request(travel_limit: int | None = None) -> dict[str, Any]:
    """A request before anything was filled in."""
    return {
        "themes": {},
        "halfdays": [],
        "travel_limit": travel_limit or USUAL_TRAVEL_LIMIT,
        "online": False,
        "wanted": [],
        "unwanted": [],
        "question": "",
    }


def values_of_request(request: CoachingRequest, *, with_question: bool) -> dict[str, Any]:
    """A request that is kept; the question in her own words only for herself."""
    return {
        "themes": themes_of(request.id),
        "halfdays": request.halfdays,
        "travel_limit": request.travel_limit,
        "online": request.online,
        "question": (request.question or "") if with_question else "",
        **_preferences(request.person_id, as_coach=False),
    }


def typed_request(schema: Schema) -> dict[str, Any]:
    """A request as it was just typed, so that nothing is lost when something in it is wrong."""
    return empty_request() | _typed(schema)


def empty_profile() -> dict[str, Any]:
    """A profile before anything was filled in."""
    return {
        "themes": {},
        "kinds": [],
        "concepts": [],
        "known_from": "",
        "declared_boards": [],
        "other_boards": "",
        "halfdays": [],
        "travel_limit": USUAL_TRAVEL_LIMIT,
        "online": False,
        "capacity": USUAL_CAPACITY,
        "postcode": "",
        "about": "",
        "unavailable_from": "",
        "unavailable_until": "",
        "wanted": [],
        "unwanted": [],
    }


def values_of_profile(profile: CoachProfile, network_boards: Collection[str]) -> dict[str, Any]:
    """A profile that is kept; `network_boards` are the numbers that its form has in a list, others are typed."""
    kept = {name: getattr(profile, name) for name in empty_profile() if hasattr(profile, name)}
    filled = {name: "" if value is None else value for name, value in kept.items()}
    return {
        **filled,
        "declared_boards": [number for number in profile.declared_boards if number in network_boards],
        "other_boards": ", ".join(
            number for number in profile.declared_boards if number not in network_boards
        ),
        "themes": strengths_of(profile.id),
        **_preferences(profile.person_id, as_coach=True),
    }


def typed_profile(schema: Schema) -> dict[str, Any]:
    """A profile as it was just typed."""
    return empty_profile() | _typed(schema)


def _typed(schema: Schema) -> dict[str, Any]:
    values = form_values(schema)
    themes = {
        name[len(THEME_PREFIX) :]: int(value)
        for name, value in values.items()
        if name.startswith(THEME_PREFIX) and value in CHOICES
    }
    return {**values, "themes": themes}


def _preferences(person_id: int, *, as_coach: bool) -> dict[str, list[int]]:
    chosen = preferences_of(person_id, as_coach=as_coach)
    return {
        "wanted": [other for other, wanted in chosen.items() if wanted],
        "unwanted": [other for other, wanted in chosen.items() if not wanted],
    }
