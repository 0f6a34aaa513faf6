"""Sessions that are being led: where the run stands, who has which role, and what the group did before."""

from collections.abc import Collection

from sqlalchemy import select

from app.intervision.models import IntervisionSession, RoleTaken, Run
from app.intervision.queries.groups import is_published
from app.intervision.queries.joins import group_of_session, session_of
from app.intervision.queries.sessions import DatedSession, has_seat, session_inside
from app.intervision.turns import Taken
from app.kernel.actor import Actor
from tenants.session import session


def run_inside(actor: Actor, session_id: int, *, for_update: bool = False) -> Run | None:
    """The run of a session in which the actor has a seat, once it was begun. Raises Forbidden and NotFound.

    Every screen asks this each few seconds: it is one query as long as there is something to show.
    """
    query = (
        select(Run)
        .join(*session_of(Run))
        .join(*group_of_session())
        .where(Run.session_id == session_id, has_seat(actor.person_id), is_published())
    )
    found = session().scalar(query.with_for_update(of=Run) if for_update else query)
    if found is None:
        session_inside(actor, session_id)
    return found


def has_ended(session_id: int) -> bool:
    """Whether a session was led to its end on the screen."""
    ended = (Run.session_id == session_id) & Run.ended_at.is_not(None)
    return session().scalar(select(Run.id).where(ended)) is not None


def methods_used_before(dated: DatedSession) -> list[str]:
    """Codes of the methods that the group worked by in its earlier sessions, the first first."""
    before = (IntervisionSession.group_id == dated.group.id, IntervisionSession.number < dated.session.number)
    rows = session().scalars(
        select(Run.method).join(*session_of(Run)).where(*before).order_by(IntervisionSession.number)
    )
    return list(rows)


def roles_in(session_id: int) -> dict[str, int]:
    """Who has which role in a session: ids of people by role."""
    rows = session().execute(
        select(RoleTaken.role, RoleTaken.person_id).where(RoleTaken.session_id == session_id)
    )
    return {row.role: row.person_id for row in rows}


def roles_before(dated: DatedSession, people: Collection[int]) -> list[Taken]:
    """Which roles these people had in earlier sessions of the season, in whichever group."""
    rows = session().execute(
        select(IntervisionSession.number, RoleTaken.role, RoleTaken.person_id)
        .join(*session_of(RoleTaken))
        .where(
            IntervisionSession.season_id == dated.season.id,
            IntervisionSession.number < dated.session.number,
            RoleTaken.person_id.in_(people),
        )
        .order_by(IntervisionSession.number, RoleTaken.id)
    )
    return [(number, role, person_id) for number, role, person_id in rows]
