"""Asking further about a proposal: where it gets stuck, and what the last calculation changed."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import latest_proposal, publication_of, round_with
from app.coaching.schemas import ComparisonSchema
from app.coaching.views.blueprint import blueprint
from app.coaching.views.bottlenecks_page import bottlenecks_page
from app.coaching.views.comparison_page import comparison_page
from app.coaching.views.round_tabs import round_tabs
from app.coaching.views.timeline import timeline_of
from app.web.forms import read_query
from app.web.guard import requires


@blueprint.get("/koppelrondes/<int:round_id>/knelpunten")
@requires(RUN_ROUNDS)
def show_bottlenecks(round_id: int) -> ResponseReturnValue:
    """Where the round gets stuck and what would help most."""
    matching_round, proposal = round_with(round_id), latest_proposal(round_id)
    common = {
        "round": matching_round,
        "tabs": round_tabs(matching_round),
        "publication": publication_of(round_id),
        "timeline": timeline_of(round_id),
    }
    if proposal is None:
        return render_template("coaching/no_proposal.html", calculation=None, **common)
    return render_template(
        "coaching/bottlenecks.html", proposal=proposal, **common, **bottlenecks_page(proposal)
    )


@blueprint.get("/koppelrondes/<int:round_id>/vergelijking")
@requires(RUN_ROUNDS)
def show_comparison(round_id: int) -> ResponseReturnValue:
    """Two calculations of a round side by side, and why each pair changed."""
    matching_round = round_with(round_id)
    page = comparison_page(matching_round, read_query(ComparisonSchema()))
    return render_template("coaching/comparison.html", round=matching_round, **page)
