"""The taxonomy: its domains with their items, for who runs it."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.expertise.policy import RUN_TAXONOMY
from app.expertise.queries import taxonomy
from app.expertise.queries.usage import NOT_USED, use_of_items
from app.expertise.schemas.taxonomy import DomainSchema, NewItemSchema, PlaceSchema
from app.expertise.services import taxonomy as services
from app.expertise.views.blueprint import blueprint
from app.expertise.views.map_page import tabs
from app.kernel.errors import Invalid, NotFound
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/expertise-indeling")
@requires(RUN_TAXONOMY)
def index_domains() -> ResponseReturnValue:
    """The domains in their order, and what is not in use any more."""
    return _index("", {})


@blueprint.post("/expertise-indeling/domeinen")
@requires(RUN_TAXONOMY)
def create_domain() -> ResponseReturnValue:
    """Add a domain."""
    try:
        domain_id = services.add_domain(acting(), **read_form(DomainSchema()))
    except Invalid as wrong:
        return _index(request.form.get("name", ""), wrong.fields), 422
    return redirect(url_for("expertise.show_domain", domain_id=domain_id))


@blueprint.get("/expertise-indeling/domeinen/<int:domain_id>")
@requires(RUN_TAXONOMY)
def show_domain(domain_id: int) -> ResponseReturnValue:
    """A domain with its items, and how many people have something to say of each."""
    return _domain_page(domain_id, "create_item", {}, {})


@blueprint.post("/expertise-indeling/domeinen/<int:domain_id>")
@requires(RUN_TAXONOMY)
def update_domain(domain_id: int) -> ResponseReturnValue:
    """Give a domain another name."""
    before = services.domain_in_use(domain_id).name
    try:
        services.rename_domain(acting(), domain_id, **read_form(DomainSchema()))
    except Invalid as wrong:
        return _domain_page(domain_id, "update_domain", request.form, wrong.fields), 422
    flash_undo(
        _("The domain is called “%(name)s” now.", name=services.domain_in_use(domain_id).name),
        url_for("expertise.update_domain", domain_id=domain_id),
        {"name": before},
    )
    return redirect(url_for("expertise.show_domain", domain_id=domain_id))


@blueprint.post("/expertise-indeling/domeinen/<int:domain_id>/archivering")
@requires(RUN_TAXONOMY)
def create_domain_retirement(domain_id: int) -> ResponseReturnValue:
    """Let nobody choose a domain any more."""
    services.retire_domain(acting(), domain_id)
    name = next(domain.name for domain in taxonomy().retired_domains if domain.id == domain_id)
    flash_undo(
        _("Nobody can choose “%(name)s” and its items any more. What people said stays.", name=name),
        url_for("expertise.destroy_domain_retirement", domain_id=domain_id),
    )
    return redirect(url_for("expertise.index_domains"))


@blueprint.post("/expertise-indeling/domeinen/<int:domain_id>/archivering/opheffing")
@requires(RUN_TAXONOMY)
def destroy_domain_retirement(domain_id: int) -> ResponseReturnValue:
    """Let a domain be chosen again."""
    services.restore_domain(acting(), domain_id)
    return redirect(url_for("expertise.show_domain", domain_id=domain_id))


@blueprint.post("/expertise-indeling/domeinen/<int:domain_id>/plaats")
@requires(RUN_TAXONOMY)
def update_domain_place(domain_id: int) -> ResponseReturnValue:
    """Move a domain a place up or down."""
    services.place_domain(acting(), domain_id, **read_form(PlaceSchema()))
    return redirect(url_for("expertise.index_domains"))


@blueprint.post("/expertise-indeling/domeinen/<int:domain_id>/onderwerpen")
@requires(RUN_TAXONOMY)
def create_item(domain_id: int) -> ResponseReturnValue:
    """Add an item to a domain."""
    try:
        item_id = services.add_item(acting(), domain_id, **read_form(NewItemSchema()))
    except Invalid as wrong:
        return _domain_page(domain_id, "create_item", request.form, wrong.fields), 422
    flash_undo(
        _("“%(name)s” can be chosen now.", name=taxonomy().item(item_id).name),
        url_for("expertise.create_item_retirement", item_id=item_id),
        label=_("Retire"),
    )
    return redirect(url_for("expertise.show_domain", domain_id=domain_id))


def _index(name: str, errors: Any) -> str:
    known = taxonomy()
    in_use = {domain.id for domain in known.domains}
    retired = [item for item in known.items.values() if item.is_retired and item.domain_id in in_use]
    return render_template(
        "expertise/taxonomy.html",
        tabs=tabs(),
        domains=known.domains,
        retired_domains=known.retired_domains,
        retired=[
            (item, known.item(item.merged_into_id) if item.merged_into_id else None) for item in retired
        ],
        item_count=services.count_items(),
        name=name,
        errors=errors,
    )


def _domain_page(domain_id: int, sent: str, values: Any, errors: Any) -> str:
    """The page; `sent` says which of its two forms came back."""
    known = taxonomy()
    domain = next((one for one in known.domains if one.id == domain_id), None)
    if domain is None:
        raise NotFound
    use = use_of_items(acting(), [item.id for item in domain.items])
    typed = values.get("name", "")
    return render_template(
        "expertise/taxonomy_domain.html",
        domain=domain,
        items=[(item, use.get(item.id, NOT_USED)) for item in domain.items],
        name=typed if sent == "update_domain" else domain.name,
        new_name=typed if sent == "create_item" else "",
        sent=sent,
        errors=errors,
    )
