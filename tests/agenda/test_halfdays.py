"""Half-days in words, and in which of them a moment lies."""

from datetime import UTC, datetime

import pytest

from app.agenda.halfdays import halfday, halfday_of, halfdays


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 12, 7, 8, 0, tzinfo=UTC), 0),
        (datetime(2026, 12, 7, 10, 59, tzinfo=UTC), 0),
        (datetime(2026, 12, 7, 11, 0, tzinfo=UTC), 1),
        (datetime(2026, 7, 6, 10, 0, tzinfo=UTC), 1),  # in summer it is noon an hour earlier
        (datetime(2026, 12, 11, 16, 59, tzinfo=UTC), 9),
        (datetime(2026, 12, 11, 17, 0, tzinfo=UTC), None),
        (datetime(2026, 12, 12, 9, 0, tzinfo=UTC), None),
        (datetime(2026, 12, 6, 23, 30, tzinfo=UTC), 0),
    ],
)
def test_a_moment_lies_in_a_half_day_of_the_school_week_or_in_none(moment, number):
    assert halfday_of(moment) == number


def test_half_days_in_words(app):
    assert halfday(9) == "vrijdagmiddag"
    assert halfdays([3, 0, 1]) == "maandag en dinsdagmiddag"
    assert halfdays([]) == ""
