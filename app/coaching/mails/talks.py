"""The mails about talks, a job for each person: planned, moved, cancelled by the other; and tomorrow."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from app.agenda.models import Appointment
from app.agenda.words import when
from app.coaching.mails.mailing import Mails
from app.coaching.queries import talk_by_id, trajectory_by_id
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import Network


@dataclass(frozen=True, slots=True)
class TalkOfTwo:
    """What a mail about a talk tells."""

    to: Person
    other: Person
    appointment: Appointment
    page: str
    calendar_file: str


class TalkMails(Mails):
    """Each mail is about one version of a talk: was it moved or cancelled since, another mail says so."""

    def tell_planned(self, network: Network, *, talk_id: int, person_id: int, revision: int) -> None:
        """Tell one of the two that the other planned a talk."""
        self._tell(network, (talk_id, person_id, revision), _planned)

    def tell_moved(self, network: Network, *, talk_id: int, person_id: int, revision: int) -> None:
        """Tell one of the two that the other moved a talk."""
        self._tell(network, (talk_id, person_id, revision), _moved)

    def tell_cancelled(self, network: Network, *, talk_id: int, person_id: int, revision: int) -> None:
        """Tell one of the two that the other cancelled a talk."""
        self._tell(network, (talk_id, person_id, revision), _cancelled)

    def remind(self, network: Network, *, talk_id: int, person_id: int, revision: int) -> None:
        """Remind one of the two of tomorrow's talk."""
        self._tell(network, (talk_id, person_id, revision), _reminder)

    def _tell(
        self, network: Network, about: tuple[int, int, int], words: Callable[[TalkOfTwo], tuple[str, str]]
    ) -> None:
        told = self._talk_of_two(network, *about)
        if told is not None:
            key = "-".join(str(part) for part in ("talk", words.__name__.strip("_"), network.id, *about))
            with force_locale("nl"):
                self._send(told.to, words(told), key)

    def _talk_of_two(self, network: Network, talk_id: int, person_id: int, revision: int) -> TalkOfTwo | None:
        with self._database.unit_of_work(network, read_only=True):
            dated = talk_by_id(talk_id)
            if dated is None or dated.appointment.revision != revision:
                return None
            trajectory = trajectory_by_id(dated.talk.trajectory_id)
            people = people_by_id({trajectory.coachee_id, trajectory.coach_id})
        network_url = f"{self._base_url}/{network.slug}"
        return TalkOfTwo(
            to=people[person_id],
            other=people[trajectory.other_than(person_id)],
            appointment=dated.appointment,
            page=f"{network_url}/trajecten/{trajectory.id}/gesprekken",
            calendar_file=f"{network_url}/agenda/{dated.appointment.id}.ics",
        )


def _planned(told: TalkOfTwo) -> tuple[str, str]:
    return _("A talk has been planned"), _(
        "Hello %(name)s,\n\n%(other)s has planned a talk with you.\n\n%(facts)s\n\nDoes it not suit you? Then move it, "
        "or cancel it:\n%(page)s\n\nFor your calendar:\n%(calendar_file)s",
        **_facts(told),
    )


def _moved(told: TalkOfTwo) -> tuple[str, str]:
    return _("A talk has been moved"), _(
        "Hello %(name)s,\n\n%(other)s has moved your talk. It is now:\n\n%(facts)s\n\nDoes it not suit you? Then move it, "
        "or cancel it:\n%(page)s\n\nFor your calendar:\n%(calendar_file)s",
        **_facts(told),
    )


def _cancelled(told: TalkOfTwo) -> tuple[str, str]:
    return _("A talk has been cancelled"), _(
        "Hello %(name)s,\n\n%(other)s has cancelled your talk of %(when)s.\n\nHere you plan another:\n%(page)s\n\n"
        "With this file it also goes out of your calendar:\n%(calendar_file)s",
        **_facts(told),
    )


def _reminder(told: TalkOfTwo) -> tuple[str, str]:
    return _("Your talk tomorrow"), _(
        "Hello %(name)s,\n\nTomorrow you have a talk with %(other)s.\n\n%(facts)s\n\nCan you not make it? Then move it, "
        "or cancel it, so that %(first_name)s knows:\n%(page)s",
        **_facts(told),
    )


def _facts(told: TalkOfTwo) -> dict[str, str]:
    at = when(told.appointment)
    return {
        "name": told.to.first_name,
        "other": told.other.name,
        "first_name": told.other.first_name,
        "when": at,
        "facts": _("When: %(when)s\nWhere: %(place)s", when=at, place=told.appointment.place or ""),
        "page": told.page,
        "calendar_file": told.calendar_file,
    }
