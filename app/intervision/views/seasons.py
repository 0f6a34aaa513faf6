"""Seasons: the list, and one of them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import season_with, seasons
from app.intervision.views.blueprint import blueprint
from app.intervision.views.season_page import season_page
from app.web.guard import requires


@blueprint.get("/intervisie/seizoenen")
@requires(RUN_SEASONS)
def index_seasons() -> ResponseReturnValue:
    """Every season."""
    return render_template("intervision/seasons.html", seasons=seasons())


@blueprint.get("/intervisie/seizoenen/<int:season_id>")
@requires(RUN_SEASONS)
def show_season(season_id: int) -> ResponseReturnValue:
    """Where a season stands."""
    return render_template("intervision/season.html", **season_page(season_with(season_id)))
