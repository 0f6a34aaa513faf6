"""What every room says when a text looks as if it holds data of a pupil."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from app.kernel.errors import Invalid
from app.kernel.privacy import looks_like_pupil_data


def seems_about_pupil(texts: Iterable[str | None]) -> bool:
    """Whether one of these texts looks like data of a pupil: then the form asks whether it is."""
    return any(looks_like_pupil_data(text) for text in texts if text)


def refuse_pupil_data(texts: Mapping[str, str | None], *, checked: bool) -> None:
    """Raise Invalid for each field that looks like data of a pupil, unless somebody says it is not (`checked`)."""
    if checked:
        return
    message = _("This looks like a birth date or number of a pupil. Take it out, or tick that it is not.")
    found = {name: [message] for name, text in texts.items() if seems_about_pupil([text])}
    if found:
        raise Invalid(found)
