"""The doors of coaching: one module for each page with its buttons."""

from flask_babel import lazy_gettext as _l

from app.coaching.policy import ASK_COACHING, OFFER_COACHING, RUN_ROUNDS, SEE_RELEASED
from app.coaching.schemas import CONFLICTS
from app.coaching.services.talks import KIND
from app.coaching.views import (
    absence,
    agreements,
    answers,
    attempts,
    changes,
    check_ins,
    closures,
    decisions,
    drafts,
    evaluations,
    explanations,
    goals,
    matches,
    notes,
    overview,
    planning,
    profiles,
    progress,
    proof,
    proposal,
    publication,
    releases,
    requests,
    rounds,
    talks,
    themes,
    trajectories,
)
from app.coaching.views.agenda_words import talks_in_agenda
from app.coaching.views.blueprint import blueprint
from app.web.navigation import MenuItem

MENU = [
    MenuItem(_l("Matches"), "coaching.show_current_round", RUN_ROUNDS, order=10),
    MenuItem(_l("Coaching"), "coaching.index_trajectories", RUN_ROUNDS, order=13),
    MenuItem(_l("Coaching request"), "coaching.edit_own_request", ASK_COACHING, order=11),
    MenuItem(_l("Coach profile"), "coaching.edit_own_profile", OFFER_COACHING, order=12),
    MenuItem(_l("Coaching in my school"), "coaching.index_released", SEE_RELEASED, order=13),
]

APPOINTMENTS = {KIND: talks_in_agenda}
"""Who tells the agenda what an appointment is about, by its kind."""

__all__ = [
    "APPOINTMENTS",
    "CONFLICTS",
    "MENU",
    "absence",
    "agreements",
    "answers",
    "attempts",
    "blueprint",
    "changes",
    "check_ins",
    "closures",
    "decisions",
    "drafts",
    "evaluations",
    "explanations",
    "goals",
    "matches",
    "notes",
    "overview",
    "planning",
    "profiles",
    "progress",
    "proof",
    "proposal",
    "publication",
    "releases",
    "requests",
    "rounds",
    "talks",
    "themes",
    "trajectories",
]
