"""Changes by hand keep the rules and move few people."""

from app.intervision.grouping import (
    Person,
    Relations,
    Sizes,
    best_split,
    make_task,
    smallest_change,
)

SIZES = Sizes(least=3, target=4, most=5, penalty=10)


def task(count=9, forbidden=(), locked=(), schools=None, days=None):
    people = [
        Person(f"p{n}", (schools or {}).get(n, f"s{n}"), frozenset((days or {}).get(n, {1, 2})))
        for n in range(count)
    ]
    scores = {(f"p{a}", f"p{b}"): 10 * a + b for a in range(count) for b in range(count) if a < b}
    return make_task(people, Relations(scores=scores, forbidden=forbidden, locked=locked), SIZES)


GROUPS = [["p0", "p1", "p2"], ["p3", "p4", "p5", "p6"]]


def test_who_leaves_a_group_that_stays_large_enough_moves_nobody():
    change = smallest_change(task(), GROUPS, leaving=["p6"])
    assert change.moved == ()
    assert change.groups == (("p0", "p1", "p2"), ("p3", "p4", "p5"))


def test_who_leaves_a_group_that_becomes_too_small_is_replaced_by_one():
    change = smallest_change(task(), GROUPS, leaving=["p0"])
    assert len(change.moved) == 1
    assert [len(group) for group in change.groups] == [3, 3]


def test_groups_become_one_when_nobody_can_be_missed():
    change = smallest_change(task(6), [["p0", "p1", "p2"], ["p3", "p4", "p5"]], leaving=["p0"])
    assert change.groups == (("p1", "p2", "p3", "p4", "p5"),)
    assert change.moved == ("p1", "p2")


def test_a_newcomer_goes_where_most_is_gained():
    change = smallest_change(task(), GROUPS, arriving=["p7"])
    assert change.moved == ()
    assert sum("p7" in group for group in change.groups) == 1


def test_a_newcomer_splits_a_group_that_is_full():
    full = [["p0", "p1", "p2", "p3", "p4"]]
    change = smallest_change(task(6), full, arriving=["p5"])
    assert [len(group) for group in change.groups] == [3, 3]


def test_a_locked_group_is_not_touched():
    locked = [tuple(GROUPS[1])]
    change = smallest_change(task(locked=locked), GROUPS, arriving=["p7"])
    assert tuple(GROUPS[1]) in change.groups


def test_there_may_be_no_change_that_keeps_the_rules():
    assert smallest_change(task(3), [["p0", "p1", "p2"]], leaving=["p0"]) is None
    assert smallest_change(task(4, schools={3: "s0"}), [["p0", "p1", "p2"]], arriving=["p3"]) is None


def test_a_group_can_be_split_into_the_two_that_are_worth_most():
    people = ("p0", "p1", "p2", "p3", "p4", "p5")
    halves = best_split(task(), people)
    assert halves is not None
    assert sorted([*halves[0], *halves[1]]) == list(people)
    assert best_split(task(), GROUPS[1]) is None
