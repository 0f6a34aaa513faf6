"""What is known of people's expertise; others' records only as far as they were opened to the actor."""

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
from app.expertise.queries.region import SchoolStrength, strength_of_schools
from app.expertise.queries.taxonomy import Domain, Item, Taxonomy, forget_taxonomy, taxonomy

__all__ = [
    "Domain",
    "Item",
    "SchoolStrength",
    "Taxonomy",
    "forget_taxonomy",
    "opened_to",
    "own_record",
    "proposal_for",
    "proposals_for",
    "records_of",
    "stale_since",
    "strength_of_schools",
    "taxonomy",
    "visible_to",
    "works_at_one_of",
]
