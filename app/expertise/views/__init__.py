"""The doors of expertise: one module for each page with its buttons."""

from flask_babel import lazy_gettext as _l

from app.expertise.policy import FIND_COLLEAGUES, KEEP_RECORDS, SEE_MAP
from app.expertise.schemas import CONFLICTS
from app.expertise.views import (
    acceptance,
    answers,
    attention,
    choices,
    colleagues,
    confirmation,
    consultations,
    expertise_map,
    given_time,
    known,
    needs,
    own,
    own_export,
    pasting,
    preview,
    proposing,
    reachability,
    records,
    region,
    taxonomy,
    taxonomy_item,
    team,
)
from app.expertise.views.blueprint import blueprint
from app.web.navigation import MenuItem

MENU = [
    MenuItem(_l("My expertise"), "expertise.show_own", KEEP_RECORDS, order=30),
    MenuItem(
        _l("Expertise map"),
        "expertise.show_map",
        SEE_MAP,
        order=31,
        also=frozenset({"team", "expertise-indeling"}),
    ),
    MenuItem(
        _l("Find a colleague"),
        "expertise.index_colleagues",
        FIND_COLLEAGUES,
        order=32,
        also=frozenset({"raadpleegvragen"}),
    ),
]

__all__ = [
    "CONFLICTS",
    "MENU",
    "acceptance",
    "answers",
    "attention",
    "blueprint",
    "choices",
    "colleagues",
    "confirmation",
    "consultations",
    "expertise_map",
    "given_time",
    "known",
    "needs",
    "own",
    "own_export",
    "pasting",
    "preview",
    "proposing",
    "reachability",
    "records",
    "region",
    "taxonomy",
    "taxonomy_item",
    "team",
]
