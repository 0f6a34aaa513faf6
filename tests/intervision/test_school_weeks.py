"""School weeks leave out the holidays of the region."""

from datetime import date, timedelta

import pytest

from app.intervision.models import Region, Season
from app.intervision.school_weeks import is_holiday, school_weeks, years_without_holidays


def season(first: date, last: date, region: str = Region.NORTH) -> Season:
    """A season that is not kept."""
    return Season(starts_on=first, ends_on=last, region=region)


@pytest.mark.parametrize(
    ("region", "day", "is_free"),
    [
        ("noord", date(2026, 10, 12), True),
        ("midden", date(2026, 10, 12), False),
        ("noord", date(2026, 12, 25), True),
        ("zuid", date(2027, 2, 15), True),
        ("noord", date(2027, 2, 15), False),
        ("noord", date(2031, 12, 25), False),
    ],
)
def test_a_day_is_in_a_holiday_of_its_region(app, region, day, is_free):
    with app.test_request_context():
        assert (is_holiday(region, day) is not None) == is_free


def test_the_weeks_of_a_season_are_without_holidays():
    weeks = school_weeks(season(date(2026, 9, 1), date(2027, 1, 15)))

    assert weeks[0] == date(2026, 8, 31)
    assert date(2026, 10, 12) not in weeks, "autumn"
    assert date(2026, 12, 21) not in weeks, "Christmas"
    assert weeks[-1] == date(2027, 1, 11)
    assert all(monday.weekday() == 0 for monday in weeks)


def test_a_year_without_known_holidays_is_said():
    far = season(date(2031, 9, 1), date(2032, 7, 1))

    assert years_without_holidays(far) == ["2031–2032"]
    assert len(school_weeks(far)) == (date(2032, 7, 1) - date(2031, 9, 1)) // timedelta(weeks=1) + 1
    assert years_without_holidays(season(date(2026, 9, 1), date(2027, 7, 1))) == []
