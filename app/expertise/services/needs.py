"""Say what a school wants to have in its team."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.expertise.models import SchoolNeed
from app.expertise.policy import SET_NEEDS
from app.expertise.queries.map_schools import led_schools
from app.expertise.services.taxonomy import standing_taxonomy
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Invalid, NotFound
from tenants.session import session

SUBJECT = "school need"


def set_need(actor: Actor, school_id: int, data: dict[str, Any]) -> SchoolNeed:
    """Want so many people who can help with an item; what was said of it before makes way.

    Raises NotFound for a school that the actor does not lead, Invalid for an item that was retired.
    """
    _require_lead(actor, school_id)
    item = standing_taxonomy().current(data["item_id"])
    if item.is_retired:
        raise Invalid({"item_id": [_("This is not in use any more. Choose something else.")]})
    need = _need(school_id, item.id) or SchoolNeed(school_id=school_id, item_id=item.id)
    need.at_least, need.by_id, need.at = data["at_least"], actor.person_id, now()
    session().add(need)
    session().flush()
    record(actor, "set school need", SUBJECT, need.id)
    return need


def remove_need(actor: Actor, school_id: int, item_id: int) -> int:
    """Not want it any more; gives how many were wanted. Raises NotFound."""
    _require_lead(actor, school_id)
    need = _need(school_id, item_id)
    if need is None:
        raise NotFound
    session().delete(need)
    record(actor, "remove school need", SUBJECT, need.id)
    return need.at_least


def _require_lead(actor: Actor, school_id: int) -> None:
    actor.require(SET_NEEDS)
    if school_id not in led_schools(actor):
        raise NotFound


def _need(school_id: int, item_id: int) -> SchoolNeed | None:
    wanted = select(SchoolNeed).where(SchoolNeed.school_id == school_id, SchoolNeed.item_id == item_id)
    return session().scalar(wanted)
