"""What one rule with more room would do: try it, watch it being worked out, read what came out."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.models import MatchingRound, Proposal
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import attempt_with, latest_proposal, round_with
from app.coaching.schemas import USUAL_MINUTES, WhatIfSchema
from app.coaching.services.attempts import TRIAL, cancel_attempt, start_attempt
from app.coaching.views.blueprint import blueprint
from app.coaching.views.proposal import CalculationOnPage
from app.coaching.views.what_if_page import asked_in, change_of, tried, what_if_page
from app.jobs.models import LongWork
from app.jobs.progress import work_on
from app.kernel.errors import Invalid, NotFound
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires

USUAL: dict[str, Any] = {"minutes": USUAL_MINUTES, "rounds": 0, "points": 0, "request_id": 0, "coach_id": 0}


@blueprint.get("/koppelrondes/<int:round_id>/wat-als")
@requires(RUN_ROUNDS)
def show_what_if(round_id: int) -> ResponseReturnValue:
    """The rules that can be tried with more room."""
    matching_round, proposal = _round_with_proposal(round_id)
    page = what_if_page(matching_round, proposal, USUAL)
    return render_template(
        "coaching/what_if.html", round=matching_round, proposal=proposal, errors={}, **page
    )


@blueprint.post("/koppelrondes/<int:round_id>/wat-als")
@requires(RUN_ROUNDS)
def create_attempt(round_id: int) -> ResponseReturnValue:
    """Try one of them."""
    matching_round, proposal = _round_with_proposal(round_id)
    schema = WhatIfSchema()
    try:
        attempt = start_attempt(acting(), round_id, change_of(read_form(schema)))
    except Invalid as wrong:
        page = what_if_page(matching_round, proposal, {**USUAL, **form_values(schema)})
        return render_template(
            "coaching/what_if.html", round=matching_round, proposal=proposal, errors=wrong.fields, **page
        ), 422
    return redirect(url_for("coaching.show_attempt", round_id=round_id, attempt_id=attempt.id))


@blueprint.get("/koppelrondes/<int:round_id>/wat-als/<int:attempt_id>")
@requires(RUN_ROUNDS)
def show_attempt(round_id: int, attempt_id: int) -> ResponseReturnValue:
    """What came out of an attempt, or how far it is."""
    matching_round, proposal = _round_with_proposal(round_id)
    attempt = attempt_with(round_id, attempt_id)
    is_swap = "HX-Request" in request.headers
    if attempt.effect is None:
        job = _on_page(work_on(TRIAL, round_id), attempt.id)
        template = "coaching/calculation_bar.html" if is_swap else "coaching/calculation.html"
        return render_template(template, round=matching_round, job=job)
    if is_swap:
        return "", 200, {"HX-Redirect": request.path}
    page = what_if_page(matching_round, proposal, {**USUAL, **asked_in(tried(attempt))}, attempt)
    return render_template(
        "coaching/what_if.html", round=matching_round, proposal=proposal, errors={}, **page
    )


@blueprint.post("/koppelrondes/<int:round_id>/wat-als/<int:attempt_id>/annulering")
@requires(RUN_ROUNDS)
def destroy_attempt(round_id: int, attempt_id: int) -> ResponseReturnValue:
    """Stop working it out."""
    attempt_with(round_id, attempt_id)
    cancel_attempt(acting(), round_id)
    return redirect(url_for("coaching.show_attempt", round_id=round_id, attempt_id=attempt_id))


def _round_with_proposal(round_id: int) -> tuple[MatchingRound, Proposal]:
    matching_round, proposal = round_with(round_id), latest_proposal(round_id)
    if proposal is None:
        raise NotFound
    return matching_round, proposal


def _on_page(work: LongWork | None, attempt_id: int) -> CalculationOnPage:
    """An attempt as the progress bar shows it."""
    if work is None:
        raise NotFound
    url = url_for("coaching.show_attempt", round_id=work.subject_id, attempt_id=attempt_id)
    return CalculationOnPage(
        id=work.id,
        state=work.state,
        percent=None,
        title=_("Working out what one rule with more room would do"),
        text=_("Nothing is changed."),
        url=url,
        cancel_url=url_for("coaching.destroy_attempt", round_id=work.subject_id, attempt_id=attempt_id),
        result_url=url_for("coaching.show_what_if", round_id=work.subject_id),
        result_label=_("Try something else"),
    )
