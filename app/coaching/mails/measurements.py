"""The mail that asks what stayed, six weeks and six months after the closure: to the IB'er alone, the goals are hers."""

from flask_babel import gettext as _

from app.coaching.services.retention import trajectory_to_ask
from app.goals.models import Moment
from app.organisation.mails import Letter
from app.organisation.queries import people_by_id


def ask_measurement(network_url: str, *, asked_id: int) -> Letter | None:
    """Ask, unless there is nothing left to measure."""
    found = trajectory_to_ask(asked_id)
    if found is None:
        return None
    trajectory, asked = found
    coachee = people_by_id({trajectory.coachee_id})[trajectory.coachee_id]
    text = _(
        "Hello %(name)s,\n\nYour coaching was closed %(ago)s ago. Does it last? Say for each of your goals where you "
        "are now. It takes two minutes:\n%(link)s\n\nOnly you and your coach see the answer, unless you let somebody "
        "else see it.",
        name=coachee.first_name,
        ago=_("six weeks") if asked.moment == Moment.AFTER_6_WEEKS else _("half a year"),
        link=f"{network_url}/trajecten/{trajectory.id}/afspraken",
    )
    return Letter(coachee, _("Two minutes to look back"), text)
