"""Merge an item into another: one name for what people said of both, and nobody's record opened wider."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import aliased

from app.expertise.models import (
    Consultation,
    ExpertiseItem,
    ExpertiseRecord,
    RecordKind,
    RecordProposal,
    SchoolNeed,
)
from app.expertise.policy import RUN_TAXONOMY
from app.expertise.queries import forget_taxonomy, taxonomy
from app.expertise.services.taxonomy import ITEM, MERGING
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict, Invalid, NotFound
from tenants.session import session
from tenants.turns import take_turn


def merge_item(actor: Actor, item_id: int, into_id: int) -> None:
    """Let an item go up in another one, for good.

    Its records become records of the other, each as visible as it was. Where the person has a record of that kind
    there already (a course: with that title), hers stays as it is with the item that is not in use any more. What
    was proposed and what schools want follow by the same rule.

    Raises NotFound; Invalid for an item that can't take over; and Conflict when somebody merged it meanwhile.
    """
    actor.require(RUN_TAXONOMY)
    if item_id == into_id:
        raise Invalid({"into_id": [_("Choose another item.")]})
    take_turn(MERGING)
    item, into = _locked(item_id, into_id)
    if item.merged_into_id is not None:
        name = taxonomy().item(item.merged_into_id).name
        raise Conflict(_("Somebody merged this item into “%(name)s” just now.", name=name))
    if into.retired_at is not None:
        raise Conflict(_("The item that you chose is not in use any more. Choose another one."))
    _move_records(ExpertiseRecord, item_id, into_id)
    _move_records(RecordProposal, item_id, into_id)
    _move_needs(item_id, into_id)
    _move(Consultation, item_id, into_id)
    item.retired_at = item.retired_at or now()
    item.merged_into_id = into_id
    session().flush()
    forget_taxonomy()
    record(actor, "merge item", ITEM, item_id)


def _locked(item_id: int, into_id: int) -> tuple[ExpertiseItem, ExpertiseItem]:
    """Both, which nobody changes before this unit ends; always in the same order, so that nobody waits for ever."""
    wanted = select(ExpertiseItem).where(ExpertiseItem.id.in_({item_id, into_id})).order_by(ExpertiseItem.id)
    rows = session().scalars(wanted.with_for_update().execution_options(populate_existing=True))
    found = {row.id: row for row in rows}
    forget_taxonomy()
    if item_id not in found:
        raise NotFound
    if into_id not in found:
        raise Invalid({"into_id": [_("Choose an item.")]})
    return found[item_id], found[into_id]


def _move_records(kind: type[ExpertiseRecord | RecordProposal], item_id: int, into_id: int) -> None:
    there = aliased(kind)
    same_course = func.lower(there.course_title) == func.lower(kind.course_title)
    has_it = exists().where(
        there.tenant_id == kind.tenant_id,
        there.person_id == kind.person_id,
        there.item_id == into_id,
        there.kind == kind.kind,
        (kind.kind != RecordKind.COURSE) | same_course,
    )
    _move(kind, item_id, into_id, ~has_it)


def _move_needs(item_id: int, into_id: int) -> None:
    there = aliased(SchoolNeed)
    wants_it = exists().where(
        there.tenant_id == SchoolNeed.tenant_id,
        there.school_id == SchoolNeed.school_id,
        there.item_id == into_id,
    )
    _move(SchoolNeed, item_id, into_id, ~wants_it)


def _move(kind: Any, item_id: int, into_id: int, *which: ColumnElement[bool]) -> None:
    moved = update(kind).where(kind.item_id == item_id, *which).values(item_id=into_id)
    session().execute(moved.execution_options(synchronize_session=False))
