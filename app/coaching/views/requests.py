"""Requests: an IB'er's own, and those of a round for the coordinator."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.models import MatchingRound
from app.coaching.participants import asking, narrowed
from app.coaching.policy import ASK_COACHING, RUN_ROUNDS
from app.coaching.queries import (
    closed_round,
    draft_of,
    late_round,
    open_round,
    publication_of,
    request_by,
    requests_by,
    round_with,
    themes_of,
)
from app.coaching.schemas import OwnRequestSchema, RequestForSchema, SearchSchema, WithdrawalSchema
from app.coaching.services import requests as services
from app.coaching.values import empty_request, typed_request, values_of_request
from app.coaching.views.blueprint import blueprint
from app.coaching.views.form_words import choices_of, form_words
from app.coaching.views.round_tabs import round_tabs
from app.coaching.views.sent_request import sent_request_page
from app.coaching.views.timeline import timeline_of
from app.kernel.clock import today
from app.kernel.errors import Invalid, NotFound
from app.kernel.permissions import Role
from app.organisation.queries import holders, people_by_id
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires
from app.web.paging import page_of


@blueprint.get("/coachvraag")
@requires(ASK_COACHING)
def edit_own_request() -> ResponseReturnValue:
    """My request in the open round: as I sent it, as I left it, or still empty."""
    current, sent = _round_to_ask_in(), requests_by(acting().person_id)
    if current is None:
        closed = closed_round()
        asked = [one for one in sent if closed is None or one.round.id == closed.round.id]
        if asked:
            return redirect(url_for("coaching.show_own_request", round_id=asked[0].round.id))
        return own_request_page(empty_request(), {})
    mine = request_by(acting().person_id, current.id)
    draft = draft_of(acting(), current.id)
    values = empty_request(request.args.get("travel_limit", type=int))
    if mine:
        values = values_of_request(mine, with_question=True)
    elif draft:
        values |= draft.values
    return own_request_page(values, {})


@blueprint.get("/coachvraag/<int:round_id>")
@requires(ASK_COACHING)
def show_own_request(round_id: int) -> ResponseReturnValue:
    """What I asked in a round, and what became of it."""
    mine = [sent for sent in requests_by(acting().person_id) if sent.round.id == round_id]
    if not mine:
        raise NotFound
    return render_template("coaching/sent_request.html", **sent_request_page(mine[0]))


@blueprint.post("/coachvraag")
@requires(ASK_COACHING)
def update_own_request() -> ResponseReturnValue:
    """Send my request, or change it."""
    schema = OwnRequestSchema()
    try:
        data = read_form(schema)
        round_id = data.pop("round_id")
        services.save_own_request(acting(), round_id, data)
    except Invalid as wrong:
        return own_request_page(typed_request(schema), wrong.fields), 422
    if publication_of(round_id):
        flash(_("Your request has been saved. Your network coordinator looks for a coach for you."), "good")
    else:
        flash(_("Your request has been sent."), "good")
    return redirect(url_for("coaching.show_own_request", round_id=round_id))


@blueprint.post("/coachvraag/intrekking")
@requires(ASK_COACHING)
def destroy_own_request() -> ResponseReturnValue:
    """Take my request back."""
    services.destroy_own_request(acting(), read_form(WithdrawalSchema())["round_id"])
    flash(_("Your request has been withdrawn."))
    return redirect(url_for("coaching.edit_own_request"))


@blueprint.get("/koppelrondes/<int:round_id>/coachvragen")
@requires(RUN_ROUNDS)
def index_requests(round_id: int) -> ResponseReturnValue:
    """Who asked in this round, and who did not."""
    matching_round = round_with(round_id)
    filters = read_query(SearchSchema())
    return render_template(
        "coaching/requests.html",
        round=matching_round,
        tabs=round_tabs(matching_round),
        timeline=timeline_of(round_id),
        filters=filters,
        page=page_of(narrowed(asking(matching_round), filters), filters["after"]),
        is_published=publication_of(round_id) is not None,
        is_over=matching_round.ends_on < today(),
    )


@blueprint.get("/koppelrondes/<int:round_id>/coachvragen/<int:person_id>")
@requires(RUN_ROUNDS)
def edit_request_for(round_id: int, person_id: int) -> ResponseReturnValue:
    """The request of an IB'er, without the question in her own words."""
    theirs = request_by(person_id, round_id)
    values = values_of_request(theirs, with_question=False) if theirs else empty_request()
    suggested = request.args.get("travel_limit", type=int)
    return _page_for(round_id, person_id, values | ({"travel_limit": suggested} if suggested else {}), {})


@blueprint.post("/koppelrondes/<int:round_id>/coachvragen/<int:person_id>")
@requires(RUN_ROUNDS)
def update_request_for(round_id: int, person_id: int) -> ResponseReturnValue:
    """Enter or change the request of an IB'er."""
    schema = RequestForSchema()
    try:
        services.save_request_for(acting(), round_id, person_id, read_form(schema))
    except Invalid as wrong:
        return _page_for(round_id, person_id, typed_request(schema), wrong.fields), 422
    if publication_of(round_id):
        flash(_("The request has been saved. Calculate a change to see whether there is a coach."), "good")
        return redirect(url_for("coaching.index_waiting", published_id=round_id))
    flash(_("The request has been saved. Calculate again to see what it changes."), "good")
    return redirect(url_for("coaching.show_proposal", round_id=round_id))


def _round_to_ask_in() -> MatchingRound | None:
    """The open round; without one, and none that is being matched, a published round that she can still join."""
    current = open_round()
    if current or closed_round():
        return current
    return late_round(acting().person_id)


def own_request_page(values: dict[str, Any], errors: Any) -> str:
    """The form of an IB'er's own request; without an open round what she can do instead."""
    current, closed = _round_to_ask_in(), closed_round()
    mine = request_by(acting().person_id, current.id) if current else None
    shown = current or (closed.round if closed else None)
    return render_template(
        "coaching/own_request.html",
        round=current,
        is_late=current is not None and publication_of(current.id) is not None,
        closed_round=closed.round if closed else None,
        sent=mine,
        draft=draft_of(acting(), shown.id) if shown and not mine else None,
        coordinators=holders(Role.COORDINATOR),
        earlier=[one for one in requests_by(acting().person_id) if one.is_published],
        values=values,
        errors=errors,
        **form_words(themes_of(mine.id) if mine else ()),
        coaches=choices_of(holders(Role.COACH), but=acting().person_id),
    )


def _page_for(round_id: int, person_id: int, values: dict[str, Any], errors: Any) -> str:
    person = people_by_id({person_id}).get(person_id)
    if person is None:
        raise NotFound
    theirs = request_by(person_id, round_id)
    return render_template(
        "coaching/request_for.html",
        round=round_with(round_id),
        person=person,
        values=values,
        errors=errors,
        **form_words(themes_of(theirs.id) if theirs else ()),
        coaches=choices_of(holders(Role.COACH), but=person_id),
    )
