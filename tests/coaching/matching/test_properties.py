"""What must hold of every answer, whatever the instance."""

from itertools import chain, combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coaching.matching import Result, match_document, read_instance, solve
from tests.coaching.matching.documents import random_document, shuffled, tiny_documents

Document = dict[str, Any]
often = settings(max_examples=60, deadline=None, database=None)


def pairs_of(result: Document) -> set[tuple[str, str]]:
    return {(match["coachee"], match["coach"]) for match in result["matches"]}


@often
@given(st.integers(0, 2**48))
def test_the_order_of_input_does_not_matter(seed: int):
    random = Random(seed)
    document = random_document(random, 12, 8)
    result, again = match_document(document), match_document(shuffled(random, document))
    result["certificate"].pop("branches")
    again["certificate"].pop("branches")
    assert again == result


@often
@given(st.integers(0, 2**48))
def test_one_more_pair_or_place_never_lowers_the_number(seed: int):
    random = Random(seed)
    document = random_document(random, 10, 6)
    matched = match_document(document, explain=False)["objective"]["matched"]
    if document["blocked"]:
        coachee, coach, reasons = document["blocked"][0]
        if reasons != ["self"]:
            more = {**document, "pairs": [*document["pairs"], [coachee, coach, 10]]}
            more["blocked"] = document["blocked"][1:]
            assert match_document(more, explain=False)["objective"]["matched"] >= matched
    for coach in document["coaches"]:
        coach["capacity"] = coach.get("capacity", 1) + 1
        assert match_document(document, explain=False)["objective"]["matched"] >= matched


@often
@given(st.integers(0, 2**48))
def test_leaving_out_a_pair_that_is_not_used_changes_no_match(seed: int):
    document = random_document(Random(seed), 10, 6)
    chosen = pairs_of(match_document(document, explain=False))
    unused = [pair for pair in document["pairs"] if (pair[0], pair[1]) not in chosen]
    for pair in unused[:5]:
        fewer = {**document, "pairs": [other for other in document["pairs"] if other != pair]}
        assert pairs_of(match_document(fewer, explain=False)) == chosen


@often
@given(st.integers(0, 2**48))
def test_pins_are_kept_and_nobody_goes_over_capacity(seed: int):
    document = random_document(Random(seed), 12, 8)
    result = match_document(document, explain=False)
    chosen = pairs_of(result)
    pins = {tuple(pin) for pin in document.get("pinned", [])}
    assert pins == {(match["coachee"], match["coach"]) for match in result["matches"] if match["pinned"]}
    assert chosen <= {(coachee, coach) for coachee, coach, _ in document["pairs"]}
    for coach in document["coaches"]:
        assert sum(chosen_coach == coach["id"] for _, chosen_coach in chosen) <= coach.get("capacity", 1)


@often
@given(tiny_documents())
def test_reasons_of_the_unmatched_are_true(document: Document):
    result = match_document(document)
    permitted = [(coachee, coach) for coachee, coach, _ in document["pairs"]]
    pins = dict(document.get("pinned", []))
    capacity = {coach["id"]: coach.get("capacity", 1) for coach in document["coaches"]}
    coach_of = dict(pairs_of(result))
    for entry in result["unmatched"]:
        own = {coach for coachee, coach in permitted if coachee == entry["coachee"]}
        if entry["reason"] == "no_permitted_coach":
            assert not own
            reasons = [r for coachee, _, r in document["blocked"] if coachee == entry["coachee"]]
            everything = list(chain.from_iterable(reasons))
            assert entry["blocked_by"] == {
                reason: everything.count(reason) for reason in sorted(set(everything))
            }
            alone = {
                (coach, r[0]) for c, coach, r in document["blocked"] if c == entry["coachee"] and len(r) == 1
            }
            assert entry["only"] == {
                reason: sorted(coach for coach, its in alone if its == reason)
                for reason in sorted({reason for _, reason in alone})
            }
            continue
        competing, coaches = {entry["coachee"]}, set[str]()
        while True:
            wanted = {coach for coachee, coach in permitted if coachee in competing}
            there = {
                coachee for coachee, coach in coach_of.items() if coach in wanted and coachee not in pins
            }
            if wanted <= coaches and there <= competing:
                break
            coaches |= wanted
            competing |= there
        places = sum(capacity[coach] - list(pins.values()).count(coach) for coach in coaches)
        if entry["reason"] == "competition":
            assert entry["competing"] == sorted(competing)
            assert entry["coaches"] == sorted(coaches)
            assert entry["places"] == places < len(competing)
        else:
            assert entry == {"coachee": entry["coachee"], "reason": "two_way"}
            assert places >= len(competing)


def test_repair_keeps_as_many_pairs_as_possible_when_a_coach_drops_out():
    random = Random(11)
    coachees, coaches = [f"a{n:02}" for n in range(20)], [f"k{n:02}" for n in range(24)]
    document: Document = {
        "format": "coach-matching/1",
        "coachees": [{"id": coachee} for coachee in coachees],
        "coaches": [{"id": coach} for coach in coaches],
        "pairs": [
            [a, k, random.randint(0, 1000)] for a in coachees for k in coaches if random.random() < 0.5
        ],
    }
    before = match_document(document, explain=False)
    dropped = before["matches"][0]["coach"]
    document["previous"] = [list(pair) for pair in pairs_of(before)]
    for coach in document["coaches"]:
        coach["capacity"] = int(coach["id"] != dropped)
    after = match_document(document, explain=False)
    assert after["objective"]["matched"] == 20
    assert after["objective"]["kept"] == len(pairs_of(before) & pairs_of(after)) == 19


def empty_round(coachees: int, coaches: int) -> Document:
    return {
        "format": "coach-matching/1",
        "coachees": [{"id": f"a{n}"} for n in range(coachees)],
        "coaches": [{"id": f"k{n}"} for n in range(coaches)],
        "pairs": [],
    }


@pytest.mark.parametrize(("coachees", "coaches"), [(0, 0), (0, 2), (2, 0), (2, 2)])
def test_empty_lists_are_fine(coachees: int, coaches: int):
    result = match_document(empty_round(coachees, coaches))
    assert result["status"] == "optimal"
    assert result["objective"] == {
        "matched": 0,
        "waited": 0,
        "worst": None,
        "bands": [[low, 0] for low in range(0, 350, 50)],
        "total": 0,
        "load": 0,
        "kept": None,
    }
    assert result["unmatched"] == [
        {"coachee": f"a{n}", "reason": "no_permitted_coach", "blocked_by": {}, "only": {}}
        for n in range(coachees)
    ]
    assert len(result["capacity_prices"]) == coaches


def test_the_last_band_ends_at_the_line():
    document = empty_round(1, 1) | {
        "settings": {"sufficiency": 370, "band": 50},
        "pairs": [["a0", "k0", 370]],
    }
    assert match_document(document)["objective"]["bands"][-2:] == [[300, 0], [350, 0]]
    document["pairs"] = [["a0", "k0", 369]]
    assert match_document(document)["objective"]["bands"][-2:] == [[300, 0], [350, 1]]


def test_without_fairness_the_worst_is_still_told():
    document = empty_round(2, 2) | {"settings": {"sufficiency": 0}}
    document["pairs"] = [["a0", "k0", 900], ["a0", "k1", 400], ["a1", "k0", 400], ["a1", "k1", 10]]
    objective = match_document(document)["objective"]
    assert (objective["worst"], objective["bands"], objective["total"]) == (10, [], 910)


def test_without_explanation_only_what_is_decided_is_told():
    document = empty_round(2, 1) | {"pairs": [["a0", "k0", 900], ["a1", "k0", 400]]}
    result = match_document(document, explain=False)
    assert result["matches"] == [{"coachee": "a0", "coach": "k0", "score": 900, "pinned": False}]
    assert result["unmatched"] == [{"coachee": "a1", "reason": "competition"}]
    assert "capacity_prices" not in result


@pytest.mark.parametrize("limit", [0, 1, 2, 9])
def test_alternatives_can_be_limited_to_the_cheapest(limit: int):
    document = empty_round(1, 4) | {"pairs": [["a0", f"k{n}", 900 - n] for n in range(4)]}
    (everything,) = match_document(document)["matches"]
    (limited,) = match_document(document, alternatives=limit)["matches"]
    assert limited["alternatives"] == everything["alternatives"][:limit]


def test_progress_is_told_in_order_and_can_stop_the_work():
    told: list[tuple[str, float]] = []
    instance = read_instance(random_document(Random(5), 12, 8))
    solve(instance, progress=lambda stage, done: told.append((stage, done)))
    assert [stage for stage, _ in told] == sorted(
        (stage for stage, _ in told), key=["matching", "explanation"].index
    )
    for stage in ("matching", "explanation"):
        parts = [done for name, done in told if name == stage]
        assert parts[0] == 0
        assert parts[-1] == 1
        assert all(earlier <= later for earlier, later in combinations(parts, 2))

    def stop(stage: str, done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        solve(instance, progress=stop)


def test_the_typed_result_says_the_same_as_the_document():
    document = random_document(Random(8), 12, 6)
    result = solve(read_instance(document))
    assert isinstance(result, Result)
    written = result.as_document()
    assert [match.coach for match in result.matches] == [match["coach"] for match in written["matches"]]
    assert result.objective.total == written["objective"]["total"]
