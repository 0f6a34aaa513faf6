"""Who has been invited and what became of it, for a whole network: thousands of people in a few queries."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, and_, false, func, or_, select, true

from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.kernel.paging import Page, Position, paged
from app.organisation.models import INVITABLE, Invitation, LoginState, Mailing, Person
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries.people import PeopleFilter, is_unanswered, login_state, narrowed_people
from app.organisation.queries.roles import Workplace, people_by_id, workplaces
from tenants.session import session


@dataclass(frozen=True, slots=True)
class InvitedPerson:
    """Somebody with the invitation that she did not answer yet, if there is one."""

    person: Person
    state: LoginState
    invitation: Invitation | None
    planned_on: date | None
    workplaces: list[Workplace]


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to invite: these people, or everybody whom the filter shows."""

    narrowed: PeopleFilter
    person_ids: tuple[int, ...] = ()
    is_everybody: bool = False
    seen: int = 0
    """The newest invitation when somebody chose: who was invited after that is left alone."""


@dataclass(frozen=True, slots=True)
class MailingCounts:
    """What became of the invitations of a mailing."""

    sent: int
    waiting: int
    stopped: int
    returned: int
    accepted: int


def state_counts(actor: Actor, narrowed: PeopleFilter) -> dict[LoginState, int]:
    """How many of the people whom the filter shows are in each state, whatever state it asks for."""
    actor.require(MANAGE_PEOPLE)
    return _counted(narrowed_people(replace(narrowed, state=None)))


def invited_page(actor: Actor, narrowed: PeopleFilter, position: Position) -> Page[InvitedPerson]:
    """A part of the people with their invitations, by family name, in a fixed number of queries."""
    actor.require(MANAGE_PEOPLE)
    people = (
        narrowed_people(narrowed)
        .outerjoin(
            Mailing, and_(Mailing.tenant_id == Invitation.tenant_id, Mailing.id == Invitation.mailing_id)
        )
        .add_columns(Invitation, Mailing.planned_on)
    )
    page = paged(people, Person.id, Person.sort_name, position)
    work = workplaces([row.id for row in page.rows])
    listed = [
        InvitedPerson(row.Person, LoginState(row.state), row.Invitation, row.planned_on, work.get(row.id, []))
        for row in page.rows
    ]
    return Page(listed, page.total, page.next, page.previous)


def waiting_counts(actor: Actor) -> dict[LoginState, int]:
    """Of the people for whom something can be done: how many wait for an invitation, and how many did not get it."""
    counts = state_counts(actor, PeopleFilter())
    waiting = (LoginState.NOT_INVITED, LoginState.BOUNCED, LoginState.EXPIRED)
    return {state: counts[state] for state in waiting if counts[state]}


def newest_invitation() -> int:
    """The id of the last invitation that was made in the network; 0 without any."""
    return session().scalar(select(func.max(Invitation.id))) or 0


def chosen_counts(actor: Actor, choice: Choice) -> dict[LoginState, int]:
    """How many of those who were chosen can be invited, by state. Raises NotFound for who does not exist."""
    actor.require(MANAGE_PEOPLE)
    _refuse_strangers(choice)
    return _counted(_chosen(choice))


def chosen_people(actor: Actor, choice: Choice) -> dict[int, str]:
    """The addresses of those who were chosen and can be invited, by person. Raises NotFound for who does not exist."""
    actor.require(MANAGE_PEOPLE)
    _refuse_strangers(choice)
    people = _chosen(choice).with_only_columns(Person.id, Person.email).order_by(Person.id)
    return {person_id: email for person_id, email in session().execute(people) if email}


def mailing_with(actor: Actor, mailing_id: int) -> Mailing:
    """A mailing of this network. Raises NotFound."""
    actor.require(MANAGE_PEOPLE)
    found = session().scalar(select(Mailing).where(Mailing.id == mailing_id))
    if found is None:
        raise NotFound
    return found


def mailing_counts(mailing: Mailing) -> MailingCounts:
    """What became of the invitations of this mailing so far."""
    is_sent = Invitation.sent_at.is_not(None)
    counts = select(
        func.count().filter(is_sent),
        func.count().filter(~is_sent, is_unanswered()),
        func.count().filter(~is_sent, Invitation.withdrawn_at.is_not(None)),
        func.count().filter(Invitation.refused_at.is_not(None)),
        func.count().filter(Invitation.accepted_at.is_not(None)),
    ).select_from(Invitation)
    return MailingCounts(*session().execute(counts.where(Invitation.mailing_id == mailing.id)).one())


def unsent_mailings(actor: Actor) -> list[tuple[Mailing, int]]:
    """The mailings of which something has still to be sent, with how many; the first to go on top."""
    actor.require(MANAGE_PEOPLE)
    waiting = (
        select(Invitation.mailing_id, func.count().label("waiting"))
        .where(Invitation.mailing_id.is_not(None), Invitation.sent_at.is_(None), is_unanswered())
        .group_by(Invitation.mailing_id)
        .subquery()
    )
    mailings = (
        select(Mailing, waiting.c.waiting)
        .join(waiting, waiting.c.mailing_id == Mailing.id)
        .order_by(Mailing.planned_on.nulls_first(), Mailing.id)
    )
    return [(mailing, count) for mailing, count in session().execute(mailings)]


def _refuse_strangers(choice: Choice) -> None:
    if len(people_by_id(choice.person_ids)) < len(set(choice.person_ids)):
        raise NotFound


def _chosen(choice: Choice) -> Select[int, Person, str]:
    """Those of the choice who can be invited. Everybody is everybody in one state: nobody is mailed by the way."""
    if choice.is_everybody:
        is_one_state = true() if choice.narrowed.state in INVITABLE else false()
        people = narrowed_people(choice.narrowed).where(is_one_state)
    else:
        people = narrowed_people(PeopleFilter()).where(Person.id.in_(choice.person_ids))
    is_as_seen = or_(Invitation.id.is_(None), Invitation.id <= choice.seen)
    return people.where(is_as_seen, Person.email.is_not(None), Person.identity_id.is_(None))


def _counted(people: Select[int, Person, str]) -> dict[LoginState, int]:
    states = people.with_only_columns(login_state().label("state")).subquery()
    counts = select(states.c.state, func.count().label("people")).group_by(states.c.state)
    counted = {row.state: row.people for row in session().execute(counts)}
    return {state: counted.get(state, 0) for state in LoginState}
