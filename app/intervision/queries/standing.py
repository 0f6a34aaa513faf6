"""How somebody stands to a session. What she may read of what is said in it follows from this, and from nothing else."""

from dataclasses import dataclass

from sqlalchemy import and_, exists, select

from app.intervision.models import IntervisionSession, Pledge, Presence
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries.groups import has_member, is_published
from app.intervision.queries.joins import group_of_session
from app.intervision.queries.sessions import DatedSession, has_seat, session_with
from app.kernel.actor import Actor
from app.kernel.errors import Forbidden
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in a session."""

    dated: DatedSession
    person_id: int
    has_seat: bool
    is_member: bool
    """Of the group whose session it is."""
    was_absent: bool
    has_pledged: bool
    """Whether she agreed that what is told in this group stays there."""

    @property
    def takes_part(self) -> bool:
        """Whether she has a seat, and was not marked as absent."""
        return self.has_seat and not self.was_absent

    @property
    def belongs(self) -> bool:
        """Whether she is of the group, or a guest with a seat."""
        return self.has_seat or self.is_member

    @property
    def reads_cases(self) -> bool:
        """Whether she reads what others bring."""
        return self.takes_part and self.has_pledged

    @property
    def has_harvest(self) -> bool:
        """Whether there is something to take home from it."""
        return self.dated.has_begun and not self.dated.is_cancelled


def standing_in(actor: Actor, session_id: int) -> Standing:
    """How the actor stands to a session that she may know of. Raises NotFound."""
    dated = session_with(actor, session_id)
    absent = exists().where(
        Presence.tenant_id == IntervisionSession.tenant_id,
        Presence.session_id == IntervisionSession.id,
        Presence.person_id == actor.person_id,
        Presence.was_there.is_(False),
    )
    pledged = exists().where(
        Pledge.tenant_id == IntervisionSession.tenant_id,
        Pledge.group_id == IntervisionSession.group_id,
        Pledge.person_id == actor.person_id,
    )
    row = session().execute(
        select(
            and_(has_seat(actor.person_id), is_published()),
            and_(has_member(actor.person_id), is_published()),
            absent,
            pledged,
        )
        .select_from(IntervisionSession)
        .join(*group_of_session())
        .where(IntervisionSession.id == session_id)
    )
    return Standing(dated, actor.person_id, *row.one())


def belonging_to(actor: Actor, session_id: int) -> Standing:
    """The same, for who is of the group or has a seat. Raises Forbidden for others who may know of the session."""
    standing = standing_in(actor, session_id)
    if not standing.belongs:
        raise Forbidden("intervision.join_in")
    return standing


def taking_part_in(actor: Actor, session_id: int) -> Standing:
    """The same, for who has a seat and was not marked as absent. Raises Forbidden for others."""
    standing = standing_in(actor, session_id)
    if not standing.takes_part:
        raise Forbidden("intervision.join_in")
    return standing


def overlooking(actor: Actor, session_id: int) -> Standing:
    """The same, for who belongs to it, and for the coordinator. Raises Forbidden for others."""
    standing = standing_in(actor, session_id)
    if not (standing.belongs or actor.may(RUN_SEASONS)):
        raise Forbidden("intervision.see_sessions")
    return standing
