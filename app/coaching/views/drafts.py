"""A request that is not sent yet: kept while she fills it in, and thrown away when she wants."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import ASK_COACHING
from app.coaching.schemas import RequestDraftSchema, WithdrawalSchema
from app.coaching.services import drafts as services
from app.coaching.values import typed_request
from app.coaching.views.blueprint import blueprint
from app.coaching.views.requests import own_request_page
from app.kernel.clock import now
from app.kernel.errors import Invalid
from app.web.forms import read_form
from app.web.guard import acting, requires


@blueprint.post("/coachvraag/concept")
@requires(ASK_COACHING)
def update_draft() -> ResponseReturnValue:
    """Keep what I have filled in so far: by itself while I type, or with the button."""
    schema = RequestDraftSchema()
    is_swap = "HX-Request" in request.headers
    try:
        values = read_form(schema)
        is_kept = services.save_draft(acting(), values.pop("round_id"), values)
    except Invalid as wrong:
        if is_swap:
            return render_template("coaching/draft_state.html", saved_at=None, errors=wrong.fields), 422
        return own_request_page(typed_request(schema), wrong.fields), 422
    if is_swap:
        # What was on its way when she pressed Send says nothing on the page that she has left.
        return (
            render_template("coaching/draft_state.html", saved_at=now(), errors={}) if is_kept else ("", 204)
        )
    if not is_kept:
        flash(_("You have sent this request already. Here you can change it."))
        return redirect(url_for("coaching.edit_own_request"))
    flash(_("Saved, for you alone. It has not been sent yet: you go on where you stopped."), "good")
    return redirect(url_for("home.show_today"))


@blueprint.post("/coachvraag/concept/verwijdering")
@requires(ASK_COACHING)
def destroy_draft() -> ResponseReturnValue:
    """Begin anew."""
    services.destroy_draft(acting(), read_form(WithdrawalSchema())["round_id"])
    flash(_("What you had filled in has been thrown away."))
    return redirect(url_for("coaching.edit_own_request"))
