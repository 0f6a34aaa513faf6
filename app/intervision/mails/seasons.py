"""The mails of a season: the question to answer, and the group."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from app.coaching.mails.mailing import send_to
from app.intervision.queries import members_of, season_with
from app.intervision.queries.groups import group_by_id
from app.intervision.services.reminders import ReadyReminder, ready_reminder
from app.kernel.mail import Postbox
from app.organisation.labels import listed
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from app.web.language import long_date
from tenants.context import Network
from tenants.session import Database


class SeasonMails:
    """A job for each person: one that fails does not stop another. Reads in a short unit, and sends outside of it."""

    def __init__(self, base_url: str, database: Database, postbox: Postbox) -> None:
        self._base_url = base_url
        self._database = database
        self._postbox = postbox

    def remind_to_answer(self, network: Network, *, reminder_id: int) -> None:
        """Ask somebody whether she takes part, if that is still open."""
        with self._database.unit_of_work(network, read_only=True), force_locale("nl"):
            reminder = ready_reminder(reminder_id)
        if reminder is not None:
            with force_locale("nl"):
                words = _mail_to_silent(reminder, f"{self._base_url}/{network.slug}/intervisie/aanmelding")
            send_to(self._postbox, reminder.person, words, f"season-reminder-{network.id}-{reminder_id}")

    def tell_group(self, network: Network, *, group_id: int, person_id: int) -> None:
        """Tell somebody in which group she is, and with whom."""
        with self._database.unit_of_work(network, read_only=True):
            group = group_by_id(group_id)
            if group is None:
                return
            season_name = season_with(group.season_id).name
            people = people_by_id({*members_of([group_id])[group_id], person_id})
        person = people.pop(person_id, None)
        if person is None:
            return
        link = f"{self._base_url}/{network.slug}/intervisie/groepen/{group_id}"
        with force_locale("nl"):
            words = _mail_to_member(person, season_name, sorted(one.name for one in people.values()), link)
        send_to(self._postbox, person, words, f"intervision-group-{network.id}-{group_id}-{person_id}")

    def tell_left_over(self, network: Network, *, season_id: int, person_id: int) -> None:
        """Tell somebody that there is no group for her yet."""
        with self._database.unit_of_work(network, read_only=True):
            season_name = season_with(season_id).name
            person = people_by_id({person_id}).get(person_id)
        if person is None:
            return
        with force_locale("nl"):
            words = _mail_to_left_over(person, season_name)
        send_to(self._postbox, person, words, f"intervision-left-{network.id}-{season_id}-{person_id}")


def _mail_to_silent(reminder: ReadyReminder, link: str) -> tuple[str, str]:
    return _("Do you take part in intervision?"), _(
        "Hello %(name)s,\n\nFor %(season)s groups of IB'ers from different schools are formed, who think along with "
        "each other. We do not know yet whether you take part. It takes less than a minute:\n%(link)s\n\n"
        "You can answer up to and including %(day)s. Not this time? Say so there too. Questions? Ask %(coordinator)s.",
        name=reminder.person.first_name,
        season=reminder.season_name,
        link=link,
        day=long_date(reminder.last_day),
        coordinator=reminder.coordinator,
    )


def _mail_to_member(person: Person, season_name: str, others: Sequence[str], link: str) -> tuple[str, str]:
    return _("Your intervision group is known"), _(
        "Hello %(name)s,\n\nYour group for %(season)s is known. You are in it with %(others)s.\n\nHere you see who "
        "works where:\n%(link)s\n\nWhat comes next: the dates. You get a message as soon as they are known, or a "
        "question when you can.",
        name=person.first_name,
        season=season_name,
        others=listed(others),
        link=link,
    )


def _mail_to_left_over(person: Person, season_name: str) -> tuple[str, str]:
    return _("No intervision group for you yet"), _(
        "Hello %(name)s,\n\nThe groups of %(season)s are known, and we have not found one for you yet. Your network "
        "coordinator knows, and looks for a place. You need not do anything.",
        name=person.first_name,
        season=season_name,
    )
