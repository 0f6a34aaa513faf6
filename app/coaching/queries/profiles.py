"""What coaches offer, and with whom people would rather be matched."""

from collections.abc import Collection

from sqlalchemy import select

from app.coaching.models import (
    CoachProfile,
    CoachStrength,
    Preference,
)
from app.kernel.among import among
from tenants.session import session


def profile_of(person_id: int) -> CoachProfile | None:
    """What a coach offers."""
    return session().scalar(select(CoachProfile).where(CoachProfile.person_id == person_id))


def profiles(of: Collection[int] | None = None) -> dict[int, CoachProfile]:
    """The profiles of these people (None: of everybody), by person."""
    wanted = select(CoachProfile)
    if of is not None:
        wanted = wanted.where(among(CoachProfile.person_id, of))
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
