"""What a network chooses for itself."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.kernel.privacy.retention import YEARS_KEPT, kept_until
from app.organisation.models import MONTHS_OFFERED
from app.organisation.policy import MANAGE_SETTINGS
from app.organisation.queries import months_confirmed, years_kept
from app.organisation.schemas import ConfirmationPeriodSchema, RetentionSchema
from app.organisation.services import settings as services
from app.organisation.views.blueprint import blueprint
from app.organisation.views.lists import tabs
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.language import long_date
from app.web.undo import flash_undo


@blueprint.get("/instellingen")
@requires(MANAGE_SETTINGS)
def edit_settings() -> ResponseReturnValue:
    """What this network chose."""
    return _page({})


@blueprint.post("/instellingen/bewaartermijn")
@requires(MANAGE_SETTINGS)
def update_retention() -> ResponseReturnValue:
    """Choose how long confidential texts are kept; undoing it is the same with what it was."""
    try:
        school_years = read_form(RetentionSchema())["school_years"]
    except Invalid as wrong:
        return _page(wrong.fields), 422
    before = services.choose_retention(acting(), school_years)
    flash_undo(
        ngettext(
            "Texts are kept for %(num)d school year.",
            "Texts are kept for %(num)d school years.",
            school_years,
        ),
        url_for(".update_retention"),
        {"school_years": before},
    )
    return redirect(url_for(".edit_settings"))


@blueprint.post("/instellingen/bevestiging")
@requires(MANAGE_SETTINGS)
def update_confirmation_period() -> ResponseReturnValue:
    """Choose after how many months people confirm their expertise; undoing it is the same with what it was."""
    try:
        months = read_form(ConfirmationPeriodSchema())["months"]
    except Invalid as wrong:
        return _page(wrong.fields), 422
    before = services.choose_confirmation_period(acting(), months)
    flash_undo(
        ngettext(
            "Expertise is confirmed again after %(num)d month.",
            "Expertise is confirmed again after %(num)d months.",
            months,
        ),
        url_for(".update_confirmation_period"),
        {"months": before},
    )
    return redirect(url_for(".edit_settings"))


def _page(errors: Any) -> str:
    day = today()
    fewest, most = YEARS_KEPT
    return render_template(
        "organisation/settings.html",
        tabs=tabs("organisation.edit_settings"),
        years=request.form.get("school_years", str(years_kept())),
        year_choices=[
            (
                str(years),
                ngettext("%(num)d school year", "%(num)d school years", years),
                _("What ends today is kept until %(day)s.", day=long_date(kept_until(day, years))),
            )
            for years in range(fewest, most + 1)
        ],
        months=request.form.get("months", str(months_confirmed())),
        month_choices=[
            (str(months), ngettext("%(num)d month", "%(num)d months", months)) for months in MONTHS_OFFERED
        ],
        errors=errors,
    )
