"""The time: in UTC inside, in Europe/Amsterdam for people. Tests move it with time-machine."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date in the Netherlands."""
    return datetime.now(AMSTERDAM).date()


def school_year(day: date) -> int:
    """The year in which the school year of `day` begins: it runs from 1 August to 31 July."""
    return day.year if day.month >= 8 else day.year - 1
