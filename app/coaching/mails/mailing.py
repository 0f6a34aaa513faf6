"""What all mails of this room have in common: who they are about, and an address that is refused."""

import structlog

from app.coaching.models import Match
from app.coaching.queries import match_by_id
from app.kernel.mail import AddressRefused, Mail, Postbox
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import Network
from tenants.session import Database

log = structlog.get_logger()


def send_to(postbox: Postbox, person: Person, words: tuple[str, str], key: str) -> None:
    """Send subject and text; an address that is refused for good is no reason to try again: the page tells it too."""
    if person.email is None:
        return
    subject, text = words
    try:
        postbox.send(Mail(to=person.email, subject=subject, text=text, key=key))
    except AddressRefused:
        log.warning("address refused", person=person.id)


class Mails:
    """Reads in a short unit, and sends outside of it."""

    def __init__(self, base_url: str, database: Database, postbox: Postbox) -> None:
        self._base_url = base_url
        self._database = database
        self._postbox = postbox

    def _pair(self, network: Network, match_id: int) -> tuple[Person, Person, str]:
        """Coachee and coach of a match, and the address of its page."""
        with self._database.unit_of_work(network, read_only=True):
            match = match_by_id(match_id)
            people = people_by_id({match.coachee_id, match.coach_id})
        return people[match.coachee_id], people[match.coach_id], self._page_of(network, match)

    def _page_of(self, network: Network, match: Match) -> str:
        return f"{self._base_url}/{network.slug}/koppelingen/{match.id}"

    def _send(self, person: Person, words: tuple[str, str], key: str) -> None:
        send_to(self._postbox, person, words, key)
