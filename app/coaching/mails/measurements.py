"""The mails that ask what stayed, six weeks and six months after the closure."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.coaching.mails.mailing import Mails
from app.coaching.services.retention import trajectory_to_ask
from app.goals.models import Moment
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import Network


class MeasurementMails(Mails):
    """To the IB'er alone: the goals are hers."""

    def ask(self, network: Network, *, asked_id: int) -> None:
        """Ask, unless there is nothing left to measure."""
        with self._database.unit_of_work(network, read_only=True):
            found = trajectory_to_ask(asked_id)
            if found is None:
                return
            trajectory, asked = found
            coachee = people_by_id({trajectory.coachee_id})[trajectory.coachee_id]
        link = f"{self._base_url}/{network.slug}/trajecten/{trajectory.id}/afspraken"
        with force_locale("nl"):
            words = _words(coachee, Moment(asked.moment), link)
        self._send(coachee, words, f"measurement-{network.id}-{asked_id}")


def _words(coachee: Person, moment: Moment, link: str) -> tuple[str, str]:
    ago = _("six weeks") if moment is Moment.AFTER_6_WEEKS else _("half a year")
    return _("Two minutes to look back"), _(
        "Hello %(name)s,\n\nYour coaching was closed %(ago)s ago. Does it last? Say for each of your goals where you "
        "are now. It takes two minutes:\n%(link)s\n\nOnly you and your coach see the answer, unless you let somebody "
        "else see it.",
        name=coachee.first_name,
        ago=ago,
        link=link,
    )
