"""What a coach offers, to be read again in plain words."""

from typing import Any

from flask_babel import gettext as _

from app.agenda.halfdays import halfdays
from app.coaching.labels import listed
from app.coaching.models import CoachProfile
from app.coaching.queries import preferences_of, strengths_of, theme_label
from app.coaching.services.absence import absence_from_today, absence_of
from app.organisation.labels import CONCEPTS, KINDS
from app.organisation.queries import people_by_id


def profile_page(profile: CoachProfile) -> dict[str, Any]:
    """The values of the template: for her own eyes, with the people she would rather not coach."""
    unwanted = preferences_of(profile.person_id, as_coach=True)
    people = people_by_id(unwanted)
    words = {1: _("somewhat"), 2: _("strong"), 3: _("very strong")}
    themes = sorted(strengths_of(profile.id).items(), key=lambda theme: -theme[1])
    return {
        "profile": profile,
        "absence": absence_of(profile),
        "summer": absence_from_today("summer").end,
        "themes": [(theme_label(theme), words[strength]) for theme, strength in themes],
        "kinds": listed([str(label) for kind, label in KINDS.items() if kind in profile.kinds]),
        "concepts": listed([str(label) for code, label in CONCEPTS.items() if code in profile.concepts]),
        "halfdays": halfdays(profile.halfdays),
        "unwanted": ", ".join(people[other].name for other, wanted in unwanted.items() if not wanted),
    }
