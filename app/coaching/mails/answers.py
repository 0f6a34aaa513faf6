"""The mails that follow from answers, silence and changes. Nobody is ever told who said no."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.coaching.mails.mailing import Mails
from app.coaching.models import IB_SIDE
from app.coaching.queries import match_by_id, trajectory_of
from app.coaching.services.silence import is_awaited
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import Network


class AnswerMails(Mails):
    """A job for each person, as in a round."""

    def nudge(self, network: Network, *, match_id: int, side: int) -> None:
        """Remind somebody of a pair, unless she answered meanwhile."""
        with self._database.unit_of_work(network, read_only=True):
            if not is_awaited(match_by_id(match_id), side):
                return
        person, other, link = self._side(network, match_id, side)
        with force_locale("nl"):
            self._send(
                person, _mail_about_silence(person, other, link), self._key(network, "nudge", match_id, side)
            )

    def tell_start(self, network: Network, *, match_id: int, side: int) -> None:
        """Tell that both said yes."""
        person, other, _page = self._side(network, match_id, side)
        with self._database.unit_of_work(network, read_only=True):
            trajectory = trajectory_of(match_id)
        if trajectory:
            link = f"{self._base_url}/{network.slug}/trajecten/{trajectory.id}"
            with force_locale("nl"):
                self._send(
                    person,
                    _mail_about_start(person, other, link),
                    self._key(network, "start", match_id, side),
                )

    def tell_end(self, network: Network, *, match_id: int, side: int) -> None:
        """Tell the other side that a pair does not go on, and nothing else."""
        person, other, _page = self._side(network, match_id, side)
        with force_locale("nl"):
            words = _mail_about_end(person, other, is_coach=side != IB_SIDE)
            self._send(person, words, self._key(network, "end", match_id, side))

    def tell_coordinator_of_end(self, network: Network, *, match_id: int, person_id: int) -> None:
        """Tell a coordinator that a request is on the waiting list again."""
        coachee, coach, _page = self._pair(network, match_id)
        with self._database.unit_of_work(network, read_only=True):
            person = people_by_id({person_id}).get(person_id)
            round_id = match_by_id(match_id).round_id
        if person:
            link = f"{self._base_url}/{network.slug}/koppelrondes/{round_id}/wachtlijst"
            with force_locale("nl"):
                words = _mail_to_coordinator(person, coachee, coach, link)
                self._send(person, words, self._key(network, "end-for", match_id, person_id))

    def tell_coach_of_change(self, network: Network, *, match_id: int) -> None:
        """Tell a coach that somebody goes to another coach, or has none for now."""
        coachee, coach, _page = self._pair(network, match_id)
        with force_locale("nl"):
            self._send(
                coach, _mail_to_former_coach(coach, coachee), self._key(network, "changed", match_id, 2)
            )

    def tell_coachee_of_change(self, network: Network, *, match_id: int) -> None:
        """Tell an IB'er who her coach is from now on."""
        coachee, coach, link = self._pair(network, match_id)
        with force_locale("nl"):
            words = _mail_about_other_coach(coachee, coach, link)
            self._send(coachee, words, self._key(network, "other-coach", match_id, 1))

    def tell_coachee_of_loss(self, network: Network, *, match_id: int) -> None:
        """Tell an IB'er that her coach can't go on and there is no other yet."""
        coachee, coach, _page = self._pair(network, match_id)
        with force_locale("nl"):
            self._send(coachee, _mail_about_loss(coachee, coach), self._key(network, "lost", match_id, 1))

    def _side(self, network: Network, match_id: int, side: int) -> tuple[Person, Person, str]:
        """Who stands on a side of a match, who on the other, and the address of its page."""
        coachee, coach, link = self._pair(network, match_id)
        return (coachee, coach, link) if side == IB_SIDE else (coach, coachee, link)

    @staticmethod
    def _key(network: Network, what: str, match_id: int, whom: int) -> str:
        return f"match-{what}-{network.id}-{match_id}-{whom}"


def _mail_about_silence(person: Person, other: Person, link: str) -> tuple[str, str]:
    return _("Do you take part?"), _(
        "Hello %(name)s,\n\nA week ago you were matched with %(other)s. You have not told yet whether you take part."
        "\n\nThat takes a minute, and you can also say that you want to meet first:\n%(link)s\n\nYou get no further "
        "reminder of this.",
        name=person.first_name,
        other=other.name,
        link=link,
    )


def _mail_about_start(person: Person, other: Person, link: str) -> tuple[str, str]:
    return _("You both take part"), _(
        "Hello %(name)s,\n\nYou and %(other)s both said yes: your coaching begins.\n\nHere you find what you two need "
        "for it:\n%(link)s",
        name=person.first_name,
        other=other.name,
        link=link,
    )


def _mail_about_end(person: Person, other: Person, *, is_coach: bool) -> tuple[str, str]:
    if is_coach:
        return _("A pair does not go on"), _(
            "Hello %(name)s,\n\nThe pair of you and %(other)s does not go on. You need not do anything: your network "
            "coordinator knows, and your place is free again.",
            name=person.first_name,
            other=other.name,
        )
    return _("A pair does not go on"), _(
        "Hello %(name)s,\n\nThe pair of you and %(other)s does not go on. You need not do anything: your network "
        "coordinator knows, and looks for another coach for you.",
        name=person.first_name,
        other=other.name,
    )


def _mail_to_coordinator(person: Person, coachee: Person, coach: Person, link: str) -> tuple[str, str]:
    return _("A pair does not go on"), _(
        "Hello %(name)s,\n\nThe pair of %(coachee)s and %(coach)s does not go on. The two are not proposed to each "
        "other again in this round.\n\n%(coachee)s is on the waiting list:\n%(link)s",
        name=person.first_name,
        coachee=coachee.name,
        coach=coach.name,
        link=link,
    )


def _mail_to_former_coach(coach: Person, coachee: Person) -> tuple[str, str]:
    return _("A change in whom you coach"), _(
        "Hello %(name)s,\n\nFrom now on you do not coach %(coachee)s any more: the network coordinator changed the "
        "pairs. You need not do anything.",
        name=coach.first_name,
        coachee=coachee.name,
    )


def _mail_about_other_coach(coachee: Person, coach: Person, link: str) -> tuple[str, str]:
    return _("You have another coach"), _(
        "Hello %(name)s,\n\nYour network coordinator changed the pairs. From now on your coach is %(coach)s.\n\nHere you "
        "see why the two of you fit, and you tell whether you take part:\n%(link)s",
        name=coachee.first_name,
        coach=coach.name,
        link=link,
    )


def _mail_about_loss(coachee: Person, coach: Person) -> tuple[str, str]:
    return _("A change in your coaching"), _(
        "Hello %(name)s,\n\n%(coach)s can't be your coach any more, and there is no other coach for you yet. Your network "
        "coordinator knows. If nobody can be found this year, you go first in the next round.",
        name=coachee.first_name,
        coach=coach.name,
    )
