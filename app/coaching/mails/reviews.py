"""The mails about check-ins, closures and another coach: that there is something to do, never what was said."""

from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from app.coaching.mails.mailing import Mails
from app.coaching.queries import closure_of, rematch_of, trajectory_by_id
from app.coaching.services.check_ins import is_asked
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from app.web.language import long_date
from tenants.context import Network


class ReviewMails(Mails):
    """A job for each person: one that fails does not stop another."""

    def ask_check_in(self, network: Network, *, trajectory_id: int, person_id: int) -> None:
        """Ask one of the two how it goes, unless she told meanwhile."""
        self._mail_about_check_in(network, trajectory_id, person_id, reminds=False)

    def remind_check_in(self, network: Network, *, trajectory_id: int, person_id: int) -> None:
        """Ask once more."""
        self._mail_about_check_in(network, trajectory_id, person_id, reminds=True)

    def tell_closure(self, network: Network, *, trajectory_id: int, person_id: int) -> None:
        """Tell the other that the coaching is closed, unless it was opened again meanwhile."""
        with self._database.unit_of_work(network, read_only=True):
            closure = closure_of(trajectory_id)
            person, other = self._two(trajectory_id, person_id)
        if closure:
            link = f"{self._page(network, trajectory_id)}/afsluiting"
            with force_locale("nl"):
                words = _mail_about_closure(person, other, closure.closed_on, link)
                self._send(person, words, f"closure-{network.id}-{trajectory_id}-{closure.id}")

    def tell_rematch(self, network: Network, *, trajectory_id: int, person_id: int) -> None:
        """Tell a coordinator that somebody asks for another coach, unless that was taken back."""
        with self._database.unit_of_work(network, read_only=True):
            asked = rematch_of(trajectory_id)
            coachee_id = trajectory_by_id(trajectory_id).coachee_id
            people = people_by_id({person_id, coachee_id})
        if asked and person_id in people:
            link = f"{self._base_url}/{network.slug}/koppelingen"
            with force_locale("nl"):
                words = _mail_about_rematch(people[person_id], people[coachee_id], link)
                key = f"rematch-{network.id}-{asked.id}-{person_id}"
                self._send(people[person_id], words, key)

    def _mail_about_check_in(
        self, network: Network, trajectory_id: int, person_id: int, *, reminds: bool
    ) -> None:
        with self._database.unit_of_work(network, read_only=True):
            is_needed = is_asked(trajectory_id, person_id)
            person, other = self._two(trajectory_id, person_id)
        if is_needed:
            link = f"{self._page(network, trajectory_id)}/tussenstand"
            with force_locale("nl"):
                words = (_reminder_of_check_in if reminds else _mail_about_check_in)(person, other, link)
                key = f"check-in-{network.id}-{trajectory_id}-{person_id}-{2 if reminds else 1}"
                self._send(person, words, key)

    def _two(self, trajectory_id: int, person_id: int) -> tuple[Person, Person]:
        other_id = trajectory_by_id(trajectory_id).other_than(person_id)
        people = people_by_id({person_id, other_id})
        return people[person_id], people[other_id]

    def _page(self, network: Network, trajectory_id: int) -> str:
        return f"{self._base_url}/{network.slug}/trajecten/{trajectory_id}"


def _mail_about_check_in(person: Person, other: Person, link: str) -> tuple[str, str]:
    return _("How does the coaching go?"), _(
        "Hello %(name)s,\n\nYou and %(other)s are on your way together. This is a good moment to look at how it "
        "goes: two questions, two minutes.\n\n%(link)s\n\nYou read each other's answers once both of you have "
        "answered. Nobody else reads them.",
        name=person.first_name,
        other=other.name,
        link=link,
    )


def _reminder_of_check_in(person: Person, other: Person, link: str) -> tuple[str, str]:
    return _("How does the coaching go?"), _(
        "Hello %(name)s,\n\nA week ago we asked how it goes between you and %(other)s. You have not answered yet. It "
        "takes two minutes:\n\n%(link)s\n\nWe do not ask again.",
        name=person.first_name,
        other=other.name,
        link=link,
    )


def _mail_about_closure(person: Person, other: Person, closed_on: date, link: str) -> tuple[str, str]:
    return _("Your coaching is closed"), _(
        "Hello %(name)s,\n\n%(other)s closed your coaching on %(day)s.\n\nHere you read what that means, and tell "
        "what came of it:\n%(link)s\n\nWas it too early? Talk to %(other)s, who can open it again within a week.",
        name=person.first_name,
        other=other.name,
        day=long_date(closed_on),
        link=link,
    )


def _mail_about_rematch(person: Person, coachee: Person, link: str) -> tuple[str, str]:
    return _("Somebody asks for another coach"), _(
        "Hello %(name)s,\n\n%(coachee)s asks for another coach in this round; the coaching so far is closed.\n\nThe request "
        "is open again:\n%(link)s\n\nNo reason is asked or told: now and then another coach fits better.",
        name=person.first_name,
        coachee=coachee.name,
        link=link,
    )
