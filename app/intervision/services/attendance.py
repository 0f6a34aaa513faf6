"""Note who was there, on one screen, until a week after the session."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, select

from app.intervision.models import Presence
from app.intervision.policy import JOIN_IN
from app.intervision.queries import is_attendance_open, seated_in, session_of_own_group
from app.intervision.services.lines import held_for_us
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict, Invalid
from tenants.session import session


def note_attendance(actor: Actor, session_id: int, data: dict[str, Any]) -> None:
    """Somebody of the group says who was there. What was said before is replaced."""
    actor.require(JOIN_IN)
    session_of_own_group(actor, session_id)
    dated = held_for_us(session_id)
    if dated.is_cancelled:
        raise Conflict(_("This session was called off."))
    if not dated.has_begun:
        raise Conflict(_("This session is still to come."))
    if not is_attendance_open(dated):
        raise Conflict(_("This was a week ago: who was there can't be changed any more."))
    seated = seated_in([session_id])[session_id]
    present = set(seated if data["everybody"] else data["present"])
    if not present <= set(seated):
        raise Invalid({"present": [_("Choose from the list.")]})
    noted = {row.person_id: row for row in session().scalars(_presences(session_id))}
    for person_id in seated:
        row = noted.get(person_id)
        if row is None:
            row = Presence(session_id=session_id, person_id=person_id)
            session().add(row)
        row.was_there, row.by_id, row.at = person_id in present, actor.person_id, now()
    record(actor, "note attendance", "intervision_session", session_id)


def _presences(session_id: int) -> Select[Presence]:
    return select(Presence).where(Presence.session_id == session_id)
