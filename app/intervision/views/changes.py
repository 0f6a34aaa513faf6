"""A session gets another date, is called off, or is led by somebody else."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.agenda.services.appointments import Clash
from app.intervision.meeting_places import place_as_chosen, place_in_turn, places_of
from app.intervision.models import SESSION_MINUTES
from app.intervision.policy import PLAN_SESSIONS
from app.intervision.queries import DatedSession, members_of
from app.intervision.queries.planning import session_to_plan
from app.intervision.schemas import LeaderSchema, SessionMoveSchema
from app.intervision.services import changes as services
from app.intervision.services.moments import InHoliday
from app.intervision.views.blueprint import blueprint
from app.intervision.views.session_page import session_page
from app.kernel.clock import AMSTERDAM, today
from app.kernel.errors import Invalid
from app.organisation.queries import people_by_id
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/verplaatsing")
@requires(PLAN_SESSIONS)
def new_session_move(session_id: int) -> ResponseReturnValue:
    """A date for a session, or another time or place."""
    dated = session_to_plan(acting(), session_id)
    return _move_page(dated, {}, {})


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/verplaatsing")
@requires(PLAN_SESSIONS)
def create_session_move(session_id: int) -> ResponseReturnValue:
    """Plan or move a session."""
    dated = session_to_plan(acting(), session_id)
    had_date = dated.appointment is not None and not dated.is_cancelled
    schema = SessionMoveSchema()
    try:
        services.move_session(acting(), session_id, read_form(schema))
    except InHoliday as holiday:
        return _move_page(dated, form_values(schema), holiday.fields, accepted=holiday.days), 422
    except Invalid as wrong:
        return _move_page(dated, form_values(schema), wrong.fields), 422
    except Clash as clash:
        return _move_page(dated, form_values(schema), {"time": [clash.message]}, clashes=True), 409
    if had_date:
        flash(_("The session has been changed. Everybody with a seat gets a mail."), "good")
    else:
        flash(_("The session has a date. Everybody in the group gets a mail."), "good")
    return _to_session(session_id)


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/annulering")
@requires(PLAN_SESSIONS)
def new_calling_off(session_id: int) -> ResponseReturnValue:
    """What it means to call a session off."""
    dated = session_to_plan(acting(), session_id)
    return render_template("intervision/calling_off.html", **session_page(dated))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/annulering")
@requires(PLAN_SESSIONS)
def create_calling_off(session_id: int) -> ResponseReturnValue:
    """Call a session off."""
    services.call_off_session(acting(), session_id)
    flash(_("The session has been called off. Everybody gets a mail. Choose what comes next."), "good")
    return _to_session(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/gespreksleider")
@requires(PLAN_SESSIONS)
def update_leader(session_id: int) -> ResponseReturnValue:
    """Let somebody else lead a session, or take it over."""
    session_to_plan(acting(), session_id)
    person_id = read_form(LeaderSchema())["person_id"]
    services.let_lead(acting(), session_id, person_id)
    if person_id == acting().person_id:
        flash(_("You lead this session. The others get a mail."), "good")
    else:
        name = people_by_id({person_id})[person_id].first_name
        flash(_("%(name)s leads this session. Everybody gets a mail.", name=name), "good")
    return _to_session(session_id)


def _to_session(session_id: int) -> ResponseReturnValue:
    return redirect(url_for("intervision.show_session", session_id=session_id))


def _move_page(
    dated: DatedSession,
    typed: dict[str, Any],
    errors: Any,
    *,
    accepted: Sequence[date] = (),
    clashes: bool = False,
) -> str:
    places = places_of(members_of([dated.group.id])[dated.group.id])
    shared = session_page(dated)
    link = dated.session.link if shared["is_inside"] else None
    usual = {**_as_form(dated), "link": link or "", "without_absent": ""}
    if dated.appointment is None or dated.is_cancelled:
        usual |= {"place": place_in_turn(places, dated.session.number), "place_text": ""}
    else:
        usual |= place_as_chosen(places, dated.appointment.place)
    return render_template(
        "intervision/session_move.html",
        values=usual | typed,
        errors=errors,
        places=places,
        bounds=SESSION_MINUTES,
        first_day=today().isoformat(),
        accepted=[*(day.isoformat() for day in accepted), *typed.get("accepted", [])],
        in_holiday=bool(accepted),
        clashes=clashes or bool(typed.get("without_absent")),
        labels={
            "day": _("Day"),
            "time": _("Time"),
            "minutes": _("Length"),
            "without_absent": _("Who can't"),
            "place": _("Place"),
            "place_text": _("Which place"),
            "link": _("Link"),
        },
        **shared,
    )


def _as_form(dated: DatedSession) -> dict[str, Any]:
    """Day, time and length as the form shows them; empty where there is no date."""
    if dated.appointment is None or dated.is_cancelled:
        return {"day": "", "time": "", "minutes": dated.season.minutes}
    start, end = (at.astimezone(AMSTERDAM) for at in (dated.appointment.starts_at, dated.appointment.ends_at))
    return {
        "day": start.date().isoformat(),
        "time": f"{start:%H:%M}",
        "minutes": (end - start).seconds // 60,
    }
