"""Rounds: the list, a new one, the fairness slider."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import rounds
from app.coaching.schemas import RoundSchema, SufficiencySchema
from app.coaching.services.proposals import start_calculation
from app.coaching.services.rounds import create_round as open_new_round
from app.coaching.services.rounds import suggested_round, update_sufficiency
from app.coaching.views.blueprint import blueprint
from app.kernel.errors import Invalid
from app.web.forms import read_form
from app.web.guard import acting, requires


@blueprint.get("/koppelingen")
@requires(RUN_ROUNDS)
def show_current_round() -> ResponseReturnValue:
    """The proposal of the latest round, once published how its pairs are doing; without any round, how to begin."""
    latest = rounds()
    if not latest:
        return redirect(url_for("coaching.index_rounds"))
    if latest[0].publication:
        return redirect(url_for("coaching.show_progress", published_id=latest[0].round.id))
    return redirect(url_for("coaching.show_proposal", round_id=latest[0].round.id))


@blueprint.get("/koppelrondes")
@requires(RUN_ROUNDS)
def index_rounds() -> ResponseReturnValue:
    """Every round."""
    return render_template("coaching/rounds.html", rounds=rounds())


@blueprint.get("/koppelrondes/nieuw")
@requires(RUN_ROUNDS)
def new_round() -> ResponseReturnValue:
    """A form for a new round, filled in with what is likely."""
    return render_template("coaching/round_form.html", values=suggested_round(), errors={})


@blueprint.post("/koppelrondes")
@requires(RUN_ROUNDS)
def create_round() -> ResponseReturnValue:
    """Open a round."""
    try:
        round_id = open_new_round(acting(), read_form(RoundSchema()))
    except Invalid as wrong:
        return render_template("coaching/round_form.html", values=request.form, errors=wrong.fields), 422
    flash(_("The round is open. IB'ers can send their requests now."), "good")
    return redirect(url_for("coaching.index_requests", round_id=round_id))


@blueprint.post("/koppelrondes/<int:round_id>/ondergrens")
@requires(RUN_ROUNDS)
def update_round_sufficiency(round_id: int) -> ResponseReturnValue:
    """Move the fairness slider, and calculate with it."""
    update_sufficiency(acting(), round_id, read_form(SufficiencySchema())["points"] * 10)
    start_calculation(acting(), round_id)
    return redirect(url_for("coaching.show_calculation", round_id=round_id))
