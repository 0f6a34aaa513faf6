"""One item of the taxonomy: its name, its domain, its place; retire it, bring it back, merge it into another."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.expertise.policy import RUN_TAXONOMY
from app.expertise.queries import Item, taxonomy
from app.expertise.queries.usage import NOT_USED, use_of_items
from app.expertise.schemas.taxonomy import ItemSchema, MergeChoiceSchema, MergeSchema, PlaceSchema
from app.expertise.services import taxonomy as services
from app.expertise.services.merging import merge_item
from app.expertise.views.blueprint import blueprint
from app.kernel.errors import Invalid, NotFound
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/expertise-indeling/onderwerpen/<int:item_id>")
@requires(RUN_TAXONOMY)
def edit_item(item_id: int) -> ResponseReturnValue:
    """An item: what can be done with it."""
    item = taxonomy().item(item_id)
    return _page(item, {"name": item.name, "domain_id": item.domain_id}, {})


@blueprint.post("/expertise-indeling/onderwerpen/<int:item_id>")
@requires(RUN_TAXONOMY)
def update_item(item_id: int) -> ResponseReturnValue:
    """Give an item another name or domain."""
    item = taxonomy().item(item_id)
    try:
        services.change_item(acting(), item_id, **read_form(ItemSchema()))
    except Invalid as wrong:
        return _page(item, request.form, wrong.fields), 422
    changed = taxonomy().item(item_id)
    flash_undo(
        _("Kept: “%(name)s”. Everybody sees it so from now on.", name=changed.name),
        url_for("expertise.update_item", item_id=item_id),
        {"name": item.name, "domain_id": item.domain_id},
    )
    return redirect(url_for("expertise.show_domain", domain_id=changed.domain_id))


@blueprint.post("/expertise-indeling/onderwerpen/<int:item_id>/archivering")
@requires(RUN_TAXONOMY)
def create_item_retirement(item_id: int) -> ResponseReturnValue:
    """Let nobody choose an item any more."""
    services.retire_item(acting(), item_id)
    item = taxonomy().item(item_id)
    flash_undo(
        _("Nobody can choose “%(name)s” any more. What people said of it stays.", name=item.name),
        url_for("expertise.destroy_item_retirement", item_id=item_id),
    )
    return _to_list(item)


@blueprint.post("/expertise-indeling/onderwerpen/<int:item_id>/archivering/opheffing")
@requires(RUN_TAXONOMY)
def destroy_item_retirement(item_id: int) -> ResponseReturnValue:
    """Let an item be chosen again."""
    services.restore_item(acting(), item_id)
    item = taxonomy().item(item_id)
    flash_undo(
        _("“%(name)s” can be chosen again.", name=item.name),
        url_for("expertise.create_item_retirement", item_id=item_id),
    )
    return _to_list(item)


@blueprint.post("/expertise-indeling/onderwerpen/<int:item_id>/plaats")
@requires(RUN_TAXONOMY)
def update_item_place(item_id: int) -> ResponseReturnValue:
    """Move an item a place up or down within its domain."""
    services.place_item(acting(), item_id, **read_form(PlaceSchema()))
    return _to_list(taxonomy().item(item_id))


@blueprint.get("/expertise-indeling/onderwerpen/<int:item_id>/samenvoeging")
@requires(RUN_TAXONOMY)
def new_item_merge(item_id: int) -> ResponseReturnValue:
    """Choose the item that takes over; once it is chosen, what that means."""
    into_id = read_query(MergeChoiceSchema())["met"]
    is_missing = "met" in request.args and into_id is None
    return _merge_page(
        taxonomy().item(item_id), into_id, {"met": [_("Choose an item.")]} if is_missing else {}
    )


@blueprint.post("/expertise-indeling/onderwerpen/<int:item_id>/samenvoeging")
@requires(RUN_TAXONOMY)
def create_item_merge(item_id: int) -> ResponseReturnValue:
    """Merge an item into another."""
    item = taxonomy().item(item_id)
    try:
        into_id = read_form(MergeSchema())["into_id"]
        merge_item(acting(), item_id, into_id)
    except Invalid as wrong:
        return _merge_page(item, None, {"met": wrong.fields.get("into_id", [])}), 422
    into = taxonomy().item(into_id)
    flash(_("“%(item)s” is “%(into)s” now.", item=item.name, into=into.name), "good")
    return _to_list(into)


def _to_list(item: Item) -> ResponseReturnValue:
    """Back to the domain; from one that is not in use any more, to all."""
    if item.domain_id in {domain.id for domain in taxonomy().domains}:
        return redirect(url_for("expertise.show_domain", domain_id=item.domain_id))
    return redirect(url_for("expertise.index_domains"))


def _page(item: Item, values: Any, errors: Any) -> str:
    known = taxonomy()
    return render_template(
        "expertise/item.html",
        item=item,
        domain=known.domain_of(item.id),
        domains=[(domain.id, domain.name) for domain in known.domains],
        merged_into=known.item(item.merged_into_id) if item.merged_into_id else None,
        use=use_of_items(acting(), [item.id]).get(item.id, NOT_USED),
        values=values,
        errors=errors,
    )


def _merge_page(item: Item, into_id: int | None, errors: Any) -> str:
    known = taxonomy()
    if item.merged_into_id is not None:
        raise NotFound
    others = [
        (other.id, f"{other.name} ({domain.name})")
        for domain in known.domains
        for other in domain.items
        if other.id != item.id
    ]
    into = known.item(into_id) if into_id in dict(others) and into_id is not None else None
    use = use_of_items(acting(), [one.id for one in (item, into) if one])
    return render_template(
        "expertise/item_merge.html",
        item=item,
        domain=known.domain_of(item.id),
        others=others,
        into=into,
        use=use.get(item.id, NOT_USED),
        into_use=use.get(into.id, NOT_USED) if into else NOT_USED,
        errors=errors,
    )
