"""Seasons: the list, a new one, and one of them."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision import labels
from app.intervision.models import Region
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import (
    groups_in,
    published_at,
    season_with,
    seasons,
    silent_in,
    taking_part_in_season,
)
from app.intervision.schemas import SeasonCopySchema, SeasonSchema
from app.intervision.school_weeks import school_weeks, years_without_holidays
from app.intervision.services.seasons import copied_season, plan_season, suggested_season
from app.intervision.services.seasons import create_season as plan_new_season
from app.intervision.views.blueprint import blueprint
from app.intervision.views.season_page import season_page
from app.intervision.views.season_progress import season_progress
from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires


@blueprint.get("/intervisie/seizoenen")
@requires(RUN_SEASONS)
def index_seasons() -> ResponseReturnValue:
    """Every season."""
    return render_template("intervision/seasons.html", seasons=seasons(), today=today())


@blueprint.get("/intervisie/seizoenen/nieuw")
@requires(RUN_SEASONS)
def new_season() -> ResponseReturnValue:
    """A form for a new season, filled in with what is likely, or with what an earlier season was."""
    earlier = read_query(SeasonCopySchema())["van"]
    values = copied_season(earlier) if earlier else suggested_season()
    return _new_form(values, {}, copied_from=earlier)


@blueprint.post("/intervisie/seizoenen")
@requires(RUN_SEASONS)
def create_season() -> ResponseReturnValue:
    """Plan a season."""
    try:
        season_id = plan_new_season(acting(), read_form(SeasonSchema()))
    except Invalid as wrong:
        return _new_form(request.form, wrong.fields), 422
    flash(_("The season has been planned. IB'ers can say now whether they take part."), "good")
    return redirect(url_for("intervision.index_answers", season_id=season_id))


@blueprint.get("/intervisie/seizoenen/<int:season_id>")
@requires(RUN_SEASONS)
def show_season(season_id: int) -> ResponseReturnValue:
    """Where a season stands."""
    season = season_with(season_id)
    page, taking_part = season_page(season), taking_part_in_season(season_id)
    if page["publication"]:
        standing = season_progress(season, taking_part)
    else:
        standing = {"silent": len(silent_in(season_id)), "groups": groups_in(season_id)}
    return render_template(
        "intervision/season.html",
        **page,
        **standing,
        taking_part=len(taking_part),
        weeks=len(school_weeks(season)),
        unknown_years=years_without_holidays(season),
        region=labels.REGIONS[Region(season.region)],
    )


@blueprint.get("/intervisie/seizoenen/<int:season_id>/planning")
@requires(RUN_SEASONS)
def edit_season(season_id: int) -> ResponseReturnValue:
    """Change days, sizes and the rest."""
    season = season_with(season_id)
    return _season_form(season_id, {name: getattr(season, name) for name in SeasonSchema().fields}, {})


@blueprint.post("/intervisie/seizoenen/<int:season_id>/planning")
@requires(RUN_SEASONS)
def update_season(season_id: int) -> ResponseReturnValue:
    """Save what was changed."""
    try:
        plan_season(acting(), season_id, read_form(SeasonSchema()))
    except Invalid as wrong:
        return _season_form(season_id, request.form, wrong.fields), 422
    flash(_("The season has been changed."), "good")
    return redirect(url_for("intervision.show_season", season_id=season_id))


def _new_form(values: Mapping[str, Any], errors: Any, copied_from: int | None = None) -> str:
    return render_template(
        "intervision/season_form.html",
        values=values,
        errors=errors,
        labels=labels.SEASON_FIELDS,
        regions=list(labels.REGIONS.items()),
        earlier=[(season.id, season.name) for season in seasons()],
        copied_from=copied_from,
    )


def _season_form(season_id: int, values: Mapping[str, Any], errors: Any) -> str:
    season = season_with(season_id)
    return render_template(
        "intervision/season_planning.html",
        season=season,
        publication=published_at(season_id),
        values=values,
        errors=errors,
        labels=labels.SEASON_FIELDS,
        regions=list(labels.REGIONS.items()),
    )
