"""Add people, correct who they are, and take away their access."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.identity.services import leave_network
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import today
from app.kernel.errors import Conflict, Invalid
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Person
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries import person_with
from app.organisation.queries.people import SUBJECT
from app.organisation.services.coordinators import keep_a_coordinator
from app.organisation.services.invitations import invite, move_invitation
from app.organisation.services.roles import add_role
from tenants.context import current_network_id
from tenants.session import session

FIELDS = ("first_name", "infix", "last_name", "email")


def add_person(actor: Actor, data: dict[str, Any]) -> int:
    """Add somebody with a first role, and invite her at once if asked; gives her id.

    Raises Invalid when somebody else has the address.
    """
    actor.require(MANAGE_PEOPLE)
    _refuse_known_address(data.get("email"))
    person = Person(**{field: data.get(field) for field in FIELDS})
    session().add(person)
    session().flush()
    record(actor, "add person", SUBJECT, person.id)
    add_role(actor, person.id, data)
    if data.get("invite"):
        invite(actor, [person.id])
    return person.id


def edit_person(actor: Actor, person_id: int, data: dict[str, Any]) -> dict[str, Any]:
    """Change name and address; gives what they were, for undoing. Another address ends an invitation that was sent.

    Raises Invalid when somebody else has the address.
    """
    actor.require(MANAGE_PEOPLE)
    person = person_with(actor, person_id)
    before = {field: getattr(person, field) or "" for field in FIELDS}
    if data.get("email") != person.email:
        _refuse_known_address(data.get("email"))
        # Before the person changes: accepting takes the invitation first and the person second, too.
        move_invitation(person.id, data.get("email"))
    for field in FIELDS:
        setattr(person, field, data.get(field))
    record(actor, "edit person", SUBJECT, person.id)
    return before


def take_away_access(actor: Actor, person_id: int) -> None:
    """Let somebody sign in to this network no longer, from this moment. Her roles stay as they are.

    Raises Conflict for oneself, and for the last coordinator. In a unit that sees identities.
    """
    actor.require(MANAGE_PEOPLE)
    if person_id == actor.person_id:
        raise Conflict(_("You can't take away your own access. Ask another network coordinator."))
    person = person_with(actor, person_id)
    if person.identity_id is None:
        raise Conflict(_("This person has no access any more."))
    if _is_coordinator(person):
        keep_a_coordinator(person.id, today())
    identity_id, person.identity_id = person.identity_id, None
    session().flush()
    leave_network(identity_id, current_network_id())
    record(actor, "take away access", SUBJECT, person.id)


def _refuse_known_address(email: str | None) -> None:
    if email and session().scalar(select(Person.id).where(Person.email == email)):
        raise Invalid({"email": [_("Somebody else in this network has this address already.")]})


def _is_coordinator(person: Person) -> bool:
    role = select(Assignment.id).where(
        Assignment.person_id == person.id, Assignment.role == Role.COORDINATOR, Assignment.until.is_(None)
    )
    return session().scalar(role) is not None
