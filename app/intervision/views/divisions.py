"""The groups of a season: form them, look at them, move somebody, lock, and make them known."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import group_with, season_with
from app.intervision.schemas import GroupsFilterSchema, MoveSchema
from app.intervision.services import drafts as services
from app.intervision.services.divisions import FORMING, start_division, stop_division
from app.intervision.services.publication import publish_groups
from app.intervision.views.blueprint import blueprint
from app.intervision.views.groups_page import forming_on_page, groups_page, publication_page
from app.intervision.views.move_page import move_page
from app.intervision.views.season_page import season_page
from app.jobs.models import WorkState
from app.jobs.progress import work_on
from app.kernel.errors import NotFound
from app.organisation.queries import people_by_id
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/intervisie/seizoenen/<int:season_id>/groepen")
@requires(RUN_SEASONS)
def show_groups(season_id: int) -> ResponseReturnValue:
    """Every group side by side; what needs a person on top."""
    season = season_with(season_id)
    return render_template(
        "intervision/groups.html",
        **season_page(season),
        **groups_page(season, read_query(GroupsFilterSchema())),
    )


@blueprint.post("/intervisie/seizoenen/<int:season_id>/indeling")
@requires(RUN_SEASONS)
def create_division(season_id: int) -> ResponseReturnValue:
    """Form the groups, or form them anew; locked ones stay."""
    start_division(acting(), season_id)
    return redirect(url_for("intervision.show_division", season_id=season_id))


@blueprint.get("/intervisie/seizoenen/<int:season_id>/indeling")
@requires(RUN_SEASONS)
def show_division(season_id: int) -> ResponseReturnValue:
    """How far the forming is; once it is done, its result."""
    season = season_with(season_id)
    work = work_on(FORMING, season_id)
    if work is None:
        raise NotFound
    result = url_for("intervision.show_groups", season_id=season_id)
    is_swap = "HX-Request" in request.headers
    if work.state == WorkState.DONE:
        return ("", 200, {"HX-Redirect": result}) if is_swap else redirect(result)
    template = "intervision/division_bar.html" if is_swap else "intervision/division.html"
    return render_template(template, season=season, job=forming_on_page(work))


@blueprint.post("/intervisie/seizoenen/<int:season_id>/indeling/stop")
@requires(RUN_SEASONS)
def destroy_division(season_id: int) -> ResponseReturnValue:
    """Stop looking for better groups; the best so far become the draft."""
    stop_division(acting(), season_id)
    return redirect(url_for("intervision.show_division", season_id=season_id))


@blueprint.get("/intervisie/seizoenen/<int:season_id>/groepen/verplaatsing/<int:person_id>")
@requires(RUN_SEASONS)
def new_move(season_id: int, person_id: int) -> ResponseReturnValue:
    """What each group would do with somebody, before she is moved."""
    season = season_with(season_id)
    return render_template("intervision/move.html", season=season, **move_page(season, person_id))


@blueprint.post("/intervisie/seizoenen/<int:season_id>/groepen/verplaatsing/<int:person_id>")
@requires(RUN_SEASONS)
def create_move(season_id: int, person_id: int) -> ResponseReturnValue:
    """Move somebody to a group, to a new one, or to none."""
    data = read_form(MoveSchema())
    person = people_by_id({person_id}).get(person_id)
    if person is None:
        raise NotFound
    if data["to"] == "new":
        left = services.move_to_new_group(acting(), season_id, person_id)
        said = _("%(name)s is in a new group.", name=person.name)
    else:
        target = data["group_id"] if data["to"] == "group" else None
        left = services.move_person(acting(), season_id, person_id, target)
        if target is None:
            said = _("%(name)s is in no group.", name=person.name)
        else:
            group = group_with(acting(), target)
            said = _("%(name)s is in %(group)s now.", name=person.name, group=group.name)
    back = {"to": "group", "group_id": left} if left else {"to": "none"}
    flash_undo(said, url_for("intervision.create_move", season_id=season_id, person_id=person_id), back)
    return redirect(url_for("intervision.show_groups", season_id=season_id))


@blueprint.post("/intervisie/groepen/<int:group_id>/vastzetting")
@requires(RUN_SEASONS)
def create_group_lock(group_id: int) -> ResponseReturnValue:
    """Keep a group as it is."""
    services.lock_group(acting(), group_id)
    return _back_to(group_id)


@blueprint.post("/intervisie/groepen/<int:group_id>/vastzetting/opheffing")
@requires(RUN_SEASONS)
def destroy_group_lock(group_id: int) -> ResponseReturnValue:
    """Let a group be formed anew."""
    services.unlock_group(acting(), group_id)
    return _back_to(group_id)


@blueprint.get("/intervisie/seizoenen/<int:season_id>/bekendmaking")
@requires(RUN_SEASONS)
def new_season_publication(season_id: int) -> ResponseReturnValue:
    """What making the groups known means for how many people: it can't be undone."""
    season = season_with(season_id)
    return render_template("intervision/publication.html", **season_page(season), **publication_page(season))


@blueprint.post("/intervisie/seizoenen/<int:season_id>/bekendmaking")
@requires(RUN_SEASONS)
def create_season_publication(season_id: int) -> ResponseReturnValue:
    """Make the groups known: everybody gets a mail."""
    publish_groups(acting(), season_id)
    flash(_("The groups are known. Everybody gets a mail. Now plan the dates."), "good")
    return redirect(url_for("intervision.index_season_dates", season_id=season_id))


def _back_to(group_id: int) -> ResponseReturnValue:
    group = group_with(acting(), group_id)
    return redirect(
        url_for("intervision.show_groups", season_id=group.season_id, _anchor=f"groep-{group_id}")
    )
