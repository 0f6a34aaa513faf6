"""Roles rotate: who had one least and longest ago gets it, the same each time it is asked."""

from collections import Counter

import pytest

from app.intervision.models import SessionRole
from app.intervision.turns import fair_roles


def a_season_of(people, sessions, away=None):
    """Who had which role in each session; `away` tells who is not there in which session."""
    earlier = []
    for number in range(1, sessions + 1):
        present = [person for person in people if person not in (away or {}).get(number, ())]
        for role, person in fair_roles(present, earlier).items():
            earlier.append((number, role, person))
    return earlier


def times(earlier, role):
    return Counter(person for _number, taken, person in earlier if taken == role)


@pytest.mark.parametrize("size", [5, 6, 7, 8])
def test_in_as_many_sessions_as_people_everybody_has_each_role_once(size):
    people = list(range(10, 10 + size))
    earlier = a_season_of(people, sessions=size)
    for role in SessionRole:
        assert times(earlier, role) == dict.fromkeys(people, 1), role


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6, 7, 8])
def test_over_a_season_nobody_has_a_role_much_more_often(size):
    people = list(range(1, size + 1))
    earlier = a_season_of(people, sessions=10)
    for role in SessionRole:
        had = [times(earlier, role)[person] for person in people]
        assert max(had) - min(had) <= 2, role


def test_the_contributor_rotates_also_when_people_are_away():
    people = [1, 2, 3, 4, 5, 6]
    earlier = a_season_of(people, sessions=6, away={1: (1, 2), 3: (4,), 5: (6, 3)})
    assert max(times(earlier, SessionRole.CONTRIBUTOR).values()) <= 2


def test_nobody_has_two_roles_as_long_as_somebody_has_none():
    for number_of_people in range(5, 9):
        roles = fair_roles(list(range(number_of_people)), [])
        assert len(set(roles.values())) == len(SessionRole)


def test_in_a_group_of_three_everybody_has_something_to_do():
    assert set(fair_roles([1, 2, 3], []).values()) == {1, 2, 3}


def test_who_had_it_longest_ago_is_next():
    earlier = [(1, "contributor", 1), (2, "contributor", 2), (3, "contributor", 3)]
    assert fair_roles([1, 2, 3], earlier)["contributor"] == 1


def test_what_was_agreed_stays():
    roles = fair_roles([1, 2, 3, 4, 5], [], {"contributor": 4})
    assert roles["contributor"] == 4
    assert list(roles.values()).count(4) == 1


def test_without_people_there_are_no_roles():
    assert fair_roles([], []) == {}


def test_asked_again_it_says_the_same():
    earlier = a_season_of([3, 1, 2, 5, 4], sessions=3)
    assert fair_roles([3, 1, 2, 5, 4], earlier) == fair_roles([3, 1, 2, 5, 4], list(reversed(earlier)))
