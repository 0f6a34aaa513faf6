"""Prepare a session together: the method that it follows, and who does what."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from app.intervision.models import RoleTaken, SessionRole
from app.intervision.policy import JOIN_IN
from app.intervision.queries import (
    DatedSession,
    method_with,
    roles_before,
    roles_in,
    run_inside,
    seated_in,
    session_inside,
)
from app.intervision.turns import fair_roles
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict, Invalid
from tenants.session import session


def choose_method(actor: Actor, session_id: int, code: str) -> None:
    """Somebody with a seat chooses the method; until the session begins anybody in it can choose another."""
    actor.require(JOIN_IN)
    dated = session_inside(actor, session_id)
    if run_inside(actor, session_id) is not None:
        raise Conflict(_("The session has begun, so its method stays as it is."))
    if method_with(code).is_retired:
        raise Invalid({"method": [_("This method can't be chosen any more. Choose another.")]})
    dated.session.method = code
    record(actor, "choose method", "intervision_session", session_id)


def share_roles(actor: Actor, session_id: int, data: dict[str, Any]) -> None:
    """Somebody with a seat says who does what. One person may have two roles in a small group."""
    actor.require(JOIN_IN)
    dated = session_inside(actor, session_id)
    seated = seated_in([session_id])[session_id]
    strangers = {role: [_("Choose somebody who has a seat.")] for role in data if data[role] not in seated}
    if strangers:
        raise Invalid(strangers)
    keep_roles(dated, {role: data[role] for role in SessionRole})
    record(actor, "share roles", "intervision_session", session_id)


def keep_roles(dated: DatedSession, roles: dict[str, int]) -> None:
    """Keep who does what, in place of what was known."""
    session().execute(delete(RoleTaken).where(RoleTaken.session_id == dated.id))
    session().add_all(
        RoleTaken(session_id=dated.id, role=role, person_id=person_id) for role, person_id in roles.items()
    )
    session().flush()


def roles_of(dated: DatedSession) -> dict[str, int]:
    """Who does what: as was agreed, and for the rest, or when somebody gave her seat back, as is fair."""
    seated = seated_in([dated.id])[dated.id]
    agreed = {role: person_id for role, person_id in roles_in(dated.id).items() if person_id in seated}
    if len(agreed) == len(SessionRole):
        return agreed
    return fair_roles(seated, roles_before(dated, seated), agreed)
