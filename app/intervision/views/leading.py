"""Prepare a session together: choose the method, and share the roles."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.advice import Circumstances, possible, suggested
from app.intervision.labels import ROLE_TASKS, ROLES
from app.intervision.methods import SteppedMethod
from app.intervision.models import SessionRole
from app.intervision.policy import JOIN_IN
from app.intervision.queries import (
    DatedSession,
    method_with,
    methods,
    methods_used_before,
    roles_in,
    run_inside,
    seated_in,
    session_inside,
    standing_in,
)
from app.intervision.schemas import ChosenMethodSchema, RolesSchema
from app.intervision.services import leading as services
from app.intervision.views.blueprint import blueprint
from app.intervision.views.session_page import session_page
from app.kernel.errors import Invalid
from app.organisation.queries import names_by_id
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/leiden")
@requires(JOIN_IN)
def edit_leading(session_id: int) -> ResponseReturnValue:
    """By which method we work, and who does what."""
    return _page(session_inside(acting(), session_id), {}, {})


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/leiden/werkvorm")
@requires(JOIN_IN)
def update_session_method(session_id: int) -> ResponseReturnValue:
    """Choose the method."""
    dated = session_inside(acting(), session_id)
    try:
        code = read_form(ChosenMethodSchema())["method"]
        services.choose_method(acting(), session_id, code)
    except Invalid as wrong:
        return _page(dated, {}, wrong.fields), 422
    flash(_("You work by “%(method)s”.", method=method_with(code).name), "good")
    return redirect(url_for("intervision.edit_leading", session_id=session_id))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/leiden/rollen")
@requires(JOIN_IN)
def update_roles(session_id: int) -> ResponseReturnValue:
    """Say who does what."""
    schema = RolesSchema()
    dated = session_inside(acting(), session_id)
    try:
        services.share_roles(acting(), session_id, read_form(schema))
    except Invalid as wrong:
        return _page(dated, form_values(schema), wrong.fields), 422
    flash(_("Everybody in the session sees these roles now."), "good")
    return redirect(url_for("intervision.edit_leading", session_id=session_id))


def circumstances_of(dated: DatedSession) -> Circumstances:
    """What a method of this session has to fit."""
    minutes = dated.season.minutes
    if dated.appointment:
        minutes = int((dated.appointment.ends_at - dated.appointment.starts_at).total_seconds()) // 60
    people = len(seated_in([dated.id])[dated.id])
    return Circumstances(people, minutes, methods_used_before(dated))


def _page(dated: DatedSession, typed: dict[str, Any], errors: Any) -> str:
    circumstances = circumstances_of(dated)
    every = methods()
    chosen = method_with(dated.session.method) if dated.session.method else None
    advice = suggested(every, circumstances)
    seated = seated_in([dated.id])[dated.id]
    names = names_by_id(seated)
    roles = {**services.roles_of(dated), **typed}
    return render_template(
        "intervision/leading.html",
        **session_page(dated),
        standing=standing_in(acting(), dated.id),
        has_begun=run_inside(acting(), dated.id) is not None,
        chosen=chosen,
        advice=advice,
        advice_because=_because(advice, circumstances) if advice else "",
        options=[_option(method, circumstances) for method in every],
        picked=request.form.get("method") or (chosen or advice or every[0]).code,
        roles=[(role, ROLES[role], str(ROLE_TASKS[role]), roles.get(role)) for role in SessionRole],
        are_agreed=len(roles_in(dated.id)) == len(SessionRole),
        people=[(person_id, names[person_id].name) for person_id in seated],
        labels={"method": _("Method"), **ROLES},
        errors=errors,
    )


def _because(method: SteppedMethod, session: Circumstances) -> str:
    """Why this one is suggested."""
    fits = _(
        "It fits %(people)s people and takes %(minutes)s of the %(length)s minutes.",
        people=session.people,
        minutes=method.minutes,
        length=session.minutes,
    )
    if method.code in session.used:
        why = _("You did the others more recently.")
    elif session.used:
        why = _("You have not done it as a group yet.")
    elif method.for_beginners:
        why = _("It is good to begin with.")
    else:
        return fits
    return f"{fits} {why}"


def _option(method: SteppedMethod, session: Circumstances) -> tuple[str, str, str]:
    """A line to choose: code, name with minutes, and for whom it is or why it does not fit."""
    label = _("%(method)s, %(minutes)s minutes", method=method.name, minutes=method.minutes)
    hints = [method.fits, method.warning]
    if not possible(method, session):
        hints.append(
            _("Takes longer than this session.")
            if method.minutes > session.minutes
            else _("Needs at least %(people)s people.", people=method.at_least)
        )
    elif session.used and session.used[-1] == method.code:
        hints.append(_("You did this last time."))
    return method.code, label, " ".join(hint for hint in hints if hint)
