"""What people take home from a session: an intention of their own, and what the group learned."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.labels_of_safety import OUTCOME_WORDS
from app.intervision.policy import JOIN_IN
from app.intervision.queries import (
    Standing,
    belonging_to,
    intention_before,
    learning_point_of,
    own_intention,
    suggested_check,
)
from app.intervision.schemas import MAX_HARVEST, IntentionSchema, LearningPointSchema
from app.intervision.services import harvest as services
from app.intervision.views.blueprint import blueprint
from app.intervision.views.session_page import session_page
from app.kernel.errors import Invalid
from app.kernel.privacy.retention import kept_until
from app.organisation.pupil_data import seems_about_pupil
from app.organisation.queries import years_kept
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/oogst")
@requires(JOIN_IN)
def edit_harvest(session_id: int) -> ResponseReturnValue:
    """My intention, and what we learned."""
    return _page(belonging_to(acting(), session_id), {}, {})


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/oogst/voornemen")
@requires(JOIN_IN)
def update_intention(session_id: int) -> ResponseReturnValue:
    """Keep what I mean to do."""
    standing, schema = services.harvesting(acting(), session_id), IntentionSchema()
    try:
        services.save_intention(acting(), session_id, read_form(schema))
    except Invalid as wrong:
        return _page(standing, {"intention": "", "check_on": ""} | form_values(schema), wrong.fields), 422
    flash(_("Your intention has been saved. Only you read it."), "good")
    return _back(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/oogst/leerpunt")
@requires(JOIN_IN)
def update_learning_point(session_id: int) -> ResponseReturnValue:
    """Keep what we learned."""
    standing, schema = services.harvesting(acting(), session_id), LearningPointSchema()
    try:
        services.save_learning_point(acting(), session_id, read_form(schema))
    except Invalid as wrong:
        return _page(standing, {"learned": "", "look_back_on": ""} | form_values(schema), wrong.fields), 422
    flash(_("What you learned together has been saved. The group reads it."), "good")
    return _back(session_id)


def _page(standing: Standing, typed: dict[str, Any], errors: Any) -> str:
    page = session_page(standing.dated)
    if not (standing.has_harvest and standing.has_pledged):
        return render_template("intervision/harvest_closed.html", **page, standing=standing)
    session_id, person_id = standing.dated.id, standing.person_id
    intention, point = own_intention(session_id, person_id), learning_point_of(session_id)
    suggested = suggested_check(standing.dated)
    kept = {
        "intention": intention.text if intention else "",
        "check_on": intention.check_on if intention else suggested,
        "learned": point.text if point else "",
        "look_back_on": point.check_on if point else suggested,
    }
    return render_template(
        "intervision/harvest.html",
        **page,
        standing=standing,
        intention=intention,
        earlier=intention_before(standing.dated, person_id),
        outcome_words=OUTCOME_WORDS,
        point=point,
        kept_until=kept_until(standing.dated.season.ends_on, years_kept()),
        version=services.version_of(point),
        values=kept | typed,
        errors=errors,
        most=MAX_HARVEST,
        intention_seems_about_pupil=seems_about_pupil([typed.get("intention")]),
        point_seems_about_pupil=seems_about_pupil([typed.get("learned")]),
        labels={
            "intention": _("What will I do?"),
            "check_on": _("When do I look back?"),
            "learned": _("What did we learn?"),
            "look_back_on": _("When do we look back?"),
        },
    )


def _back(session_id: int) -> ResponseReturnValue:
    return redirect(url_for("intervision.edit_harvest", session_id=session_id))
