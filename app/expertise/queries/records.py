"""Records: one's own, and those that others opened to the actor."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from app.expertise.models import ExpertiseRecord, RecordProposal, Visibility
from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.errors import NotFound
from app.kernel.permissions import AT_SCHOOL
from app.organisation.models import Assignment
from app.organisation.queries import months_confirmed
from app.organisation.queries.roles import holds
from tenants.session import session


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Which records the actor may see, each as what it is: DOMAIN 5.

    Her own; what somebody of a school of hers opened to the school; and what somebody of any school opened to the
    network. Who works at no school any more shows nothing to others.
    """
    return or_(ExpertiseRecord.person_id == actor.person_id, opened_to(actor))


def opened_to(actor: Actor) -> ColumnElement[bool]:
    """Which records others, or she herself, opened so wide that the actor sees them as one of those: no private ones."""
    to_school = and_(ExpertiseRecord.visibility == Visibility.SCHOOL, works_at_one_of(actor.schools))
    to_network = and_(ExpertiseRecord.visibility == Visibility.NETWORK, works_at_one_of(None))
    return or_(to_school, to_network) if actor.schools else to_network


def works_at_one_of(schools: frozenset[int] | None) -> ColumnElement[bool]:
    """Whether the person of a record works today at one of these schools; None for any school."""
    at = Assignment.school_id.in_(schools) if schools is not None else Assignment.school_id.is_not(None)
    # Apart from the record: so the database looks up once who works there, and not again for each record.
    work = select(Assignment.person_id).where(Assignment.role.in_(AT_SCHOOL), holds(today()), at)
    return ExpertiseRecord.person_id.in_(work)


def records_of(actor: Actor) -> Sequence[ExpertiseRecord]:
    """All records of the actor herself, in the order in which she made them."""
    mine = select(ExpertiseRecord).where(ExpertiseRecord.person_id == actor.person_id)
    return session().scalars(mine.order_by(ExpertiseRecord.id)).all()


def own_record(actor: Actor, record_id: int) -> ExpertiseRecord:
    """A record of the actor herself. Raises NotFound."""
    found = session().scalar(
        select(ExpertiseRecord).where(
            ExpertiseRecord.id == record_id, ExpertiseRecord.person_id == actor.person_id
        )
    )
    if found is None:
        raise NotFound
    return found


def proposals_for(actor: Actor) -> Sequence[RecordProposal]:
    """What was proposed to the actor and waits for her, the oldest first."""
    waiting = (RecordProposal.person_id == actor.person_id) & RecordProposal.declined_at.is_(None)
    return session().scalars(select(RecordProposal).where(waiting).order_by(RecordProposal.id)).all()


def proposal_for(actor: Actor, proposal_id: int) -> RecordProposal:
    """What was proposed to the actor and waits for her. Raises NotFound."""
    for proposal in proposals_for(actor):
        if proposal.id == proposal_id:
            return proposal
    raise NotFound


def stale_since() -> date:
    """The day before which a record must have been confirmed to be asked for again: it fades, and says so."""
    day = today()
    month = day.year * 12 + day.month - 1 - months_confirmed()
    return date(month // 12, month % 12 + 1, min(day.day, 28))
