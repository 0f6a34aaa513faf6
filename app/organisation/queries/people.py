"""The people of the network, for the coordinator: who they are, what they do, and whether they can sign in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, exists, select

from app.kernel.actor import Actor
from app.kernel.audit import AuditEntry
from app.kernel.clock import now, today
from app.kernel.errors import NotFound
from app.kernel.paging import Page, Position, paged
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Invitation, LoginState, Mailing, Person
from app.organisation.policy import SEE_PEOPLE
from app.organisation.queries.roles import Workplace, holds, people_by_id, workplaces
from app.organisation.queries.search import mentions
from tenants.session import session

HISTORY_LENGTH = 20
SUBJECT = "person"
"""What the audit trail calls a person."""


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What narrows the list of people."""

    words: str | None = None
    role: Role | None = None
    school_id: int | None = None
    state: LoginState | None = None


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody in the list, with today's roles."""

    person: Person
    state: LoginState
    workplaces: list[Workplace]


@dataclass(frozen=True, slots=True)
class Event:
    """A line of somebody's history: when, who did it (None: the system), and what."""

    at: datetime
    by: str | None
    action: str


def people_page(actor: Actor, narrowed: PeopleFilter, position: Position) -> Page[ListedPerson]:
    """A part of the people, by family name, in a fixed number of queries."""
    actor.require(SEE_PEOPLE)
    page = paged(narrowed_people(narrowed), Person.id, Person.sort_name, position)
    work = workplaces([row.id for row in page.rows])
    listed = [ListedPerson(row.Person, LoginState(row.state), work.get(row.id, [])) for row in page.rows]
    return Page(listed, page.total, page.next, page.previous)


def person_with(actor: Actor, person_id: int) -> Person:
    """Somebody of this network. Raises NotFound."""
    actor.require(SEE_PEOPLE)
    found = people_by_id({person_id}).get(person_id)
    if found is None:
        raise NotFound
    return found


def login_state_of(person: Person) -> LoginState:
    """How far this person is on the way to signing in."""
    state = select(login_state()).select_from(Person).outerjoin(Invitation, _open_invitation())
    return LoginState(session().execute(state.where(Person.id == person.id)).scalar_one())


def open_invitation_of(person: Person) -> Invitation | None:
    """The invitation that this person has not answered yet, also when it is too old."""
    invitation = select(Invitation).where(Invitation.person_id == person.id, is_unanswered())
    return session().scalar(invitation)


def history_of(person: Person, actions: Collection[str]) -> list[Event]:
    """What was done lately with what the network holds of this person, the latest first: these actions alone.

    Other rooms note things about people too, such as whom somebody avoids, that are no part of this history.
    """
    entries = session().scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject == SUBJECT,
            AuditEntry.subject_id == person.id,
            AuditEntry.action.in_(actions),
        )
        .order_by(AuditEntry.id.desc())
        .limit(HISTORY_LENGTH)
    )
    kept = entries.all()
    names = people_by_id({entry.person_id for entry in kept})
    return [Event(entry.at, _name(names.get(entry.person_id)), entry.action) for entry in kept]


def is_unanswered() -> ColumnElement[bool]:
    """That an invitation was neither accepted nor withdrawn; each person has one at most."""
    return and_(Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))


def narrowed_people(narrowed: PeopleFilter) -> Select[int, Person, str]:
    """The people whom a filter shows, each as `id`, `Person` and `state`, beside the invitation that is open."""
    state = login_state()
    people = (
        select(Person.id, Person, state.label("state"))
        .outerjoin(Invitation, _open_invitation())
        .where(mentions(narrowed.words, Person.first_name, Person.infix, Person.last_name, Person.email))
    )
    if narrowed.role or narrowed.school_id:
        people = people.where(Person.id.in_(_with_role(narrowed)))
    if narrowed.state:
        people = people.where(state == narrowed.state)
    return people


def login_state() -> ColumnElement[str]:
    """The first that holds; beside an outer join with the open invitation."""
    planned = exists().where(
        Mailing.tenant_id == Invitation.tenant_id,
        Mailing.id == Invitation.mailing_id,
        Mailing.planned_on > today(),
    )
    is_planned = planned.correlate(Invitation)
    is_sent = Invitation.sent_at.is_not(None)
    return case(
        (Person.identity_id.is_not(None), LoginState.ACCESS),
        (Person.email.is_(None), LoginState.NO_ADDRESS),
        (Invitation.id.is_(None), LoginState.NOT_INVITED),
        (Invitation.refused_at.is_not(None), LoginState.BOUNCED),
        (and_(~is_sent, is_planned), LoginState.PLANNED),
        (and_(is_sent, Invitation.expires_at <= now()), LoginState.EXPIRED),
        else_=LoginState.INVITED,
    )


def _open_invitation() -> ColumnElement[bool]:
    return and_(Invitation.tenant_id == Person.tenant_id, Invitation.person_id == Person.id, is_unanswered())


def _with_role(narrowed: PeopleFilter) -> Select[int]:
    people = select(Assignment.person_id).where(holds(today()))
    if narrowed.role:
        people = people.where(Assignment.role == narrowed.role)
    if narrowed.school_id:
        people = people.where(Assignment.school_id == narrowed.school_id)
    return people


def _name(person: Person | None) -> str | None:
    return person.name if person else None
