"""The planning of a round: its days, its phase by hand, and reminders."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.coaching.participants import turnout
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import last_reminder, round_state, round_with
from app.coaching.schemas import PlanningSchema, ReopeningSchema
from app.coaching.services import phases as services
from app.coaching.services.reminders import may_remind_from, remind_at_once
from app.coaching.services.rounds import PLANNED_DAYS, plan_round
from app.coaching.views.blueprint import blueprint
from app.coaching.views.round_tabs import round_tabs
from app.coaching.views.timeline import timeline_of
from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/koppelrondes/<int:round_id>/planning")
@requires(RUN_ROUNDS)
def show_planning(round_id: int) -> ResponseReturnValue:
    """When is what, who has not been heard of, and what can be done by hand."""
    matching_round = round_with(round_id)
    days = {name: getattr(matching_round, name) for name in PLANNED_DAYS}
    return _page(round_id, days | {"reminds": matching_round.reminds}, {})


@blueprint.post("/koppelrondes/<int:round_id>/planning")
@requires(RUN_ROUNDS)
def update_planning(round_id: int) -> ResponseReturnValue:
    """Move the days."""
    round_with(round_id)
    try:
        before = plan_round(acting(), round_id, read_form(PlanningSchema()))
    except Invalid as wrong:
        return _page(round_id, request.form, wrong.fields), 422
    flash_undo(
        _("The planning has been saved."),
        url_for("coaching.update_planning", round_id=round_id),
        _as_fields(before),
    )
    return _back(round_id)


@blueprint.post("/koppelrondes/<int:round_id>/sluiting")
@requires(RUN_ROUNDS)
def create_closing(round_id: int) -> ResponseReturnValue:
    """Close the requests now."""
    services.close_requests(acting(), round_id)
    flash_undo(
        _("The requests are closed. You can still enter one for somebody."),
        url_for("coaching.destroy_closing", round_id=round_id),
    )
    return _back(round_id)


@blueprint.post("/koppelrondes/<int:round_id>/sluiting/opheffing")
@requires(RUN_ROUNDS)
def destroy_closing(round_id: int) -> ResponseReturnValue:
    """Open the requests again, if need be until a later day."""
    matching_round = round_with(round_id)
    try:
        services.reopen_requests(acting(), round_id, read_form(ReopeningSchema())["requests_until"])
    except Invalid as wrong:
        days = {name: getattr(matching_round, name) for name in PLANNED_DAYS}
        values = days | {"reminds": matching_round.reminds}
        return _page(round_id, values, {}, request.form.get("requests_until"), wrong.fields), 422
    flash_undo(
        _("The requests are open again."),
        url_for("coaching.create_closing", round_id=round_id),
        label=_("Close after all"),
    )
    return _back(round_id)


@blueprint.post("/koppelrondes/<int:round_id>/archivering")
@requires(RUN_ROUNDS)
def create_archiving(round_id: int) -> ResponseReturnValue:
    """Put the round away."""
    services.archive_round(acting(), round_id)
    flash_undo(_("The round is in the archive."), url_for("coaching.destroy_archiving", round_id=round_id))
    return _back(round_id)


@blueprint.post("/koppelrondes/<int:round_id>/archivering/opheffing")
@requires(RUN_ROUNDS)
def destroy_archiving(round_id: int) -> ResponseReturnValue:
    """Take the round out of the archive."""
    services.unarchive_round(acting(), round_id)
    flash_undo(_("The round is out of the archive."), url_for("coaching.create_archiving", round_id=round_id))
    return _back(round_id)


@blueprint.post("/koppelrondes/<int:round_id>/herinnering")
@requires(RUN_ROUNDS)
def create_reminder(round_id: int) -> ResponseReturnValue:
    """Remind everybody who has not been heard of."""
    reminded = remind_at_once(acting(), round_id)
    if reminded:
        flash(ngettext("%(num)s person gets a mail.", "%(num)s people get a mail.", reminded), "good")
    else:
        flash(_("There is nobody to remind who has an e-mail address here."))
    return _back(round_id)


def _back(round_id: int) -> ResponseReturnValue:
    return redirect(url_for("coaching.show_planning", round_id=round_id))


def _page(
    round_id: int,
    values: Mapping[str, Any],
    errors: Any,
    reopen_until: str | None = None,
    reopen_errors: Any = None,
) -> str:
    state, earliest = round_state(round_id), may_remind_from(round_id)
    planned = state.round
    return render_template(
        "coaching/planning.html",
        round=planned,
        state=state,
        tabs=round_tabs(planned),
        timeline=timeline_of(round_id),
        values=values,
        errors=errors,
        is_past=planned.requests_until is not None and planned.requests_until < today(),
        reopen_until=reopen_until or services.likely_last_day(planned.requests_until, planned.publish_on),
        reopen_errors=reopen_errors or {},
        turnout=turnout(planned),
        last_reminder=last_reminder(round_id),
        may_remind_from=earliest if earliest and earliest > today() else None,
    )


def _as_fields(planned: Mapping[str, Any]) -> dict[str, str]:
    """What was planned, as the form sends it."""
    days = {name: day.isoformat() for name, day in planned.items() if isinstance(day, date)}
    return days | ({"reminds": "1"} if planned["reminds"] else {})
