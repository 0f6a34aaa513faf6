"""Which moment comes, and one score for several goals: known values."""

from datetime import date, timedelta

import pytest

from app.goals.attainment import moment_after, open_moment, t_score
from app.goals.models import Moment

CLOSED = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("levels", "weights", "score"),
    [
        ([0], None, 50.0),
        ([1], None, 60.0),
        ([-2], None, 30.0),
        ([0, 0, 0], None, 50.0),
        ([1, 1], None, 62.403),
        ([1, 1, 1], None, 63.693),
        ([-1, -1, -1, -1], None, 35.491),
        ([2, -2], None, 50.0),
        ([1, 0], [2, 1], 58.032),
        ([1, 0, -1], [1, 1, 1], 50.0),
    ],
)
def test_the_score_of_kiresuk_and_sherman(levels, weights, score):
    assert t_score(levels, weights) == pytest.approx(score, abs=0.001)


def test_equal_weights_are_no_weights():
    assert t_score([2, -1, 0], [3, 3, 3]) == pytest.approx(t_score([2, -1, 0]))


def test_there_is_no_score_without_a_goal():
    with pytest.raises(ValueError, match="at least one goal"):
        t_score([])


@pytest.mark.parametrize(
    ("measured", "days", "moment"),
    [
        ([], None, Moment.START),
        (["start"], None, Moment.CHECK_IN),
        (["start", "check_in"], None, Moment.END),
        (["start", "check_in", "end"], None, None),
        ([], 0, None),
        (["start"], 0, Moment.END),
        (["start", "end"], 10, None),
        (["start"], 41, Moment.END),
        (["start"], 42, Moment.AFTER_6_WEEKS),
        (["start", "after_6_weeks"], 43, None),
        (["start"], 181, Moment.AFTER_6_WEEKS),
        (["start", "after_6_weeks"], 182, Moment.AFTER_6_MONTHS),
        (["start"], 364, None),
    ],
)
def test_one_moment_is_open_at_a_time(measured, days, moment):
    closed_on = None if days is None else CLOSED
    assert open_moment(measured, closed_on, CLOSED + timedelta(days=days or 0)) == moment


def test_a_year_later_it_says_nothing_any_more():
    assert moment_after(CLOSED, date(2027, 6, 1)) is None
