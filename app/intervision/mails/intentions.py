"""The mails that ask what became of an intention, and what stayed of its goal: that there is one, never what it says."""

from flask_babel import gettext as _

from app.goals.models import Moment
from app.intervision.queries import open_intention
from app.intervision.queries.goals import goal_to_ask
from app.organisation.mails import Letter
from app.organisation.queries import people_by_id


def ask_intention(network_url: str, *, intention_id: int) -> Letter | None:
    """Ask, unless she looked back already, or it was forgotten."""
    intention = open_intention(intention_id)
    person = people_by_id({intention.person_id}).get(intention.person_id) if intention else None
    if person is None:
        return None
    text = _(
        "Hello %(name)s,\n\nAfter your last intervision you wrote down what you meant to do. What became of it? Looking "
        "back takes two minutes:\n%(link)s\n\nOnly you read it. We ask this once.",
        name=person.first_name,
        link=f"{network_url}/intervisie/voornemens/{intention_id}",
    )
    return Letter(person, _("Two minutes to look back"), text)


def ask_what_stayed(network_url: str, *, reminder_id: int) -> Letter | None:
    """Ask, unless there is nothing left to measure."""
    found = goal_to_ask(reminder_id)
    if found is None:
        return None
    one, moment = found
    person = people_by_id({one.intention.person_id})[one.intention.person_id]
    text = _(
        "Hello %(name)s,\n\nYou finished a goal of your own %(ago)s ago. Does it last? Say where you are now. It takes "
        "two minutes:\n%(link)s\n\nOnly you read it. We ask this once.",
        name=person.first_name,
        ago=_("six weeks") if moment is Moment.AFTER_6_WEEKS else _("half a year"),
        link=f"{network_url}/intervisie/doelen/{one.goal.id}",
    )
    return Letter(person, _("Two minutes to look back"), text)
