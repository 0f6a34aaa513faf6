"""The themes of the network: those that are shipped, then its own."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.coaching.models import Theme
from app.coaching.themes import THEMES
from app.kernel.errors import NotFound
from tenants.session import session

KEPT = "coaching.own_themes"


def own_themes() -> Sequence[Theme]:
    """The network's own themes, the oldest first; the retired ones too. Read once in a unit of work."""
    kept: dict[str, Sequence[Theme]] = session().info
    if KEPT not in kept:
        kept[KEPT] = session().scalars(select(Theme).order_by(Theme.id)).all()
    return kept[KEPT]


def forget_own_themes() -> None:
    """Read them again when they are asked for next: one was added."""
    session().info.pop(KEPT, None)


def network_themes(kept: Collection[str] = ()) -> dict[str, str]:
    """Code and label of every theme that can be chosen, in the order of forms.

    A retired one is only among them where it was chosen before: `kept` has the codes of that request or profile.
    """
    own = {row.code: row.label for row in own_themes() if row.retired_at is None or row.code in kept}
    return {code: str(label) for code, label in THEMES.items()} | own


def retired_themes() -> dict[str, str]:
    """Code and label of what nobody chooses any more."""
    return {row.code: row.label for row in own_themes() if row.retired_at is not None}


def theme_label(code: str) -> str:
    """What a theme is called, also when it was retired since."""
    own = next((row.label for row in own_themes() if row.code == code), None)
    return own or str(THEMES.get(code, code))


def theme_with(theme_id: int) -> Theme:
    """A theme of the network's own. Raises NotFound."""
    found = next((row for row in own_themes() if row.id == theme_id), None)
    if found is None:
        raise NotFound
    return found
