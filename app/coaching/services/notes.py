"""Write notes in a trajectory: for oneself, or for the two."""

from typing import Any

from app.coaching.models import Note
from app.coaching.policy import TAKE_PART
from app.coaching.queries import own_note
from app.coaching.services.trajectories import ongoing_trajectory
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session


def create_note(actor: Actor, trajectory_id: int, data: dict[str, Any]) -> int:
    """Write a note; gives its id. Raises Invalid when it looks as if it is about a pupil, Conflict after closure."""
    actor.require(TAKE_PART)
    trajectory = ongoing_trajectory(actor, trajectory_id)
    refuse_pupil_data({"text": data["text"]}, checked=data["not_about_pupil"])
    side = trajectory.side_of(actor.person_id)
    note = Note(
        trajectory_id=trajectory_id, side=side, kind=data["kind"], text=data["text"], written_at=now()
    )
    session().add(note)
    session().flush()
    record(actor, "write note", "note", note.id)
    return note.id


def update_note(actor: Actor, trajectory_id: int, note_id: int, data: dict[str, Any]) -> None:
    """Change a note of one's own, also for whom it is. Raises as `create_note` does."""
    actor.require(TAKE_PART)
    note = own_note(actor, trajectory_id, note_id)
    ongoing_trajectory(actor, trajectory_id)
    refuse_pupil_data({"text": data["text"]}, checked=data["not_about_pupil"])
    note.text, note.kind, note.changed_at = data["text"], data["kind"], now()
    record(actor, "change note", "note", note_id)


def destroy_note(actor: Actor, trajectory_id: int, note_id: int) -> None:
    """Throw a note of one's own away, also after the closure; it can be put back for a day."""
    actor.require(TAKE_PART)
    own_note(actor, trajectory_id, note_id).thrown_away_at = now()
    record(actor, "throw note away", "note", note_id)


def restore_note(actor: Actor, trajectory_id: int, note_id: int) -> None:
    """Put back a note that was thrown away. Raises NotFound when it is deleted by now."""
    actor.require(TAKE_PART)
    own_note(actor, trajectory_id, note_id, thrown_away=True).thrown_away_at = None
    record(actor, "put note back", "note", note_id)
