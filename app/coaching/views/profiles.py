"""Profiles: a coach's own, and those of all coaches for the coordinator."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.participants import narrowed, offering
from app.coaching.policy import OFFER_COACHING, RUN_ROUNDS
from app.coaching.queries import closed_round, profile_of, publication_of, round_with, strengths_of
from app.coaching.schemas import ProfileSchema, SearchSchema
from app.coaching.services import profiles as services
from app.coaching.services.absence import absence_from_today, absence_of
from app.coaching.values import empty_profile, typed_profile, values_of_profile
from app.coaching.views.blueprint import blueprint
from app.coaching.views.form_words import board_choices, choices_of, form_words
from app.coaching.views.profile_page import profile_page
from app.coaching.views.round_tabs import round_tabs
from app.coaching.views.timeline import timeline_of
from app.kernel.errors import Invalid, NotFound
from app.kernel.permissions import Role
from app.organisation.queries import holders, people_by_id, workplaces
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires
from app.web.paging import page_of


@blueprint.get("/coachprofiel")
@requires(OFFER_COACHING)
def edit_own_profile() -> ResponseReturnValue:
    """What I offer as a coach."""
    return _own_page(_kept_values(acting().person_id), {})


@blueprint.post("/coachprofiel")
@requires(OFFER_COACHING)
def update_own_profile() -> ResponseReturnValue:
    """Keep what I offer."""
    schema = ProfileSchema()
    try:
        services.save_own_profile(acting(), read_form(schema))
    except Invalid as wrong:
        return _own_page(typed_profile(schema), wrong.fields), 422
    flash(_("Your profile has been saved."), "good")
    return redirect(url_for("coaching.show_own_profile"))


@blueprint.get("/coachprofiel/overzicht")
@requires(OFFER_COACHING)
def show_own_profile() -> ResponseReturnValue:
    """What I offer, to be read again, and who sees it."""
    profile = profile_of(acting().person_id)
    if profile is None:
        return redirect(url_for("coaching.edit_own_profile"))
    return render_template("coaching/profile.html", **profile_page(profile))


@blueprint.get("/koppelrondes/<int:round_id>/coaches")
@requires(RUN_ROUNDS)
def index_coaches(round_id: int) -> ResponseReturnValue:
    """Who can coach, how many, and whose profile is missing."""
    matching_round = round_with(round_id)
    filters, coaches = read_query(SearchSchema()), offering(matching_round)
    return render_template(
        "coaching/coaches.html",
        round=matching_round,
        tabs=round_tabs(matching_round),
        timeline=timeline_of(round_id),
        filters=filters,
        page=page_of(narrowed(coaches, filters), filters["after"]),
        offered=sum(coach.places or 0 for coach in coaches),
        taken=sum(coach.matched for coach in coaches),
        is_published=publication_of(round_id) is not None,
    )


@blueprint.get("/koppelrondes/<int:round_id>/coaches/<int:person_id>")
@requires(RUN_ROUNDS)
def edit_profile_for(round_id: int, person_id: int) -> ResponseReturnValue:
    """The profile of a coach."""
    return _page_for(round_id, person_id, _kept_values(person_id), {})


@blueprint.post("/koppelrondes/<int:round_id>/coaches/<int:person_id>")
@requires(RUN_ROUNDS)
def update_profile_for(round_id: int, person_id: int) -> ResponseReturnValue:
    """Enter or change the profile of a coach."""
    matching_round, schema = round_with(round_id), ProfileSchema()
    try:
        services.save_profile_for(acting(), person_id, read_form(schema))
    except Invalid as wrong:
        return _page_for(round_id, person_id, typed_profile(schema), wrong.fields), 422
    flash(_("The profile has been saved. Calculate again to see what it changes."), "good")
    return redirect(url_for("coaching.index_coaches", round_id=matching_round.id))


def _kept_values(person_id: int) -> dict[str, Any]:
    profile = profile_of(person_id)
    return values_of_profile(profile, dict(board_choices())) if profile else empty_profile()


def _own_page(values: dict[str, Any], errors: Any) -> str:
    words = _words(acting().person_id)
    profile, closed = profile_of(acting().person_id), closed_round()
    return render_template(
        "coaching/own_profile.html",
        values=values,
        errors=errors,
        words=words,
        has_profile=profile is not None,
        absence=absence_of(profile) if profile else None,
        summer=absence_from_today("summer").end,
        closed_round=closed.round if closed else None,
    )


def _words(person_id: int) -> dict[str, Any]:
    profile = profile_of(person_id)
    return {
        **form_words(strengths_of(profile.id) if profile else ()),
        "boards": board_choices(),
        "people": choices_of(holders(Role.IB), but=person_id),
        "starts_at_school": any(place.school_id for place in workplaces({person_id}).get(person_id, [])),
    }


def _page_for(round_id: int, person_id: int, values: dict[str, Any], errors: Any) -> str:
    person = people_by_id({person_id}).get(person_id)
    if person is None:
        raise NotFound
    return render_template(
        "coaching/profile_for.html",
        round=round_with(round_id),
        person=person,
        values=values,
        errors=errors,
        words=_words(person_id),
    )
