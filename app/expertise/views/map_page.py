"""What the pages of the map share: the tabs above them, and which items a page is about."""

from flask import current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.expertise.policy import CONSULT, FIND_COLLEAGUES, RUN_TAXONOMY, SEE_MAP, SEE_TEAM
from app.expertise.queries import Domain, Item, Taxonomy
from app.kernel.permissions import Permission
from app.web.guard import acting
from app.web.navigation import Tab

PARTS: tuple[tuple[LazyString, str, Permission], ...] = (
    (_l("Map"), "expertise.show_map", SEE_MAP),
    (_l("In the region"), "expertise.show_region", SEE_MAP),
    (_l("My team"), "expertise.index_teams", SEE_TEAM),
    (_l("Find a colleague"), "expertise.index_colleagues", FIND_COLLEAGUES),
    (_l("Questions to colleagues"), "expertise.index_consultations", CONSULT),
    (_l("Domains and items"), "expertise.index_domains", RUN_TAXONOMY),
)
"""Label, endpoint, and who may go there."""


def tabs(current: str | None = None) -> list[Tab]:
    """The parts of expertise that the actor may open, with the one that is shown; `current` where the page has its own address."""
    current = current or request.endpoint
    return [
        Tab(str(label), url_for(endpoint), endpoint == current)
        for label, endpoint, permission in PARTS
        if endpoint in current_app.view_functions and acting().may(permission)
    ]


def domain_asked(taxonomy: Taxonomy, domain_id: int | None) -> Domain | None:
    """The domain that the address names; None for all, and for one that is not in use."""
    return next((domain for domain in taxonomy.domains if domain.id == domain_id), None)


def item_asked(taxonomy: Taxonomy, item_id: int | None) -> Item | None:
    """The item that the address names, or what it was merged into; None for all, and for one that is not in use."""
    if item_id not in taxonomy.items:
        return None
    item = taxonomy.current(item_id)
    return item if item in items_of(taxonomy) else None


def items_of(taxonomy: Taxonomy) -> tuple[Item, ...]:
    """All items that are on the map, in their order."""
    return tuple(item for domain in taxonomy.domains for item in domain.items)


def ids_of(items: tuple[Item, ...]) -> list[int]:
    """Their ids."""
    return [item.id for item in items]
