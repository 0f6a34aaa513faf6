"""Dates as people and programs write them: 2026-08-01, 1-8-2026, 01/08/26, 1 augustus 2026."""

import re
from contextlib import suppress
from datetime import date

from app.organisation.importing.text import folded

FIRST_YEAR, LAST_YEAR = 1950, 2100
"""Nobody who works in a school today began earlier; a year beyond is a slip of the finger."""
CENTURY_TURNS_AT = 70
"""Two digits from here on are of the last century."""

_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH = {"mar": 3, "may": 5, "mrt": 3, "oct": 10}
_BY_MONTH = {name: number for number, name in enumerate(_MONTHS, start=1)} | _ENGLISH

_TIME = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d{{2}}){_TIME}")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_IN_WORDS = re.compile(r"(\d{1,2})[-. ]([a-z]{3,9})\.?[-. ](\d{4}|\d{2})")


def date_of(text: str) -> date | None:
    """The day that a text stands for; None when it stands for none. A day stands before its month, as in Dutch."""
    written = folded(text)
    for pattern, order in ((_YEAR_FIRST, (0, 1, 2)), (_DIGITS, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0))):
        if found := pattern.fullmatch(written):
            return _day(*(found.groups()[place] for place in order))
    if found := _IN_WORDS.fullmatch(written):
        day, month, year = found.groups()
        return _day(year, str(_BY_MONTH.get(month[:3], 0)), day)
    return None


def _day(year: str, month: str, day: str) -> date | None:
    whole = int(year)
    if len(year) == 2:
        whole += 1900 if whole >= CENTURY_TURNS_AT else 2000
    if not FIRST_YEAR <= whole <= LAST_YEAR:
        return None
    with suppress(ValueError):
        return date(whole, int(month), int(day))
    return None
