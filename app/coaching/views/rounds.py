"""Rounds: the list, a new one, the fairness slider."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.labels import PHASES
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import round_states, rounds
from app.coaching.schemas import CopySchema, RoundSchema, SufficiencySchema
from app.coaching.services.proposals import start_calculation
from app.coaching.services.rounds import copied_round, suggested_round, update_sufficiency
from app.coaching.services.rounds import create_round as open_new_round
from app.coaching.views.blueprint import blueprint
from app.kernel.errors import Invalid
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires


@blueprint.get("/koppelingen")
@requires(RUN_ROUNDS)
def show_current_round() -> ResponseReturnValue:
    """The proposal of the latest round, once published how its pairs are doing; without any round, how to begin."""
    latest = round_states()
    if not latest:
        return redirect(url_for("coaching.index_rounds"))
    shown = next((state for state in latest if not state.archived_at), latest[0])
    if shown.publication:
        return redirect(url_for("coaching.show_progress", published_id=shown.round.id))
    return redirect(url_for("coaching.show_proposal", round_id=shown.round.id))


@blueprint.get("/koppelrondes")
@requires(RUN_ROUNDS)
def index_rounds() -> ResponseReturnValue:
    """Every round."""
    everything = rounds()
    return render_template(
        "coaching/rounds.html",
        rounds=[one for one in everything if not one.state.archived_at],
        archived=[one for one in everything if one.state.archived_at],
        phases=PHASES,
    )


@blueprint.get("/koppelrondes/nieuw")
@requires(RUN_ROUNDS)
def new_round() -> ResponseReturnValue:
    """A form for a new round, filled in with what is likely, or with what an earlier round was."""
    earlier = read_query(CopySchema())["van"]
    return _form(copied_round(earlier) if earlier else suggested_round(), {})


@blueprint.post("/koppelrondes")
@requires(RUN_ROUNDS)
def create_round() -> ResponseReturnValue:
    """Open a round."""
    try:
        round_id = open_new_round(acting(), read_form(RoundSchema()))
    except Invalid as wrong:
        return _form(request.form, wrong.fields), 422
    flash(_("The round is open. IB'ers can send their requests now."), "good")
    return redirect(url_for("coaching.index_requests", round_id=round_id))


@blueprint.post("/koppelrondes/<int:round_id>/ondergrens")
@requires(RUN_ROUNDS)
def update_round_sufficiency(round_id: int) -> ResponseReturnValue:
    """Move the fairness slider, and calculate with it."""
    update_sufficiency(acting(), round_id, read_form(SufficiencySchema())["points"] * 10)
    start_calculation(acting(), round_id)
    return redirect(url_for("coaching.show_calculation", round_id=round_id))


def _form(values: Mapping[str, Any], errors: Any) -> str:
    copied_from = values.get("copied_from", "")
    earlier = [(state.round.id, state.round.name) for state in round_states()]
    return render_template(
        "coaching/round_form.html",
        values=values,
        errors=errors,
        earlier=earlier,
        copied_from=copied_from if str(copied_from) in {str(one) for one, _name in earlier} else "",
    )
