"""A round after its publication: how every pair is doing, and who waits for a coach."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.coaching.policy import RUN_ROUNDS
from app.coaching.schemas import ProgressFilterSchema, SearchSchema
from app.coaching.views.blueprint import blueprint
from app.coaching.views.progress_page import progress_page, published_round, running_page
from app.coaching.views.waiting_page import waiting_page
from app.web.forms import read_query
from app.web.guard import requires


@blueprint.get("/koppelrondes/<int:published_id>/verloop")
@requires(RUN_ROUNDS)
def show_progress(published_id: int) -> ResponseReturnValue:
    """Every pair with where it stands; those that need a person on top."""
    matching_round, publication = published_round(published_id)
    return render_template(
        "coaching/progress.html",
        **running_page(matching_round, publication),
        **progress_page(publication, read_query(ProgressFilterSchema())),
    )


@blueprint.get("/koppelrondes/<int:published_id>/wachtlijst")
@requires(RUN_ROUNDS)
def index_waiting(published_id: int) -> ResponseReturnValue:
    """Who has no coach now, in the order in which they go first, and why."""
    matching_round, publication = published_round(published_id)
    return render_template(
        "coaching/waiting.html",
        **running_page(matching_round, publication),
        **waiting_page(matching_round, publication, read_query(SearchSchema())),
    )
