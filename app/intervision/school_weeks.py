"""Which weeks are school weeks: the school holidays of each region, as far as they are known."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from flask_babel import gettext as _

from app.intervision.models import Season
from app.kernel.clock import school_year

_FILE = Path(__file__).with_name("holidays.toml")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A school holiday by its code, with its first and last day."""

    code: str
    first: date
    last: date


def is_holiday(region: str, day: date) -> str | None:
    """The name of the school holiday that a day is in; None on other days, and where holidays are not known."""
    found = _holiday_on(region, day)
    return _name(found.code) if found else None


def falls_in_holiday(region: str, day: date) -> bool:
    """Whether a day is in a school holiday."""
    return _holiday_on(region, day) is not None


def school_weeks(season: Season) -> list[date]:
    """The Mondays of the weeks of a season that have no holiday from Monday to Friday.

    In a school year whose holidays are not known every week counts: see `years_without_holidays`.
    """
    first = season.starts_on - timedelta(days=season.starts_on.weekday())
    weeks = (first + timedelta(weeks=number) for number in range(1 + (season.ends_on - first).days // 7))
    return [monday for monday in weeks if not _has_holiday(season.region, monday)]


def years_without_holidays(season: Season) -> list[str]:
    """The school years of a season whose holidays are not known here, as `2031–2032`."""
    years = range(school_year(season.starts_on), school_year(season.ends_on) + 1)
    return [f"{year}–{year + 1}" for year in years if year not in _known_years()]


def _holiday_on(region: str, day: date) -> Holiday | None:
    return next((one for one in _holidays().get(region, ()) if one.first <= day <= one.last), None)


def _has_holiday(region: str, monday: date) -> bool:
    return any(
        one.first <= monday + timedelta(days=4) and monday <= one.last for one in _holidays().get(region, ())
    )


def _name(code: str) -> str:
    names = {
        "autumn": _("autumn holiday"),
        "christmas": _("Christmas holiday"),
        "spring": _("spring holiday"),
        "may": _("May holiday"),
        "summer": _("summer holiday"),
    }
    return names[code]


@cache
def _read() -> dict[str, dict[str, dict[str, list[date]]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _known_years() -> frozenset[int]:
    return frozenset(int(year) for year in _read())


@cache
def _holidays() -> Mapping[str, tuple[Holiday, ...]]:
    found: dict[str, list[Holiday]] = {}
    for regions in _read().values():
        for region, holidays in regions.items():
            found.setdefault(region, []).extend(
                Holiday(code, first, last) for code, (first, last) in holidays.items()
            )
    return {region: tuple(holidays) for region, holidays in found.items()}
