"""One record of mine: courses to add, anything to change or to take away, and the way back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.labels import COURSE_STATES, KINDS, LEVELS, VISIBILITIES
from app.expertise.models import ExpertiseRecord, RecordKind, Visibility
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import own_record, taxonomy
from app.expertise.schemas import NewCourseSchema, RestorationSchema, schema_of
from app.expertise.services import records as services
from app.expertise.views.blueprint import blueprint
from app.expertise.views.own_page import flash_removed
from app.kernel.errors import Invalid
from app.organisation.pupil_data import seems_about_pupil
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires


@blueprint.get("/expertise/cursussen/nieuw")
@requires(KEEP_RECORDS)
def new_course() -> ResponseReturnValue:
    """The form of a course, about an item when one came from there."""
    values = {"item_id": request.args.get("onderwerp", ""), "visibility": Visibility.SCHOOL}
    return _course_page(values, {})


@blueprint.post("/expertise/cursussen")
@requires(KEEP_RECORDS)
def create_course() -> ResponseReturnValue:
    """Keep a course."""
    schema = NewCourseSchema()
    try:
        services.add_record(acting(), {**read_form(schema), "kind": RecordKind.COURSE})
    except Invalid as wrong:
        return _course_page(form_values(schema), wrong.fields), 422
    flash(_("The course has been saved."), "good")
    return _back()


@blueprint.get("/expertise/<int:record_id>")
@requires(KEEP_RECORDS)
def edit_record(record_id: int) -> ResponseReturnValue:
    """One record, to change it."""
    kept = own_record(acting(), record_id)
    names = ("level", "willing", "visibility", "own_words", "course_title", "course_provider", "course_state",
             "starts_on", "ends_on")  # fmt: skip
    return _record_page(kept, {name: getattr(kept, name) for name in names}, {})


@blueprint.post("/expertise/<int:record_id>")
@requires(KEEP_RECORDS)
def update_record(record_id: int) -> ResponseReturnValue:
    """Keep it as it is now."""
    kept = own_record(acting(), record_id)
    schema = schema_of(kept.kind)
    try:
        services.change_record(acting(), record_id, read_form(schema))
    except Invalid as wrong:
        return _record_page(kept, form_values(schema), wrong.fields), 422
    flash(_("The change has been saved."), "good")
    return _back()


@blueprint.post("/expertise/<int:record_id>/verwijdering")
@requires(KEEP_RECORDS)
def destroy_record(record_id: int) -> ResponseReturnValue:
    """Take it away."""
    flash_removed([services.remove_record(acting(), record_id)])
    return _back()


@blueprint.post("/expertise/terugzetting")
@requires(KEEP_RECORDS)
def create_restoration() -> ResponseReturnValue:
    """Put back what was taken away just now."""
    count = services.restore_records(acting(), read_form(RestorationSchema())["removed"])
    flash(ngettext("%(num)s thing is back.", "%(num)s things are back.", count), "good")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("expertise.show_own"))


def _course_page(values: dict[str, Any], errors: Any) -> str:
    items = [
        (item.id, f"{item.name} ({domain.name})") for domain in taxonomy().domains for item in domain.items
    ]
    return render_template("expertise/course.html", items=items, **_fields(values, errors))


def _record_page(kept: ExpertiseRecord, values: dict[str, Any], errors: Any) -> str:
    item = taxonomy().item(kept.item_id)
    return render_template(
        "expertise/record.html",
        record=kept,
        item=item,
        domain=taxonomy().domain_of(kept.item_id),
        kind=KINDS[RecordKind(kept.kind)],
        **_fields(values, errors),
    )


def _fields(values: dict[str, Any], errors: Any) -> dict[str, Any]:
    labels = {
        "level": _("How well do you know it?"),
        "item_id": _("What is it about?"),
        "course_title": _("Title"),
        "course_provider": _("Provider"),
        "course_state": _("How far are you?"),
        "starts_on": _("First day"),
        "ends_on": _("Last day"),
        "visibility": _("Who may see it?"),
        "own_words": _("In your own words"),
    }
    return {
        "values": {"willing": False, **dict.fromkeys(labels, ""), **values},
        "errors": errors,
        "labels": labels,
        "levels": LEVELS,
        "states": COURSE_STATES,
        "visibilities": VISIBILITIES,
        "seems_about_pupil": seems_about_pupil([values.get("own_words")]),
    }
