"""The doors of expertise: one module for each page with its buttons."""

from flask_babel import lazy_gettext as _l

from app.expertise.policy import KEEP_RECORDS, SEE_MAP
from app.expertise.schemas import CONFLICTS
from app.expertise.views import expertise_map, own, region
from app.expertise.views.blueprint import blueprint
from app.web.navigation import MenuItem

MENU = [
    MenuItem(_l("My expertise"), "expertise.show_own", KEEP_RECORDS, order=30),
    MenuItem(_l("Expertise map"), "expertise.show_map", SEE_MAP, order=31),
]

__all__ = ["CONFLICTS", "MENU", "blueprint", "expertise_map", "own", "region"]
