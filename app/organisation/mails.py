"""The mails of rooms to people: a job for each, written in Dutch from what is so by then, sent once nothing is held."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from flask_babel import force_locale

from app.jobs.queue import Handler
from app.kernel.mail import AddressRefused, Attachment, Mail, Postbox
from app.organisation.models import Person
from tenants.context import Network
from tenants.session import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written to somebody."""

    to: Person
    subject: str
    text: str
    edition: int = 0
    """Tells a letter apart from an earlier one with the same ids, such as of what was done again."""
    attachment: Attachment | None = None


Write = Callable[..., Letter | None]
"""Gets the address of the network's pages and, by name, the ids of the job. None when there is nothing to tell any more."""


class MailDesk:
    """Makes jobs of letters. One that fails does not stop another."""

    def __init__(self, base_url: str, database: Database, postbox: Postbox) -> None:
        self._base_url = base_url
        self._database = database
        self._postbox = postbox

    def job(self, name: str, write: Write) -> Handler:
        """The job that writes a letter and sends it."""

        def send(network: Network, **ids: int) -> None:
            with self._database.unit_of_work(network, read_only=True), force_locale("nl"):
                letter = write(f"{self._base_url}/{network.slug}", **ids)
            if letter is not None:
                about = (ids[of] for of in sorted(ids))
                self._send(letter, "-".join(str(part) for part in (name, network.id, *about, letter.edition)))

        return Handler(name, send)

    def _send(self, letter: Letter, key: str) -> None:
        """An address that is refused for good is no reason to try again: the page tells it too."""
        person = letter.to
        if person.email is None:
            return
        attachments = (letter.attachment,) if letter.attachment else ()
        mail = Mail(person.email, letter.subject, letter.text, key, attachments)
        try:
            self._postbox.send(mail)
        except AddressRefused:
            log.warning("address refused", person=person.id)
