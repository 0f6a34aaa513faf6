"""Shortcuts for the tests of this room: forms, people, invitations, and the link in the last mail."""

from datetime import date, timedelta

from app.kernel.clock import now
from app.kernel.mail import KeptMail
from app.organisation.models import Invitation, Person
from tenants.session import Database, session

PASSWORD = "een zin die lang genoeg is"
NEW_PERSON = {
    "first_name": "Sjöerd",
    "infix": "van der",
    "last_name": "Wöhrmann-Çelik",
    "email": "Sjoerd@Waterland.example",
    "role": "coach",
    "since": "2026-08-01",
}


def somebody(first_name: str = "Anneke", last_name: str = "Bos", email: str | None = None) -> Person:
    """A person without a role and without a login."""
    person = Person(first_name=first_name, last_name=last_name, email=email)
    session().add(person)
    session().flush()
    return person


def invited(person: Person, **changes: object) -> Invitation:
    """An invitation that was sent, as a row."""
    values = {"email": person.email, "by_id": 0, "expires_at": now() + timedelta(days=7), "sent_at": now()}
    invitation = Invitation(person_id=person.id, **(values | changes))
    session().add(invitation)
    session().flush()
    return invitation


def last_link(database: Database, recipient: str) -> str:
    """The path of the link in the last mail to this address."""
    with database.global_unit() as unit:
        mails = unit.query(KeptMail).filter_by(recipient=recipient).order_by(KeptMail.id)
        body = mails.all()[-1].body
    return next(line for line in body.splitlines() if "/uitnodiging/" in line).removeprefix(
        "http://localhost:8000"
    )


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)
