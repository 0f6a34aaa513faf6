"""What another choice costs is what solving again with that choice shows."""

from random import Random
from typing import Any

from hypothesis import given, settings

from app.coaching.matching import match_document
from tests.coaching.matching.documents import random_document, tiny_documents
from tests.coaching.matching.oracle_brute_force import BruteForce
from tests.coaching.matching.oracle_milp import Programmes

Document = dict[str, Any]
thorough = settings(max_examples=120, deadline=None, database=None)


def by_cost(alternative: Document) -> tuple[Any, ...]:
    cost = alternative["cost"]
    order = (1, 0, 0) if cost is None else (0, cost["matched"], cost["total"])
    return (*order, alternative["coach"])


@thorough
@given(tiny_documents(4, 3))
def test_every_cost_and_price_equals_solving_again(document: Document):
    oracle, result = BruteForce(document), match_document(document)
    chosen = {(match["coachee"], match["coach"]) for match in result["matches"]}
    for entry in [*result["matches"], *result["unmatched"]]:
        coachee = entry["coachee"]
        if entry.get("reason") in {"no_permitted_coach", "two_way"}:
            assert "alternatives" not in entry
            continue
        expected = [
            {"coach": pair[1], "score": score, "cost": oracle.forcing_cost(*pair)}
            for pair, score in oracle.score.items()
            if pair[0] == coachee and pair not in chosen
        ]
        assert entry["alternatives"] == sorted(expected, key=by_cost)
    assert result["capacity_prices"] == {coach: oracle.place_price(coach) for coach in oracle.capacity}


def test_costs_of_a_larger_round_equal_solving_again():
    random = Random(3)
    document = random_document(random, 14, 8)
    document["coachees"] = [{"id": entry["id"]} for entry in document["coachees"]]
    document["coaches"] = [{"id": entry["id"], "capacity": 2} for entry in document["coaches"]]
    document.pop("pinned", None)
    optimum = Programmes(document, two_way_allowed=True).plain()
    for match in random.sample(match_document(document)["matches"], 4):
        for alternative in random.sample(match["alternatives"], min(3, len(match["alternatives"]))):
            forced = {**document, "pinned": [[match["coachee"], alternative["coach"]]]}
            matched, total = Programmes(forced, two_way_allowed=True).plain()
            assert alternative["cost"] == {"matched": optimum[0] - matched, "total": optimum[1] - total}


@thorough
@given(tiny_documents(5, 4))
def test_a_pair_of_the_plain_optimum_costs_nothing(document: Document):
    plain = {name: value for name, value in document.items() if name not in {"previous", "pinned"}}
    plain["settings"] = {"sufficiency": 0}
    for group in ("coachees", "coaches"):
        plain[group] = [
            {k: v for k, v in entry.items() if k not in {"waited", "person"}} for entry in plain[group]
        ]
    best = {(match["coachee"], match["coach"]) for match in match_document(plain)["matches"]}
    without_pins = {name: value for name, value in document.items() if name != "pinned"}
    result = match_document(without_pins)
    for entry in [*result["matches"], *result["unmatched"]]:
        for alternative in entry.get("alternatives", []):
            cost = alternative["cost"]
            assert cost is None or (cost["matched"], cost["total"]) >= (0, 0)
            if (entry["coachee"], alternative["coach"]) in best:
                assert cost == {"matched": 0, "total": 0}


def test_lifting_a_bad_pin_is_shown_as_a_gain():
    document = {
        "format": "coach-matching/1",
        "coachees": [{"id": "a"}],
        "coaches": [{"id": "k"}, {"id": "l"}],
        "pairs": [["a", "k", 100], ["a", "l", 800]],
        "pinned": [["a", "k"]],
    }
    (match,) = match_document(document)["matches"]
    assert match["alternatives"] == [{"coach": "l", "score": 800, "cost": {"matched": 0, "total": -700}}]


def test_a_coach_whose_places_are_all_pinned_is_no_real_alternative():
    document = {
        "format": "coach-matching/1",
        "coachees": [{"id": "a"}, {"id": "b"}],
        "coaches": [{"id": "k"}, {"id": "l"}],
        "pairs": [["a", "k", 100], ["b", "k", 800], ["b", "l", 300]],
        "pinned": [["a", "k"]],
    }
    result = match_document(document)
    assert result["matches"][1]["alternatives"] == [{"coach": "k", "score": 800, "cost": None}]
    assert result["capacity_prices"]["k"] == {"one_less": None, "one_more": {"matched": 0, "total": 500}}
    assert result["capacity_prices"]["l"] == {
        "one_less": {"matched": 1, "total": 300},
        "one_more": {"matched": 0, "total": 0},
    }
