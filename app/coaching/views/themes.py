"""The themes of the network: those that are shipped, and its own."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import own_themes, theme_with
from app.coaching.schemas import ThemeSchema
from app.coaching.services import themes as services
from app.coaching.themes import THEMES
from app.coaching.views.blueprint import blueprint
from app.kernel.errors import Invalid
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/koppelrondes/themas")
@requires(RUN_ROUNDS)
def index_themes() -> ResponseReturnValue:
    """Every theme that requests and profiles can have."""
    return _page("", {})


@blueprint.post("/koppelrondes/themas")
@requires(RUN_ROUNDS)
def create_theme() -> ResponseReturnValue:
    """Add a theme."""
    try:
        theme_id = services.add_theme(acting(), read_form(ThemeSchema())["label"])
    except Invalid as wrong:
        return _page(request.form.get("label", ""), wrong.fields), 422
    flash_undo(
        _("“%(theme)s” can be chosen now.", theme=theme_with(theme_id).label),
        url_for("coaching.create_theme_retirement", theme_id=theme_id),
        label=_("Retire"),
    )
    return redirect(url_for("coaching.index_themes"))


@blueprint.get("/koppelrondes/themas/<int:theme_id>")
@requires(RUN_ROUNDS)
def edit_theme(theme_id: int) -> ResponseReturnValue:
    """Another name for a theme."""
    theme = theme_with(theme_id)
    return render_template("coaching/theme.html", theme=theme, label=theme.label, errors={})


@blueprint.post("/koppelrondes/themas/<int:theme_id>")
@requires(RUN_ROUNDS)
def update_theme(theme_id: int) -> ResponseReturnValue:
    """Give a theme another name."""
    theme = theme_with(theme_id)
    before = theme.label
    try:
        services.rename_theme(acting(), theme_id, read_form(ThemeSchema())["label"])
    except Invalid as wrong:
        typed = request.form.get("label", "")
        return render_template("coaching/theme.html", theme=theme, label=typed, errors=wrong.fields), 422
    flash_undo(
        _("The theme is called “%(theme)s” now, everywhere.", theme=theme.label),
        url_for("coaching.update_theme", theme_id=theme_id),
        {"label": before},
    )
    return redirect(url_for("coaching.index_themes"))


@blueprint.post("/koppelrondes/themas/<int:theme_id>/archivering")
@requires(RUN_ROUNDS)
def create_theme_retirement(theme_id: int) -> ResponseReturnValue:
    """Let nobody choose a theme any more."""
    services.retire_theme(acting(), theme_id)
    flash_undo(
        _("Nobody can choose “%(theme)s” any more.", theme=theme_with(theme_id).label),
        url_for("coaching.destroy_theme_retirement", theme_id=theme_id),
    )
    return redirect(url_for("coaching.index_themes"))


@blueprint.post("/koppelrondes/themas/<int:theme_id>/archivering/opheffing")
@requires(RUN_ROUNDS)
def destroy_theme_retirement(theme_id: int) -> ResponseReturnValue:
    """Let a theme be chosen again."""
    theme_with(theme_id)
    try:
        services.restore_theme(acting(), theme_id)
    except Invalid as wrong:
        return _page("", wrong.fields), 422
    flash_undo(
        _("“%(theme)s” can be chosen again.", theme=theme_with(theme_id).label),
        url_for("coaching.create_theme_retirement", theme_id=theme_id),
    )
    return redirect(url_for("coaching.index_themes"))


def _page(label: str, errors: Any) -> str:
    own = own_themes()
    return render_template(
        "coaching/themes.html",
        shipped=list(THEMES.values()),
        own=[theme for theme in own if theme.retired_at is None],
        retired=[theme for theme in own if theme.retired_at is not None],
        label=label,
        errors=errors,
    )
