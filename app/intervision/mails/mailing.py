"""What the mails about sessions have in common: the session they tell of, for whom, and where to read more."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.agenda.models import Appointment
from app.agenda.words import when
from app.coaching.mails.mailing import send_to
from app.intervision.queries import DatedSession, seated_in, session_by_id
from app.kernel.mail import Postbox
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import Network
from tenants.session import Database


@dataclass(frozen=True, slots=True)
class SessionToTell:
    """What a mail about a session tells, and to whom."""

    to: Person
    dated: DatedSession
    leader: Person | None
    has_seat: bool
    page: str
    poll_page: str
    calendar_file: str

    @property
    def appointment(self) -> Appointment | None:
        """Its date, if it has one."""
        return self.dated.appointment

    @property
    def facts(self) -> str:
        """When, where and who leads, a line each; the link is on the page alone."""
        found = self.appointment
        lines = [
            _("When: %(when)s", when=when(found)) if found else None,
            _("Where: %(place)s", place=found.place) if found and found.place else None,
            _("Who leads: %(name)s", name=self.leader.name) if self.leader else None,
        ]
        return "\n".join(filter(None, lines))


class Mails:
    """Reads in a short unit, and sends outside of it."""

    def __init__(self, base_url: str, database: Database, postbox: Postbox) -> None:
        self._base_url = base_url
        self._database = database
        self._postbox = postbox

    def _read(self, network: Network, session_id: int, person_id: int) -> SessionToTell | None:
        """The session for somebody, as it is now. For a unit that is open."""
        dated = session_by_id(session_id)
        if dated is None:
            return None
        leader_id = dated.session.facilitator_id
        people = people_by_id({person_id, leader_id or person_id})
        if person_id not in people:
            return None
        appointment_id = dated.session.appointment_id or 0
        return SessionToTell(
            to=people[person_id],
            dated=dated,
            leader=people.get(leader_id) if leader_id else None,
            has_seat=person_id in seated_in([session_id])[session_id],
            page=self._url(network, f"intervisie/bijeenkomsten/{session_id}"),
            poll_page=self._url(network, f"intervisie/bijeenkomsten/{session_id}/peiling"),
            calendar_file=self._url(network, f"agenda/{appointment_id}.ics"),
        )

    def _url(self, network: Network, path: str) -> str:
        return f"{self._base_url}/{network.slug}/{path}"

    def _send(self, person: Person, words: tuple[str, str], *key: object) -> None:
        send_to(self._postbox, person, words, "-".join(["intervision", *map(str, key)]))
