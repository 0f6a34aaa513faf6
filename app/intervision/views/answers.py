"""Whether IB'ers take part in a season: an IB'er's own answer, and all of them for the coordinator."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.coaching.participants import schools_in
from app.coaching.queries import network_themes
from app.intervision import labels
from app.intervision.policy import JOIN_IN, RUN_SEASONS
from app.intervision.queries import (
    answers_in,
    participation_of,
    published_at,
    season_to_answer,
    season_with,
)
from app.intervision.schemas import AnswerForSchema, AnswersFilterSchema, OwnAnswerSchema
from app.intervision.services import answers as services
from app.intervision.services.reminders import remind_at_once, reminded_by_hand
from app.intervision.values import new_answer, typed_answer, values_of_answer
from app.intervision.views.answers_page import answer_rows
from app.intervision.views.blueprint import blueprint
from app.intervision.views.season_page import season_page
from app.kernel.clock import today
from app.kernel.errors import Invalid, NotFound
from app.kernel.permissions import Role
from app.organisation.queries import holder_ids, holders, people_by_id, workplaces
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires
from app.web.paging import page_of


@blueprint.get("/intervisie/aanmelding")
@requires(JOIN_IN)
def edit_own_answer() -> ResponseReturnValue:
    """My answer for the season that is being planned, as I gave it or still to give."""
    season = season_to_answer()
    if season is None:
        return render_template("intervision/no_answer.html")
    mine = participation_of(season.id, acting().person_id)
    values = values_of_answer(mine, own=True) if mine else new_answer(acting().person_id, own=True)
    return _own_form(values, {})


@blueprint.post("/intervisie/aanmelding")
@requires(JOIN_IN)
def update_own_answer() -> ResponseReturnValue:
    """Say that I take part, or that I do not."""
    schema = OwnAnswerSchema()
    try:
        data = read_form(schema)
        services.save_own_answer(acting(), data.pop("season_id"), data)
    except Invalid as wrong:
        return _own_form(typed_answer(schema), wrong.fields), 422
    if data["takes_part"]:
        flash(_("You take part. You get a mail as soon as your group is known."), "good")
    else:
        flash(_("You do not take part this time. Changed your mind? Answer again."), "good")
    return redirect(url_for("intervision.show_own"))


@blueprint.get("/intervisie/seizoenen/<int:season_id>/aanmeldingen")
@requires(RUN_SEASONS)
def index_answers(season_id: int) -> ResponseReturnValue:
    """Who takes part, who does not, and who has not answered."""
    season, filters = season_with(season_id), read_query(AnswersFilterSchema())
    ibs, answers = holder_ids(Role.IB), answers_in(season_id)
    silent, reminded = ibs - answers.keys(), reminded_by_hand(season)
    return render_template(
        "intervision/answers.html",
        **season_page(season),
        filters=filters,
        page=page_of(answer_rows(ibs, answers, filters), filters["after"]),
        silent=len(silent),
        to_remind=len(silent - reminded),
        can_remind=season.join_until >= today(),
    )


@blueprint.get("/intervisie/seizoenen/<int:season_id>/aanmeldingen/<int:person_id>")
@requires(RUN_SEASONS)
def edit_answer_for(season_id: int, person_id: int) -> ResponseReturnValue:
    """The answer of an IB'er, for the coordinator who fills it in."""
    theirs = participation_of(season_id, person_id)
    values = values_of_answer(theirs, own=False) if theirs else new_answer(person_id, own=False)
    return _form_for(season_id, person_id, values, {})


@blueprint.post("/intervisie/seizoenen/<int:season_id>/aanmeldingen/<int:person_id>")
@requires(RUN_SEASONS)
def update_answer_for(season_id: int, person_id: int) -> ResponseReturnValue:
    """Answer for an IB'er."""
    schema = AnswerForSchema()
    try:
        services.save_answer_for(acting(), season_id, person_id, read_form(schema))
    except Invalid as wrong:
        return _form_for(season_id, person_id, typed_answer(schema), wrong.fields), 422
    flash(_("The answer has been saved."), "good")
    return redirect(url_for("intervision.index_answers", season_id=season_id))


@blueprint.post("/intervisie/seizoenen/<int:season_id>/herinnering")
@requires(RUN_SEASONS)
def create_season_reminder(season_id: int) -> ResponseReturnValue:
    """Mail everybody who has not answered."""
    count = remind_at_once(acting(), season_id)
    if count:
        flash(ngettext("%(num)s IB'er gets a mail.", "%(num)s IB'ers get a mail.", count), "good")
    else:
        flash(_("Nobody was mailed: who has not answered was reminded already, or has no address."))
    return redirect(url_for("intervision.index_answers", season_id=season_id))


def _own_form(values: dict[str, Any], errors: Any) -> str:
    season = season_to_answer()
    if season is None:
        return render_template("intervision/no_answer.html")
    return render_template(
        "intervision/own_answer.html",
        season=season,
        answer=participation_of(season.id, acting().person_id),
        is_late=season.join_until < today(),
        coordinators=holders(Role.COORDINATOR),
        **_fields(acting().person_id, values, errors),
    )


def _form_for(season_id: int, person_id: int, values: dict[str, Any], errors: Any) -> str:
    season = season_with(season_id)
    person = people_by_id({person_id}).get(person_id)
    work = workplaces({person_id}).get(person_id, [])
    if person is None or not any(place.role == Role.IB for place in work):
        raise NotFound
    return render_template(
        "intervision/answer_for.html",
        season=season,
        person=person,
        school=schools_in(work, Role.IB),
        publication=published_at(season_id),
        **_fields(person_id, values, errors),
    )


def _fields(person_id: int, values: dict[str, Any], errors: Any) -> dict[str, Any]:
    kept = [theme for theme in values["themes"] if isinstance(theme, str)]
    return {
        "values": values,
        "errors": errors,
        "labels": labels.ANSWER_FIELDS,
        "themes": list(network_themes(kept).items()),
        "experience": list(labels.EXPERIENCE.items()),
        "people": [(one.id, one.name) for one in holders(Role.IB) if one.id != person_id],
    }
