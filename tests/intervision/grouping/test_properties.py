"""What must hold of every answer, whatever the task."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.intervision.grouping import Standing, Stop, group_document, read_task, solve
from tests.intervision.grouping.documents import awkward_document, realistic_document, shuffled
from tests.intervision.grouping.oracle import Rules, check

often = settings(max_examples=40, deadline=None, database=None)


def person(identifier, school, *halfdays):
    return {"id": identifier, "school": school, "board": None, "halfdays": list(halfdays)}


def document(people, **more):
    return {"format": "intervision-groups/1", "people": people, **more}


@often
@given(st.integers(0, 2**48))
def test_the_order_of_input_does_not_matter(seed):
    random = Random(seed)
    task = awkward_document(random, 12)
    assert group_document(shuffled(random, task)) == group_document(task)


def test_the_order_of_input_does_not_matter_in_a_network():
    task = realistic_document(40, 4, effort="quick")
    assert group_document(shuffled(Random(1), task)) == group_document(task)


@often
@given(st.integers(0, 2**48))
def test_one_person_or_half_day_more_never_leaves_more_people_out(seed):
    random = Random(seed)
    task = awkward_document(random, 10)
    placed = sum(len(group["people"]) for group in group_document(task)["groups"])
    for one in task["people"]:
        one["halfdays"] = sorted({*one["halfdays"], 0})
    assert sum(len(group["people"]) for group in group_document(task)["groups"]) >= placed


@pytest.mark.parametrize("at", [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144])
def test_whenever_it_is_stopped_there_is_a_valid_answer(at):
    task = realistic_document(40, 6)
    told: list[Standing] = []

    def stop(standing):
        told.append(standing)
        if len(told) == at:
            raise Stop

    result = solve(read_task(task), progress=stop)
    check(task, result.as_document())
    assert len(told) <= at
    assert result.value >= told[0].best or sum(len(group.people) for group in result.groups) > 0


def test_what_else_progress_raises_goes_through():
    def fail(_standing):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        solve(read_task(realistic_document(20, 1)), progress=fail)


def test_progress_tells_of_better_groups_and_a_lower_bound():
    told: list[Standing] = []
    result = solve(read_task(realistic_document(30, 2)), progress=told.append)
    assert told[-1].best == result.value
    assert all(standing.bound >= standing.best for standing in told)
    assert [one.iterations for one in told] == sorted(one.iterations for one in told)


def test_locked_groups_stay_as_they_are():
    task = realistic_document(24, 3)
    free = group_document(task)
    locked = [free["groups"][1]["people"]]
    result = group_document(task | {"locked": locked})
    check(task, result)
    assert locked[0] in [group["people"] for group in result["groups"]]
    assert result["value"] == free["value"]


def test_everybody_can_be_locked():
    people = [person(f"p{n}", f"s{n}", 1, 2) for n in range(4)]
    result = group_document(document(people, locked=[["p0", "p1", "p2", "p3"]]))
    assert (result["status"], result["groups"][0]["halfdays"]) == ("optimal", [1, 2])


def reasons(task):
    return {one["person"]: one["reason"] for one in group_document(task)["unplaced"]}


def test_three_people_are_no_group():
    task = document([person(f"p{n}", f"s{n}", 1) for n in range(3)])
    assert group_document(task)["status"] == "infeasible"
    assert set(reasons(task).values()) == {"no_common_halfday"}


def test_one_school_is_no_group():
    task = document([person(f"p{n}", "s", 1) for n in range(9)])
    assert group_document(task)["status"] == "infeasible"
    assert set(reasons(task).values()) == {"one_school"}


def test_who_may_not_be_together_are_no_group():
    ids = [f"p{n}" for n in range(4)]
    task = document([person(i, i, 1) for i in ids], forbidden=[[a, b] for a in ids for b in ids if a < b])
    assert set(reasons(task).values()) == {"forbidden"}


def test_sizes_that_do_not_fit_leave_people_over():
    people = [person(f"p{n}", f"s{n}", 1) for n in range(7)]
    task = document(people, settings={"min": 5, "target": 5, "max": 6})
    assert list(reasons(task).values()) == ["left_over"]


def test_nobody_is_no_group():
    assert group_document(document([]))["status"] == "infeasible"


def test_years_together_cost_points_and_values_below_zero_are_rounded_down():
    people = [person(f"p{n}", f"s{n}", 1) for n in range(4)]
    task = document(people, pairs=[["p0", "p1", 4]], together=[["p1", "p0", 1], ["p2", "p3", 2]])
    result = group_document(task)
    assert result["pair_total"] == -71
    assert result["value"] == -71 * 5 // 3 - 100 == Rules(task).value(("p0", "p1", "p2", "p3")) == -219
    assert result["upper_bound"] == -219
