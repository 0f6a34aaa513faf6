"""The themes that a request or a profile can have."""

from collections.abc import Collection

from flask_babel import gettext as _

from app.coaching.queries import retired_themes
from app.kernel.errors import Invalid


def refuse_retired_themes(chosen: Collection[str], *, kept: Collection[str]) -> None:
    """Raise Invalid for a theme that was retired, perhaps while the form was open; what was `kept` before may stay."""
    retired = retired_themes()
    gone = [label for code, label in retired.items() if code in chosen and code not in kept]
    if gone:
        raise Invalid(
            {
                "themes": [
                    _("“%(theme)s” is not used any more. Choose another theme.", theme=label)
                    for label in gone
                ]
            }
        )
