"""The doors of intervision: one module for each page with its buttons."""

from flask_babel import lazy_gettext as _l

from app.intervision.policy import JOIN_IN, RUN_SEASONS
from app.intervision.schemas import CONFLICTS
from app.intervision.services.dating import KIND
from app.intervision.views import (
    answers,
    attendance,
    bookings,
    cases,
    changes,
    divisions,
    earlier_groups,
    goals,
    groups,
    harvest,
    intentions,
    leading,
    methods,
    own,
    polls,
    regrouping,
    running,
    safety,
    seasons,
    series,
    sessions,
)
from app.intervision.views.agenda_words import sessions_in_agenda
from app.intervision.views.blueprint import blueprint
from app.web.navigation import MenuItem

MENU = [
    MenuItem(_l("Intervision"), "intervision.show_own", JOIN_IN, order=20),
    MenuItem(_l("Intervision groups"), "intervision.index_seasons", RUN_SEASONS, order=21),
]

APPOINTMENTS = {KIND: sessions_in_agenda}
"""Who tells the agenda what an appointment is about, by its kind."""

CALENDAR_TITLES = {KIND: _l("Intervision")}
"""How our appointments are called in calendars: neutral."""

__all__ = [
    "APPOINTMENTS",
    "CALENDAR_TITLES",
    "CONFLICTS",
    "MENU",
    "answers",
    "attendance",
    "blueprint",
    "bookings",
    "cases",
    "changes",
    "divisions",
    "earlier_groups",
    "goals",
    "groups",
    "harvest",
    "intentions",
    "leading",
    "methods",
    "own",
    "polls",
    "regrouping",
    "running",
    "safety",
    "seasons",
    "series",
    "sessions",
]
