"""Shortcuts for the tests of inviting many: people in each state, and the form that invites them."""

from datetime import timedelta

from app.kernel.clock import now, today
from app.organisation.models import Invitation, LoginState, Mailing, Person
from tenants.session import session
from tests.organisation.people import invited, somebody

EVERY_STATE = list(LoginState)


def person_in(state: LoginState, name: str = "Bos") -> Person:
    """Somebody without a login, as far on the way as this state says."""
    email = None if state is LoginState.NO_ADDRESS else f"{name}.{state}@waterland.example".lower()
    person = somebody("Anneke", name, email)
    changes: dict[str, object] = {}
    if state is LoginState.PLANNED:
        mailing = Mailing(by_id=0, planned_on=today() + timedelta(days=9), reminds=False, size=1)
        session().add(mailing)
        session().flush()
        changes = {"mailing_id": mailing.id, "sent_at": None}
    elif state is LoginState.EXPIRED:
        changes = {"sent_at": now() - timedelta(days=8), "expires_at": now() - timedelta(days=1)}
    elif state is LoginState.BOUNCED:
        changes = {"refused_at": now(), "refusal": "mailbox_full"}
    if state not in {LoginState.NO_ADDRESS, LoginState.NOT_INVITED, LoginState.ACCESS}:
        invited(person, **changes)
    return person


def many(count: int, name: str = "Zwart") -> list[int]:
    """People who can be invited; gives their ids."""
    people = [
        Person(first_name=f"A{number}", last_name=name, email=f"{name}{number}@waterland.example".lower())
        for number in range(count)
    ]
    session().add_all(people)
    session().flush()
    return [person.id for person in people]


def open_invitations() -> list[Invitation]:
    """What was not answered and not withdrawn, in the order in which it was made."""
    unanswered = session().query(Invitation).filter_by(accepted_at=None, withdrawn_at=None)
    return unanswered.order_by(Invitation.id).all()
