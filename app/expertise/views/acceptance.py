"""What an IB'er or leader proposed to me: take it over, or not."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.policy import KEEP_RECORDS
from app.expertise.schemas import AcceptancesSchema, VisibilitySchema
from app.expertise.services import acceptance as services
from app.expertise.views.blueprint import blueprint
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.post("/expertise/voorstellen/aanvaarding")
@requires(KEEP_RECORDS)
def create_acceptances() -> ResponseReturnValue:
    """Take over all that the page showed."""
    data = read_form(AcceptancesSchema())
    count = services.accept_proposals(acting(), data["proposals"], data["visibility"])
    flash(ngettext("%(num)s thing is yours now.", "%(num)s things are yours now.", count), "good")
    return _back()


@blueprint.post("/expertise/voorstellen/<int:proposal_id>/aanvaarding")
@requires(KEEP_RECORDS)
def create_acceptance(proposal_id: int) -> ResponseReturnValue:
    """Take one over."""
    services.accept_proposal(acting(), proposal_id, read_form(VisibilitySchema())["visibility"])
    flash(_("It is yours now. You can change it whenever you like."), "good")
    return _back()


@blueprint.post("/expertise/voorstellen/<int:proposal_id>/afwijzing")
@requires(KEEP_RECORDS)
def create_declining(proposal_id: int) -> ResponseReturnValue:
    """Let one go."""
    services.decline_proposal(acting(), proposal_id)
    undo = url_for("expertise.destroy_declining", proposal_id=proposal_id)
    flash_undo(_("The proposal is gone. Who made it does not get to know."), undo)
    return _back()


@blueprint.post("/expertise/voorstellen/<int:proposal_id>/afwijzing/intrekking")
@requires(KEEP_RECORDS)
def destroy_declining(proposal_id: int) -> ResponseReturnValue:
    """Let it wait again."""
    services.take_declining_back(acting(), proposal_id)
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("expertise.show_own"))
