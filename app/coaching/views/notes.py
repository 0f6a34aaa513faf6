"""The notes of a trajectory: for oneself, and for the two."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.models import NoteKind
from app.coaching.policy import TAKE_PART
from app.coaching.queries import closure_of, notes_in, own_note, own_trajectory
from app.coaching.review_labels import NOTE_KINDS
from app.coaching.schemas import NoteSchema
from app.coaching.services import notes as services
from app.coaching.views.blueprint import blueprint
from app.coaching.views.trajectory_page import trajectory_page
from app.kernel.errors import Invalid
from app.kernel.privacy.retention import kept_until
from app.organisation.queries import years_kept
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/trajecten/<int:trajectory_id>/notities")
@requires(TAKE_PART)
def index_notes(trajectory_id: int) -> ResponseReturnValue:
    """My notes and those that the two of us share, with room for another."""
    return _list(trajectory_id, {"kind": NoteKind.OWN, "text": ""}, {})


@blueprint.post("/trajecten/<int:trajectory_id>/notities")
@requires(TAKE_PART)
def create_note(trajectory_id: int) -> ResponseReturnValue:
    """Write a note."""
    own_trajectory(acting(), trajectory_id)
    schema = NoteSchema()
    try:
        services.create_note(acting(), trajectory_id, read_form(schema))
    except Invalid as wrong:
        return _list(trajectory_id, form_values(schema), wrong.fields), 422
    flash(_("The note has been saved."), "good")
    return _back(trajectory_id)


@blueprint.get("/trajecten/<int:trajectory_id>/notities/<int:note_id>")
@requires(TAKE_PART)
def edit_note(trajectory_id: int, note_id: int) -> ResponseReturnValue:
    """A note of mine, to change."""
    note = own_note(acting(), trajectory_id, note_id)
    return _form(trajectory_id, note_id, {"kind": note.kind, "text": note.text}, {})


@blueprint.post("/trajecten/<int:trajectory_id>/notities/<int:note_id>")
@requires(TAKE_PART)
def update_note(trajectory_id: int, note_id: int) -> ResponseReturnValue:
    """Change a note of mine."""
    own_note(acting(), trajectory_id, note_id)
    schema = NoteSchema()
    try:
        services.update_note(acting(), trajectory_id, note_id, read_form(schema))
    except Invalid as wrong:
        return _form(trajectory_id, note_id, form_values(schema), wrong.fields), 422
    flash(_("The note has been saved."), "good")
    return _back(trajectory_id)


@blueprint.post("/trajecten/<int:trajectory_id>/notities/<int:note_id>/verwijdering")
@requires(TAKE_PART)
def destroy_note(trajectory_id: int, note_id: int) -> ResponseReturnValue:
    """Throw a note of mine away."""
    services.destroy_note(acting(), trajectory_id, note_id)
    undo = url_for("coaching.restore_note", trajectory_id=trajectory_id, note_id=note_id)
    flash_undo(_("The note has been thrown away."), undo)
    return _back(trajectory_id)


@blueprint.post("/trajecten/<int:trajectory_id>/notities/<int:note_id>/terugzetting")
@requires(TAKE_PART)
def restore_note(trajectory_id: int, note_id: int) -> ResponseReturnValue:
    """Put a note back that I threw away."""
    services.restore_note(acting(), trajectory_id, note_id)
    flash(_("The note is back."), "good")
    return _back(trajectory_id)


def _list(trajectory_id: int, values: dict[str, Any], errors: Any) -> str:
    trajectory = own_trajectory(acting(), trajectory_id)
    closure, years = closure_of(trajectory_id), years_kept()
    return render_template(
        "coaching/notes.html",
        **trajectory_page(trajectory),
        notes=notes_in(acting(), trajectory_id),
        kept_until=kept_until(closure.closed_on, years) if closure else None,
        years=years,
        side=trajectory.side_of(acting().person_id),
        values=values,
        errors=errors,
        **_words(),
    )


def _form(trajectory_id: int, note_id: int, values: dict[str, Any], errors: Any) -> str:
    trajectory = own_trajectory(acting(), trajectory_id)
    return render_template(
        "coaching/note_form.html",
        **trajectory_page(trajectory),
        note_id=note_id,
        values=values,
        errors=errors,
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"kinds": NOTE_KINDS, "labels": {"text": _("Your note"), "kind": _("For whom")}}


def _back(trajectory_id: int) -> ResponseReturnValue:
    return redirect(url_for("coaching.index_notes", trajectory_id=trajectory_id))
