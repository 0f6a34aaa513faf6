"""A coach who is not available for a while: one tap on Today, on her profile, or on a page of its own."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import OFFER_COACHING
from app.coaching.queries import profile_of
from app.coaching.schemas import AbsenceSchema
from app.coaching.services.absence import Absence, absence_from_today, say_available, say_away
from app.coaching.views.blueprint import blueprint
from app.kernel.errors import Invalid
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.links import safe_next
from app.web.undo import flash_undo


@blueprint.get("/coachprofiel/afwezigheid")
@requires(OFFER_COACHING)
def new_absence() -> ResponseReturnValue:
    """Choose until when I am not available."""
    profile = profile_of(acting().person_id)
    if profile is None:
        return redirect(url_for("coaching.edit_own_profile"))
    values = {"unavailable_from": profile.unavailable_from, "unavailable_until": profile.unavailable_until}
    return _page(values, {})


@blueprint.post("/coachprofiel/afwezigheid")
@requires(OFFER_COACHING)
def create_absence() -> ResponseReturnValue:
    """Say that I am not available for a while."""
    try:
        chosen = read_form(AbsenceSchema())
    except Invalid as wrong:
        return _page(request.form, wrong.fields), 422
    days = Absence(chosen["unavailable_from"], chosen["unavailable_until"])
    absence = days if chosen["period"] == "own" else absence_from_today(chosen["period"])
    before = say_away(acting(), absence)
    _flash_undo(_("As long as you are not available, nobody is matched with you."), before)
    return _back()


@blueprint.post("/coachprofiel/beschikbaarheid")
@requires(OFFER_COACHING)
def destroy_absence() -> ResponseReturnValue:
    """Say that I am available again."""
    before = say_available(acting())
    _flash_undo(_("Welcome back. You are available again."), before)
    return _back()


def _flash_undo(text: str, before: Absence) -> None:
    """The way back is to how it was: away on certain days, or not away."""
    if before == Absence(None, None):
        flash_undo(text, url_for("coaching.destroy_absence"))
        return
    days = {"unavailable_from": before.start, "unavailable_until": before.end}
    fields = {name: day.isoformat() for name, day in days.items() if day}
    flash_undo(text, url_for("coaching.create_absence"), {"period": "own", **fields})


def _back() -> ResponseReturnValue:
    came_from = safe_next(request.args.get("next"))
    return redirect(came_from if came_from != "/" else url_for("home.show_today"))


def _page(values: Mapping[str, Any], errors: Any) -> str:
    return render_template(
        "coaching/absence.html",
        values=values,
        errors=errors,
        summer=absence_from_today("summer").end,
        came_from=request.args.get("next"),
    )
