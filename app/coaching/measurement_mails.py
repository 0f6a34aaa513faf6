"""The mails that ask what stayed, six weeks and six months after the closure."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.coaching.sending import send_to
from app.coaching.services.retention import ask_due_measurements, trajectory_to_ask
from app.goals.models import Moment
from app.jobs.queue import Handler, enqueue_in_networks
from app.kernel.mail import Postbox
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import Network
from tenants.session import Database

IN_THE_MORNING = "25 7 * * *"
"""Each day, in UTC: nobody is mailed at night."""


def measurement_handlers(base_url: str, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs that ask for a measurement, and that find whom to ask."""

    def ask_measurement(network: Network, *, asked_id: int) -> None:
        with database.unit_of_work(network, read_only=True):
            found = trajectory_to_ask(asked_id)
            if found is None:
                return
            trajectory, asked = found
            coachee = people_by_id({trajectory.coachee_id})[trajectory.coachee_id]
            link = f"{base_url}/{network.slug}/trajecten/{trajectory.id}/afspraken"
            with force_locale("nl"):
                words = _words(coachee, Moment(asked.moment), link)
        send_to(postbox, coachee, words, f"measurement-{network.id}-{asked_id}")

    def follow_up(network: Network) -> None:
        with database.unit_of_work(network):
            ask_due_measurements()

    def follow_up_everywhere() -> None:
        with database.global_unit():
            enqueue_in_networks("coaching.follow_up_measurements")

    return [
        Handler("coaching.ask_measurement", ask_measurement),
        Handler("coaching.follow_up_measurements", follow_up),
        Handler(
            "coaching.follow_up_measurements_everywhere",
            follow_up_everywhere,
            in_network=False,
            periodic=IN_THE_MORNING,
        ),
    ]


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
