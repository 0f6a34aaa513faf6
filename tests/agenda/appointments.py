"""Appointments for the tests."""

from datetime import UTC, datetime, timedelta

from app.agenda.models import Appointment
from app.agenda.services.appointments import book

TEN = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
"""Monday morning, ten o'clock in the Netherlands."""
HOUR = timedelta(hours=1)


def booked(*people: int, at: datetime = TEN, place: str | None = "OBS De Wilgen, Purmerend") -> Appointment:
    """An appointment of an hour."""
    return book(people, at, at + HOUR, place, "coaching")
