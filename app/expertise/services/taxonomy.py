"""Change the taxonomy of the network: add, rename, move, order, retire and bring back domains and items."""

from collections.abc import Iterable
from typing import Literal

from flask_babel import gettext as _
from sqlalchemy import select

from app.expertise.models import ExpertiseDomain, ExpertiseItem
from app.expertise.policy import RUN_TAXONOMY
from app.expertise.queries import Domain, Taxonomy, forget_taxonomy, taxonomy
from app.expertise.taxonomy import DOMAINS, ITEMS
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict, Invalid, NotFound
from tenants.session import session
from tenants.turns import hold_off_turn

MOST_DOMAINS, MOST_ITEMS = 30, 300
"""In use at the same time: with more, nobody finds what she looks for on a phone."""
DOMAIN, ITEM = "expertise domain", "expertise item"
"""What the audit trail calls them."""

Direction = Literal["up", "down"]

MERGING = "merging of expertise items"
"""The turn of who merges: meanwhile nobody says anything of an item, which could be of the one that goes."""


def standing_taxonomy() -> Taxonomy:
    """The taxonomy, in which nobody merges anything before this unit ends: for who keeps something of its items."""
    hold_off_turn(MERGING)
    forget_taxonomy()
    return taxonomy()


def add_domain(actor: Actor, name: str) -> int:
    """Add a domain, the last of all; gives its id. Raises Invalid for a name that there is, or one too many."""
    actor.require(RUN_TAXONOMY)
    known = taxonomy()
    refuse_known_name(name, (domain.name for domain in known.domains))
    if len(known.domains) >= MOST_DOMAINS:
        raise Invalid({"name": [too_many_domains()]})
    made = ExpertiseDomain(name=name, position=len(known.domains) + len(known.retired_domains) + 1)
    _keep(made)
    record(actor, "add domain", DOMAIN, made.id)
    return made.id


def rename_domain(actor: Actor, domain_id: int, name: str) -> None:
    """Give a domain another name. Raises NotFound, and Invalid for a name that there is."""
    actor.require(RUN_TAXONOMY)
    domain = locked_domain(domain_id)
    refuse_known_name(name, (other.name for other in taxonomy().domains if other.id != domain_id))
    domain.name = None if domain.code and str(DOMAINS[domain.code]) == name else name
    _changed()
    record(actor, "rename domain", DOMAIN, domain_id)


def retire_domain(actor: Actor, domain_id: int) -> None:
    """Let nobody choose a domain and its items any more; where items were chosen they stay."""
    actor.require(RUN_TAXONOMY)
    domain = locked_domain(domain_id)
    if domain.retired_at is not None:
        return
    domain.retired_at = now()
    for item in _items_of(domain_id):
        item.retired_at = item.retired_at or domain.retired_at
    _changed()
    record(actor, "retire domain", DOMAIN, domain_id)


def restore_domain(actor: Actor, domain_id: int) -> None:
    """Bring a domain back with the items that were retired with it.

    Raises Conflict where one of the names is in use by now, or with it there would be too many.
    """
    actor.require(RUN_TAXONOMY)
    domain = locked_domain(domain_id)
    if domain.retired_at is None:
        return
    with_it = [
        item
        for item in _items_of(domain_id)
        if item.retired_at == domain.retired_at and item.merged_into_id is None
    ]
    known = taxonomy()
    own_name = next(other.name for other in known.retired_domains if other.id == domain_id)
    if len(known.domains) >= MOST_DOMAINS:
        raise Conflict(too_many_domains())
    _refuse_taken(own_name, (other.name for other in known.domains))
    for item in with_it:
        _refuse_taken(known.item(item.id).name, _names_in_use())
    refuse_too_many_items(len(with_it))
    domain.retired_at = None
    for item in with_it:
        item.retired_at = None
    _changed()
    record(actor, "restore domain", DOMAIN, domain_id)


def place_domain(actor: Actor, domain_id: int, direction: Direction) -> None:
    """Move a domain one place up or down in the order in which people see them."""
    actor.require(RUN_TAXONOMY)
    rows = session().scalars(select(ExpertiseDomain).with_for_update())
    by_id = {row.id: row for row in rows}
    order = _stepped([domain.id for domain in taxonomy().domains], domain_id, direction)
    for position, one in enumerate(order, start=1):
        by_id[one].position = position
    _changed()
    record(actor, "place domain", DOMAIN, domain_id)


def add_item(actor: Actor, domain_id: int, name: str) -> int:
    """Add an item to a domain, the last of it; gives its id.

    Raises NotFound for a domain that is not in use, Invalid for a name that there is, or one too many.
    """
    actor.require(RUN_TAXONOMY)
    domain = domain_in_use(domain_id)
    refuse_known_name(name, _names_in_use())
    if count_items() >= MOST_ITEMS:
        raise Invalid({"name": [too_many_items()]})
    made = ExpertiseItem(domain_id=domain.id, name=name, position=next_position(domain_id))
    _keep(made)
    record(actor, "add item", ITEM, made.id)
    return made.id


def change_item(actor: Actor, item_id: int, name: str, domain_id: int) -> None:
    """Give an item another name, or put it in another domain, there the last. Records follow by themselves.

    Raises NotFound, and Invalid for a name that there is or a domain that is not in use.
    """
    actor.require(RUN_TAXONOMY)
    item = locked_item(item_id)
    if item.retired_at is not None:
        raise Conflict(_("This item is not in use any more. Bring it back first."))
    refuse_known_name(name, _names_in_use(but=item_id))
    if domain_id != item.domain_id:
        if domain_id not in {domain.id for domain in taxonomy().domains}:
            raise Invalid({"domain_id": [_("Choose a domain.")]})
        item.position = next_position(domain_id)
        item.domain_id = domain_id
    item.name = None if item.code and _shipped_name(item.code) == name else name
    _changed()
    record(actor, "change item", ITEM, item_id)


def retire_item(actor: Actor, item_id: int) -> None:
    """Let nobody choose an item any more; its records stay as they are."""
    actor.require(RUN_TAXONOMY)
    item = locked_item(item_id)
    item.retired_at = item.retired_at or now()
    _changed()
    record(actor, "retire item", ITEM, item_id)


def restore_item(actor: Actor, item_id: int) -> None:
    """Let an item be chosen again.

    Raises Conflict for one that was merged, one of a domain that is not in use, a name that another has by now, and
    one too many.
    """
    actor.require(RUN_TAXONOMY)
    item = locked_item(item_id)
    if item.retired_at is None:
        return
    if item.merged_into_id is not None:
        raise Conflict(_("This item was merged into another one. Add a new item instead."))
    if item.domain_id not in {domain.id for domain in taxonomy().domains}:
        raise Conflict(_("The domain of this item is not in use any more. Bring the domain back first."))
    _refuse_taken(taxonomy().item(item_id).name, _names_in_use())
    refuse_too_many_items(1)
    item.retired_at = None
    _changed()
    record(actor, "restore item", ITEM, item_id)


def place_item(actor: Actor, item_id: int, direction: Direction) -> None:
    """Move an item one place up or down within its domain."""
    actor.require(RUN_TAXONOMY)
    item = locked_item(item_id)
    by_id = {row.id: row for row in _items_of(item.domain_id)}
    inside = next((domain for domain in taxonomy().domains if domain.id == item.domain_id), None)
    order = _stepped([one.id for one in inside.items] if inside else [], item_id, direction)
    for position, one in enumerate(order, start=1):
        by_id[one].position = position
    _changed()
    record(actor, "place item", ITEM, item_id)


def domain_in_use(domain_id: int) -> Domain:
    """A domain that can be chosen. Raises NotFound."""
    for domain in taxonomy().domains:
        if domain.id == domain_id:
            return domain
    raise NotFound


def locked_domain(domain_id: int) -> ExpertiseDomain:
    """A domain that nobody else changes before this unit ends. Raises NotFound."""
    wanted = select(ExpertiseDomain).where(ExpertiseDomain.id == domain_id).with_for_update()
    found = session().scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    forget_taxonomy()
    return found


def locked_item(item_id: int) -> ExpertiseItem:
    """An item that nobody else changes before this unit ends. Raises NotFound."""
    wanted = select(ExpertiseItem).where(ExpertiseItem.id == item_id).with_for_update()
    found = session().scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    forget_taxonomy()
    return found


def next_position(domain_id: int) -> int:
    """The place after the last item of a domain."""
    return 1 + sum(item.domain_id == domain_id for item in taxonomy().items.values())


def count_items() -> int:
    """How many items can be chosen."""
    return sum(len(domain.items) for domain in taxonomy().domains)


def too_many_items() -> str:
    """What is said when there would be more items than there can be."""
    return _("There can be %(most)s items in all. Retire or merge some first.", most=MOST_ITEMS)


def too_many_domains() -> str:
    """What is said when there would be more domains than there can be."""
    return _("There can be %(most)s domains. Retire one first.", most=MOST_DOMAINS)


def refuse_too_many_items(more: int) -> None:
    """Raise Conflict when with so many more there would be too many."""
    if count_items() + more > MOST_ITEMS:
        raise Conflict(too_many_items())


def refuse_known_name(name: str, names: Iterable[str]) -> None:
    """Raise Invalid for a name that one of the others has."""
    if name.casefold() in {known.casefold() for known in names}:
        raise Invalid({"name": [_("This name is in use already.")]})


def _refuse_taken(name: str, names: Iterable[str]) -> None:
    if name.casefold() in {known.casefold() for known in names}:
        raise Conflict(_("“%(name)s” is in use by another one now. Rename that one first.", name=name))


def _names_in_use(*, but: int | None = None) -> Iterable[str]:
    return (item.name for domain in taxonomy().domains for item in domain.items if item.id != but)


def _shipped_name(code: str) -> str:
    return next(str(items[code]) for items in ITEMS.values() if code in items)


def _items_of(domain_id: int) -> list[ExpertiseItem]:
    inside = select(ExpertiseItem).where(ExpertiseItem.domain_id == domain_id).order_by(ExpertiseItem.id)
    locked = inside.with_for_update().execution_options(populate_existing=True)
    return list(session().scalars(locked))


def _stepped(order: list[int], one: int, direction: Direction) -> list[int]:
    """The order with one of them a place further up or down. Raises NotFound when it is not among them."""
    if one not in order:
        raise NotFound
    place = order.index(one)
    other = place + (-1 if direction == "up" else 1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


def _keep(row: ExpertiseDomain | ExpertiseItem) -> None:
    session().add(row)
    _changed()


def _changed() -> None:
    session().flush()
    forget_taxonomy()
