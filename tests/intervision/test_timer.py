"""The timer of a step: what is left, standing still, going on, and more time."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.intervision.timer import Timer
from app.kernel.clock import now

BEGIN = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


def after(seconds):
    return BEGIN + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "left"), [(0, 300), (0.4, 300), (1, 299), (299.5, 1), (300, 0), (300.5, 0), (361, -61)]
)
def test_what_is_left_of_five_minutes(seconds, left):
    assert Timer.started(300, BEGIN).left(after(seconds)) == left


def test_a_timer_that_stands_still_keeps_its_time():
    paused = Timer.started(300, BEGIN).paused(after(100))
    assert paused.is_paused
    assert paused.left(after(100_000)) == 200


def test_it_goes_on_with_what_was_left():
    resumed = Timer.started(300, BEGIN).paused(after(100)).resumed(after(1000))
    assert not resumed.is_paused
    assert resumed.ends_at == after(1200)


def test_a_timer_that_was_over_when_paused_is_still_over():
    paused = Timer.started(300, BEGIN).paused(after(400))
    assert paused.left(after(500)) == -100
    assert paused.resumed(after(500)).left(after(500)) == -100


@pytest.mark.parametrize(("at", "left"), [(100, 320), (299, 121), (300, 120), (900, 120)])
def test_more_time_adds_to_what_is_left_and_counts_from_now_once_it_is_over(at, left):
    assert Timer.started(300, BEGIN).prolonged(120, after(at)).left(after(at)) == left


def test_more_time_while_it_stands_still_does_not_let_it_run():
    paused = Timer.started(300, BEGIN).paused(after(100)).prolonged(120, after(200))
    assert paused.is_paused
    assert paused.left(after(999)) == 320


def test_what_runs_is_not_resumed_anew():
    running = Timer.started(300, BEGIN)
    assert running.resumed(after(50)) == running


def test_once_all_is_over_nothing_is_left():
    assert Timer().left(BEGIN) == 0


def test_time_passes_by_the_clock_of_the_house():
    with time_machine.travel(BEGIN, tick=False) as traveller:
        timer = Timer.started(60, now())
        traveller.shift(45)
        assert timer.left(now()) == 15
