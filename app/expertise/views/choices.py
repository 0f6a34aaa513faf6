"""Tick many items at once: those of a domain, or those that a search found."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import Domain, records_of, taxonomy
from app.expertise.schemas import ChoicesSchema
from app.expertise.services.choices import save_choices
from app.expertise.views.blueprint import blueprint
from app.expertise.views.choice_form import Typed, choice_form, flash_saved
from app.expertise.views.own import own_page
from app.kernel.errors import Invalid, NotFound
from app.web.forms import form_values, read, read_form
from app.web.guard import acting, requires

ONWARDS = "verder"
"""The button that saves and goes to the next domain."""


@blueprint.get("/expertise/domeinen/<int:domain_id>")
@requires(KEEP_RECORDS)
def edit_choices(domain_id: int) -> ResponseReturnValue:
    """All items of a domain, to tick what holds."""
    return _page(_domain(domain_id), None)


@blueprint.post("/expertise/domeinen/<int:domain_id>")
@requires(KEEP_RECORDS)
def update_choices(domain_id: int) -> ResponseReturnValue:
    """Keep what was ticked, and go on to the next domain when she wants to."""
    domain, schema = _domain(domain_id), ChoicesSchema()
    values = {name: value for name, value in form_values(schema).items() if name != ONWARDS}
    try:
        saved = save_choices(acting(), read(schema, values))
    except Invalid as wrong:
        return _page(domain, Typed(values, wrong.fields)), 422
    flash_saved(saved)
    following = _following(domain)
    if ONWARDS in request.form and following:
        return redirect(url_for("expertise.edit_choices", domain_id=following.id))
    return redirect(url_for("expertise.show_own"))


@blueprint.post("/expertise/onderwerpen/gevonden")
@requires(KEEP_RECORDS)
def index_found() -> ResponseReturnValue:
    """What words name, with what is ticked and not saved yet: sent and not asked for, to stand in no address."""
    values = form_values(ChoicesSchema())
    words = str(values.pop("q", "")).replace("\0", "").strip()[:100]
    return own_page(acting(), words, Typed(values, {}) if "visibility" in values else None)


@blueprint.post("/expertise/onderwerpen")
@requires(KEEP_RECORDS)
def update_found() -> ResponseReturnValue:
    """Keep what was ticked among what was found."""
    schema = ChoicesSchema()
    try:
        saved = save_choices(acting(), read_form(schema))
    except Invalid as wrong:
        return own_page(acting(), "", Typed(form_values(schema), wrong.fields)), 422
    flash_saved(saved)
    return redirect(url_for("expertise.show_own"))


def _domain(domain_id: int) -> Domain:
    """A domain that is in use. Raises NotFound."""
    for domain in taxonomy().domains:
        if domain.id == domain_id:
            return domain
    raise NotFound


def _following(domain: Domain) -> Domain | None:
    domains = taxonomy().domains
    place = domains.index(domain) + 1
    return domains[place] if place < len(domains) else None


def _page(domain: Domain, typed: Typed | None) -> str:
    return render_template(
        "expertise/domain.html",
        domain=domain,
        following=_following(domain),
        place=taxonomy().domains.index(domain) + 1,
        count=len(taxonomy().domains),
        onwards=ONWARDS,
        **choice_form(domain.items, records_of(acting()), typed),
    )
