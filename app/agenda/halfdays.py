"""Half-days of a school week: 0 is Monday morning, 9 Friday afternoon."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.kernel.clock import AMSTERDAM
from app.organisation.labels import listed

DAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"))
HALFDAYS_IN_WEEK = 2 * len(DAYS)
HALFDAYS_RULE = "halfdays <@ ARRAY[0,1,2,3,4,5,6,7,8,9]::smallint[]"
"""What a column of half-days holds."""
NOON, EVENING = 12, 18
"""The hours at which the afternoon begins and ends."""


def halfday(number: int) -> str:
    """Such as "Monday morning"."""
    day = str(DAYS[number // 2])
    return _("%(day)s afternoon", day=day) if number % 2 else _("%(day)s morning", day=day)


def halfdays(numbers: Iterable[int]) -> str:
    """A list of half-days; a whole day is named as such."""
    chosen = set(numbers)
    names: list[str] = []
    for day, name in enumerate(DAYS):
        morning, afternoon = 2 * day in chosen, 2 * day + 1 in chosen
        if morning and afternoon:
            names.append(str(name))
        elif morning or afternoon:
            names.append(halfday(2 * day + (0 if morning else 1)))
    return listed(names)


def halfday_of(moment: datetime) -> int | None:
    """The half-day in which a moment lies, in Dutch time; None in the evening and at the weekend."""
    local = moment.astimezone(AMSTERDAM)
    if local.weekday() >= len(DAYS) or local.hour >= EVENING:
        return None
    return 2 * local.weekday() + (1 if local.hour >= NOON else 0)
