"""The doors of coaching: one module for each page with its buttons."""

from flask_babel import lazy_gettext as _l

from app.coaching.policy import ASK_COACHING, OFFER_COACHING, RUN_ROUNDS
from app.coaching.schemas import CONFLICTS
from app.coaching.views import (
    check_ins,
    closures,
    decisions,
    evaluations,
    matches,
    notes,
    overview,
    profiles,
    proposal,
    publication,
    requests,
    rounds,
    trajectories,
)
from app.coaching.views.blueprint import blueprint
from app.web.navigation import MenuItem

MENU = [
    MenuItem(_l("Matches"), "coaching.show_current_round", RUN_ROUNDS, order=10),
    MenuItem(_l("Trajectories"), "coaching.index_trajectories", RUN_ROUNDS, order=13),
    MenuItem(_l("Coaching request"), "coaching.edit_own_request", ASK_COACHING, order=11),
    MenuItem(_l("Coach profile"), "coaching.edit_own_profile", OFFER_COACHING, order=12),
]

__all__ = [
    "CONFLICTS",
    "MENU",
    "blueprint",
    "check_ins",
    "closures",
    "decisions",
    "evaluations",
    "matches",
    "notes",
    "overview",
    "profiles",
    "proposal",
    "publication",
    "requests",
    "rounds",
    "trajectories",
]
