"""Publish a round: first what it means, then the button."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import latest_proposal, publication_of, round_with, state_of
from app.coaching.services.publication import changed_since, not_calculated, publish_round
from app.coaching.views.blueprint import blueprint
from app.kernel.errors import NotFound
from app.web.guard import acting, requires


@blueprint.get("/koppelrondes/<int:round_id>/publicatie")
@requires(RUN_ROUNDS)
def new_publication(round_id: int) -> ResponseReturnValue:
    """What publishing means for how many people: it can't be undone."""
    matching_round, proposal = round_with(round_id), latest_proposal(round_id)
    if proposal is None:
        raise NotFound
    state = state_of(proposal)
    return render_template(
        "coaching/publication.html",
        round=matching_round,
        publication=publication_of(round_id),
        pairs=sum(head.coach_id is not None for head in state.heads),
        coaches=len({head.coach_id for head in state.heads if head.coach_id is not None}),
        unmatched=sum(head.coach_id is None for head in state.heads),
        changed=changed_since(proposal),
        pending=not_calculated(matching_round, state),
    )


@blueprint.post("/koppelrondes/<int:round_id>/publicatie")
@requires(RUN_ROUNDS)
def create_publication(round_id: int) -> ResponseReturnValue:
    """Publish: everybody gets a mail, and finds the pair at the next sign-in."""
    publish_round(acting(), round_id)
    flash(_("The pairs have been published. Everybody gets a mail."), "good")
    return redirect(url_for("coaching.show_proposal", round_id=round_id))
