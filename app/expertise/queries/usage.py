"""How many people keep a record of an item, for who runs the taxonomy."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.expertise.models import ExpertiseRecord, Visibility
from app.expertise.policy import RUN_TAXONOMY
from app.expertise.queries.records import opened_to, works_at_one_of
from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.privacy import in_whole_groups
from tenants.session import session


@dataclass(frozen=True, slots=True)
class ItemUse:
    """The people of an item. What is private counts for nobody."""

    seen: int = 0
    """Whom the reader sees one by one."""
    others: int = 0
    """Whom she does not, in whole groups."""


NOT_USED = ItemUse()


def use_of_items(actor: Actor, item_ids: Iterable[int]) -> dict[int, ItemUse]:
    """The people of each of these items; an item without any is left out."""
    actor.require(RUN_TAXONOMY)
    people = (
        select(
            ExpertiseRecord.item_id,
            ExpertiseRecord.person_id,
            func.bool_or(opened_to(actor)).label("is_seen"),
        )
        .where(
            among(ExpertiseRecord.item_id, item_ids),
            ExpertiseRecord.visibility != Visibility.PRIVATE,
            works_at_one_of(None),
        )
        .group_by(ExpertiseRecord.item_id, ExpertiseRecord.person_id)
        .subquery()
    )
    rows = session().execute(
        select(
            people.c.item_id,
            func.count().filter(people.c.is_seen),
            func.count().filter(~people.c.is_seen),
        ).group_by(people.c.item_id)
    )
    return {item_id: ItemUse(seen, in_whole_groups(others)) for item_id, seen, others in rows}
