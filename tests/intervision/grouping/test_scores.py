"""Points come from what is known of both, and add up."""

import pytest

from app.intervision.grouping import PairWeights, PersonFacts, judge_pair, judge_pairs, make_task, relations

ANNA = PersonFacts(
    id="a", school="s1", board="b1", themes={"groep": 3, "ouders": 1}, kinds=frozenset({"bo"}),
    concepts=frozenset(), years=2, location=(52.0, 5.0), halfdays=frozenset({1}), excludes=frozenset({"c"}),
)  # fmt: skip
BEA = PersonFacts(
    id="b", school="s2", board="b2", themes={"groep": 2, "taal": 2}, kinds=frozenset({"sbo"}),
    concepts=frozenset({"dalton"}), years=7, location=(52.0, 5.0), halfdays=frozenset({1}), together={"a": 2},
)  # fmt: skip
NOTHING = PersonFacts(id="c", school="s3")


def test_parts_add_up_to_the_score():
    facts = judge_pair(ANNA, BEA)
    assert facts.parts == (100, 60, 40, 20, 35, 20, -50)
    assert facts.parts.total == 225
    assert facts.shared_themes == ("groep",)
    assert facts.differs == ("kind", "concept", "experience", "board")
    assert (facts.minutes, facts.years_together) == (5, 2)


def test_it_does_not_matter_who_is_first():
    assert judge_pair(BEA, ANNA) == judge_pair(ANNA, BEA)


def test_what_is_not_known_adds_nothing():
    assert judge_pair(ANNA, NOTHING).parts == (0,) * 7
    assert judge_pair(ANNA, NOTHING).minutes is None
    assert judge_pair(NOTHING, NOTHING).differs == ()


def test_people_who_are_alike_get_points_for_what_they_share_only():
    assert judge_pair(ANNA, ANNA).parts == (200, 0, 0, 0, 35, 0, 0)


@pytest.mark.parametrize("wrong", [{"themes": -1}, {"far_years": 0}])
def test_weights_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="weights"):
        PairWeights(**wrong)


def test_pairs_become_a_task():
    people = [BEA, NOTHING, ANNA]
    pairs = judge_pairs(people)
    assert list(pairs) == [("a", "b"), ("a", "c"), ("b", "c")]
    task = make_task([facts.person for facts in people], relations(people, pairs))
    assert task.score[0, 1] == 225
    assert task.forbidden[0, 2]
