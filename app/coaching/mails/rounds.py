"""The mails of a round: what is published, and the reminder before the requests close."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.coaching.mails.mailing import Mails
from app.coaching.services.reminders import ReadyReminder, ready_reminder
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from app.web.language import long_date
from tenants.context import Network


class RoundMails(Mails):
    """A job for each person: one that fails does not stop another."""

    def tell_coachee(self, network: Network, *, match_id: int) -> None:
        """Tell an IB'er who her coach is."""
        coachee, coach, link = self._pair(network, match_id)
        with force_locale("nl"):
            self._send(coachee, _mail_to_coachee(coachee, coach, link), f"coachee-{network.id}-{match_id}")

    def tell_coach(self, network: Network, *, match_id: int) -> None:
        """Tell a coach whom she coaches."""
        coachee, coach, link = self._pair(network, match_id)
        with force_locale("nl"):
            self._send(coach, _mail_to_coach(coach, coachee, link), f"coach-{network.id}-{match_id}")

    def tell_unmatched(self, network: Network, *, round_id: int, person_id: int) -> None:
        """Tell an IB'er that there is no coach for her yet."""
        with self._database.unit_of_work(network, read_only=True):
            person = people_by_id({person_id})[person_id]
        with force_locale("nl"):
            self._send(person, _mail_to_unmatched(person), f"unmatched-{network.id}-{round_id}-{person_id}")

    def send_reminder(self, network: Network, *, reminder_id: int) -> None:
        """Ask somebody who has not been heard of whether she takes part, if that is still so."""
        with self._database.unit_of_work(network, read_only=True), force_locale("nl"):
            reminder = ready_reminder(reminder_id)
        if reminder is not None:
            with force_locale("nl"):
                words = _mail_to_silent(reminder, f"{self._base_url}/{network.slug}")
            self._send(reminder.person, words, f"round-reminder-{network.id}-{reminder_id}")


def _mail_to_coachee(coachee: Person, coach: Person, link: str) -> tuple[str, str]:
    return _("Your coach is known"), _(
        "Hello %(name)s,\n\nYour coach for this year is %(coach)s: somebody from outside your school and your "
        "board, who looks at your work with a stranger's eyes.\n\nHere you see why the two of you fit, and how "
        "to reach each other:\n%(link)s\n\nTell on that page whether you take part, want to meet first, or would rather "
        "not. Shall you send the first message?",
        name=coachee.first_name,
        coach=coach.name,
        link=link,
    )


def _mail_to_coach(coach: Person, coachee: Person, link: str) -> tuple[str, str]:
    return _("You have been matched with an IB'er"), _(
        "Hello %(name)s,\n\nYou will coach %(coachee)s this year.\n\nHere you see the question, why the two of you "
        "fit, and how to reach each other:\n%(link)s\n\nTell on that page whether you take part, want to meet first, or "
        "would rather not. Nice that you do this.",
        name=coach.first_name,
        coachee=coachee.name,
        link=link,
    )


def _mail_to_unmatched(person: Person) -> tuple[str, str]:
    return _("No coach for you yet"), _(
        "Hello %(name)s,\n\nThe pairs of this round are known, and we have not found a coach for you yet: nobody who "
        "fits your school and your question had a place.\n\nYour network "
        "coordinator knows, and in the next round you go first.",
        name=person.first_name,
    )


def _mail_to_silent(reminder: ReadyReminder, network_url: str) -> tuple[str, str]:
    parts = [_("Hello %(name)s,", name=reminder.person.first_name)]
    if reminder.misses_request:
        parts.append(
            _(
                "In round %(round)s you can ask for a coach from outside your school. We have not had a request from "
                "you yet. It takes less than five minutes, and you can stop halfway and go on later:\n%(link)s",
                round=reminder.round_name,
                link=f"{network_url}/coachvraag",
            )
        )
    if reminder.misses_profile:
        parts.append(
            _(
                "You are a coach, and your profile for round %(round)s is still empty. Without it nobody can be "
                "matched with you. It takes less than five minutes:\n%(link)s",
                round=reminder.round_name,
                link=f"{network_url}/coachprofiel",
            )
        )
    if reminder.last_day:
        parts.append(_("The last day for this is %(day)s.", day=long_date(reminder.last_day)))
    parts.append(
        _(
            "Not this time? Then you need not do anything. Questions? Ask %(coordinator)s.",
            coordinator=reminder.coordinator,
        )
    )
    return _("Do you take part in the matching round?"), "\n\n".join(parts)
