"""Two calculations side by side: each pair that changed is named, with why."""

from datetime import timedelta

import pytest
from flask_babel import force_locale

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    MatchingRound,
    PairExclusion,
    Pin,
    Proposal,
)
from app.coaching.queries import latest_proposal, pair_heads
from app.coaching.views.comparison_page import comparison_page
from app.kernel.actor import SYSTEM
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.permissions import Role
from tests.coaching.proposals import propose
from tests.coaching.rounds import ask, offer, open_small_round
from tests.world import add_person, add_role


@pytest.fixture(autouse=True)
def dutch(app):
    with app.test_request_context(), force_locale("nl"):
        yield


@pytest.fixture
def made(unit, cast):
    """Fatima fits Joost best; Carla, a coach from outside, fits too."""
    made = open_small_round()
    ask(made.id, cast["ib"].person_id)
    carla = add_person("Carla", "Mol")
    add_role(carla.id, Role.COACH, None)
    offer(cast["coach"].person_id, capacity=1)
    offer(carla.id, strengths={"leader": 1}, capacity=1, online=False, postcode="1441")
    return made


def carla_id(unit, cast):
    return unit.query(CoachProfile).filter(CoachProfile.person_id != cast["coach"].person_id).one().person_id


def compared(unit, made, *, asked=None):
    """The page, after the earlier proposal has been put an hour back."""
    first = unit.query(Proposal).order_by(Proposal.id).first()
    first.calculated_at = now() - timedelta(hours=1)
    unit.flush()
    return comparison_page(made, asked or {"a": 0, "b": 0})


def changes(page):
    return [(one.coachee, one.before, one.after, one.why) for one in (*page["direct"], *page["indirect"])]


def test_with_one_calculation_there_is_nothing_to_compare(unit, made):
    propose(made)
    assert comparison_page(made, {"a": 0, "b": 0})["before"] is None


def test_the_same_again_changes_nobody(unit, made):
    propose(made)
    propose(made)
    page = compared(unit, made)
    assert (changes(page), page["unchanged"]) == ([], 1)
    assert {row.difference for row in page["figures"]} == {"gelijk"}


def test_a_lock_is_named(unit, cast, made):
    propose(made)
    carla = carla_id(unit, cast)
    unit.add(Pin(request_id=unit.query(CoachingRequest).one().id, coach_id=carla, by_id=1))
    propose(made)
    page = compared(unit, made)
    assert changes(page) == [
        ("Fatima el Amrani", "Joost van Leeuwen", "Carla Mol", "Je zette deze koppeling vast.")
    ]
    unit.query(Pin).delete()
    propose(made)
    page = compared(unit, made)
    assert [why for *_, why in changes(page)] == ["Je maakte de eerdere koppeling los."]


def test_an_exclusion_is_named_and_so_is_taking_it_back(unit, cast, made):
    propose(made)
    request = unit.query(CoachingRequest).one()
    unit.add(PairExclusion(request_id=request.id, coach_id=cast["coach"].person_id, by_id=1))
    propose(made)
    assert [why for *_, why in changes(compared(unit, made))] == ["Je sloot de eerdere koppeling uit."]
    unit.query(PairExclusion).delete()
    propose(made)
    assert [why for *_, why in changes(compared(unit, made))] == ["Je liet deze koppeling weer toe."]


def test_a_changed_request_or_profile_is_named(unit, cast, made):
    propose(made)
    joost = unit.query(CoachProfile).filter_by(person_id=cast["coach"].person_id).one()
    joost.unavailable_from = made.starts_on - timedelta(days=400)
    record(SYSTEM, "save request", "coaching_request", unit.query(CoachingRequest).one().id)
    record(SYSTEM, "save profile", "coach_profile", joost.id)
    propose(made)
    (change,) = changes(compared(unit, made))
    assert change[-1] == "De coachvraag is gewijzigd. Het profiel van Joost van Leeuwen is gewijzigd."


def test_other_places_of_a_coach_are_named(unit, cast, made):
    propose(made)
    unit.query(CoachProfile).filter_by(person_id=cast["coach"].person_id).one().capacity = 0
    propose(made)
    (change,) = changes(compared(unit, made))
    assert change[-1] == "Joost van Leeuwen heeft 0 plekken in plaats van 1."


def test_what_follows_from_another_pair_is_told_as_such(unit, cast, made):
    anneke = add_person("Anneke", "Bos")
    add_role(anneke.id, Role.IB, cast.schools["wilgen"])
    hers = ask(made.id, anneke.id)
    propose(made)
    heads = {head.request_id: head.coach_id for head in _pairs(made)}
    other = next(coach for coach in heads.values() if coach != heads[hers.id])
    unit.add(Pin(request_id=hers.id, coach_id=other, by_id=1))
    propose(made)
    page = compared(unit, made)
    assert [one.coachee for one in page["direct"]] == ["Anneke Bos"]
    (follows,) = page["indirect"]
    assert follows.coachee == "Fatima el Amrani"
    assert follows.why == f"De plek bij {follows.before} gaat naar Anneke Bos."


def _pairs(made):
    return pair_heads(latest_proposal(made.id).id)


def test_a_request_that_came_in_between_is_new(unit, cast, made):
    propose(made)
    anneke = add_person("Anneke", "Bos")
    add_role(anneke.id, Role.IB, cast.schools["wilgen"])
    ask(made.id, anneke.id)
    propose(made)
    page = compared(unit, made)
    assert ("Anneke Bos", "nog geen coachvraag", "De coachvraag is nieuw.") in {
        (name, before, why) for name, before, _after, why in changes(page)
    }


def test_another_line_is_a_cause_for_everybody(unit, made):
    propose(made)
    made.sufficiency = 500
    propose(made)
    assert compared(unit, made)["causes"] == [
        "De grens ging van 35 naar 50. Daardoor kan elke koppeling veranderd zijn."
    ]


def test_any_two_can_be_chosen_and_those_of_another_round_are_not_shown(unit, cast, made):
    first, second, third = propose(made), propose(made), propose(made)
    other = propose(open_small_round("2027–2028", made.starts_on.replace(year=2027)))
    assert unit.query(MatchingRound).count() == 2
    page = compared(unit, made, asked={"a": second.id, "b": first.id})
    assert (page["before"].id, page["after"].id) == (first.id, second.id)
    page = compared(unit, made, asked={"a": other.id, "b": 0})
    assert (page["before"].id, page["after"].id) == (second.id, third.id)
