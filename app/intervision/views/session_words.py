"""How a session stands in a list: its day and time, where, and in which state."""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from app.agenda.words import capitalised, day_in_words, times
from app.intervision.queries import DatedSession


class SessionRow(NamedTuple):
    """A session in a list."""

    dated: DatedSession
    title: str
    text: str
    state: str | None
    """A word where there is something to know: called off, over, without a date."""


def session_rows(sessions: Sequence[DatedSession]) -> list[SessionRow]:
    """Sessions as lists show them, by their number."""
    return [_row(dated) for dated in sorted(sessions, key=lambda one: one.session.number)]


def _row(dated: DatedSession) -> SessionRow:
    found = dated.appointment
    title = _("Session %(number)s", number=dated.session.number)
    if found is None:
        return SessionRow(dated, title, _("No date yet"), _("called off") if dated.is_cancelled else None)
    parts = [capitalised(day_in_words(found.starts_at)), times(found), found.place]
    state = _("called off") if dated.is_cancelled else _("held") if dated.is_over else None
    return SessionRow(dated, title, " · ".join(filter(None, parts)), state)
