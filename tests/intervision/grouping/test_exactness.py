"""Against every possible answer: as many people as possible, then the highest value, and a bound that is never too low."""

from random import Random

import pytest

from app.intervision.grouping import Status, group_document, read_task, search, solve
from tests.intervision.grouping.documents import awkward_document, realistic_document
from tests.intervision.grouping.oracle import Rules, check


def placed(result):
    return sum(len(group["people"]) for group in result["groups"])


@pytest.mark.parametrize("seed", range(60))
def test_the_answer_is_the_best_of_all(seed):
    document = awkward_document(Random(seed), 11)
    result = group_document(document)
    check(document, result)
    best = Rules(document).best()
    assert (placed(result), result["value"]) == best
    assert result["status"] == ("optimal" if best[0] else "infeasible")
    assert result["upper_bound"] == result["value"]


@pytest.mark.parametrize("seed", range(100, 130))
def test_no_bound_is_too_low_when_groups_are_found_by_prices(seed, monkeypatch):
    monkeypatch.setattr(search, "_COMPLETE_SETS", 0)
    document = awkward_document(Random(seed), 10) | {}
    document["settings"]["effort"] = "quick"
    result = group_document(document)
    check(document, result)
    most, value = Rules(document).best()
    assert placed(result) <= most
    if placed(result) == most:
        assert result["value"] <= value <= result["upper_bound"]
    assert result["status"] != "optimal" or (placed(result), result["value"]) == (most, value)
    assert (result["status"] == "infeasible") == (most == 0)


@pytest.mark.parametrize("people", [24, 40])
def test_larger_networks_get_valid_groups_and_a_close_bound(people):
    document = realistic_document(people, 2, effort="quick")
    result = group_document(document)
    check(document, result)
    assert result["gap"] <= 0.05


def test_a_typical_network_is_proven():
    document = realistic_document(36, 3)
    result = group_document(document)
    check(document, result)
    assert result["status"] == "optimal"


def test_more_vetoes_than_possible_leave_nobody_with_whom_she_should_not_be():
    document = realistic_document(40, 5, effort="quick")
    ids = [person["id"] for person in document["people"]]
    random = Random(5)
    document["forbidden"] = [[a, b] for a in ids for b in ids if a < b and random.random() < 0.6]
    check(document, group_document(document))


def test_the_result_says_the_same_as_its_document():
    document = realistic_document(12, 1)
    result = solve(read_task(document))
    assert result.status is Status.OPTIMAL
    assert result.as_document() == group_document(document)
    assert result.most_placed == sum(len(group.people) for group in result.groups)
