"""What the answers to a poll come to."""

from datetime import UTC, datetime, timedelta

import pytest

from app.intervision.models import PollOption, PollWord
from app.intervision.poll_rules import best_of, silent_in, standings, usual_quorum

YES, IF_NEEDED, NO = PollWord.YES, PollWord.IF_NEEDED, PollWord.NO
AT = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def options():
    return [PollOption(id=number, starts_at=AT + timedelta(days=number), ends_at=AT) for number in (1, 2, 3)]


def test_at_which_most_can_is_best_then_which_suits_then_the_first():
    said = {7: {1: IF_NEEDED, 2: YES, 3: YES}, 8: {1: YES, 2: YES, 3: YES}, 9: {1: YES, 2: NO, 3: NO}}
    assert [one.option.id for one in standings(options(), said, [7, 8, 9])] == [1, 2, 3]
    said[7][1], said[9][1] = NO, IF_NEEDED
    assert [one.option.id for one in standings(options(), said, [7, 8, 9])] == [2, 3, 1]


def test_who_left_the_group_does_not_count():
    said = {7: {1: YES, 2: NO, 3: NO}, 8: {1: NO, 2: YES, 3: NO}}
    assert standings(options(), said, [8])[0].option.id == 2


def test_below_the_quorum_or_past_nothing_is_proposed():
    said = {7: {1: YES, 2: NO, 3: NO}, 8: {1: YES, 2: NO, 3: NO}}
    ranked = standings(options(), said, [7, 8])
    assert best_of(ranked, 2, AT).option.id == 1
    assert best_of(ranked, 3, AT) is None
    assert best_of(ranked, 2, AT + timedelta(days=1)) is None


@pytest.mark.parametrize(("people", "quorum"), [(1, 2), (2, 2), (3, 2), (4, 3), (6, 4), (8, 5)])
def test_the_usual_quorum_is_more_than_half(people, quorum):
    assert usual_quorum(people) == quorum


def test_silent_is_who_said_nothing():
    assert silent_in({8: {1: NO}}, [7, 8, 9]) == [7, 9]
