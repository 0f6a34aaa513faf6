"""Whom to ask to become a coach is what trying each of them shows."""

from dataclasses import replace
from random import Random

import pytest

from app.coaching.matching import CoacheeFacts, CoachFacts, Rules, Terms, judge, newcomers, solve
from tests.coaching.matching.oracle_brute_force import BruteForce
from tests.coaching.matching.test_judgement import COACH, IB

MANY = 50
THEMES = ("weerstand", "ouders", "data")


def a_round(random: Random) -> tuple[list[CoacheeFacts], list[CoachFacts], list[CoachFacts]]:
    """A few IB'ers, some of them coaches too, and others who could be: boards and schools keep many apart."""
    boards = ["b1", "b2", "b3"]

    def somewhere() -> dict[str, frozenset[str]]:
        return {"boards": frozenset(random.sample(boards, random.choice([1, 1, 2]))), "schools": frozenset()}

    coachees = [
        replace(IB, id=f"a{n}", person=f"p{n}", themes={random.choice(THEMES): 2}, **somewhere())
        for n in range(random.randint(1, 5))
    ]
    coaches = [
        replace(COACH, id=f"k{n}", person=f"p{random.choice([n, n + 10])}", capacity=1, **somewhere())
        for n in range(random.randint(0, 2))
    ]
    candidates = [
        replace(COACH, id=f"n{n}", person=f"p{n + 2}", strengths={}, capacity=1, **somewhere())
        for n in range(random.randint(0, 3))
    ]
    return coachees, coaches, candidates


def matched_with(coachees: list[CoacheeFacts], coaches: list[CoachFacts]) -> int:
    """The largest number that can be matched, by trying everything."""
    judged = judge(coachees, coaches, Rules())
    document = {
        "coachees": [{"id": one.id, "person": one.person} for one in coachees],
        "coaches": [{"id": one.id, "person": one.person, "capacity": one.capacity} for one in coaches],
        "pairs": [
            [asks.id, offers.id, int(judged.scores[row, column])]
            for row, asks in enumerate(coachees)
            for column, offers in enumerate(coaches)
            if not judged.reasons[row, column]
        ],
        "settings": {"sufficiency": 0},
    }
    return BruteForce(document).best().objective["matched"]


@pytest.mark.parametrize("seed", range(MANY))
def test_each_gain_and_everybody_who_brings_something_equal_brute_force(seed):
    coachees, coaches, candidates = a_round(Random(seed))
    instance = judge(coachees, coaches, Rules()).instance(Terms())
    result = solve(instance)
    judged = judge(coachees, candidates, Rules())
    now = matched_with(coachees, coaches)
    gains = {one.id: matched_with(coachees, [*coaches, one]) - now for one in candidates}
    left_out = {one.coachee for one in result.unmatched}
    coachable = {
        one.id: tuple(
            sorted(
                c.id for c in coachees if c.id in left_out and not judge([c], [one], Rules()).reasons[0, 0]
            )
        )
        for one in candidates
    }
    found = newcomers(instance, result, judged, most=len(candidates))
    expected = [one for one in gains if gains[one] or coachable[one]] if left_out else []
    assert [(one.coach, one.gain, one.coachable) for one in found] == sorted(
        ((one, gains[one], coachable[one]) for one in expected),
        key=lambda one: (-one[1], -len(one[2]), one[0]),
    )


def test_nobody_is_asked_when_everybody_has_a_coach():
    instance = judge([IB], [COACH], Rules()).instance(Terms())
    candidate = replace(COACH, id="n1", person="p5")
    assert newcomers(instance, solve(instance), judge([IB], [candidate], Rules()), most=10) == ()


def test_locked_pairs_stay_while_a_newcomer_is_tried():
    other = replace(IB, id="a2", person="p2")
    coach = replace(COACH, capacity=1)
    instance = judge([IB, other], [coach], Rules()).instance(Terms(pinned=[("a1", "k1")]))
    candidate = replace(COACH, id="n1", person="p5", boards=frozenset({"90000"}))
    (found,) = newcomers(instance, solve(instance), judge([IB, other], [candidate], Rules()), most=10)
    assert (found.coachable, found.gain) == (("a2",), 1)


def test_no_more_are_worked_out_than_asked():
    coachees = [replace(IB, id=f"a{n}", person=f"p{n}") for n in range(3)]
    candidates = [replace(COACH, id=f"n{n}", person=f"q{n}") for n in range(5)]
    instance = judge(coachees, [], Rules()).instance(Terms())
    assert len(newcomers(instance, solve(instance), judge(coachees, candidates, Rules()), most=2)) == 2
