"""Nobody can work out a count that is hidden, whatever the table; and not by looking today and tomorrow."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from app.kernel.privacy import OpenTable, in_whole_groups, mean_of, spread_of, suppressed, whole_groups

THRESHOLD = 5
often = settings(max_examples=150, deadline=None, database=None)
tables = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda size: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 40)), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


def with_totals(table):
    """The table with a column of totals at its right and a row of totals below."""
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def as_shown(shown: OpenTable):
    rows = [[*row, total] for row, total in zip(shown.cells, shown.row_totals, strict=True)]
    return [*rows, [*shown.column_totals, shown.total]]


def places(grid):
    return [(row, column) for row in range(len(grid)) for column in range(len(grid[0]))]


def equations(height, width):
    """A line for each row and column: what is in it, less its total, is nothing."""
    rows = [
        {(row, column): 1 for column in range(width - 1)} | {(row, width - 1): -1} for row in range(height)
    ]
    columns = [
        {(row, column): 1 for row in range(height - 1)} | {(height - 1, column): -1}
        for column in range(width)
    ]
    return rows + columns


def what_an_attacker_learns(grid):
    """Lowest and highest count that each hidden place can have, for who sees everything else."""
    height, width = len(grid), len(grid[0])
    index = {place: number for number, place in enumerate(places(grid))}
    lines = np.zeros((height + width, len(index)))
    for number, line in enumerate(equations(height, width)):
        for place, sign in line.items():
            lines[number, index[place]] = sign
    seen = {place: grid[place[0]][place[1]] for place in index}
    low = [0 if seen[place] is None else seen[place] for place in index]
    high = [1000 if seen[place] is None else seen[place] for place in index]
    found = {}
    for place, number in index.items():
        if seen[place] is None:
            wanted = np.zeros(len(index))
            wanted[number] = 1
            ends = [
                milp(
                    sign * wanted,
                    integrality=np.ones(len(index)),
                    bounds=Bounds(low, high),
                    constraints=LinearConstraint(lines, 0, 0),
                )
                for sign in (1, -1)
            ]
            found[place] = tuple(round(end.x[number]) for end in ends)
    return found


@often
@given(tables)
def test_what_is_shown_is_true_and_never_of_a_few_people(table):
    whole, shown = with_totals(table), as_shown(suppressed(table))
    for row, column in places(whole):
        assert shown[row][column] in {None, whole[row][column]}
        if 0 < whole[row][column] < THRESHOLD:
            assert shown[row][column] is None


@often
@given(tables)
def test_no_hidden_count_can_be_worked_out(table):
    whole, shown = with_totals(table), as_shown(suppressed(table))
    for (row, column), (low, high) in what_an_attacker_learns(shown).items():
        assert low < high, "the count is known"
        if 0 < whole[row][column] < THRESHOLD:
            assert high >= THRESHOLD, "it is known to be of a few people"


@settings(max_examples=60, deadline=None, database=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2))
def test_by_trying_every_table_the_same_is_found(table):
    shown = suppressed(table, threshold=3)
    possible = [
        [list(cells[:2]), list(cells[2:])]
        for cells in product(range(9), repeat=4)
        if fits(as_shown(shown), with_totals([list(cells[:2]), list(cells[2:])]))
    ]
    for row, column in product(range(2), repeat=2):
        if shown.cells[row][column] is None:
            assert len({one[row][column] for one in possible}) > 1


def fits(shown, whole):
    return all(shown[row][column] in {None, whole[row][column]} for row, column in places(whole))


@given(tables)
def test_where_nobody_is_in_a_small_group_all_is_shown(table):
    large = [[count + THRESHOLD if count else 0 for count in row] for row in table]
    assert as_shown(suppressed(large)) == with_totals(large)


def test_one_small_group_takes_the_smallest_other_with_it():
    assert suppressed([[3, 9, 20]]).cells == ((None, None, 20),)
    assert suppressed([[3, 9, 20]]).total == 32


def test_in_two_directions_four_cells_are_hidden():
    shown = suppressed([[2, 10, 30], [20, 12, 40], [50, 60, 70]])
    assert shown.cells == ((None, None, 30), (None, None, 40), (50, 60, 70))
    assert shown.row_totals == (42, 72, 180)
    assert shown.column_totals == (72, 82, 140)


def test_a_small_group_alone_takes_the_total_with_it():
    assert suppressed([[4]]) == OpenTable(((None,),), (None,), (None,), None)


def test_nobody_is_told_as_nobody():
    assert suppressed([[0, 12]]).cells == ((0, 12),)


def test_an_empty_table_has_nothing_to_hide():
    assert suppressed([]).total == 0


def test_the_attacker_of_these_tests_finds_what_is_hidden_badly():
    badly = [[None, 9, 12], [7, 8, 15], [10, 17, 27]]
    assert what_an_attacker_learns(badly) == {(0, 0): (3, 3)}


@pytest.mark.parametrize(("people", "mean"), [([1, 2, 3, 4, 5], 3.0), ([1, 2, 3, 4, 4], None), ([], None)])
def test_a_mean_is_of_enough_different_people(people, mean):
    assert mean_of([3] * len(people), people) == mean


@pytest.mark.parametrize(
    ("answers", "is_shown"),
    [([[2, 3], [0, 5]], True), ([[2, 2], [0, 4]], False), ([[2, 3], [0, 4]], False), ([], False)],
)
def test_a_spread_is_of_enough_people_who_answered_all(answers, is_shown):
    assert spread_of(answers) == (answers if is_shown else None)


answers = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 10**6)), max_size=60)


@given(answers, st.integers(0, 60))
def test_between_two_looks_enough_people_answered(given_answers, earlier):
    before = whole_groups(given_answers[:earlier], lambda answer: answer[0])
    after = whole_groups(given_answers, lambda answer: answer[0])
    assert after[: len(before)] == before
    new = {person for person, _ in after[len(before) :]}
    assert len(new) == 0 or len(new) >= THRESHOLD


@given(answers)
def test_what_waits_is_of_a_few(given_answers):
    counted = whole_groups(given_answers, lambda answer: answer[0])
    assert counted == given_answers[: len(counted)]
    assert len({person for person, _ in given_answers[len(counted) :]}) < THRESHOLD


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 0), (4, 0), (5, 5), (9, 5), (10, 10), (23, 20)])
def test_people_are_told_in_whole_groups(count, told):
    assert in_whole_groups(count) == told


@given(st.integers(0, 500), st.integers(5, 10))
def test_one_more_person_is_not_told_before_a_group_is_full(count, threshold):
    told = in_whole_groups(count, threshold)
    assert told % threshold == 0
    assert 0 <= count - told < threshold
