"""The mails about polls: asked, still silent, everybody answered, closed. Who answered what stands in none of them."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.intervision.mails.mailing import Mails, SessionToTell
from app.intervision.poll_rules import best_of, silent_in, standings
from app.intervision.queries import members_of
from app.intervision.queries.planning import PollInFull, poll_of
from app.kernel.clock import now
from app.web.language import long_date
from tenants.context import Network


class PollMails(Mails):
    """Each mail is about one poll: was a date chosen or another poll made since, it is not sent."""

    def ask(self, network: Network, *, session_id: int, person_id: int, poll_id: int) -> None:
        """Ask a member when she can."""
        found = self._about(network, session_id, person_id, poll_id)
        if found is None or not found[1].is_open or person_id in found[1].answers:
            return
        told, poll = found
        with force_locale("nl"):
            words = (
                _("When can you for intervision?"),
                _(
                    "Hello %(name)s,\n\n%(group)s looks for a date. Say which moments suit you, by %(day)s; it takes a minute:\n"
                    "%(page)s",
                    **_values(told, poll),
                ),
            )
            self._send(told.to, words, "poll", network.id, poll_id, person_id)

    def remind(
        self, network: Network, *, session_id: int, person_id: int, poll_id: int, occasion: int
    ) -> None:
        """Remind a member who has not answered."""
        found = self._about(network, session_id, person_id, poll_id)
        if found is None or not found[1].is_open or person_id in found[1].answers:
            return
        told, poll = found
        with force_locale("nl"):
            words = (
                _("When can you for intervision?"),
                _(
                    "Hello %(name)s,\n\n%(group)s looks for a date, and your answer is not there yet. You can give it by %(day)s:\n"
                    "%(page)s",
                    **_values(told, poll),
                ),
            )
            self._send(told.to, words, "poll-reminder", network.id, poll_id, person_id, occasion)

    def tell_complete(self, network: Network, *, session_id: int, person_id: int, poll_id: int) -> None:
        """Tell who asked that everybody answered."""
        found = self._about(network, session_id, person_id, poll_id)
        if found is None:
            return
        told, poll = found
        with force_locale("nl"):
            words = (
                _("Everybody has answered"),
                _(
                    "Hello %(name)s,\n\nEverybody of %(group)s has said when she can. Choose the date here:\n%(page)s",
                    **_values(told, poll),
                ),
            )
            self._send(told.to, words, "poll-complete", network.id, poll_id, person_id)

    def tell_closed(self, network: Network, *, session_id: int, person_id: int, poll_id: int) -> None:
        """Tell who asked that the poll is closed, and what can be done now."""
        found = self._about(network, session_id, person_id, poll_id)
        if found is None:
            return
        told, poll = found
        members = self._members(network, told)
        ranked = standings(poll.options, poll.answers, members)
        with force_locale("nl"):
            values = _values(told, poll)
            if best_of(ranked, poll.poll.quorum, now()):
                text = _(
                    "Hello %(name)s,\n\nThe poll of %(group)s is closed, and there is a moment at which enough people can. "
                    "Choose the date here:\n%(page)s",
                    **values,
                )
            elif len(silent_in(poll.answers, members)) == len(members):
                text = _(
                    "Hello %(name)s,\n\nThe poll of %(group)s is closed, and nobody has answered. You can ask about other "
                    "moments, choose a date yourself, or call the session off:\n%(page)s",
                    **values,
                )
            else:
                text = _(
                    "Hello %(name)s,\n\nThe poll of %(group)s is closed. At no moment enough people can. You can ask about "
                    "other moments, plan one all the same, or call the session off:\n%(page)s",
                    **values,
                )
            self._send(
                told.to, (_("The poll is closed"), text), "poll-closed", network.id, poll_id, person_id
            )

    def _about(
        self, network: Network, session_id: int, person_id: int, poll_id: int
    ) -> tuple[SessionToTell, PollInFull] | None:
        with self._database.unit_of_work(network, read_only=True):
            told, poll = self._read(network, session_id, person_id), poll_of(session_id)
        if told is None or poll is None or poll.poll.id != poll_id or not poll.waits_for_choice:
            return None
        return told, poll

    def _members(self, network: Network, told: SessionToTell) -> list[int]:
        with self._database.unit_of_work(network, read_only=True):
            return members_of([told.dated.group.id])[told.dated.group.id]


def _values(told: SessionToTell, poll: PollInFull) -> dict[str, str]:
    return {
        "name": told.to.first_name,
        "group": told.dated.group.name,
        "day": long_date(poll.poll.closes_on),
        "page": told.poll_page,
    }
