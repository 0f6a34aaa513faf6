"""The roles of a person: give one, end it, move it to another school; each with its way back."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.kernel.permissions import Role
from app.organisation import labels
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries import person_with, school_names, workplace_with
from app.organisation.schemas import (
    MoveSchema,
    MoveUndoSchema,
    RoleEndSchema,
    RoleReopeningSchema,
    RoleSchema,
)
from app.organisation.services import roles as services
from app.organisation.views.blueprint import blueprint
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/mensen/<int:person_id>/rollen/nieuw")
@requires(MANAGE_PEOPLE)
def new_role(person_id: int) -> ResponseReturnValue:
    """Give somebody a role."""
    return _new_form(person_id, {"role": Role.IB, "since": today().isoformat()}, {})


@blueprint.post("/mensen/<int:person_id>/rollen")
@requires(MANAGE_PEOPLE)
def create_role(person_id: int) -> ResponseReturnValue:
    """Give the role; undoing takes it back as if it had never been."""
    try:
        role_id = services.add_role(acting(), person_id, read_form(RoleSchema()))
    except Invalid as wrong:
        return _new_form(person_id, request.form, wrong.fields), 422
    flash_undo(_("The role has been added."), url_for(".destroy_role", person_id=person_id, role_id=role_id))
    return _to_person(person_id)


@blueprint.post("/mensen/<int:person_id>/rollen/<int:role_id>/verwijdering")
@requires(MANAGE_PEOPLE)
def destroy_role(person_id: int, role_id: int) -> ResponseReturnValue:
    """Take back a role that was a mistake."""
    services.remove_role(acting(), person_id, role_id)
    flash(_("The role has been taken back."))
    return _to_person(person_id)


@blueprint.get("/mensen/<int:person_id>/rollen/<int:role_id>/einde")
@requires(MANAGE_PEOPLE)
def new_role_end(person_id: int, role_id: int) -> ResponseReturnValue:
    """Choose the last day of a role."""
    return _end_form(person_id, role_id, {"until": today().isoformat()}, {})


@blueprint.post("/mensen/<int:person_id>/rollen/<int:role_id>/einde")
@requires(MANAGE_PEOPLE)
def create_role_end(person_id: int, role_id: int) -> ResponseReturnValue:
    """End the role after that day; undoing gives it the last day back that it had."""
    try:
        data = read_form(RoleEndSchema())
        before = services.end_role(acting(), person_id, role_id, data["until"])
    except Invalid as wrong:
        return _end_form(person_id, role_id, request.form, wrong.fields), 422
    url = url_for(".destroy_role_end", person_id=person_id, role_id=role_id)
    flash_undo(_("The role has a last day now."), url, {"until": _text(before)})
    return _to_person(person_id)


@blueprint.post("/mensen/<int:person_id>/rollen/<int:role_id>/heropening")
@requires(MANAGE_PEOPLE)
def destroy_role_end(person_id: int, role_id: int) -> ResponseReturnValue:
    """Give a role the last day back that it had before."""
    services.reopen_role(acting(), person_id, role_id, read_form(RoleReopeningSchema())["until"])
    flash(_("The role goes on as before."))
    return _to_person(person_id)


@blueprint.get("/mensen/<int:person_id>/rollen/<int:role_id>/verhuizing")
@requires(MANAGE_PEOPLE)
def new_move(person_id: int, role_id: int) -> ResponseReturnValue:
    """Choose the new school and the first day there."""
    return _move_form(person_id, role_id, {"since": today().isoformat()}, {})


@blueprint.post("/mensen/<int:person_id>/rollen/<int:role_id>/verhuizing")
@requires(MANAGE_PEOPLE)
def create_move(person_id: int, role_id: int) -> ResponseReturnValue:
    """Move the role; undoing puts it back."""
    try:
        move = services.move_role(acting(), person_id, role_id, read_form(MoveSchema()))
    except Invalid as wrong:
        return _move_form(person_id, role_id, request.form, wrong.fields), 422
    url = url_for(".destroy_move", person_id=person_id, role_id=role_id)
    flash_undo(
        _("The role moves to the new school."), url, {"new_id": move.new_id, "until": _text(move.until)}
    )
    return _to_person(person_id)


@blueprint.post("/mensen/<int:person_id>/rollen/<int:role_id>/terugkeer")
@requires(MANAGE_PEOPLE)
def destroy_move(person_id: int, role_id: int) -> ResponseReturnValue:
    """Put a moved role back where it was."""
    data = read_form(MoveUndoSchema())
    services.undo_move(acting(), person_id, role_id, data["new_id"], data["until"])
    flash(_("The role stays at the old school."))
    return _to_person(person_id)


def _to_person(person_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_person", person_id=person_id))


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _new_form(person_id: int, values: Any, errors: Any) -> str:
    return render_template(
        "organisation/role_new.html",
        person=person_with(acting(), person_id),
        values=values,
        errors=errors,
        schools=school_names(),
        labels=labels,
    )


def _end_form(person_id: int, role_id: int, values: Any, errors: Any) -> str:
    person = person_with(acting(), person_id)
    return render_template(
        "organisation/role_end.html",
        person=person,
        workplace=workplace_with(person, role_id),
        values=values,
        errors=errors,
        labels=labels,
    )


def _move_form(person_id: int, role_id: int, values: Any, errors: Any) -> str:
    person = person_with(acting(), person_id)
    return render_template(
        "organisation/role_move.html",
        person=person,
        workplace=workplace_with(person, role_id),
        values=values,
        errors=errors,
        schools=school_names(),
        labels=labels,
    )
