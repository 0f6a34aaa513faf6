"""An IB'er's own intervision: her group, her sessions, and where a seat is free."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.intervision.policy import JOIN_IN
from app.intervision.queries import (
    group_of,
    latest_season,
    participation_of,
    season_to_answer,
    sessions_of_group,
)
from app.intervision.views.blueprint import blueprint
from app.web.guard import acting, requires


@blueprint.get("/intervisie")
@requires(JOIN_IN)
def show_own() -> ResponseReturnValue:
    """My group with its sessions."""
    season = latest_season()
    group = group_of(acting().person_id, season.id) if season else None
    sessions = sessions_of_group(group.id) if group else []
    to_answer = season_to_answer()
    answer = participation_of(to_answer.id, acting().person_id) if to_answer else None
    return render_template(
        "intervision/own.html",
        season=season,
        group=group,
        sessions=sessions,
        to_answer=to_answer,
        answer=answer,
    )
