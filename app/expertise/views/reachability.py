"""When and how I can be asked for help."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.expertise.labels import WAYS
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import reachability_of
from app.expertise.schemas import ReachabilitySchema
from app.expertise.services.reachability import save_reachability
from app.expertise.views.blueprint import blueprint
from app.expertise.views.own_page import own_tabs
from app.kernel.errors import Invalid
from app.organisation.pupil_data import seems_about_pupil
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires


@blueprint.get("/expertise/bereikbaarheid")
@requires(KEEP_RECORDS)
def edit_reachability() -> ResponseReturnValue:
    """Half-days, ways and a note."""
    kept = reachability_of(acting().person_id)
    names = ("halfdays", "ways", "note")
    return _page({name: getattr(kept, name) for name in names} if kept else {}, {})


@blueprint.post("/expertise/bereikbaarheid")
@requires(KEEP_RECORDS)
def update_reachability() -> ResponseReturnValue:
    """Keep them."""
    schema = ReachabilitySchema()
    try:
        save_reachability(acting(), read_form(schema))
    except Invalid as wrong:
        return _page(form_values(schema), wrong.fields), 422
    flash(_("When you can be asked has been saved."), "good")
    return redirect(url_for("expertise.show_own"))


def _page(values: dict[str, Any], errors: Any) -> str:
    return render_template(
        "expertise/reachability.html",
        tabs=own_tabs("expertise.edit_reachability"),
        values={"halfdays": [], "ways": [], "note": "", **values},
        errors=errors,
        ways=WAYS,
        labels={"halfdays": _("When?"), "ways": _("How?"), "note": _("Anything else?")},
        seems_about_pupil=seems_about_pupil([values.get("note")]),
    )
