"""What the mails about sessions have in common: the session they tell of, for whom, and where to read more."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.agenda.calendar_files import calendar_attachment
from app.agenda.models import Appointment
from app.agenda.words import when
from app.intervision.meeting_places import place_without_own_words
from app.intervision.queries import DatedSession, members_of, seated_in, session_by_id
from app.kernel.mail import Attachment
from app.organisation.models import Person
from app.organisation.queries import people_by_id


@dataclass(frozen=True, slots=True)
class SessionToTell:
    """What a mail about a session tells, and to whom."""

    to: Person
    dated: DatedSession
    leader: Person | None
    has_seat: bool
    is_member: bool
    """Of the group whose session it is."""
    place: str | None
    """None where somebody wrote it in her own words: those are on the page alone, as the link is."""
    network_url: str

    @property
    def appointment(self) -> Appointment | None:
        """Its date, if it has one."""
        return self.dated.appointment

    @property
    def page(self) -> str:
        """Where everything about the session is."""
        return f"{self.network_url}/intervisie/bijeenkomsten/{self.dated.id}"

    @property
    def facts(self) -> str:
        """When, where and who leads, a line each."""
        found = self.appointment
        lines = [
            _("When: %(when)s", when=when(found)) if found else None,
            _("Where: %(place)s", place=self.place or _("see the page below")) if found else None,
            _("Who leads: %(name)s", name=self.leader.name) if self.leader else None,
        ]
        return "\n".join(filter(None, lines))

    @property
    def calendar(self) -> Attachment | None:
        """The date for a calendar."""
        if self.appointment is None:
            return None
        return calendar_attachment(
            self.appointment, f"{self.network_url}/agenda", self.place, _("Intervision")
        )

    @property
    def words(self) -> dict[str, str]:
        """What stands in a text, by name."""
        return {
            "name": self.to.first_name,
            "group": self.dated.group.name,
            "facts": self.facts,
            "page": self.page,
            "calendar_file": f"{self.network_url}/agenda/{self.dated.session.appointment_id}.ics",
        }


def session_to_tell(network_url: str, session_id: int, person_id: int) -> SessionToTell | None:
    """A session for somebody, as it is now."""
    dated = session_by_id(session_id)
    if dated is None:
        return None
    leader_id = dated.session.facilitator_id
    people = people_by_id({person_id, leader_id or person_id})
    if person_id not in people:
        return None
    members = members_of([dated.group.id])[dated.group.id]
    place = dated.appointment.place if dated.appointment else None
    return SessionToTell(
        to=people[person_id],
        dated=dated,
        leader=people.get(leader_id) if leader_id else None,
        has_seat=person_id in seated_in([session_id])[session_id],
        is_member=person_id in members,
        place=place_without_own_words(members, place),
        network_url=network_url,
    )
