"""Answer a question of a colleague."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.expertise.policy import CONSULT
from app.expertise.schemas import PassingSchema
from app.expertise.services import answers as services
from app.expertise.views.blueprint import blueprint
from app.expertise.views.consultations import consultation_page
from app.kernel.errors import Invalid
from app.web.forms import read_form
from app.web.guard import acting, requires


@blueprint.post("/raadpleegvragen/<int:consultation_id>/toezegging")
@requires(CONSULT)
def create_promise(consultation_id: int) -> ResponseReturnValue:
    """I help."""
    services.take(acting(), consultation_id)
    flash(_("You help your colleague, who gets a mail about it."), "good")
    return redirect(url_for(".show_consultation", consultation_id=consultation_id))


@blueprint.post("/raadpleegvragen/<int:consultation_id>/afwijzing")
@requires(CONSULT)
def create_refusal(consultation_id: int) -> ResponseReturnValue:
    """I can't, without a reason."""
    services.decline(acting(), consultation_id)
    flash(_("You said that you can't this time. Nobody asks why."))
    return redirect(url_for(".index_consultations"))


@blueprint.post("/raadpleegvragen/<int:consultation_id>/doorgave")
@requires(CONSULT)
def create_passing(consultation_id: int) -> ResponseReturnValue:
    """Somebody else can help better."""
    services.question_to_pass_on(acting(), consultation_id)
    try:
        services.pass_on(acting(), consultation_id, read_form(PassingSchema())["person_id"])
    except Invalid as wrong:
        return consultation_page(consultation_id, {"minutes": "", "thanks": ""}, wrong.fields), 422
    flash(_("You passed the question on. Your colleague is asked now."), "good")
    return redirect(url_for(".index_consultations"))
