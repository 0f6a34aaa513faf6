"""Offer coaching, or enter the profile for a coach."""

from typing import Any

from sqlalchemy import delete

from app.coaching.models import CoachProfile, CoachStrength
from app.coaching.policy import OFFER_COACHING, RUN_ROUNDS
from app.coaching.queries import profile_of, strengths_of
from app.coaching.services.chosen_themes import refuse_retired_themes
from app.coaching.services.preferences import replace_preferences
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import NotFound
from app.kernel.permissions import Role
from app.organisation.queries import holders
from tenants.session import session

PLAIN_FIELDS = (
    "kinds",
    "concepts",
    "known_from",
    "declared_boards",
    "halfdays",
    "travel_limit",
    "online",
    "capacity",
    "postcode",
    "about",
    "unavailable_from",
    "unavailable_until",
)


def save_own_profile(actor: Actor, data: dict[str, Any]) -> None:
    """A coach tells what she offers."""
    actor.require(OFFER_COACHING)
    _save(actor, actor.person_id, data)


def save_profile_for(actor: Actor, person_id: int, data: dict[str, Any]) -> None:
    """The coordinator enters the profile of a coach."""
    actor.require(RUN_ROUNDS)
    if person_id not in {person.id for person in holders(Role.COACH)}:
        raise NotFound
    _save(actor, person_id, data)


def _save(actor: Actor, person_id: int, data: dict[str, Any]) -> None:
    profile = profile_of(person_id) or CoachProfile(person_id=person_id)
    for field in PLAIN_FIELDS:
        setattr(profile, field, data.get(field))
    session().add(profile)
    session().flush()
    refuse_retired_themes(data["themes"], kept=strengths_of(profile.id))
    session().execute(delete(CoachStrength).where(CoachStrength.profile_id == profile.id))
    session().add_all(
        CoachStrength(profile_id=profile.id, theme=theme, strength=strength)
        for theme, strength in data["themes"].items()
    )
    replace_preferences(person_id, as_coach=True, wanted=data["wanted"], unwanted=data["unwanted"])
    record(actor, "save profile", "coach_profile", profile.id)
