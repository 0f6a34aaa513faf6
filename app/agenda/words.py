"""When an appointment is, in words: in Dutch time, for people."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from app.agenda.models import Appointment
from app.kernel.clock import AMSTERDAM
from app.web.language import day_as


def when(appointment: Appointment) -> str:
    """Such as "maandag 7 december 2026, 10:00–11:15"."""
    return f"{day_in_words(appointment.starts_at)}, {times(appointment)}"


def times(appointment: Appointment) -> str:
    """From when until when, such as "10:00–11:15"."""
    start, end = (at.astimezone(AMSTERDAM) for at in (appointment.starts_at, appointment.ends_at))
    return f"{start:%H:%M}–{end:%H:%M}"


def day_in_words(at: datetime) -> str:
    """Such as "maandag 7 december 2026"."""
    return day_as("EEEE d MMMM y", at.astimezone(AMSTERDAM).date())


def week_of(at: datetime) -> str:
    """The school week of a moment, such as "Week 50 · 7 december t/m 11 december"."""
    day = at.astimezone(AMSTERDAM).date()
    monday = day - timedelta(days=day.weekday())
    return _(
        "Week %(number)s · %(first)s to %(last)s",
        number=day.isocalendar().week,
        first=day_as("d MMMM", monday),
        last=day_as("d MMMM", monday + timedelta(days=6)),
    )


def capitalised(text: str) -> str:
    """A text at the beginning of a line."""
    return text[:1].upper() + text[1:]


def on_one_line(text: str) -> str:
    """A text without line breaks and other signs that nobody sees: in a calendar file they would be lines of it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
