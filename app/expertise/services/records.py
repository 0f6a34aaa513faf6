"""Keep one's own records."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from app.expertise.models import ExpertiseRecord, RecordKind, Visibility
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import own_record, records_of
from app.expertise.services.taxonomy import standing_taxonomy
from app.kernel.actor import Actor
from app.kernel.audit import record, record_each
from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session

SUBJECT = "expertise record"
KEPT_FOR_UNDOING = (
    "item_id", "kind", "level", "course_title", "course_provider", "course_state", "starts_on", "ends_on",
    "visibility", "willing", "own_words", "since", "confirmed_on",
)  # fmt: skip


def add_record(actor: Actor, data: dict[str, Any]) -> ExpertiseRecord:
    """Say something of an item. One that was merged meanwhile counts as what it was merged into.

    Raises NotFound for an item that is not there, Invalid for one that was retired, for what she has already, and
    when her own words seem to be about a pupil.
    """
    actor.require(KEEP_RECORDS)
    values = _without_pupils(data)
    item = standing_taxonomy().current(values["item_id"])
    if item.is_retired:
        raise Invalid({"item_id": [_("This is not in use any more. Choose something else.")]})
    _refuse_twin(actor, None, item.id, values["kind"], values.get("course_title"))
    made = ExpertiseRecord(
        person_id=actor.person_id,
        since=today(),
        confirmed_on=today(),
        **{"visibility": Visibility.SCHOOL, **values, "item_id": item.id},
    )
    session().add(made)
    session().flush()
    record(actor, "add record", SUBJECT, made.id)
    return made


def change_record(actor: Actor, record_id: int, data: dict[str, Any]) -> None:
    """Say it otherwise, or open it to others. It counts as confirmed today."""
    actor.require(KEEP_RECORDS)
    kept, values = own_record(actor, record_id), _without_pupils(data)
    _refuse_twin(actor, kept.id, kept.item_id, kept.kind, values.get("course_title"))
    if values.get("level", kept.level) != kept.level:
        kept.since = today()
    for name, value in values.items():
        setattr(kept, name, value)
    kept.confirmed_on = today()
    record(actor, "change record", SUBJECT, kept.id)


def remove_record(actor: Actor, record_id: int) -> dict[str, Any]:
    """Take it away; nobody sees that it was there. Gives what it was, for undoing."""
    actor.require(KEEP_RECORDS)
    kept = own_record(actor, record_id)
    was = as_it_was(kept)
    session().delete(kept)
    record(actor, "remove record", SUBJECT, record_id)
    return was


def as_it_was(kept: ExpertiseRecord) -> dict[str, Any]:
    """All that a record says, for undoing its removal; what is empty is left out."""
    values = {name: getattr(kept, name) for name in KEPT_FOR_UNDOING}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def restore_records(actor: Actor, removed: Iterable[dict[str, Any]]) -> int:
    """Put back what was taken away just now, also of an item that was retired; gives how many.

    What she said anew since then stays as it is.
    """
    actor.require(KEEP_RECORDS)
    known = standing_taxonomy()
    there = {_identity(one.item_id, one.kind, one.course_title) for one in records_of(actor)}
    back: list[ExpertiseRecord] = []
    for values in removed:
        item = known.current(values["item_id"])
        identity = _identity(item.id, values["kind"], values.get("course_title"))
        if identity not in there:
            there.add(identity)
            back.append(ExpertiseRecord(person_id=actor.person_id, **{**values, "item_id": item.id}))
    session().add_all(back)
    session().flush()
    record_each(actor, "restore record", SUBJECT, [one.id for one in back])
    return len(back)


def _identity(item_id: int, kind: str, title: str | None) -> tuple[int, str, str]:
    return item_id, str(kind), (title or "").lower()


def _refuse_twin(actor: Actor, record_id: int | None, item_id: int, kind: str, title: str | None) -> None:
    """Raise Invalid when she has this already: the database would refuse it too, and her form would be gone."""
    wanted = _identity(item_id, kind, title)
    others = (one for one in records_of(actor) if one.id != record_id)
    if any(_identity(one.item_id, one.kind, one.course_title) == wanted for one in others):
        message = _("You have this already. Change what is there instead.")
        raise Invalid({"course_title" if kind == RecordKind.COURSE else "item_id": [message]})


def _without_pupils(data: dict[str, Any]) -> dict[str, Any]:
    """The values to keep. Raises Invalid when her own words seem to be about a pupil and she did not say that not."""
    values = {name: value for name, value in data.items() if name != "not_about_pupil"}
    refuse_pupil_data(
        {"own_words": values.get("own_words")}, checked=bool(data.get("not_about_pupil", False))
    )
    return values
