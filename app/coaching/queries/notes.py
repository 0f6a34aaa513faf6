"""Notes: one's own, and those that the two share. Nobody else learns that there are any."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select

from app.coaching.models import Note, NoteKind, Trajectory
from app.coaching.queries.trajectories import own_trajectory
from app.kernel.actor import Actor
from app.kernel.errors import Forbidden, NotFound
from tenants.session import session


def notes_in(actor: Actor, trajectory_id: int) -> Sequence[Note]:
    """The notes that the actor may read, the latest first. Raises as `own_trajectory` does."""
    trajectory = own_trajectory(actor, trajectory_id)
    kept = select(Note).where(
        Note.trajectory_id == trajectory_id, Note.thrown_away_at.is_(None), _readable_by(actor, trajectory)
    )
    return session().scalars(kept.order_by(Note.written_at.desc(), Note.id.desc())).all()


def own_note(actor: Actor, trajectory_id: int, note_id: int, *, thrown_away: bool = False) -> Note:
    """A note that the actor wrote; with `thrown_away` also one that she threw away.

    Raises NotFound where there is none that she may know of, and Forbidden for a shared one of the other.
    """
    trajectory = own_trajectory(actor, trajectory_id)
    stands = Note.thrown_away_at.is_(None) & _readable_by(actor, trajectory)
    found = session().scalar(
        select(Note).where(
            Note.id == note_id,
            Note.trajectory_id == trajectory_id,
            or_(stands, _mine(actor, trajectory)) if thrown_away else stands,
        )
    )
    if found is None:
        raise NotFound
    if found.side != trajectory.side_of(actor.person_id):
        raise Forbidden("coaching.take_part")
    return found


def _readable_by(actor: Actor, trajectory: Trajectory) -> ColumnElement[bool]:
    return or_(Note.kind == NoteKind.SHARED, _mine(actor, trajectory))


def _mine(actor: Actor, trajectory: Trajectory) -> ColumnElement[bool]:
    return Note.side == trajectory.side_of(actor.person_id)
