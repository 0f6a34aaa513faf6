"""What is known of people's expertise; others' records only as far as they were opened to the actor."""

from app.expertise.queries.colleagues import Profile, profile_of, schools_of, willing_among
from app.expertise.queries.consultations import (
    AskedConsultation,
    consultation_by_id,
    consultation_with,
    consultations_of,
    people_named_in,
    who_can_take_over,
)
from app.expertise.queries.finding import Found, FoundPerson, Sought, find_colleagues, reasons_to_find
from app.expertise.queries.given_time import Balance, balances, years_with_given_time
from app.expertise.queries.item_search import items_named
from app.expertise.queries.map_schools import MapSchool, schools_around
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
    "AskedConsultation",
    "Balance",
    "Domain",
    "Found",
    "FoundPerson",
    "Item",
    "MapSchool",
    "Profile",
    "Sought",
    "Taxonomy",
    "Ticks",
    "Workschool",
    "balances",
    "consultation_by_id",
    "consultation_with",
    "consultations_of",
    "find_colleagues",
    "forget_taxonomy",
    "grown_old",
    "items_named",
    "opened_to",
    "own_proposal",
    "own_record",
    "people_named_in",
    "profile_of",
    "proposal_for",
    "proposals_for",
    "reachability_of",
    "reasons_to_find",
    "records_of",
    "schools_around",
    "schools_of",
    "seen_by",
    "somebody_at",
    "stale_since",
    "taxonomy",
    "ticks_in",
    "visible_to",
    "who_can_take_over",
    "willing_among",
    "works_at_one_of",
    "workschools",
    "years_with_given_time",
]
