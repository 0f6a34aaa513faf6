"""An invitation as the holder of its link sees it, and as the mail that brings it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.identity.queries import login_with
from app.identity.secrets import digest
from app.kernel.clock import now, today
from app.organisation.models import Invitation, Person
from app.organisation.queries.people import is_unanswered
from app.organisation.queries.roles import Workplace, all_workplaces, people_by_id
from tenants.session import session


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    """Who invites whom, in which roles; `has_login` is for nobody but the holder of the link."""

    person: Person
    email: str
    inviter: str | None
    workplaces: list[Workplace]
    has_login: bool


def invitation_behind(token: str) -> ShownInvitation | None:
    """The invitation behind a link that can still be used; None for every other link. Looking does not use it.

    In a unit that sees identities.
    """
    invitation = session().scalar(select(Invitation).where(can_be_accepted(token)))
    if invitation is None:
        return None
    people = people_by_id({invitation.person_id, invitation.by_id})
    person = people[invitation.person_id]
    return ShownInvitation(
        person=person,
        email=invitation.email,
        inviter=inviter_of(invitation, people),
        workplaces=coming_workplaces(person),
        has_login=login_with(invitation.email) is not None,
    )


def can_be_accepted(token: str) -> ColumnElement[bool]:
    """That the link is right, in time and unused, and that it went to the address the person still has.

    The first mail has one, and the reminder another.
    """
    is_link = or_(Invitation.token_hash == digest(token), Invitation.reminder_hash == digest(token))
    addressee = exists().where(
        Person.tenant_id == Invitation.tenant_id,
        Person.id == Invitation.person_id,
        Person.email == Invitation.email,
        Person.identity_id.is_(None),
    )
    return and_(is_link, is_unanswered(), Invitation.expires_at > now(), addressee)


def inviter_of(invitation: Invitation, people: dict[int, Person]) -> str | None:
    """The name of who invites; None when it was the system, or somebody who is gone."""
    inviter = people.get(invitation.by_id)
    return inviter.name if inviter else None


def coming_workplaces(person: Person) -> list[Workplace]:
    """The roles that this person holds or will hold."""
    return [place for place in all_workplaces(person) if place.until is None or place.until >= today()]
