"""Add many items at once: paste lines, look at what becomes of them, and add them all or none."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.expertise.pasted import WRONG, LineState, PastedLine
from app.expertise.policy import RUN_TAXONOMY
from app.expertise.queries import taxonomy
from app.expertise.schemas.taxonomy import PasteSchema
from app.expertise.services import pasting as services
from app.expertise.views.blueprint import blueprint
from app.kernel.errors import Invalid
from app.web.forms import read_form
from app.web.guard import acting, requires

STATES = {
    LineState.NEW: _l("new"),
    LineState.KNOWN: _l("is there already, is left out"),
    LineState.TWICE: _l("stands in these lines twice, is left out"),
    LineState.NOT_IN_USE: _l("was retired: bring it back instead"),
    LineState.NO_DOMAIN: _l("has no domain: choose one, or write “Domain; Item”"),
    LineState.TOO_LONG: _l("is too long"),
    LineState.UNCLEAR: _l("is not one domain and one item"),
}


@blueprint.get("/expertise-indeling/plakken")
@requires(RUN_TAXONOMY)
def new_paste() -> ResponseReturnValue:
    """A box for the lines."""
    return _form({}, {})


@blueprint.post("/expertise-indeling/plakken")
@requires(RUN_TAXONOMY)
def create_paste() -> ResponseReturnValue:
    """Show what becomes of the lines; once that was seen, add them."""
    try:
        data = read_form(PasteSchema())
        lines = services.preview_of(acting(), data["lines"], data["domain_id"])
        if not data["seen"]:
            return _form(request.form, {}, lines)
        added = services.add_lines(acting(), data["lines"], data["domain_id"])
    except Invalid as wrong:
        return _form(request.form, wrong.fields), 422
    flash(ngettext("%(num)s item was added.", "%(num)s items were added.", added), "good")
    return redirect(url_for("expertise.index_domains"))


def _form(values: Any, errors: Any, lines: list[PastedLine] | None = None) -> str:
    lines = lines or []
    return render_template(
        "expertise/paste.html",
        values=values,
        errors=errors,
        domains=[(domain.id, domain.name) for domain in taxonomy().domains],
        lines=lines,
        states=STATES,
        new_count=sum(line.state == LineState.NEW for line in lines),
        wrong_count=sum(line.state in WRONG for line in lines),
        new_domains=services.new_domains(lines),
        wrong_states=WRONG,
        most=services.MOST_AT_ONCE,
    )
