"""The first page of everybody in a network."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.agenda.kinds import described
from app.agenda.words import capitalised, when
from app.coaching.step_words import STEPS
from app.home.policy import SEE_TODAY
from app.home.today import today_of
from app.web.guard import acting, requires
from app.web.navigation import MenuItem

blueprint = Blueprint("home", __name__, template_folder="templates")
MENU = [MenuItem(_l("Today"), "home.show_today", SEE_TODAY, order=0)]
CONFLICTS: dict[str, object] = {}


@blueprint.get("/")
@requires(SEE_TODAY)
def show_today() -> ResponseReturnValue:
    """What waits for me."""
    today = today_of(acting())
    return render_template(
        "home/today.html",
        today=today,
        steps=STEPS,
        when=lambda appointment: capitalised(when(appointment)),
        described=described(acting(), today.appointments),
    )
