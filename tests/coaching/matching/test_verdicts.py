"""A pair, rule by rule: each rule passes, fails, or is not known; and all of them together are the judgement."""

from dataclasses import replace
from datetime import date

import pytest

from app.coaching.matching import CoacheeFacts, CoachFacts, Reason, Rules, Verdict, judge, verdicts
from tests.coaching.matching.test_judgement import COACH, GRONINGEN, IB

SUMMER, WINTER = (date(2026, 6, 1), date(2026, 8, 1)), (date(2026, 11, 1), date(2027, 2, 1))

BROKEN = [
    (Reason.SELF, {}, {"person": "p1"}),
    (Reason.SAME_SCHOOL, {}, {"schools": frozenset({"03WU00"})}),
    (Reason.SAME_BOARD, {}, {"boards": frozenset({"32073"})}),
    (Reason.KIND, {"kinds": frozenset({"vso"})}, {}),
    (Reason.CONCEPT, {"concepts": frozenset({"jenaplan"})}, {}),
    (Reason.EXCLUDED, {"excludes": frozenset({"p9"})}, {}),
    (Reason.EXCLUDED, {}, {"excludes": frozenset({"p1"})}),
    (Reason.PERIOD, {"period": SUMMER}, {"period": WINTER}),
    (Reason.TRAVEL, {}, {"location": GRONINGEN}),
    (Reason.UNAVAILABLE, {}, {"unavailable": True}),
]
NOT_TOLD = [
    ({Reason.KIND}, {"kinds": None}, {}),
    ({Reason.KIND}, {}, {"kinds": None}),
    ({Reason.TRAVEL}, {"location": None}, {}),
    (
        {Reason.SAME_BOARD, Reason.KIND, Reason.CONCEPT, Reason.TRAVEL, Reason.UNAVAILABLE},
        {},
        {"profile": False},
    ),
]


def found(asks, offers, rules=None, *, verdict):
    tested = verdicts(replace(IB, **asks), replace(COACH, **offers), rules or Rules())
    return {reason for reason, given in tested.items() if given is verdict}


def test_of_a_pair_that_fits_every_rule_passes_and_none_is_left_out():
    assert found({}, {}, verdict=Verdict.PASSED) == set(Reason)


@pytest.mark.parametrize(("reason", "asks", "offers"), BROKEN)
def test_a_broken_rule_fails_and_the_others_pass(reason, asks, offers):
    assert found(asks, offers, verdict=Verdict.FAILED) == {reason}
    assert found(asks, offers, verdict=Verdict.UNKNOWN) == set()


def test_who_was_her_coach_of_late_fails():
    rules = Rules(recent=frozenset({("p1", "p9")}))
    assert found({}, {}, rules, verdict=Verdict.FAILED) == {Reason.RECENT}


@pytest.mark.parametrize(("reasons", "asks", "offers"), NOT_TOLD)
def test_what_was_not_told_is_unknown_and_no_failure(reasons, asks, offers):
    assert found(asks, offers, verdict=Verdict.UNKNOWN) == {*reasons, Reason.UNKNOWN}
    assert found(asks, offers, verdict=Verdict.FAILED) == set()


def test_a_place_that_is_not_known_is_no_matter_when_both_talk_online():
    assert found({"location": None, "online": True}, {"online": True}, verdict=Verdict.PASSED) == set(Reason)


def test_together_the_rules_are_the_judgement():
    sides = [({}, {}), *((asks, offers) for _rule, asks, offers in (*BROKEN, *NOT_TOLD))]
    coachees: list[CoacheeFacts] = [replace(IB, **asks) for asks, _offers in sides]
    coaches: list[CoachFacts] = [replace(COACH, **offers) for _asks, offers in sides]
    for coachee in coachees:
        for coach in coaches:
            reasons = judge([coachee], [coach], Rules()).pair(0, 0).reasons
            tested = verdicts(coachee, coach, Rules())
            assert {rule for rule, given in tested.items() if given is Verdict.FAILED} == {
                rule for rule in Reason if rule in reasons and rule is not Reason.UNKNOWN
            }
            assert (not reasons) == all(given is Verdict.PASSED for given in tested.values())
