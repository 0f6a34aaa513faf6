"""A change of a published round: what would change, and the button."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import application_of, latest_change
from app.coaching.schemas import ChangeSchema
from app.coaching.services.changes import apply_change, change_is_current
from app.coaching.views.blueprint import blueprint
from app.coaching.views.change_page import change_page
from app.coaching.views.progress_page import published_round
from app.coaching.views.proposal import calculation_under_way
from app.web.forms import read_form
from app.web.guard import acting, requires


@blueprint.get("/koppelrondes/<int:published_id>/wijziging")
@requires(RUN_ROUNDS)
def show_change(published_id: int) -> ResponseReturnValue:
    """Which pairs would change, from whom to whom, and who still has no coach."""
    matching_round, publication = published_round(published_id)
    common = {"round": matching_round, "calculation": calculation_under_way(published_id)}
    proposal = latest_change(published_id)
    if proposal is None:
        return render_template("coaching/no_change.html", **common)
    applied = application_of(proposal.id)
    is_current = not applied and change_is_current(matching_round, publication, proposal)
    return render_template(
        "coaching/change.html", **common, **change_page(proposal), applied=applied, is_current=is_current
    )


@blueprint.post("/koppelrondes/<int:published_id>/wijziging")
@requires(RUN_ROUNDS)
def create_change(published_id: int) -> ResponseReturnValue:
    """Carry the change out: everybody concerned gets a mail."""
    published_round(published_id)
    apply_change(acting(), published_id, read_form(ChangeSchema())["proposal_id"])
    flash(_("The change has been carried out. Everybody concerned gets a mail."), "good")
    return redirect(url_for("coaching.show_progress", published_id=published_id))
