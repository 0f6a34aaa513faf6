"""Invite people to sign in, withdraw that, and accept it.

Accepting locks the invitation before the person; whatever changes both does it in that order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from app.identity.queries import login_with
from app.identity.secrets import digest, new_token
from app.identity.services import add_membership, join_network, open_sign_in, sign_in
from app.jobs.queue import enqueue
from app.kernel.actor import SYSTEM, Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict, NotFound
from app.kernel.returned_mail import Refusal
from app.organisation.models import Invitation, Person
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries import Workplace, people_by_id
from app.organisation.queries.invitations import can_be_accepted, coming_workplaces, inviter_of
from app.organisation.queries.people import SUBJECT, is_unanswered
from tenants.context import current_network_id
from tenants.session import session
from tenants.turns import take_turn

LASTS = timedelta(days=7)
RETURNED = "invitation came back"
INVITING = "invitations"
"""The turn of those who invite in a network: each sees whom the last one invited."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who holds the link: the browser and its address, and the login that is signed in there, if one is."""

    browser: str
    address: str
    key: str
    """Of the digests under which wrong passwords are counted."""
    identity_id: int | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class ReadyInvitation:
    """What the mail needs. The token is here and in the mail, nowhere else."""

    email: str
    first_name: str
    inviter: str | None
    workplaces: list[Workplace]
    token: str
    invited_at: datetime
    expires_at: datetime


def invite(actor: Actor, person_ids: Sequence[int]) -> None:
    """Mail these people a link to sign in; a link that they had before works no longer.

    Raises NotFound, and Conflict for somebody without address or with access already.
    """
    actor.require(MANAGE_PEOPLE)
    take_turn(INVITING)
    people = people_by_id(person_ids)
    if len(people) < len(set(person_ids)):
        raise NotFound
    for person in people.values():
        _refuse_needless(person)
    end_invitations(list(people))
    invitations = [
        Invitation(person_id=person.id, email=person.email, by_id=actor.person_id, expires_at=now() + LASTS)
        for person in people.values()
    ]
    session().add_all(invitations)
    session().flush()
    for invitation in invitations:
        enqueue("organisation.send_invitation", invitation_id=invitation.id)
        record(actor, "invite", SUBJECT, invitation.person_id)


def withdraw_invitation(actor: Actor, person_id: int) -> None:
    """Let the link of somebody's invitation work no longer. Raises NotFound when there is none."""
    actor.require(MANAGE_PEOPLE)
    if not end_invitations([person_id]):
        raise NotFound
    record(actor, "withdraw invitation", SUBJECT, person_id)


def end_invitations(person_ids: Sequence[int]) -> int:
    """Withdraw what these people have not answered yet; gives how many that were."""
    ended = session().execute(
        update(Invitation)
        .where(Invitation.person_id.in_(person_ids), is_unanswered())
        .values(withdrawn_at=now())
        .returning(Invitation.id)
    )
    return len(ended.all())


def move_invitation(person_id: int, email: str | None) -> None:
    """Follow somebody to another address. What was not made ready for sending goes there; what was, ends."""
    untouched = (Invitation.sent_at.is_(None), Invitation.token_hash.is_(None))
    if email:
        session().execute(
            update(Invitation)
            .where(Invitation.person_id == person_id, is_unanswered(), *untouched)
            .values(email=email)
        )
    session().execute(
        update(Invitation)
        .where(Invitation.person_id == person_id, is_unanswered(), Invitation.email != (email or ""))
        .values(withdrawn_at=now())
    )


def ready_invitation(invitation_id: int) -> ReadyInvitation | None:
    """Make the token of an invitation that waits to be sent; None when it was sent, answered or withdrawn.

    A job that is done again makes another token: of two mails, the last one works.
    """
    invitation = _locked(invitation_id)
    if invitation is None or invitation.sent_at is not None:
        return None
    token = new_token()
    invitation.token_hash, invitation.expires_at = digest(token), now() + LASTS
    return _ready(invitation, token)


def ready_reminder(invitation_id: int) -> ReadyInvitation | None:
    """Make the token of a reminder, whose link works beside the first; None when it is of no use any more."""
    invitation = _locked(invitation_id)
    if invitation is None or invitation.refused_at is not None or invitation.expires_at <= now():
        return None
    token = new_token()
    invitation.reminder_hash = digest(token)
    return _ready(invitation, token)


def note_sent(invitation_id: int) -> None:
    """Keep that the mail is on its way, so that it is sent no second time."""
    _note(invitation_id, sent_at=now())


def note_refused(invitation_id: int, refusal: Refusal) -> None:
    """Keep that the address was refused while we sent, so that the coordinator can correct it."""
    _note(invitation_id, refused_at=now(), refusal=refusal, sent_at=func.coalesce(Invitation.sent_at, now()))


def note_returned(invitation_id: int, refusal: Refusal) -> bool:
    """Keep that the mail came back; False when that changes nothing: answered, withdrawn, or known already."""
    returned = session().scalar(
        update(Invitation)
        .where(Invitation.id == invitation_id, is_unanswered(), Invitation.refused_at.is_(None))
        .values(refused_at=now(), refusal=refusal)
        .returning(Invitation.person_id)
    )
    if returned is None:
        return False
    record(SYSTEM, RETURNED, SUBJECT, returned)
    return True


def accept_invitation(token: str, password: str | None, visitor: Visitor) -> str:
    """Use the link, once: make or use the login of its address, enter the network, and open a session.

    Gives the token of the session. Who is signed in with this address already needs no password. Raises NotFound
    for a link that does not work any more, WrongPassword and TooManyAttempts. In a unit that sees identities.
    """
    accepted = session().execute(
        update(Invitation)
        .where(can_be_accepted(token))
        .values(accepted_at=now())
        .returning(Invitation.person_id, Invitation.email)
        .execution_options(synchronize_session=False)
    )
    row = accepted.first()
    if row is None:
        raise NotFound
    identity_id, sign_in_token = _identify(row.email, password, visitor)
    add_membership(identity_id, current_network_id())
    person = session().scalars(select(Person).where(Person.id == row.person_id)).one()
    person.identity_id = identity_id
    record(Actor(person.id, person.name, frozenset()), "accept invitation", SUBJECT, person.id)
    return sign_in_token


def _identify(email: str, password: str | None, visitor: Visitor) -> tuple[int, str]:
    if visitor.identity_id and visitor.email == email:
        return visitor.identity_id, open_sign_in(visitor.identity_id, visitor.browser)
    if password is None:
        raise NotFound
    login = login_with(email)
    if login:
        token = sign_in(email, password, address=visitor.address, browser=visitor.browser, key=visitor.key)
        return login.id, token
    identity_id = join_network(current_network_id(), email, password)
    return identity_id, open_sign_in(identity_id, visitor.browser)


def _refuse_needless(person: Person) -> None:
    if person.identity_id is not None:
        raise Conflict(_("%(name)s has access already.", name=person.name))
    if person.email is None:
        raise Conflict(_("%(name)s has no e-mail address yet. Fill it in first.", name=person.name))


def _locked(invitation_id: int) -> Invitation | None:
    unanswered = select(Invitation).where(Invitation.id == invitation_id, is_unanswered())
    return session().scalar(unanswered.with_for_update())


def _ready(invitation: Invitation, token: str) -> ReadyInvitation:
    people = people_by_id({invitation.person_id, invitation.by_id})
    person = people[invitation.person_id]
    return ReadyInvitation(
        email=invitation.email,
        first_name=person.first_name,
        inviter=inviter_of(invitation, people),
        workplaces=coming_workplaces(person),
        token=token,
        invited_at=invitation.sent_at or now(),
        expires_at=invitation.expires_at,
    )


def _note(invitation_id: int, **moments: object) -> None:
    session().execute(update(Invitation).where(Invitation.id == invitation_id).values(**moments))
