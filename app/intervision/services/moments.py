"""Which moments can be chosen for a session: still to come, and in a school holiday only by who was warned."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from flask_babel import gettext as _

from app.intervision.school_weeks import is_holiday
from app.kernel.clock import AMSTERDAM, now, today
from app.kernel.errors import Invalid

AHEAD = timedelta(days=550)
"""How long ahead a session can be planned: until the end of the next school year."""


class InHoliday(Invalid):
    """Days lie in a school holiday, and nobody said yet that they may. `days` are those to say it of."""

    def __init__(self, found: Mapping[str, tuple[date, str]], also: Mapping[str, Sequence[str]]) -> None:
        words = {
            field: [
                _(
                    "This day is in the %(holiday)s. Choose another, or press once more to keep it.",
                    holiday=holiday,
                )
            ]
            for field, (_day, holiday) in found.items()
        }
        super().__init__({**words, **also})
        self.days = [day for day, _holiday in found.values()]


def moment_at(day: date, at: time, *, day_field: str = "day", time_field: str = "time") -> datetime:
    """The moment of a day and a time in the Netherlands. Raises Invalid for one that is past, or too far ahead."""
    if day < today():
        raise Invalid({day_field: [_("Choose a day that is still to come.")]})
    if day > today() + AHEAD:
        raise Invalid({day_field: [_("Choose a day within a year and a half.")]})
    on_the_minute = at.replace(second=0, microsecond=0)
    starts_at = datetime.combine(day, on_the_minute, AMSTERDAM).astimezone(UTC)
    if starts_at <= now():
        raise Invalid({time_field: [_("Choose a time that is still to come.")]})
    return starts_at


def mind_holidays(
    region: str,
    days: Mapping[str, date],
    accepted: Collection[date],
    *,
    also: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Raise InHoliday for days (by the field they stand in) in a school holiday that nobody accepted yet.

    `also` is what else is wrong, to be told at once.
    """
    named = {field: (day, is_holiday(region, day)) for field, day in days.items() if day not in accepted}
    found = {field: (day, holiday) for field, (day, holiday) in named.items() if holiday}
    if found:
        raise InHoliday(found, also or {})
