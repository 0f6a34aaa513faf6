"""Keep one's own records."""

from typing import Any

from flask_babel import gettext as _

from app.expertise.models import ExpertiseRecord, Visibility
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import own_record, taxonomy
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import today
from app.kernel.errors import Invalid
from tenants.session import session

SUBJECT = "expertise record"


def add_record(actor: Actor, data: dict[str, Any]) -> ExpertiseRecord:
    """Say something of an item. One that was merged meanwhile counts as what it was merged into.

    Raises NotFound for an item that is not there, Invalid for one that was retired.
    """
    actor.require(KEEP_RECORDS)
    item = taxonomy().current(data["item_id"])
    if item.is_retired:
        raise Invalid({"item_id": [_("This is not in use any more. Choose something else.")]})
    made = ExpertiseRecord(
        person_id=actor.person_id,
        since=today(),
        confirmed_on=today(),
        **{"visibility": Visibility.SCHOOL, **data, "item_id": item.id},
    )
    session().add(made)
    session().flush()
    record(actor, "add record", SUBJECT, made.id)
    return made


def change_record(actor: Actor, record_id: int, data: dict[str, Any]) -> None:
    """Say it otherwise, or open it to others. It counts as confirmed today."""
    actor.require(KEEP_RECORDS)
    kept = own_record(actor, record_id)
    if data.get("level", kept.level) != kept.level:
        kept.since = today()
    for name, value in data.items():
        setattr(kept, name, value)
    kept.confirmed_on = today()
    record(actor, "change record", SUBJECT, kept.id)


def remove_record(actor: Actor, record_id: int) -> None:
    """Take it away; nobody sees that it was there."""
    actor.require(KEEP_RECORDS)
    kept = own_record(actor, record_id)
    session().delete(kept)
    record(actor, "remove record", SUBJECT, record_id)
