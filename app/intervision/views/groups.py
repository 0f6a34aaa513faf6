"""One group: for its members once it is known, and for the coordinator."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.participants import schools_in
from app.intervision.policy import RUN_SEASONS, SEE_SESSIONS
from app.intervision.queries import group_with, members_of, season_with, sessions_of_group
from app.intervision.queries.planning import can_be_planned, plans_for
from app.intervision.schemas import GroupNameSchema
from app.intervision.services.drafts import rename_group
from app.intervision.views.blueprint import blueprint
from app.intervision.views.session_words import session_rows
from app.kernel.errors import Invalid
from app.kernel.permissions import Role
from app.organisation.queries import people_by_id, workplaces
from app.web.forms import read_form
from app.web.guard import acting, requires


@blueprint.get("/intervisie/groepen/<int:group_id>")
@requires(SEE_SESSIONS)
def show_group(group_id: int) -> ResponseReturnValue:
    """Who is in it and works where, and its sessions."""
    return _page(group_id, None, {})


@blueprint.post("/intervisie/groepen/<int:group_id>/naam")
@requires(RUN_SEASONS)
def update_group_name(group_id: int) -> ResponseReturnValue:
    """Give the group a name of its own."""
    try:
        rename_group(acting(), group_id, read_form(GroupNameSchema())["name"])
    except Invalid as wrong:
        return _page(group_id, request.form.get("name", ""), wrong.fields), 422
    flash(_("The group has a new name."), "good")
    return redirect(url_for("intervision.show_group", group_id=group_id))


def _page(group_id: int, typed: str | None, errors: object) -> str:
    group = group_with(acting(), group_id)
    ids = members_of([group_id])[group_id]
    people, work = people_by_id(ids), workplaces(ids)
    sessions = [one for one in sessions_of_group(group_id) if one.appointment or not group.ended_at]
    return render_template(
        "intervision/group.html",
        group=group,
        season=season_with(group.season_id),
        members=[(people[one], schools_in(work.get(one, []), Role.IB)) for one in ids],
        sessions=session_rows(sessions),
        runs_seasons=acting().may(RUN_SEASONS),
        plans=plans_for(acting(), group_id),
        can_be_changed=can_be_planned(group),
        name=group.name if typed is None else typed,
        errors=errors,
    )
