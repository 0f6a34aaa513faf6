"""How a session is called in somebody's agenda: neutral, without what it is about or who is in it."""

from collections.abc import Collection

from flask import url_for
from flask_babel import gettext as _

from app.agenda.kinds import ShownAs
from app.intervision.models import IntervisionSession
from app.intervision.queries.sessions import sessions_where, visible_to
from app.kernel.actor import Actor


def sessions_in_agenda(actor: Actor, appointment_ids: Collection[int]) -> dict[int, ShownAs]:
    """Sessions by their appointments, and the way to each."""
    found = sessions_where(IntervisionSession.appointment_id.in_(appointment_ids), visible_to(actor))
    return {
        dated.session.appointment_id: ShownAs(
            _("Intervision, %(group)s", group=dated.group.name),
            url_for("intervision.show_session", session_id=dated.id),
        )
        for dated in found
        if dated.session.appointment_id
    }
