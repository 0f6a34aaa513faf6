"""The mails about polls: asked, still silent, everybody answered, closed. Who answered what stands in none of them.

Each is about one poll: was a date chosen or another poll made since, it is not sent.
"""

from typing import NamedTuple

from flask_babel import gettext as _

from app.intervision.mails.telling import session_to_tell
from app.intervision.poll_rules import best_of, silent_in, standings
from app.intervision.queries import members_of
from app.intervision.queries.planning import PollInFull, poll_of
from app.kernel.clock import now
from app.organisation.mails import Letter
from app.organisation.models import Person
from app.web.language import long_date


class PollToTell(NamedTuple):
    """A poll that waits for a date, for somebody."""

    to: Person
    poll: PollInFull
    group_id: int
    words: dict[str, str]

    @property
    def waits_for_her(self) -> bool:
        """Whether she can still answer, and has not."""
        return self.poll.is_open and self.to.id not in self.poll.answers


def ask_poll(network_url: str, *, session_id: int, person_id: int, poll_id: int) -> Letter | None:
    """Ask a member when she can."""
    told = _told(network_url, session_id, person_id, poll_id)
    if told is None or not told.waits_for_her:
        return None
    text = _(
        "Hello %(name)s,\n\n%(group)s looks for a date. Say which moments suit you, by %(day)s; it takes a minute:\n"
        "%(page)s",
        **told.words,
    )
    return Letter(told.to, _("When can you for intervision?"), text)


def remind_of_poll(
    network_url: str,
    *,
    session_id: int,
    person_id: int,
    poll_id: int,
    occasion: int,  # noqa: ARG001 - it tells one letter from a later one
) -> Letter | None:
    """Remind a member who has not answered; `occasion` tells one reminder from a later one."""
    told = _told(network_url, session_id, person_id, poll_id)
    if told is None or not told.waits_for_her:
        return None
    text = _(
        "Hello %(name)s,\n\n%(group)s looks for a date, and your answer is not there yet. You can give it by %(day)s:\n"
        "%(page)s",
        **told.words,
    )
    return Letter(told.to, _("When can you for intervision?"), text)


def tell_poll_complete(network_url: str, *, session_id: int, person_id: int, poll_id: int) -> Letter | None:
    """Tell who asked that everybody answered."""
    told = _told(network_url, session_id, person_id, poll_id)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\nEverybody of %(group)s has said when she can. Choose the date here:\n%(page)s",
        **told.words,
    )
    return Letter(told.to, _("Everybody has answered"), text)


def tell_poll_closed(network_url: str, *, session_id: int, person_id: int, poll_id: int) -> Letter | None:
    """Tell who asked that the poll is closed, and what can be done now."""
    told = _told(network_url, session_id, person_id, poll_id)
    if told is None:
        return None
    members = members_of([told.group_id])[told.group_id]
    poll = told.poll
    if best_of(standings(poll.options, poll.answers, members), poll.poll.quorum, now()):
        text = _(
            "Hello %(name)s,\n\nThe poll of %(group)s is closed, and there is a moment at which enough people can. "
            "Choose the date here:\n%(page)s",
            **told.words,
        )
    elif len(silent_in(poll.answers, members)) == len(members):
        text = _(
            "Hello %(name)s,\n\nThe poll of %(group)s is closed, and nobody has answered. You can ask about other "
            "moments, choose a date yourself, or call the session off:\n%(page)s",
            **told.words,
        )
    else:
        text = _(
            "Hello %(name)s,\n\nThe poll of %(group)s is closed. At no moment enough people can. You can ask about "
            "other moments, plan one all the same, or call the session off:\n%(page)s",
            **told.words,
        )
    return Letter(told.to, _("The poll is closed"), text)


def _told(network_url: str, session_id: int, person_id: int, poll_id: int) -> PollToTell | None:
    told, poll = session_to_tell(network_url, session_id, person_id), poll_of(session_id)
    if told is None or poll is None or poll.poll.id != poll_id or not poll.waits_for_choice:
        return None
    words = {
        "name": told.to.first_name,
        "group": told.dated.group.name,
        "day": long_date(poll.poll.closes_on),
        "page": f"{told.page}/peiling",
    }
    return PollToTell(told.to, poll, told.dated.group.id, words)
