"""The mails about talks, a job for each person: planned, moved, cancelled by the other; and tomorrow.

Each is about one version of a talk: was it moved or cancelled since, another mail says so. What the two wrote
themselves of the place is not in a mail.
"""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.agenda.calendar_files import calendar_attachment
from app.agenda.words import when
from app.coaching.mails.pairs import two_of
from app.coaching.meeting_places import place_without_own_words
from app.coaching.queries import talk_by_id, trajectory_by_id
from app.kernel.mail import Attachment
from app.organisation.mails import Letter
from app.organisation.models import Person


@dataclass(frozen=True, slots=True)
class TalkOfTwo:
    """What a mail about a talk tells."""

    to: Person
    words: dict[str, str]
    """What stands in its text, by name."""
    calendar: Attachment


def tell_planned(network_url: str, *, talk_id: int, person_id: int, revision: int) -> Letter | None:
    """Tell one of the two that the other planned a talk."""
    told = _talk_of_two(network_url, talk_id, person_id, revision)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\n%(other)s has planned a talk with you.\n\n%(facts)s\n\nDoes it not suit you? Then move it, "
        "or cancel it:\n%(page)s\n\nFor your calendar:\n%(calendar_file)s",
        **told.words,
    )
    return Letter(told.to, _("A talk has been planned"), text, attachment=told.calendar)


def tell_moved(network_url: str, *, talk_id: int, person_id: int, revision: int) -> Letter | None:
    """Tell one of the two that the other moved a talk."""
    told = _talk_of_two(network_url, talk_id, person_id, revision)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\n%(other)s has moved your talk. It is now:\n\n%(facts)s\n\nDoes it not suit you? Then move it, "
        "or cancel it:\n%(page)s\n\nFor your calendar:\n%(calendar_file)s",
        **told.words,
    )
    return Letter(told.to, _("A talk has been moved"), text, attachment=told.calendar)


def tell_cancelled(network_url: str, *, talk_id: int, person_id: int, revision: int) -> Letter | None:
    """Tell one of the two that the other cancelled a talk."""
    told = _talk_of_two(network_url, talk_id, person_id, revision)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\n%(other)s has cancelled your talk of %(when)s.\n\nHere you plan another:\n%(page)s\n\n"
        "With this file it also goes out of your calendar:\n%(calendar_file)s",
        **told.words,
    )
    return Letter(told.to, _("A talk has been cancelled"), text, attachment=told.calendar)


def remind_of_talk(network_url: str, *, talk_id: int, person_id: int, revision: int) -> Letter | None:
    """Remind one of the two of tomorrow's talk."""
    told = _talk_of_two(network_url, talk_id, person_id, revision)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\nTomorrow you have a talk with %(other)s.\n\n%(facts)s\n\nCan you not make it? Then move it, "
        "or cancel it, so that %(first_name)s knows:\n%(page)s",
        **told.words,
    )
    return Letter(told.to, _("Your talk tomorrow"), text)


def _talk_of_two(network_url: str, talk_id: int, person_id: int, revision: int) -> TalkOfTwo | None:
    dated = talk_by_id(talk_id)
    if dated is None or dated.appointment.revision != revision:
        return None
    trajectory, appointment = trajectory_by_id(dated.talk.trajectory_id), dated.appointment
    person, other = two_of(trajectory.id, person_id)
    at, place = when(appointment), place_without_own_words(trajectory, appointment.place)
    facts = _("When: %(when)s\nWhere: %(place)s", when=at, place=place or _("see the page below"))
    words = {
        "name": person.first_name,
        "other": other.name,
        "first_name": other.first_name,
        "when": at,
        "facts": facts,
        "page": f"{network_url}/trajecten/{trajectory.id}/gesprekken",
        "calendar_file": f"{network_url}/agenda/{appointment.id}.ics",
    }
    return TalkOfTwo(person, words, calendar_attachment(appointment, f"{network_url}/agenda", place))
