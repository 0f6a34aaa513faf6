"""For the coordinator: every trajectory, how far it is, and what came of all of them together."""

from collections.abc import Iterable
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import all_trajectories, benefit_by_round, counts_of
from app.coaching.review_labels import OUTCOMES, SIDES_IN_PLURAL, STATEMENTS_IN_SHORT
from app.coaching.schemas import TrajectoryFilterSchema
from app.coaching.views.blueprint import blueprint
from app.goals.labels import MOMENTS
from app.kernel.privacy import SMALLEST_GROUP
from app.web.forms import read_query
from app.web.guard import acting, requires
from app.web.navigation import Tab
from app.web.paging import page_of


@blueprint.get("/trajecten")
@requires(RUN_ROUNDS)
def index_trajectories() -> ResponseReturnValue:
    """Every trajectory: what is quiet first."""
    filters = read_query(TrajectoryFilterSchema())
    everything = all_trajectories(acting())
    shown = [one for one in everything if one.is_shown(filters["show"]) and one.fits(filters["q"])]
    return render_template(
        "coaching/trajectories.html",
        tabs=_tabs(),
        filters=filters,
        counts=counts_of(everything),
        has_any=bool(everything),
        page=page_of(shown, filters["after"]),
        outcomes=OUTCOMES,
    )


@blueprint.get("/trajecten/opbrengst")
@requires(RUN_ROUNDS)
def show_benefit() -> ResponseReturnValue:
    """What came of it, of groups that are large enough."""
    return render_template(
        "coaching/benefit.html",
        tabs=_tabs(),
        rounds=benefit_by_round(acting()),
        outcomes=OUTCOMES,
        sides=SIDES_IN_PLURAL,
        statements=STATEMENTS_IN_SHORT,
        moments=MOMENTS,
        smallest=SMALLEST_GROUP,
        columns=_number_columns,
    )


def _number_columns(labels: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"label": str(label), "number": True} for label in labels]


def _tabs() -> list[Tab]:
    parts = ((_("Coaching"), "coaching.index_trajectories"), (_("Results"), "coaching.show_benefit"))
    return [Tab(label, url_for(endpoint), endpoint == request.endpoint) for label, endpoint in parts]
