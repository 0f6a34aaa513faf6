"""Groups of years before this product was used: what is known, and a file to take over."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.intervision.policy import RUN_SEASONS
from app.intervision.queries.together import earlier_years
from app.intervision.schemas import EarlierYearSchema
from app.intervision.services.earlier_groups import forget_earlier_year, import_earlier_groups
from app.intervision.views.blueprint import blueprint
from app.kernel.errors import Invalid
from app.kernel.tables import write_xlsx
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.tables import ACCEPT, download, read_uploaded_table

EXAMPLE = (
    ("Schooljaar", "Groep", "E-mail", "Naam"),
    (
        ("2025–2026", "Groep Noord", "fatima@voorbeeld.example", "Fatima el Amrani"),
        ("2025–2026", "Groep Noord", "", "Joost van Leeuwen"),
    ),
)


@blueprint.get("/intervisie/eerdere-groepen")
@requires(RUN_SEASONS)
def index_earlier_groups() -> ResponseReturnValue:
    """Which earlier years are known."""
    return _page({})


@blueprint.get("/intervisie/eerdere-groepen/voorbeeld")
@requires(RUN_SEASONS)
def show_earlier_groups_example() -> ResponseReturnValue:
    """A file to begin from."""
    return download(write_xlsx(*EXAMPLE, "Groepen"), "eerdere-groepen.xlsx")


@blueprint.post("/intervisie/eerdere-groepen")
@requires(RUN_SEASONS, takes_file=True)
def create_earlier_groups() -> ResponseReturnValue:
    """Take over a file: all of it, or nothing."""
    try:
        count = import_earlier_groups(acting(), read_uploaded_table("file"))
    except Invalid as wrong:
        return _page(wrong.fields), 422
    if count:
        flash(
            ngettext("%(num)s seat has been taken over.", "%(num)s seats have been taken over.", count),
            "good",
        )
    else:
        flash(_("Everything in this file was known already."))
    return redirect(url_for("intervision.index_earlier_groups"))


@blueprint.post("/intervisie/eerdere-groepen/verwijdering")
@requires(RUN_SEASONS)
def destroy_earlier_groups() -> ResponseReturnValue:
    """Take out what was taken over of a school year."""
    forget_earlier_year(acting(), read_form(EarlierYearSchema())["school_year"])
    flash(_("That year has been taken out."))
    return redirect(url_for("intervision.index_earlier_groups"))


def _page(errors: Any) -> str:
    return render_template(
        "intervision/earlier_groups.html", years=earlier_years(), errors=errors, accept=ACCEPT
    )
