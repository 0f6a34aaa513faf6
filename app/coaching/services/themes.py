"""The network's own themes: add one, give it another name, and let nobody choose it any more."""

import secrets

from flask_babel import gettext as _

from app.coaching.models import Theme
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import forget_own_themes, own_themes, theme_with
from app.coaching.themes import THEMES
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Invalid
from tenants.session import session

MAX_OWN_THEMES = 24
"""In use at the same time: with more, nobody fills in a request on a phone in five minutes."""


def add_theme(actor: Actor, label: str) -> int:
    """Add a theme to what can be chosen; gives its id. Raises Invalid for a name that there is, or one too many."""
    actor.require(RUN_ROUNDS)
    _refuse_known(label)
    _refuse_too_many()
    theme = Theme(code=f"own-{secrets.token_hex(4)}", label=label)
    session().add(theme)
    session().flush()
    forget_own_themes()
    record(actor, "add theme", "theme", theme.id)
    return theme.id


def rename_theme(actor: Actor, theme_id: int, label: str) -> None:
    """Give a theme another name, also in requests and profiles that have it."""
    actor.require(RUN_ROUNDS)
    theme = theme_with(theme_id)
    _refuse_known(label, but=theme)
    theme.label = label
    session().flush()
    record(actor, "rename theme", "theme", theme.id)


def retire_theme(actor: Actor, theme_id: int) -> None:
    """Nobody chooses it any more; where it was chosen it stays and counts."""
    actor.require(RUN_ROUNDS)
    theme = theme_with(theme_id)
    theme.retired_at = theme.retired_at or now()
    record(actor, "retire theme", "theme", theme.id)


def restore_theme(actor: Actor, theme_id: int) -> None:
    """Let it be chosen again."""
    actor.require(RUN_ROUNDS)
    theme = theme_with(theme_id)
    if theme.retired_at is not None:
        _refuse_too_many()
        theme.retired_at = None
        record(actor, "restore theme", "theme", theme.id)


def _refuse_known(label: str, *, but: Theme | None = None) -> None:
    others = [theme.label for theme in own_themes() if theme is not but]
    if label.casefold() in {str(known).casefold() for known in (*THEMES.values(), *others)}:
        raise Invalid({"label": [_("There is a theme with this name already.")]})


def _refuse_too_many() -> None:
    if sum(theme.retired_at is None for theme in own_themes()) >= MAX_OWN_THEMES:
        raise Invalid(
            {"label": [_("There can be %(most)s own themes. Retire one first.", most=MAX_OWN_THEMES)]}
        )
