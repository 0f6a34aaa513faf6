"""Pages for operators, under /beheer/."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_login import current_user

from app.identity.queries import networks_with_logins
from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.kernel.tables import UnreadableTable, read_table
from app.organisation import register_words
from app.organisation.queries.register import (
    current_register,
    edition_before,
    edition_in_use,
    edition_with,
    listed_editions,
    register_of,
)
from app.organisation.register import Change, ChangeKind, by_network, network, networks
from app.organisation.register.duo import NotTheFile, WrongRows
from app.organisation.services import register as services
from app.platform.schemas import ChangesSchema, EditionSchema, UseSchema
from app.web.forms import Upload, read_form, read_query, read_upload
from app.web.guard import for_operators
from app.web.paging import page_of
from app.web.tables import ACCEPT, fault_words
from app.web.undo import flash_undo

blueprint = Blueprint("platform", __name__, template_folder="templates", url_prefix="/beheer")


class ChangeOnPage(NamedTuple):
    """A change as the preview shows it."""

    kind: ChangeKind
    name: str
    code: str
    network: str
    before: str
    after: str


@blueprint.get("/")
@for_operators()
def show_start() -> ResponseReturnValue:
    """The networks of this installation, and the register."""
    return render_template(
        "platform/start.html", networks=networks_with_logins(), register=current_register()
    )


@blueprint.get("/register")
@for_operators()
def show_register() -> ResponseReturnValue:
    """Which edition is in use, and which there were."""
    return render_template(
        "platform/register.html",
        register=current_register(),
        networks=networks(),
        edition_id=edition_in_use(),
        editions=listed_editions(),
        before=_before(),
    )


@blueprint.get("/register/nieuw")
@for_operators()
def new_edition() -> ResponseReturnValue:
    """Send a file of DUO."""
    return _upload_form({"dated_on": today().isoformat()}, {})


@blueprint.post("/register")
@for_operators(takes_file=True)
def create_edition() -> ResponseReturnValue:
    """Read the file and show what it would change; nothing is taken into use."""
    try:
        data, upload = _read_both()
        table = read_table(upload.content)
        taken = services.read_file(table, data["dated_on"])
    except Invalid as wrong:
        return _upload_form(request.form, wrong.fields), 422
    except UnreadableTable as error:
        return _upload_form(request.form, {"file": [fault_words(error)]}), 422
    except (NotTheFile, WrongRows) as error:
        return _upload_form(request.form, {"file": register_words.file_words(error)}), 422
    edition_id = services.keep_edition(current_user.identity_id, taken, upload.content)
    return redirect(url_for(".show_edition", edition_id=edition_id))


@blueprint.get("/register/<int:edition_id>")
@for_operators()
def show_edition(edition_id: int) -> ResponseReturnValue:
    """What would change for the country and for each network."""
    return _preview(edition_id, {})


@blueprint.post("/register/<int:edition_id>/gebruik")
@for_operators()
def create_use(edition_id: int) -> ResponseReturnValue:
    """Take the edition into use; undoing goes back to the one before."""
    try:
        data = read_form(UseSchema())
        consent = services.Consent(data["older"], data["closing"])
        services.take_into_use(current_user.identity_id, edition_id, consent)
    except Invalid as wrong:
        return _preview(edition_id, wrong.fields), 422
    flash_undo(
        _("The edition is in use. Coordinators see what changes for their schools."),
        url_for(".destroy_use", edition_id=edition_id),
    )
    return redirect(url_for(".show_register"))


@blueprint.post("/register/<int:edition_id>/terugkeer")
@for_operators()
def destroy_use(edition_id: int) -> ResponseReturnValue:
    """Go back to the edition that was in use before this one."""
    services.return_to_edition_before(current_user.identity_id, edition_id)
    flash(_("The edition before is in use again. What networks took over stays as it is."), "good")
    return redirect(url_for(".show_register"))


@blueprint.post("/register/<int:edition_id>/verwijdering")
@for_operators()
def destroy_edition(edition_id: int) -> ResponseReturnValue:
    """Throw away an edition that was never in use."""
    services.discard_edition(edition_id)
    flash(_("The file has been thrown away. Nothing has changed."))
    return redirect(url_for(".show_register"))


def _read_both() -> tuple[Mapping[str, Any], Upload]:
    """Date and file; what is wrong with either is told at once. Raises Invalid."""
    wrong: dict[str, Any] = {}
    data, upload = {}, None
    try:
        upload = read_upload("file")
    except Invalid as error:
        wrong |= error.fields
    try:
        data = read_form(EditionSchema())
    except Invalid as error:
        wrong |= error.fields
    if wrong or upload is None:
        raise Invalid(wrong)
    return data, upload


def _upload_form(values: Any, errors: Any) -> str:
    return render_template(
        "platform/edition_new.html", values=values, errors=errors, accept=ACCEPT, register=current_register()
    )


def _before() -> Any:
    before = edition_before()
    return None if before is None else register_of(before)


def _preview(edition_id: int, errors: Any) -> str:
    asked = read_query(ChangesSchema())
    preview = services.preview_of(edition_id)
    of_networks = by_network(preview.changes)
    shown = of_networks.get(asked["netwerk"], []) if asked["netwerk"] else preview.changes
    in_order = sorted(shown, key=lambda change: (list(ChangeKind).index(change.kind), change.school.name))
    edition = edition_with(edition_id) if edition_id else None
    kinds = list(_counts(change for found in of_networks.values() for change in found))
    return render_template(
        "platform/edition.html",
        edition=edition,
        edition_id=edition_id,
        in_use=edition_in_use(),
        was_used=any(listed.id == edition_id and listed.last_used_at for listed in listed_editions()),
        preview=preview,
        counts=[
            {"value": format_decimal(count), "label": register_words.KINDS[kind]}
            for kind, count in _counts(preview.changes).items()
        ],
        kinds=kinds,
        columns=[{"label": register_words.KINDS[kind], "number": True} for kind in kinds],
        of_networks=[(network(code), _counts(found)) for code, found in sorted(of_networks.items())],
        networks=[(code, network(code).name) for code in sorted(of_networks)],
        narrowed=asked["netwerk"],
        page=page_of([_on_page(change) for change in in_order], asked["after"]),
        values=request.form,
        errors=errors,
        words=register_words,
    )


def _counts(changes: Any) -> Mapping[ChangeKind, int]:
    counts = Counter(change.kind for change in changes)
    return {kind: counts[kind] for kind in ChangeKind if counts[kind]}


def _on_page(change: Change) -> ChangeOnPage:
    return ChangeOnPage(
        kind=change.kind,
        name=change.school.name,
        code=change.school.code,
        network=change.school.network_code,
        before=register_words.told(change.kind, change.before, change.after, {}),
        after=register_words.told(change.kind, change.after, change.before, {}),
    )
