"""Lock, choose and rule out: what the coordinator decides about a pair."""

import pytest

from app.coaching.models import CoachingRequest, CoachProfile, Pin, Preference
from app.coaching.queries import exclusions_of, pin_of
from app.coaching.services.decisions import exclude_pair, include_pair, pin_pair, unpin_pair
from app.kernel.actor import Actor
from app.kernel.errors import Conflict, Forbidden, NotFound
from app.kernel.permissions import Role
from tests.coaching.rounds import ask, offer, open_small_round, small_round
from tests.world import add_person, add_role


@pytest.fixture
def coordinator(cast):
    return Actor(cast["coordinator"].person_id, "Linda Postma", frozenset({Role.COORDINATOR}))


@pytest.fixture
def request_id(unit, cast):
    return ask(small_round(cast).id, colleague_of_nobody(cast)).id


def colleague_of_nobody(cast):
    """An IB'er of De Wilgen beside Fatima."""
    person = add_person("Anneke", "Bos")
    add_role(person.id, Role.IB, cast.schools["wilgen"])
    return person.id


def test_a_pair_that_fits_is_locked_and_unlocked(unit, cast, coordinator, request_id):
    pin_pair(coordinator, request_id, cast["coach"].person_id)
    assert unit.query(Pin).one().coach_id == cast["coach"].person_id
    unpin_pair(coordinator, request_id, cast["coach"].person_id)
    assert pin_of(request_id) is None


def test_a_forbidden_pair_is_not_locked_and_the_message_says_which_rule(unit, cast, coordinator, request_id):
    unit.add(
        Preference(
            person_id=cast["coach"].person_id, other_id=_person(unit, request_id), as_coach=True, wanted=False
        )
    )
    with pytest.raises(Conflict, match="uitgesloten"):
        pin_pair(coordinator, request_id, cast["coach"].person_id)


def test_somebody_who_is_no_coach_is_not_found(unit, cast, coordinator, request_id):
    with pytest.raises(NotFound):
        pin_pair(coordinator, request_id, cast["teacher"].person_id)


@pytest.mark.parametrize("capacity", [0, 1])
def test_no_more_pairs_are_locked_than_a_coach_has_places(unit, cast, coordinator, request_id, capacity):
    unit.query(CoachProfile).one().capacity = capacity
    other = ask(open_round_of(request_id, unit), cast["colleague"].person_id)
    if capacity:
        pin_pair(coordinator, request_id, cast["coach"].person_id)
    with pytest.raises(Conflict, match="plekken"):
        pin_pair(coordinator, other.id, cast["coach"].person_id)


def test_the_last_place_can_be_moved_to_another_pair_of_the_same_coach(unit, cast, coordinator, request_id):
    unit.query(CoachProfile).one().capacity = 1
    pin_pair(coordinator, request_id, cast["coach"].person_id)
    pin_pair(coordinator, request_id, cast["coach"].person_id)
    assert unit.query(Pin).count() == 1


def test_two_people_are_not_locked_as_each_others_coach(unit, cast, coordinator):
    made = open_small_round()
    mine = ask(made.id, cast["ib"].person_id)
    hers = ask(made.id, cast["coach"].person_id)
    add_role(cast["ib"].person_id, Role.COACH, None)
    offer(cast["ib"].person_id)
    offer(cast["coach"].person_id)
    pin_pair(coordinator, mine.id, cast["coach"].person_id)
    with pytest.raises(Conflict, match="elkaar"):
        pin_pair(coordinator, hers.id, cast["ib"].person_id)


def test_ruling_out_takes_the_lock_away_and_can_be_undone(unit, cast, coordinator, request_id):
    coach = cast["coach"].person_id
    pin_pair(coordinator, request_id, coach)
    exclude_pair(coordinator, request_id, coach)
    exclude_pair(coordinator, request_id, coach)
    assert pin_of(request_id) is None
    assert exclusions_of(request_id) == {coach}
    include_pair(coordinator, request_id, coach)
    assert exclusions_of(request_id) == set()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_the_coordinator_decides(unit, cast, request_id, role):
    with pytest.raises(Forbidden):
        pin_pair(Actor(cast["ib"].person_id, "", frozenset({role})), request_id, cast["coach"].person_id)


def _person(unit, request_id):
    return unit.query(CoachingRequest).filter_by(id=request_id).one().person_id


def open_round_of(request_id, unit):
    return unit.query(CoachingRequest).filter_by(id=request_id).one().round_id
