"""Words for rules that a group breaks, and for why somebody is in no group, and what helps."""

from collections.abc import Mapping

from flask_babel import gettext as _

from app.intervision.grouping import WhyUnplaced
from app.intervision.models import Season
from app.intervision.season_facts import Apart
from app.intervision.violations import Breach, Rule
from app.organisation.labels import listed


def breach_words(breach: Breach, names: Mapping[int, str]) -> str:
    """A rule that is broken, by whom."""
    who = listed([names[one] for one in breach.people])
    words = {
        Rule.TOO_SMALL: _("There are too few people in this group."),
        Rule.TOO_LARGE: _("There are too many people in this group."),
        Rule.NOT_TAKING_PART: _("%(who)s does not take part any more.", who=who),
        Rule.NO_COMMON_HALFDAY: _("There is no half-day on which everybody can come."),
    }
    if breach.rule != Rule.APART:
        return words[breach.rule]
    return {
        Apart.SCHOOL: _("%(who)s work at the same school.", who=who),
        Apart.COACH: _("%(who)s are coach and coachee of each other.", who=who),
        Apart.AVOIDANCE: _("%(who)s are kept apart on request.", who=who),
        None: "",
    }[breach.why]


def reason_words(reason: str | None, season: Season) -> str:
    """Why somebody is in no group, and what helps."""
    words = {
        WhyUnplaced.NO_COMMON_HALFDAY: _(
            "Too few others can come on these half-days. Ask for more half-days, or make the smallest group smaller."
        ),
        WhyUnplaced.ONE_SCHOOL: _(
            "Who can come on these half-days works at the same schools. Ask for more half-days."
        ),
        WhyUnplaced.FORBIDDEN: _(
            "Who could come may not be in one group with this person: kept apart on request, a coach, or of the same "
            "school. Look at who is kept apart, or ask for more half-days."
        ),
        WhyUnplaced.LEFT_OVER: _(
            "There is no room without making other groups worse. Move this person yourself, or allow groups of more "
            "than %(largest)s or fewer than %(smallest)s people.",
            largest=season.largest,
            smallest=season.smallest,
        ),
    }
    if reason is None:
        return _("In no group yet. Form the groups, or choose one yourself.")
    return words[WhyUnplaced(reason)]
