"""Once a year, on one screen: say whether it still holds."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import grown_old, records_of
from app.expertise.schemas import ConfirmationSchema
from app.expertise.services.confirmation import confirm_records
from app.expertise.services.records import remove_record
from app.expertise.views.blueprint import blueprint
from app.expertise.views.own_page import by_domain, flash_removed
from app.organisation.queries import months_confirmed
from app.web.forms import read_form
from app.web.guard import acting, requires


@blueprint.get("/expertise/bevestiging")
@requires(KEEP_RECORDS)
def edit_confirmation() -> ResponseReturnValue:
    """What was not confirmed for a long time."""
    old = grown_old(records_of(acting()))
    return render_template(
        "expertise/confirmation.html", groups=by_domain(old), old=old, months=months_confirmed()
    )


@blueprint.post("/expertise/bevestiging")
@requires(KEEP_RECORDS)
def create_confirmation() -> ResponseReturnValue:
    """Say that it holds, or take away what does not."""
    data = read_form(ConfirmationSchema())
    holds = [record_id for record_id, answer in data["answers"].items() if answer == "holds"]
    gone = [record_id for record_id, answer in data["answers"].items() if answer == "gone"]
    confirmed = confirm_records(acting(), {*data["records"], *holds})
    removed = [remove_record(acting(), record_id) for record_id in gone]
    if confirmed:
        flash(ngettext("%(num)s thing confirmed.", "%(num)s things confirmed.", confirmed), "good")
    if removed:
        flash_removed(removed)
    if not (confirmed or removed):
        flash(_("You did not choose anything yet."))
        return redirect(url_for("expertise.edit_confirmation"))
    left = grown_old(records_of(acting()))
    return redirect(url_for("expertise.edit_confirmation" if left else "expertise.show_own"))
