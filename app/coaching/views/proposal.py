"""The proposal of a round, and its calculation while it runs."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import latest_proposal, publication_of, request_with, round_with
from app.coaching.schemas import ProposalFilterSchema
from app.coaching.services.proposals import CALCULATION, cancel_calculation, start_calculation
from app.coaching.views.blueprint import blueprint
from app.coaching.views.pair_page import pair_page
from app.coaching.views.proposal_page import proposal_page
from app.coaching.views.round_tabs import round_tabs
from app.coaching.views.timeline import timeline_of
from app.jobs.models import LongWork
from app.jobs.progress import work_on
from app.kernel.errors import NotFound
from app.web.forms import read_query
from app.web.guard import acting, requires


@dataclass(frozen=True, slots=True)
class CalculationOnPage:
    """A calculation as the progress bar shows it."""

    id: int
    state: str
    percent: int | None
    """None where that is not known."""
    title: str
    text: str
    url: str
    cancel_url: str
    result_url: str
    result_label: str


@blueprint.get("/koppelrondes/<int:round_id>/voorstel")
@requires(RUN_ROUNDS)
def show_proposal(round_id: int) -> ResponseReturnValue:
    """Every IB'er with the coach proposed; who has none on top."""
    matching_round = round_with(round_id)
    proposal = latest_proposal(round_id)
    common = {
        "round": matching_round,
        "tabs": round_tabs(matching_round),
        "timeline": timeline_of(round_id),
        "publication": publication_of(round_id),
        "calculation": calculation_under_way(round_id),
    }
    if proposal is None:
        return render_template("coaching/no_proposal.html", **common)
    page = proposal_page(matching_round, proposal, read_query(ProposalFilterSchema()))
    return render_template("coaching/proposal.html", **common, **page)


@blueprint.get("/koppelrondes/<int:round_id>/voorstel/<int:request_id>")
@requires(RUN_ROUNDS)
def show_proposed_pair(round_id: int, request_id: int) -> ResponseReturnValue:
    """Why this coach, and who else: the fold of a row, or without script a page of its own."""
    matching_round, proposal = round_with(round_id), latest_proposal(round_id)
    asked = request_with(acting(), request_id)
    if proposal is None:
        raise NotFound
    template = "coaching/pair_fold.html" if "HX-Request" in request.headers else "coaching/pair.html"
    values = pair_page(proposal, asked)
    return render_template(template, round=matching_round, publication=publication_of(round_id), **values)


@blueprint.post("/koppelrondes/<int:round_id>/berekening")
@requires(RUN_ROUNDS)
def create_calculation(round_id: int) -> ResponseReturnValue:
    """Calculate the proposal, or calculate it again."""
    start_calculation(acting(), round_id)
    return redirect(url_for("coaching.show_calculation", round_id=round_id))


@blueprint.get("/koppelrondes/<int:round_id>/berekening")
@requires(RUN_ROUNDS)
def show_calculation(round_id: int) -> ResponseReturnValue:
    """How far the calculation is; once it is done, its result."""
    matching_round = round_with(round_id)
    work = work_on(CALCULATION, round_id)
    if work is None:
        raise NotFound
    result = result_url(round_id)
    is_swap = "HX-Request" in request.headers
    if work.state == "done":
        return ("", 200, {"HX-Redirect": result}) if is_swap else redirect(result)
    template = "coaching/calculation_bar.html" if is_swap else "coaching/calculation.html"
    return render_template(template, round=matching_round, job=calculation_on_page(work))


@blueprint.post("/koppelrondes/<int:round_id>/berekening/annulering")
@requires(RUN_ROUNDS)
def destroy_calculation(round_id: int) -> ResponseReturnValue:
    """Stop the calculation; an earlier proposal stays."""
    cancel_calculation(acting(), round_id)
    return redirect(url_for("coaching.show_calculation", round_id=round_id))


def result_url(round_id: int) -> str:
    """Where a calculation leads to: the proposal, or of a published round the change."""
    if publication_of(round_id):
        return url_for("coaching.show_change", published_id=round_id)
    return url_for("coaching.show_proposal", round_id=round_id)


def calculation_under_way(round_id: int) -> CalculationOnPage | None:
    """The calculation of a round while it runs."""
    work = work_on(CALCULATION, round_id)
    return calculation_on_page(work) if work and not work.has_ended else None


def calculation_on_page(work: LongWork) -> CalculationOnPage:
    """A calculation in words."""
    stages: dict[str, Any] = {
        "reading": _("Reading requests and profiles."),
        "matching": _("Looking for the best possible pairs."),
        "explanation": _("Working out what every other choice would cost."),
        "comparing": _("Comparing with other lines of fairness, and looking for new coaches."),
    }
    return CalculationOnPage(
        id=work.id,
        state=work.state,
        percent=work.percent,
        title=_("Calculating the proposal"),
        text=str(stages.get(work.stage, "")),
        url=url_for("coaching.show_calculation", round_id=work.subject_id),
        cancel_url=url_for("coaching.destroy_calculation", round_id=work.subject_id),
        result_url=result_url(work.subject_id),
        result_label=_("View the result"),
    )
