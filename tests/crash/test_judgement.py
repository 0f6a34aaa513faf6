"""The bars of `make crash`: a run in which nothing went wrong meets them, and each planted fault misses one."""

import pytest

from tests.crash.clients import Answers
from tests.crash.judgement import Found, judge
from tests.crash.seats import Try

BOOKED = [(1, 10), (1, 11), (2, 10)]
FINE = {
    "booked": BOOKED, "seats": [(1, 1), (1, 2), (2, 1)], "over_capacity": 0, "out_of_step": 0, "mailed": BOOKED,
    "jobs_left": 0, "jobs_failed": 0,
}  # fmt: skip


def answers(*, wrong=False):
    told = Answers()
    for session_id, person_id in BOOKED:
        told.note(Try(person_id, session_id, "", ""), "booked", presses=2)
    told.note(Try(12, 2, "", ""), "403" if wrong else "full", presses=1)
    return told


def missed(told=None, **found):
    bars = judge(told or answers(), Found(**(FINE | found)), tries=4, seats=3)
    return {bar.label for bar in bars if not bar.is_met}


def test_nothing_went_wrong():
    assert missed() == set()
    assert answers().again == 3


@pytest.mark.parametrize(
    ("found", "label"),
    [
        ({"booked": BOOKED[:2]}, "acknowledged bookings that were lost"),
        ({"booked": [*BOOKED, (3, 10)]}, "bookings that nobody was told of"),
        ({"booked": [*BOOKED, BOOKED[0]]}, "people booked twice in a session"),
        ({"seats": [(1, 1), (1, 1), (2, 1)]}, "seats given to two people"),
        ({"over_capacity": 1}, "sessions over capacity"),
        ({"out_of_step": 1}, "bookings out of step with the agenda"),
        ({"mailed": BOOKED[:2]}, "bookings without a mail"),
        ({"mailed": [*BOOKED, (3, 10)]}, "mails without a booking"),
        ({"mailed": [*BOOKED, BOOKED[0]]}, "mails that came twice"),
        ({"jobs_failed": 1}, "jobs that were left or given up"),
    ],
)
def test_each_fault_is_found(found, label):
    assert label in missed(**found)


def test_an_answer_that_nobody_should_get_is_found():
    assert missed(answers(wrong=True)) == {"answers that nobody should get"}
