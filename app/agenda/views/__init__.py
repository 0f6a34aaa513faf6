"""The doors of the agenda: one page, calendar files, and the feed."""

from flask_babel import lazy_gettext as _l

from app.agenda.policy import SEE_AGENDA
from app.agenda.schemas import CONFLICTS
from app.agenda.views import agenda, calendars
from app.agenda.views.blueprint import blueprint
from app.web.navigation import MenuItem

MENU = [MenuItem(_l("My agenda"), "agenda.show_agenda", SEE_AGENDA, order=5)]

__all__ = ["CONFLICTS", "MENU", "agenda", "blueprint", "calendars"]
