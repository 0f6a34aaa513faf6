"""The start agreement of two people: to read, to change together, and to agree with."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import TAKE_PART
from app.coaching.queries import own_trajectory, start_agreement
from app.coaching.schemas import StartAgreementSchema, VersionSchema
from app.coaching.services import agreements as services
from app.coaching.views.agreement_page import agreement_page, shown_lines, values_of_agreement
from app.coaching.views.blueprint import blueprint
from app.coaching.views.trajectory_page import trajectory_page
from app.kernel.errors import Invalid
from app.organisation.pupil_data import seems_about_pupil
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/trajecten/<int:trajectory_id>/afspraken")
@requires(TAKE_PART)
def show_start_agreement(trajectory_id: int) -> ResponseReturnValue:
    """What we agreed, our goals, and for the coachee what her school leader sees."""
    trajectory = own_trajectory(acting(), trajectory_id)
    return render_template("coaching/agreements.html", **agreement_page(trajectory))


@blueprint.get("/trajecten/<int:trajectory_id>/afspraken/regels")
@requires(TAKE_PART)
def edit_start_agreement(trajectory_id: int) -> ResponseReturnValue:
    """The form of the agreements."""
    agreement = start_agreement(own_trajectory(acting(), trajectory_id))
    return _form_page(trajectory_id, values_of_agreement(agreement), {})


@blueprint.post("/trajecten/<int:trajectory_id>/afspraken/regels")
@requires(TAKE_PART)
def update_start_agreement(trajectory_id: int) -> ResponseReturnValue:
    """Keep what we agree."""
    schema = StartAgreementSchema()
    try:
        agree_anew = services.save_start_agreement(acting(), trajectory_id, read_form(schema))
    except Invalid as wrong:
        kept = values_of_agreement(start_agreement(own_trajectory(acting(), trajectory_id)))
        typed = kept | form_values(schema) | {"version": kept["version"]}
        return _form_page(trajectory_id, typed, wrong.fields), 422
    if agree_anew:
        flash(_("The agreements have changed, so both of you have to agree anew."), "warn")
    else:
        flash(_("The agreements have been saved."), "good")
    return redirect(url_for("coaching.show_start_agreement", trajectory_id=trajectory_id))


@blueprint.post("/trajecten/<int:trajectory_id>/afspraken/akkoord")
@requires(TAKE_PART)
def create_agreement(trajectory_id: int) -> ResponseReturnValue:
    """Agree with the lines that I saw."""
    services.agree(acting(), trajectory_id, read_form(VersionSchema())["version"])
    flash_undo(
        _("You agree with the agreements."),
        url_for("coaching.destroy_agreement", trajectory_id=trajectory_id),
    )
    return redirect(url_for("coaching.show_start_agreement", trajectory_id=trajectory_id))


@blueprint.post("/trajecten/<int:trajectory_id>/afspraken/akkoord/intrekking")
@requires(TAKE_PART)
def destroy_agreement(trajectory_id: int) -> ResponseReturnValue:
    """Take back that I agree."""
    services.take_agreement_back(acting(), trajectory_id)
    flash(_("You have not agreed yet."))
    return redirect(url_for("coaching.show_start_agreement", trajectory_id=trajectory_id))


def _form_page(trajectory_id: int, values: dict[str, Any], errors: Any) -> str:
    trajectory = own_trajectory(acting(), trajectory_id)
    agreement = start_agreement(trajectory)
    return render_template(
        "coaching/agreement_form.html",
        **trajectory_page(trajectory),
        is_agreed=bool(agreement.agreed),
        kept=values_of_agreement(agreement),
        values=values,
        errors=errors,
        shown_lines=shown_lines(values),
        seems_about_pupil=seems_about_pupil(values[name] for name in services.FIELDS),
    )
