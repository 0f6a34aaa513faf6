"""What is known of people's expertise; others' records only as far as they were opened to the actor."""

from app.expertise.queries.item_search import items_named
from app.expertise.queries.own import (
    Ticks,
    Workschool,
    grown_old,
    own_proposal,
    reachability_of,
    seen_by,
    somebody_at,
    ticks_in,
    workschools,
)
from app.expertise.queries.records import (
    opened_to,
    own_record,
    proposal_for,
    proposals_for,
    records_of,
    stale_since,
    visible_to,
    works_at_one_of,
)
from app.expertise.queries.taxonomy import Domain, Item, Taxonomy, forget_taxonomy, taxonomy

__all__ = [
    "Domain",
    "Item",
    "Taxonomy",
    "Ticks",
    "Workschool",
    "forget_taxonomy",
    "grown_old",
    "items_named",
    "opened_to",
    "own_proposal",
    "own_record",
    "proposal_for",
    "proposals_for",
    "reachability_of",
    "records_of",
    "seen_by",
    "somebody_at",
    "stale_since",
    "taxonomy",
    "ticks_in",
    "visible_to",
    "works_at_one_of",
    "workschools",
]
