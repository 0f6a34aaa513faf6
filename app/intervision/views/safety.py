"""What the group agreed, who did so, and how safe a session felt."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.labels_of_safety import PULSE, PULSE_ANSWERS
from app.intervision.policy import JOIN_IN, SEE_SESSIONS
from app.intervision.queries import (
    Standing,
    belonging_to,
    has_given_pulse,
    overlooking,
    pledged_in,
    pulse_of,
)
from app.intervision.schemas import PledgeSchema, PulseSchema
from app.intervision.services import safety as services
from app.intervision.views.blueprint import blueprint
from app.intervision.views.session_page import session_page
from app.kernel.errors import Invalid
from app.organisation.queries import people_by_id
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires

PARTS = {
    "case": "intervision.edit_case",
    "leading": "intervision.edit_leading",
    "run": "intervision.show_run",
    "harvest": "intervision.edit_harvest",
    "safety": "intervision.show_safety",
}


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/veiligheid")
@requires(SEE_SESSIONS)
def show_safety(session_id: int) -> ResponseReturnValue:
    """The agreement and the pulse; for the coordinator how many agreed, and the pulse once it is closed."""
    return _page(overlooking(acting(), session_id), {}, {})


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/veiligheid/afspraak")
@requires(JOIN_IN)
def create_pledge(session_id: int) -> ResponseReturnValue:
    """Agree that what is told here stays here; back to where I was asked."""
    belonging_to(acting(), session_id)
    part = read_form(PledgeSchema())["part"]
    services.pledge(acting(), session_id)
    flash(_("Agreed: what is told here stays here."), "good")
    return redirect(url_for(PARTS[part], session_id=session_id))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/veiligheid/peiling")
@requires(JOIN_IN)
def create_pulse(session_id: int) -> ResponseReturnValue:
    """Say how safe it felt, without a name."""
    standing, schema = services.asked_for_pulse(acting(), session_id), PulseSchema()
    try:
        services.give_pulse(acting(), session_id, read_form(schema))
    except Invalid as wrong:
        return _page(standing, form_values(schema), wrong.fields), 422
    flash(_("Thank you. Your answer counts, and nobody can see that it is yours."), "good")
    return redirect(url_for("intervision.show_safety", session_id=session_id))


def _page(standing: Standing, values: dict[str, Any], errors: Any) -> str:
    agreed = pledged_in(standing.dated)
    return render_template(
        "intervision/safety.html",
        **session_page(standing.dated),
        standing=standing,
        agreed=agreed,
        people=people_by_id(agreed) if standing.belongs else {},
        pulse=pulse_of(standing.dated),
        has_given=has_given_pulse(standing.dated.id, standing.person_id),
        statements=PULSE,
        answers=PULSE_ANSWERS,
        columns=[_("Statement"), *({"label": words, "number": True} for _answer, words in PULSE_ANSWERS)],
        values=dict.fromkeys(PULSE) | values,
        errors=errors,
    )
