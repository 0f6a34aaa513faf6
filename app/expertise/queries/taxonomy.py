"""The taxonomy of the network: its domains and items, as people see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.expertise.models import ExpertiseDomain, ExpertiseItem
from app.expertise.taxonomy import DOMAINS, ITEMS
from app.kernel.errors import NotFound
from tenants.session import session

KEPT = "expertise.taxonomy"
_SHIPPED_ITEMS = {code: label for items in ITEMS.values() for code, label in items.items()}


@dataclass(frozen=True, slots=True)
class Item:
    """Something that one can know."""

    id: int
    name: str
    domain_id: int
    is_retired: bool
    merged_into_id: int | None


@dataclass(frozen=True, slots=True)
class Domain:
    """A field of expertise with its items; `items` are those that can be chosen."""

    id: int
    name: str
    is_retired: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All of it: domains that can be chosen in their order, and every item by id, the retired ones too."""

    domains: tuple[Domain, ...]
    items: dict[int, Item]
    retired_domains: tuple[Domain, ...]

    def item(self, item_id: int) -> Item:
        """An item, also a retired one. Raises NotFound."""
        try:
            return self.items[item_id]
        except KeyError:
            raise NotFound from None

    def current(self, item_id: int) -> Item:
        """The item that stands for this one now: where it was merged, what it was merged into. Raises NotFound."""
        item = self.item(item_id)
        while item.merged_into_id is not None:
            item = self.item(item.merged_into_id)
        return item

    def domain_of(self, item_id: int) -> Domain:
        """The domain of an item, also of a retired one. Raises NotFound."""
        wanted = self.item(item_id).domain_id
        return next(domain for domain in (*self.domains, *self.retired_domains) if domain.id == wanted)


def taxonomy() -> Taxonomy:
    """The taxonomy of the network, in the language of the reader. Read once in a unit of work."""
    kept: dict[str, Taxonomy] = session().info
    if KEPT not in kept:
        kept[KEPT] = _read()
    return kept[KEPT]


def items_in_use() -> Sequence[int]:
    """The ids of the items that can be chosen, for who needs no names."""
    of_domain = (ExpertiseDomain.tenant_id == ExpertiseItem.tenant_id) & (
        ExpertiseDomain.id == ExpertiseItem.domain_id
    )
    in_use = select(ExpertiseItem.id).join(ExpertiseDomain, of_domain)
    return (
        session()
        .scalars(in_use.where(ExpertiseItem.retired_at.is_(None), ExpertiseDomain.retired_at.is_(None)))
        .all()
    )


def forget_taxonomy() -> None:
    """Read it again when it is asked for next: it was changed."""
    session().info.pop(KEPT, None)


def _read() -> Taxonomy:
    rows = session().execute(
        select(
            ExpertiseItem.id,
            ExpertiseItem.name,
            ExpertiseItem.code,
            ExpertiseItem.domain_id,
            ExpertiseItem.retired_at,
            ExpertiseItem.merged_into_id,
        ).order_by(ExpertiseItem.position, ExpertiseItem.id)
    )
    items = {
        row.id: Item(
            row.id,
            row.name or str(_SHIPPED_ITEMS[row.code]),
            row.domain_id,
            row.retired_at is not None,
            row.merged_into_id,
        )
        for row in rows
    }
    domains = session().execute(
        select(
            ExpertiseDomain.id, ExpertiseDomain.name, ExpertiseDomain.code, ExpertiseDomain.retired_at
        ).order_by(ExpertiseDomain.position, ExpertiseDomain.id)
    )
    found = [
        Domain(
            row.id,
            row.name or str(DOMAINS[row.code]),
            row.retired_at is not None,
            tuple(item for item in items.values() if item.domain_id == row.id and not item.is_retired),
        )
        for row in domains
    ]
    return Taxonomy(
        tuple(domain for domain in found if not domain.is_retired),
        items,
        tuple(domain for domain in found if domain.is_retired),
    )
