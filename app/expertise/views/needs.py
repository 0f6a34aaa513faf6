"""What a leader wants to have in the team of her school."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.models import NEEDED, SchoolNeed
from app.expertise.policy import SET_NEEDS
from app.expertise.queries import Taxonomy, taxonomy
from app.expertise.queries.attention import needs_of
from app.expertise.queries.counts import counts_by_item
from app.expertise.queries.map_schools import led_schools
from app.expertise.schemas import NeedSchema
from app.expertise.services.needs import remove_need, set_need
from app.expertise.views.blueprint import blueprint
from app.kernel.errors import Invalid, NotFound
from app.organisation.queries import school_with
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/expertisekaart/behoeften/<int:school_id>")
@requires(SET_NEEDS)
def edit_needs(school_id: int) -> ResponseReturnValue:
    """What the school wants, what is there, and what to want more."""
    return _page(school_id, {"item_id": request.args.get("onderwerp", ""), "at_least": 2}, {})


@blueprint.post("/expertisekaart/behoeften/<int:school_id>")
@requires(SET_NEEDS)
def create_need(school_id: int) -> ResponseReturnValue:
    """Want so many people for an item."""
    try:
        need = set_need(acting(), school_id, read_form(NeedSchema()))
    except Invalid as wrong:
        return _page(school_id, request.form, wrong.fields), 422
    flash(_said(need, taxonomy()), "good")
    return redirect(url_for("expertise.edit_needs", school_id=school_id))


@blueprint.post("/expertisekaart/behoeften/<int:school_id>/<int:item_id>/verwijdering")
@requires(SET_NEEDS)
def destroy_need(school_id: int, item_id: int) -> ResponseReturnValue:
    """Not want it any more; undoing it is wanting as many again."""
    before = remove_need(acting(), school_id, item_id)
    back = url_for("expertise.create_need", school_id=school_id)
    flash_undo(_("Taken off the list."), back, {"item_id": item_id, "at_least": before})
    return redirect(url_for("expertise.edit_needs", school_id=school_id))


def _said(need: SchoolNeed, known: Taxonomy) -> str:
    return ngettext(
        "Kept: at least %(num)s person for %(item)s.",
        "Kept: at least %(num)s people for %(item)s.",
        need.at_least,
        item=known.item(need.item_id).name,
    )


def _page(school_id: int, values: Any, errors: Any) -> str:
    actor, known = acting(), taxonomy()
    if school_id not in led_schools(actor):
        raise NotFound
    needs = needs_of([school_id])
    counts = counts_by_item(actor, [need.item_id for need in needs], [school_id])
    return render_template(
        "expertise/needs.html",
        school=school_with(school_id).school,
        needs=[(need, known.item(need.item_id).name, counts.at(school_id, need.item_id)) for need in needs],
        options=[
            (item.id, f"{domain.name}: {item.name}") for domain in known.domains for item in domain.items
        ],
        values=values,
        errors=errors,
        most=NEEDED[1],
    )
