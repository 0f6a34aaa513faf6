"""The proof sheet of a pair: of any pair of a round for the coordinator, of their own for two who were matched."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.coaching.policy import RUN_ROUNDS, SEE_REQUESTS
from app.coaching.queries import match_with, publication_of, request_with, round_with
from app.coaching.views.blueprint import blueprint
from app.coaching.views.proof_page import proof_page
from app.coaching.views.published_proof import published_proof
from app.web.guard import acting, requires


@blueprint.get("/koppelrondes/<int:round_id>/koppels/<int:request_id>/<int:coach_id>/bewijs")
@requires(RUN_ROUNDS)
def show_proof(round_id: int, request_id: int, coach_id: int) -> ResponseReturnValue:
    """Each rule for a pair, as it would be judged now: also a pair that nobody proposed."""
    matching_round = round_with(round_id)
    asked = request_with(acting(), request_id)
    return render_template(
        "coaching/proof.html", round=matching_round, **proof_page(matching_round, asked, coach_id)
    )


@blueprint.get("/koppelingen/<int:match_id>/bewijs")
@requires(SEE_REQUESTS)
def show_match_proof(match_id: int) -> ResponseReturnValue:
    """Each rule for a published pair, as it was tested then."""
    match = match_with(acting(), match_id)
    matching_round = round_with(match.round_id)
    return render_template(
        "coaching/match_proof.html",
        match=match,
        round=matching_round,
        publication=publication_of(match.round_id),
        is_coordinator=acting().may(RUN_ROUNDS),
        **published_proof(matching_round, match),
    )
