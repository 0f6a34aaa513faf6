"""The start agreement: write its lines, and agree with them."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from app.coaching.models import FREE_LINES, Agreement, AgreementLine, LineKind, Release, Trajectory
from app.coaching.policy import TAKE_PART
from app.coaching.queries import closure_of, own_trajectory, start_agreement
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict, Invalid
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session

FIELDS: dict[str, tuple[LineKind, int]] = {
    "place": (LineKind.PLACE, 1),
    "leader_hears": (LineKind.LEADER_HEARS, 1),
    **{f"line_{number}": (LineKind.FREE, number) for number in range(1, FREE_LINES + 1)},
}
"""The field of the form for each line."""


def save_start_agreement(actor: Actor, trajectory_id: int, data: dict[str, Any]) -> bool:
    """Keep what the two agree; gives whether somebody has to agree anew.

    A line that changes takes away that both agreed, and that it was released. Raises Invalid for what looks like
    data of a pupil, and when the other changed the lines meanwhile.
    """
    actor.require(TAKE_PART)
    trajectory = changeable_trajectory(actor, trajectory_id)
    agreement = start_agreement(trajectory)
    refuse_pupil_data({name: data[name] for name in FIELDS}, checked=data["not_about_pupil"])
    if data["version"] != agreement.version:
        raise Invalid(
            {
                "version": [
                    _(
                        "The other of you changed the agreements just now. Compare them with yours and save again."
                    )
                ]
            }
        )
    changed = _replace_lines(trajectory, agreement.lines, data)
    if (trajectory.talks, trajectory.minutes) != (data["talks"], data["minutes"]):
        trajectory.talks, trajectory.minutes = data["talks"], data["minutes"]
        talks = (Release.line_id.is_(None), Release.goal_id.is_(None))
        session().execute(delete(Release).where(Release.trajectory_id == trajectory.id, *talks))
        changed = True
    if not changed:
        return False
    session().execute(delete(Agreement).where(Agreement.trajectory_id == trajectory.id))
    record(actor, "save start agreement", "trajectory", trajectory.id)
    return bool(agreement.agreed)


def agree(actor: Actor, trajectory_id: int, version: str) -> None:
    """Say that one agrees with the lines that one saw. Raises Conflict when they changed meanwhile."""
    actor.require(TAKE_PART)
    trajectory = changeable_trajectory(actor, trajectory_id)
    agreement = start_agreement(trajectory)
    if version != agreement.version:
        raise Conflict(_("The agreements were changed just now. Read them again before you agree."))
    if not agreement.is_whole:
        raise Conflict(_("First fill in together what you agree."))
    side = trajectory.side_of(actor.person_id)
    if side not in agreement.agreed:
        session().add(Agreement(trajectory_id=trajectory.id, side=side))
        record(actor, "agree", "trajectory", trajectory.id)


def take_agreement_back(actor: Actor, trajectory_id: int) -> None:
    """Say that one does not agree after all."""
    actor.require(TAKE_PART)
    trajectory = changeable_trajectory(actor, trajectory_id)
    mine = (Agreement.trajectory_id == trajectory.id, Agreement.side == trajectory.side_of(actor.person_id))
    session().execute(delete(Agreement).where(*mine))
    record(actor, "take agreement back", "trajectory", trajectory.id)


def changeable_trajectory(actor: Actor, trajectory_id: int) -> Trajectory:
    """A trajectory of the actor that goes on; until the end of the unit of work nobody else changes its agreements.

    Raises Conflict when it is closed.
    """
    trajectory = own_trajectory(actor, trajectory_id)
    session().execute(select(Trajectory.id).where(Trajectory.id == trajectory.id).with_for_update())
    session().refresh(trajectory)
    if closure_of(trajectory.id):
        raise Conflict(_("This coaching has been closed. What you agreed stays as it is."))
    return trajectory


def _replace_lines(trajectory: Trajectory, lines: Any, data: dict[str, Any]) -> bool:
    """Write other lines in the place of those whose text is another now; gives whether there were any."""
    kept = {(line.kind, line.position): line for line in lines}
    changed = [
        (kind, position, data[name])
        for name, (kind, position) in FIELDS.items()
        if data[name] != (kept[kind, position].text if (kind, position) in kept else None)
    ]
    for kind, position, _text in changed:
        if (kind, position) in kept:
            session().delete(kept[kind, position])
    session().flush()
    session().add_all(
        AgreementLine(trajectory_id=trajectory.id, kind=kind, position=position, text=text)
        for kind, position, text in changed
        if text is not None
    )
    session().flush()
    return bool(changed)
