"""The mails about dates of sessions, a job for each person: planned, moved, called off, somebody else leads, tomorrow."""

from collections.abc import Callable

from flask_babel import force_locale
from flask_babel import gettext as _

from app.agenda.words import when
from app.intervision.mails.mailing import Mails, SessionToTell
from app.intervision.queries import seated_in, sessions_of_group
from app.organisation.queries import people_by_id
from tenants.context import Network

Words = Callable[[SessionToTell], tuple[str, str]]


class SessionMails(Mails):
    """Each mail is about one version of a date: was it moved or called off since, another mail says so."""

    def tell_dates(self, network: Network, *, group_id: int, person_id: int, at: int) -> None:
        """Tell somebody all dates of her group that are still to come."""
        with self._database.unit_of_work(network, read_only=True):
            coming = [dated for dated in sessions_of_group(group_id) if dated.is_coming]
            seated = seated_in([dated.id for dated in coming])
            to = people_by_id({person_id}).get(person_id)
        mine = [dated.appointment for dated in coming if dated.appointment and person_id in seated[dated.id]]
        if to is None or not mine:
            return
        with force_locale("nl"):
            lines = "\n".join(
                " · ".join(filter(None, [f"- {when(appointment)}", appointment.place]))
                for appointment in mine
            )
            words = (
                _("The dates of your intervision are known"),
                _(
                    "Hello %(name)s,\n\nThe dates of your intervision are known:\n\n%(dates)s\n\nPut them in your calendar, "
                    "all at once:\n%(calendar_file)s\n\nCan you not make it once? See what you can do:\n%(page)s",
                    name=to.first_name,
                    dates=lines,
                    calendar_file=self._url(network, f"intervisie/groepen/{group_id}/bijeenkomsten.ics"),
                    page=self._url(network, "intervisie"),
                ),
            )
            self._send(to, words, "dates", network.id, group_id, person_id, at)

    def tell_planned(self, network: Network, *, session_id: int, person_id: int, revision: int) -> None:
        """Tell somebody that a session got its date."""
        self._tell(network, (session_id, person_id, revision), _planned)

    def tell_moved(self, network: Network, *, session_id: int, person_id: int, revision: int) -> None:
        """Tell somebody that a session was moved."""
        self._tell(network, (session_id, person_id, revision), _moved)

    def tell_left_out(self, network: Network, *, session_id: int, person_id: int, revision: int) -> None:
        """Tell somebody that a session is at a time at which she can't, so that she has no seat."""
        self._tell(network, (session_id, person_id, revision), _left_out, has_seat=False)

    def tell_called_off(self, network: Network, *, session_id: int, person_id: int, revision: int) -> None:
        """Tell somebody that a session does not take place."""
        self._tell(network, (session_id, person_id, revision), _called_off, has_seat=None)

    def remind(self, network: Network, *, session_id: int, person_id: int, revision: int) -> None:
        """Remind somebody of tomorrow's session."""
        self._tell(network, (session_id, person_id, revision), _reminder)

    def tell_leader(self, network: Network, *, session_id: int, person_id: int, at: int) -> None:
        """Tell somebody who leads a session from now on."""
        with self._database.unit_of_work(network, read_only=True):
            told = self._read(network, session_id, person_id)
        if told is None or told.leader is None or told.dated.is_cancelled or not told.has_seat:
            return
        with force_locale("nl"):
            self._send(told.to, _leader(told), "leader", network.id, session_id, person_id, at)

    def _tell(
        self,
        network: Network,
        about: tuple[int, int, int],
        words: Words,
        *,
        has_seat: bool | None = True,
    ) -> None:
        """`has_seat` says whom the mail is for: who has a seat by now, who has none, or either (None)."""
        session_id, person_id, revision = about
        with self._database.unit_of_work(network, read_only=True):
            told = self._read(network, session_id, person_id)
        if told is None or (told.appointment.revision if told.appointment else 0) != revision:
            return
        if has_seat is not None and told.has_seat != has_seat:
            return
        date_id = told.dated.session.appointment_id or 0
        key = (words.__name__.strip("_"), network.id, session_id, person_id, date_id, revision)
        with force_locale("nl"):
            self._send(told.to, words(told), *key)


def _planned(told: SessionToTell) -> tuple[str, str]:
    return _("A date for your intervision"), _(
        "Hello %(name)s,\n\nYour intervision has a date.\n\n%(facts)s\n\nMore, and what to do when you can't make it:\n"
        "%(page)s\n\nFor your calendar:\n%(calendar_file)s",
        **_values(told),
    )


def _moved(told: SessionToTell) -> tuple[str, str]:
    return _("Your intervision has been changed"), _(
        "Hello %(name)s,\n\nThe date or place of your intervision has been changed. It is now:\n\n%(facts)s\n\n"
        "More, and what to do when you can't make it:\n%(page)s\n\nFor your calendar:\n%(calendar_file)s",
        **_values(told),
    )


def _left_out(told: SessionToTell) -> tuple[str, str]:
    return _("Intervision without you this time"), _(
        "Hello %(name)s,\n\nYour group meets at a time at which you can't:\n\n%(facts)s\n\nThat is why no seat has been "
        "booked for you, and nothing is in your agenda. Can you come after all? Look here:\n%(page)s",
        **_values(told),
    )


def _called_off(told: SessionToTell) -> tuple[str, str]:
    return _("Your intervision does not take place"), _(
        "Hello %(name)s,\n\nThis session of %(group)s does not take place.\n\n%(facts)s\n\nThe group can choose "
        "another date. You do so here, or see whether that happened already:\n%(page)s",
        **_values(told),
    )


def _reminder(told: SessionToTell) -> tuple[str, str]:
    return _("Your intervision tomorrow"), _(
        "Hello %(name)s,\n\nTomorrow you have intervision with %(group)s.\n\n%(facts)s\n\nMore, and what to do when you "
        "can't make it:\n%(page)s",
        **_values(told),
    )


def _leader(told: SessionToTell) -> tuple[str, str]:
    leads = told.leader is not None and told.leader.id == told.to.id
    text = (
        _(
            "Hello %(name)s,\n\nYou lead this session of %(group)s.\n\n%(facts)s\n\nCan't you? Then let somebody else "
            "lead:\n%(page)s",
            **_values(told),
        )
        if leads
        else _(
            "Hello %(name)s,\n\nSomebody else leads this session of %(group)s.\n\n%(facts)s\n\nMore about it:\n%(page)s",
            **_values(told),
        )
    )
    return _("Who leads your intervision"), text


def _values(told: SessionToTell) -> dict[str, str]:
    return {
        "name": told.to.first_name,
        "group": told.dated.group.name,
        "facts": told.facts,
        "page": told.page,
        "calendar_file": told.calendar_file,
    }
