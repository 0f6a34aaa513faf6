"""Who may be matched with whom, and what it scores."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from app.coaching.matching import (
    CoacheeFacts,
    CoachFacts,
    MalformedInstance,
    PairJudgement,
    Parts,
    Reason,
    Rules,
    Terms,
    Weights,
    judge,
    reason_names,
    solve,
)

UTRECHT, AMERSFOORT, GRONINGEN = (52.0907, 5.1214), (52.1561, 5.3878), (53.2194, 6.5665)

IB = CoacheeFacts(
    id="a1",
    person="p1",
    schools=frozenset({"03WU00"}),
    boards=frozenset({"32073"}),
    kinds=frozenset({"bo"}),
    concepts=frozenset({"dalton"}),
    location=UTRECHT,
    halfdays=frozenset({0, 3, 7, 9}),
    themes={"weerstand": 3, "ouders": 1},
)
COACH = CoachFacts(
    id="k1",
    person="p9",
    schools=frozenset({"11AB00"}),
    boards=frozenset({"40000"}),
    kinds=frozenset({"bo", "sbo"}),
    concepts=frozenset({"dalton", "montessori"}),
    location=AMERSFOORT,
    halfdays=frozenset({3, 7, 8}),
    strengths={"weerstand": 2, "ouders": 3, "data": 3},
)


def judged(
    coachee: CoacheeFacts = IB, coach: CoachFacts = COACH, rules: Rules | None = None
) -> PairJudgement:
    return judge([coachee], [coach], rules or Rules()).pair(0, 0)


def test_a_fitting_pair_has_no_reason_and_parts_that_add_up():
    pair = judged()
    assert pair.reasons == Reason(0)
    # 18 to 20 km as the crow flies, times 1.3 at 50 km/h, plus 5 minutes.
    assert pair.minutes == 36
    assert pair.parts == Parts(themes=600 * 9 // 12, travel=200 * 9 // 45, days=100 * 2 // 3, wishes=0)
    assert pair.parts.total == sum(pair.parts) == int(judge([IB], [COACH], Rules()).scores[0, 0])
    assert pair.shared_halfdays == {3, 7}
    assert pair.covered_themes == ("weerstand", "ouders")


HARD: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {"person": "p1"}, "self"),
    ({}, {"schools": frozenset({"11AB00", "03WU00"})}, "same_school"),
    ({"boards": frozenset({"32073", "40000"})}, {}, "same_board"),
    ({"kinds": frozenset({"so", "vso"})}, {"kinds": frozenset({"so"})}, "kind"),
    ({}, {"kinds": frozenset()}, "kind"),
    ({}, {"concepts": frozenset({"montessori"})}, "concept"),
    ({"profile": False}, {}, "unknown"),
    ({}, {"profile": False}, "unknown"),
    ({"kinds": None}, {}, "unknown"),
    ({"kinds": frozenset()}, {}, "unknown"),
    ({}, {"kinds": None}, "unknown"),
    ({"location": None}, {"online": True}, "unknown"),
    ({"excludes": frozenset({"p9"})}, {}, "excluded"),
    ({}, {"excludes": frozenset({"p1"})}, "excluded"),
    (
        {"period": (date(2026, 9, 1), date(2026, 12, 31))},
        {"period": (date(2027, 1, 1), date(2027, 7, 31))},
        "period",
    ),
    ({}, {"location": GRONINGEN}, "travel"),
    ({"travel_limit": 35}, {"travel_limit": 90}, "travel"),
    ({"travel_limit": 90}, {"travel_limit": 35}, "travel"),
    ({}, {"unavailable": True}, "unavailable"),
]


@pytest.mark.parametrize(
    ("coachee", "coach", "reason"), HARD, ids=[f"{name}-{n}" for n, (*_, name) in enumerate(HARD)]
)
def test_each_rule_forbids_alone(coachee: dict[str, Any], coach: dict[str, Any], reason: str):
    assert reason_names(judged(replace(IB, **coachee), replace(COACH, **coach)).reasons) == (reason,)


def test_the_coach_of_a_recent_round_is_forbidden():
    assert judged(rules=Rules(recent=frozenset({("p1", "p9")}))).reasons == Reason.RECENT
    assert judged(rules=Rules(recent=frozenset({("p9", "p1")}))).reasons == Reason(0)


FITS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"concepts": frozenset()}, {"concepts": frozenset()}),
    ({"travel_limit": 36}, {}),
    ({"online": True}, {"online": True, "location": GRONINGEN}),
    ({"online": True, "location": None}, {"online": True}),
    ({"period": (date(2026, 9, 1), date(2027, 1, 1))}, {"period": (date(2027, 1, 1), date(2027, 7, 31))}),
    ({"period": (date(2026, 9, 1), date(2027, 1, 1))}, {}),
    ({"halfdays": frozenset(), "themes": {}}, {"strengths": {}}),
]


@pytest.mark.parametrize(("coachee", "coach"), FITS)
def test_what_forbids_nothing(coachee: dict[str, Any], coach: dict[str, Any]):
    assert judged(replace(IB, **coachee), replace(COACH, **coach)).reasons == Reason(0)


def test_several_reasons_stand_side_by_side():
    coach = replace(COACH, boards=IB.boards, unavailable=True, excludes=frozenset({"p1"}))
    assert reason_names(judged(coach=coach).reasons) == ("same_board", "excluded", "unavailable")


def test_an_empty_profile_scores_nothing():
    for pair in (judged(replace(IB, profile=False)), judged(coach=replace(COACH, profile=False))):
        assert pair.parts == Parts(0, 0, 0, 0)
    assert judged(replace(IB, themes={}, halfdays=frozenset())).parts == Parts(0, 40, 0, 0)


def test_travel_counts_less_the_nearer_the_limit_and_online_for_half_at_least():
    assert judged(coach=replace(COACH, location=UTRECHT)).parts.travel == 200 * 40 // 45
    assert judged(replace(IB, travel_limit=36)).parts.travel == 0
    online, far = replace(IB, online=True), replace(COACH, online=True, location=GRONINGEN)
    assert judged(online, far).parts.travel == 100
    assert judged(online, replace(far, location=None)).parts.travel == 100
    assert judged(online, replace(far, location=None)).minutes is None
    assert judged(online, replace(far, location=UTRECHT)).parts.travel == 200 * 40 // 45


@pytest.mark.parametrize(("shared", "points"), [(0, 0), (1, 33), (2, 66), (3, 100), (5, 100)])
def test_three_shared_halfdays_are_enough(shared: int, points: int):
    days = frozenset(range(shared))
    assert judged(replace(IB, halfdays=days), replace(COACH, halfdays=days)).parts.days == points


def test_each_side_has_half_of_the_wishes():
    wishing, wished = replace(IB, wishes=frozenset({"p9"})), replace(COACH, wishes=frozenset({"p1"}))
    assert [
        judged(a, k).parts.wishes for a, k in ((IB, COACH), (wishing, COACH), (IB, wished), (wishing, wished))
    ] == [
        0,
        50,
        50,
        100,
    ]


def test_weights_are_settings_that_stay_within_a_thousand():
    rules = Rules(weights=Weights(themes=0, travel=0, days=0, wishes=7))
    assert judged(replace(IB, wishes=frozenset({"p9"})), rules=rules).parts == Parts(0, 0, 0, 3)
    with pytest.raises(ValueError, match="1000"):
        Weights(themes=700)
    with pytest.raises(ValueError, match="below 0"):
        Weights(days=-1)


def random_people(random: Random, count: int) -> list[dict[str, Any]]:
    themes = [f"t{number}" for number in range(6)]
    return [
        {
            "person": f"p{random.randrange(count)}",
            "schools": frozenset({f"s{random.randrange(5)}"}),
            "boards": frozenset(random.sample(["b1", "b2", "b3", "b4"], random.randint(1, 2))),
            "kinds": random.choice([None, frozenset({"bo"}), frozenset({"bo", "so"})]),
            "concepts": frozenset(random.sample(["dalton", "jenaplan"], random.randint(0, 1))),
            "location": random.choice([None, UTRECHT, AMERSFOORT, GRONINGEN]),
            "online": random.random() < 0.4,
            "halfdays": frozenset(random.sample(range(10), random.randint(0, 6))),
            "ratings": {theme: random.randint(1, 3) for theme in random.sample(themes, random.randint(0, 4))},
            "wishes": frozenset({f"p{random.randrange(count)}"}),
            "excludes": frozenset({f"p{random.randrange(count)}"}),
            "profile": random.random() < 0.9,
        }
        for _ in range(count)
    ]


def test_judging_all_at_once_equals_judging_one_by_one():
    random = Random(2)
    coachees = [
        CoacheeFacts(id=f"a{n}", themes=facts.pop("ratings"), **facts)
        for n, facts in enumerate(random_people(random, 12))
    ]
    coaches = [
        CoachFacts(id=f"k{n}", strengths=facts.pop("ratings"), **facts)
        for n, facts in enumerate(random_people(random, 9))
    ]
    everything = judge(coachees, coaches, Rules())
    for row, coachee in enumerate(coachees):
        for column, coach in enumerate(coaches):
            assert everything.pair(row, column) == judged(coachee, coach)
            assert 0 <= everything.pair(row, column).parts.total <= 1000


def test_a_judgement_becomes_an_instance():
    second = replace(IB, id="a0", person="p2", kinds=frozenset({"vso"}))
    judgement = judge([IB, second], [COACH], Rules())
    instance = judgement.instance(Terms(pinned=[("a1", "k1")], sufficiency=0), waited={"a1": 2})
    assert [(coachee.id, coachee.waited) for coachee in instance.coachees] == [("a0", 0), ("a1", 2)]
    result = solve(instance).as_document()
    assert [(match["coachee"], match["score"], match["pinned"]) for match in result["matches"]] == [
        ("a1", 556, True)
    ]
    assert result["unmatched"] == [
        {"coachee": "a0", "reason": "no_permitted_coach", "blocked_by": {"kind": 1}, "only": {"kind": ["k1"]}}
    ]
    with pytest.raises(MalformedInstance, match="not a permitted pair"):
        judgement.instance(Terms(pinned=[("a0", "k1")]))


def test_nobody_at_all_can_be_judged():
    for coachees, coaches in (([], []), ([IB], []), ([], [COACH])):
        assert solve(judge(coachees, coaches, Rules()).instance(Terms())).objective.matched == 0
