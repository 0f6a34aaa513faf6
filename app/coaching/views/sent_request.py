"""What an IB'er asked, to be read again in plain words."""

from typing import Any

from flask_babel import gettext as _

from app.agenda.halfdays import halfdays
from app.coaching.queries import SentRequest, open_round, preferences_of, round_state, theme_label, themes_of
from app.coaching.services.rounds import coordinator_names
from app.kernel.permissions import Role
from app.organisation.queries import holders, people_by_id


def sent_request_page(sent: SentRequest) -> dict[str, Any]:
    """The values of the template: for her own eyes, with the question and the wishes."""
    asked = sent.request
    wishes = preferences_of(asked.person_id, as_coach=False)
    people = people_by_id({*wishes, sent.coach_id} - {None})
    weights = {1: _("a little"), 2: _("important"), 3: _("most important")}
    themes = sorted(themes_of(asked.id).items(), key=lambda theme: -theme[1])
    return {
        "sent": sent,
        "coach": people.get(sent.coach_id or 0),
        "can_change": round_state(sent.round.id).takes_requests,
        "coordinator": coordinator_names(),
        "coordinators": holders(Role.COORDINATOR) if sent.waits and sent.had_pair else [],
        "open_round": None if sent.coach_id else open_round(),
        "themes": [(theme_label(theme), weights[weight]) for theme, weight in themes],
        "halfdays": halfdays(asked.halfdays),
        "wanted": ", ".join(people[other].name for other, wanted in wishes.items() if wanted),
        "unwanted": ", ".join(people[other].name for other, wanted in wishes.items() if not wanted),
    }
