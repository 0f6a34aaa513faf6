"""What every room says when a text looks as if it holds data of a pupil."""

from collections.abc import Mapping

from flask_babel import gettext as _

from app.kernel.errors import Invalid
from app.kernel.privacy import looks_like_pupil_data


def refuse_pupil_data(texts: Mapping[str, str | None], *, checked: bool) -> None:
    """Raise Invalid for each field that looks like data of a pupil, unless somebody says it is not (`checked`)."""
    if checked:
        return
    message = _("This looks like a birth date or number of a pupil. Take it out, or tick that it is not.")
    found = {name: [message] for name, text in texts.items() if text and looks_like_pupil_data(text)}
    if found:
        raise Invalid(found)
