"""Send a mail of this room to somebody."""

import structlog

from app.kernel.mail import AddressRefused, Mail, Postbox
from app.organisation.models import Person

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
