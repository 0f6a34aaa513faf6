"""Lists of people from a file: send one, say what its columns hold, look at what it would do, apply it, undo it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.jobs.models import WorkState
from app.jobs.progress import work_on
from app.kernel.errors import Invalid, NotFound
from app.kernel.tables import LIMITS, UnreadableTable, read_table, write_xlsx
from app.organisation import import_labels, labels
from app.organisation.models import LoginState, PeopleImport
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries import school_names
from app.organisation.queries.imports import (
    entries_of,
    import_with,
    last_applied_id,
    latest_imports,
    sheet_of,
)
from app.organisation.schemas import ApplicationSchema, EntriesSchema, ListOfPeopleSchema, columns_schema
from app.organisation.services.imports import starting as services
from app.organisation.services.imports.undoing import undo_of
from app.organisation.views import import_page as pages
from app.organisation.views.blueprint import blueprint
from app.web.forms import read_form, read_query, read_upload
from app.web.guard import acting, requires
from app.web.language import current_language
from app.web.paging import page_of
from app.web.tables import ACCEPT, download, fault_words


@blueprint.get("/mensen/imports/nieuw")
@requires(MANAGE_PEOPLE)
def new_import() -> ResponseReturnValue:
    """Choose a file, and see what was sent before."""
    return _new_form({}, {})


@blueprint.post("/mensen/imports")
@requires(MANAGE_PEOPLE, takes_file=True)
def create_import() -> ResponseReturnValue:
    """Take the file in; when its headers say enough, it is checked at once."""
    try:
        upload, how = read_upload("file"), read_form(ListOfPeopleSchema())
        table = read_table(upload.content)
    except Invalid as wrong:
        return _new_form(request.form, wrong.fields), 422
    except UnreadableTable as error:
        return _new_form(request.form, {"file": [fault_words(error)]}), 422
    import_id = services.start_import(acting(), upload.name, table, language=current_language(), **how)
    return _to_import(import_id)


@blueprint.get("/mensen/imports/voorbeeld")
@requires(MANAGE_PEOPLE)
def show_import_example() -> ResponseReturnValue:
    """A file to begin from."""
    return download(write_xlsx(*pages.EXAMPLE, "Mensen"), "mensen.xlsx")


@blueprint.get("/mensen/imports/<int:import_id>")
@requires(MANAGE_PEOPLE)
def show_import(import_id: int) -> ResponseReturnValue:
    """What the list would do, or what it did."""
    row = import_with(acting(), import_id)
    work = work_on(services.WORK_ON_IMPORT, import_id)
    if work and not work.has_ended:
        return redirect(url_for(".show_import_progress", import_id=import_id))
    if row.choice is None and not row.forgotten_at:
        return redirect(url_for(".edit_import_columns", import_id=import_id))
    asked = read_query(EntriesSchema())
    entries = entries_of(row, asked["stand"])
    page = page_of(entries, min(asked["after"], max(0, len(entries) - 1)))
    return render_template(
        "organisation/import.html",
        row=row,
        page=page,
        entries=pages.entries_on_page(page.items),
        tabs=pages.state_tabs(row, asked["stand"]),
        states=import_labels.STATES,
        good=sum((row.counts or {}).get(state, 0) for state in ("new", "changed", "ended")),
        can_be_undone=row.effects is not None and row.id == last_applied_id(),
        not_invited=LoginState.NOT_INVITED,
    )


@blueprint.get("/mensen/imports/<int:import_id>/voortgang")
@requires(MANAGE_PEOPLE)
def show_import_progress(import_id: int) -> ResponseReturnValue:
    """How far a step is; once it is done, its result."""
    row = import_with(acting(), import_id)
    work = work_on(services.WORK_ON_IMPORT, import_id)
    if work is None:
        raise NotFound
    result = url_for(".show_import", import_id=import_id)
    is_swap = "HX-Request" in request.headers
    if work.state == WorkState.DONE:
        return ("", 200, {"HX-Redirect": result}) if is_swap else redirect(result)
    template = "organisation/import_bar.html" if is_swap else "organisation/import_progress.html"
    return render_template(template, row=row, job=pages.work_on_page(work, row))


@blueprint.post("/mensen/imports/<int:import_id>/annulering")
@requires(MANAGE_PEOPLE)
def destroy_import_work(import_id: int) -> ResponseReturnValue:
    """Stop the step that runs: nothing of it stays."""
    services.stop_import(acting(), import_id)
    return redirect(url_for(".show_import_progress", import_id=import_id))


@blueprint.get("/mensen/imports/<int:import_id>/kolommen")
@requires(MANAGE_PEOPLE)
def edit_import_columns(import_id: int) -> ResponseReturnValue:
    """Say what the columns hold."""
    return _columns_form(import_id, None, {})


@blueprint.post("/mensen/imports/<int:import_id>/kolommen")
@requires(MANAGE_PEOPLE)
def update_import_columns(import_id: int) -> ResponseReturnValue:
    """Keep what the columns hold, and check the list by it."""
    count = len(sheet_of(import_with(acting(), import_id)).columns)
    try:
        data = read_form(columns_schema(count))
        held = [data[f"column-{number}"] for number in range(count)]
        services.choose_columns(acting(), import_id, held, role=data["role"], school_id=data["school_id"])
    except Invalid as wrong:
        return _columns_form(import_id, request.form, wrong.fields), 422
    return _to_import(import_id)


@blueprint.get("/mensen/imports/<int:import_id>/foute-rijen")
@requires(MANAGE_PEOPLE)
def show_wrong_rows(import_id: int) -> ResponseReturnValue:
    """The wrong rows as a file, to mend and send again."""
    kind = "csv" if request.args.get("als") == "csv" else "xlsx"
    return download(pages.wrong_rows(import_with(acting(), import_id), kind), f"foute-rijen.{kind}")


@blueprint.post("/mensen/imports/<int:import_id>/toepassing")
@requires(MANAGE_PEOPLE)
def create_import_application(import_id: int) -> ResponseReturnValue:
    """Apply what the list would do, as a whole."""
    services.start_application(acting(), import_id, **read_form(ApplicationSchema()))
    return _to_import(import_id)


@blueprint.get("/mensen/imports/<int:import_id>/herstel")
@requires(MANAGE_PEOPLE)
def new_import_undo(import_id: int) -> ResponseReturnValue:
    """What undoing means, or who stands in its way."""
    undo = undo_of(acting(), import_id)
    return render_template(
        "organisation/import_undo.html",
        row=import_with(acting(), import_id),
        effects=undo.effects,
        obstacles=undo.obstacles,
        reasons=import_labels.OBSTACLES,
    )


@blueprint.post("/mensen/imports/<int:import_id>/herstel")
@requires(MANAGE_PEOPLE)
def create_import_undo(import_id: int) -> ResponseReturnValue:
    """Undo the import; when something came in between, the page says what."""
    if undo_of(acting(), import_id).obstacles:
        flash(_("This import can't be undone any more."), "bad")
        return redirect(url_for(".new_import_undo", import_id=import_id))
    services.start_undo(acting(), import_id)
    return _to_import(import_id)


def _to_import(import_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show_import", import_id=import_id))


def _new_form(values: Any, errors: Any) -> str:
    return render_template(
        "organisation/import_new.html",
        values=values,
        errors=errors,
        accept=ACCEPT,
        limits=LIMITS,
        megabytes=LIMITS.file_bytes // (1024 * 1024),
        days=services.KEPT.days,
        imports=latest_imports(acting()),
        labels=labels,
    )


def _columns_form(import_id: int, sent: Any, errors: Any) -> str:
    row: PeopleImport = import_with(acting(), import_id)
    choice = services.proposed_choice(acting(), import_id)
    columns = pages.columns_on_page(sheet_of(row), choice, sent)
    return render_template(
        "organisation/import_columns.html",
        row=row,
        columns=columns,
        names={
            **{column.field: column.header for column in columns},
            "role": _("Role for everybody"),
            "school_id": _("School for everybody"),
        },
        fields=import_labels.FIELDS,
        role=sent.get("role", "") if sent is not None else choice.role or "",
        school_id=sent.get("school_id", "") if sent is not None else choice.school_id or "",
        errors=errors,
        schools=school_names(),
        labels=labels,
    )
