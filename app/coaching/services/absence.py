"""A coach is not available for a while, and is again."""

from datetime import date, timedelta
from typing import NamedTuple

from flask_babel import gettext as _

from app.coaching.models import CoachProfile
from app.coaching.policy import OFFER_COACHING
from app.coaching.queries import profile_of
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import school_year, today
from app.kernel.errors import Conflict


class Absence(NamedTuple):
    """From and until when somebody is not available, both included; a side that is None is open."""

    start: date | None
    end: date | None


def absence_from_today(period: str) -> Absence:
    """The days of a period with a name: `two_weeks`, or until the end of the school year (`summer`)."""
    days = {
        "two_weeks": today() + timedelta(weeks=2),
        "summer": date(school_year(today()) + 1, 7, 31),
    }
    return Absence(today(), days[period])


def absence_of(profile: CoachProfile) -> Absence | None:
    """The absence of now or later; one that is over counts no more."""
    absence = Absence(profile.unavailable_from, profile.unavailable_until)
    is_over = absence.end is not None and absence.end < today()
    return None if absence == Absence(None, None) or is_over else absence


def say_away(actor: Actor, absence: Absence) -> Absence:
    """Nobody is matched with the coach in that time; what she has goes on. Gives how it was before."""
    return _change(actor, absence, "say away")


def say_available(actor: Actor) -> Absence:
    """She takes IB'ers again from today; gives how it was before."""
    return _change(actor, Absence(None, None), "say available")


def _change(actor: Actor, absence: Absence, action: str) -> Absence:
    actor.require(OFFER_COACHING)
    profile = _own_profile(actor)
    before = Absence(profile.unavailable_from, profile.unavailable_until)
    profile.unavailable_from, profile.unavailable_until = absence
    record(actor, action, "coach_profile", profile.id)
    return before


def _own_profile(actor: Actor) -> CoachProfile:
    profile = profile_of(actor.person_id)
    if profile is None:
        raise Conflict(_("You have no profile yet. Fill that in first."))
    return profile
