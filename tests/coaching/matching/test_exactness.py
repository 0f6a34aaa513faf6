"""The answer is the best there is, to the letter: against enumeration and against independent integer programmes."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coaching.matching import match_document, search
from tests.coaching.matching.documents import random_document, tiny_documents
from tests.coaching.matching.oracle_brute_force import BruteForce
from tests.coaching.matching.oracle_milp import Programmes

Document = dict[str, Any]
thorough = settings(max_examples=150, deadline=None, database=None)
brief = settings(max_examples=60, deadline=None, database=None)

SWAPPERS: Document = {
    "format": "coach-matching/1",
    "coachees": [{"id": f"a{n}", "person": f"p{n}"} for n in range(4)],
    "coaches": [{"id": f"k{n}", "person": f"p{n}"} for n in range(4)],
    "pairs": [
        [f"a{n}", f"k{m}", 900 if n // 2 == m // 2 else 400] for n in range(4) for m in range(4) if n != m
    ],
}
"""Two couples who would like nothing better than to coach each other."""


def pairs_of(result: Document) -> dict[str, str]:
    return {match["coachee"]: match["coach"] for match in result["matches"]}


def assert_best(document: Document) -> None:
    expected, result = BruteForce(document).best(), match_document(document)
    assert result["objective"] == expected.objective
    assert pairs_of(result) == expected.matching
    assert result["certificate"]["matched_upper_bound"] == expected.objective["matched"]
    assert result["certificate"]["total_upper_bound"] == expected.objective["total"]
    assert result["blocking_pairs"] == BruteForce(document).blocking_pairs(expected.matching)


@thorough
@given(tiny_documents())
def test_whole_order_and_ids_agree_with_enumeration(document: Document):
    assert_best(document)


@brief
@given(st.integers(0, 2**48))
def test_people_who_could_coach_each_other_agree_with_enumeration(seed: int):
    random = Random(seed)
    document = random_document(random, 4, 4)
    for people in (document["coachees"], document["coaches"]):
        for number, entry in enumerate(people):
            entry["person"] = f"p{number}"
    selves = {(a["id"], k["id"]) for a, k in zip(document["coachees"], document["coaches"], strict=False)}
    document["pairs"] = [pair for pair in document["pairs"] if tuple(pair[:2]) not in selves]
    document.pop("pinned", None)
    assert_best(document)


@brief
@given(tiny_documents())
def test_integer_programmes_give_the_same_answer_as_branches(document: Document):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_MOST_BRANCHES", 0)
        assert_best(document)


@pytest.mark.parametrize("seed", range(12))
def test_larger_rounds_agree_with_integer_programmes(seed: int):
    document = random_document(Random(seed), 16 + seed, 8 + seed // 2)
    found, expected = match_document(document)["objective"], Programmes(document).objective()
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("branches", [0, 200])
def test_two_way_pairs_by_programme_and_by_branches(branches: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search, "_MOST_BRANCHES", branches)
    assert_best(SWAPPERS)


@pytest.mark.parametrize("capacity", [1, 2])
def test_many_who_prefer_each_other_need_the_programme(capacity: int):
    random = Random(7)
    size = 14
    fit = {frozenset((n, m)): random.randint(0, 1000) for n in range(size) for m in range(n)}
    document = {
        "format": "coach-matching/1",
        "coachees": [{"id": f"a{n:02}", "person": f"p{n}"} for n in range(size)],
        "coaches": [{"id": f"k{n:02}", "person": f"p{n}", "capacity": capacity} for n in range(size)],
        "pairs": [
            [f"a{n:02}", f"k{m:02}", fit[frozenset((n, m))]]
            for n in range(size)
            for m in range(size)
            if n != m
        ],
    }
    result = match_document(document, explain=False)
    assert result["objective"] == Programmes(document).objective()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_MOST_BRANCHES", 0)
        assert pairs_of(match_document(document, explain=False)) == pairs_of(result)


def test_an_oracle_that_forgets_the_two_way_rule_is_found_out():
    forgetful = BruteForce(SWAPPERS, two_way_allowed=True).best()
    assert forgetful.objective["total"] == 3600
    assert match_document(SWAPPERS)["objective"] != forgetful.objective
    assert Programmes(SWAPPERS, two_way_allowed=True).objective() == forgetful.objective


def test_an_engine_that_skips_an_objective_is_found_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.coaching.matching.priorities._highest_worst", lambda face, _score: face)
    document: Document = {
        "format": "coach-matching/1",
        "settings": {"sufficiency": 50},
        "coachees": [{"id": "a"}, {"id": "b"}],
        "coaches": [{"id": "k"}, {"id": "l"}],
        "pairs": [["a", "k", 900], ["a", "l", 100], ["b", "k", 200], ["b", "l", 60]],
    }
    with pytest.raises(AssertionError):
        assert_best(document)


def test_the_worst_score_is_that_of_the_matching_also_where_it_decides_nothing():
    document: Document = {
        "format": "coach-matching/1",
        "settings": {"sufficiency": 0},
        "coachees": [{"id": "a"}, {"id": "b"}],
        "coaches": [{"id": "k"}, {"id": "l"}],
        "pairs": [["a", "k", 0], ["a", "l", 2], ["b", "k", 1], ["b", "l", 3]],
    }
    assert_best(document)
    assert match_document(document)["objective"]["worst"] == 0
