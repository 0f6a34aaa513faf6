"""Changes by hand keep the rules, move few people, and say beforehand what they do."""

import pytest

from app.intervision.grouping import (
    Person,
    Relations,
    Rule,
    Sizes,
    best_split,
    describe,
    make_task,
    merged,
    smallest_change,
    what_if_moved,
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


def test_a_group_is_described_by_its_pairs_and_half_days():
    facts = describe(task(), GROUPS[0])
    assert facts.pairs == (("p0", "p1", 1), ("p0", "p2", 2), ("p1", "p2", 12))
    assert facts.halfdays == (1, 2)
    assert facts.value == 15 * 3 // 2 - 10
    assert facts.broken == ()


def test_a_move_tells_what_it_gains():
    effect = what_if_moved(task(), GROUPS, "p6", 0)
    before = describe(task(), GROUPS[0]).value + describe(task(), GROUPS[1]).value
    after = describe(task(), ["p0", "p1", "p2", "p6"]).value + describe(task(), ["p3", "p4", "p5"]).value
    assert effect.gain == after - before
    assert effect.broken == ()


@pytest.mark.parametrize(
    ("more", "person", "to", "rule"),
    [
        ({}, "p0", 1, Rule.SIZE),
        ({"schools": {6: "s0"}}, "p6", 0, Rule.SAME_SCHOOL),
        ({"forbidden": [("p6", "p0")]}, "p6", 0, Rule.FORBIDDEN),
        ({"days": {6: {1}, 0: {2}}}, "p6", 0, Rule.NO_COMMON_HALFDAY),
    ],
)
def test_a_move_tells_which_rule_it_breaks(more, person, to, rule):
    assert [broken.rule for broken in what_if_moved(task(**more), GROUPS, person, to).broken] == [rule]


def test_somebody_without_a_place_can_be_moved_in_and_somebody_out():
    joined = what_if_moved(task(), GROUPS, "p8", 0)
    assert (joined.left_before, joined.joined_after.people) == (None, ("p0", "p1", "p2", "p8"))
    left = what_if_moved(task(), GROUPS, "p6", None)
    assert (left.joined_after, left.left_after.people) == (None, ("p3", "p4", "p5"))
    assert what_if_moved(task(), GROUPS, "p6", 1).gain == 0


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


def test_groups_can_be_merged_and_split():
    facts = merged(task(), GROUPS, 0, 1)
    assert [broken.rule for broken in facts.broken] == [Rule.SIZE]
    halves = best_split(task(), facts.people[:6])
    assert halves is not None
    assert sorted([*halves[0].people, *halves[1].people]) == list(facts.people[:6])
    assert best_split(task(), GROUPS[1]) is None
