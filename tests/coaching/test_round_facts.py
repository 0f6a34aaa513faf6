"""What the calculation is given: vreemde ogen, read from roles, profiles, preferences and earlier rounds."""

from datetime import date

import pytest

from app.coaching.matching import Reason
from app.coaching.models import CoachOffer, CoachProfile, Match, PairExclusion, Preference, Publication
from app.coaching.round_facts import facts_of
from app.kernel.permissions import Role
from app.organisation.models import Assignment
from tests.coaching.rounds import ask, offer, open_small_round, small_round
from tests.coaching.test_constraints import proposal_of
from tests.world import add_role


@pytest.fixture
def made(unit, cast):
    return small_round(cast)


def reasons(matching_round):
    """What forbids the one pair of the round."""
    return facts_of(matching_round).judged().pair(0, 0).reasons


def test_strangers_who_fit_are_permitted(made):
    pair = facts_of(made).judged().pair(0, 0)
    assert pair.reasons == Reason(0)
    assert pair.parts.total > 0


def test_a_second_job_at_the_school_of_the_ib(unit, cast, made):
    add_role(cast["coach"].person_id, Role.TEACHER, cast.schools["wilgen"])
    unit.flush()
    assert reasons(made) == Reason.SAME_SCHOOL | Reason.SAME_BOARD


def test_a_second_job_at_another_school_of_the_same_board(unit, cast, made):
    add_role(cast["coach"].person_id, Role.TEACHER, cast.schools["linde"])
    unit.flush()
    assert Reason.SAME_BOARD in reasons(made)


def test_a_job_that_has_ended_is_no_longer_an_obstacle(unit, cast, made):
    unit.add(
        Assignment(
            person_id=cast["coach"].person_id,
            role=Role.TEACHER,
            school_id=cast.schools["wilgen"],
            since=date(2019, 8, 1),
            until=date(2020, 7, 31),
        )
    )
    unit.flush()
    assert reasons(made) == Reason(0)


def test_a_board_that_the_coach_declared_herself(unit, made):
    unit.query(CoachProfile).one().declared_boards = ["11111"]
    unit.flush()
    assert reasons(made) == Reason.SAME_BOARD


def test_a_coach_without_a_profile_is_unknown_and_never_a_fit(unit, cast, made):
    unit.delete(unit.query(CoachProfile).one())
    unit.flush()
    assert Reason.UNKNOWN in reasons(made)


@pytest.mark.parametrize("as_coach", [True, False])
def test_either_side_can_say_rather_not(unit, cast, made, as_coach):
    me, other = ("coach", "ib") if as_coach else ("ib", "coach")
    unit.add(
        Preference(
            person_id=cast[me].person_id, other_id=cast[other].person_id, as_coach=as_coach, wanted=False
        )
    )
    unit.flush()
    assert reasons(made) == Reason.EXCLUDED


def test_a_pair_that_the_coordinator_ruled_out(unit, cast, made):
    request_id = int(facts_of(made).coachees[0].id)
    unit.add(PairExclusion(request_id=request_id, coach_id=cast["coach"].person_id, by_id=1))
    unit.flush()
    assert reasons(made) == Reason.EXCLUDED


def test_the_digest_follows_what_people_tell_and_not_the_coordinators_decisions(unit, cast, made):
    before = facts_of(made).digest
    request_id = int(facts_of(made).coachees[0].id)
    unit.add(PairExclusion(request_id=request_id, coach_id=cast["coach"].person_id, by_id=1))
    unit.flush()
    assert facts_of(made).digest == before
    unit.query(CoachProfile).one().travel_limit = 10
    unit.flush()
    assert facts_of(made).digest != before


def test_a_coach_who_is_away_takes_nobody(unit, made):
    unit.query(CoachProfile).one().unavailable_from = date(2020, 1, 1)
    unit.flush()
    assert reasons(made) == Reason.UNAVAILABLE


@pytest.mark.parametrize(("rounds_ago", "expected"), [(1, Reason.RECENT), (2, Reason.RECENT), (3, Reason(0))])
def test_her_coach_of_the_last_two_rounds_is_no_stranger(unit, cast, rounds_ago, expected):
    for year in range(2026 - 3, 2026):
        earlier = open_small_round(f"{year}", date(year, 9, 1))
        unit.add(Publication(round_id=earlier.id, proposal_id=proposal_of(unit, cast, earlier.id), by_id=1))
        if year == 2026 - rounds_ago:
            _matched(unit, cast, earlier.id)
    unit.flush()
    assert reasons(small_round(cast)) == expected


def test_who_asked_and_got_nobody_has_waited(unit, cast, made):
    earlier = open_small_round("2025", date(2025, 9, 1))
    ask(earlier.id, cast["ib"].person_id)
    unit.add(Publication(round_id=earlier.id, proposal_id=proposal_of(unit, cast, earlier.id), by_id=1))
    unit.flush()
    facts = facts_of(made)
    assert facts.waited == {facts.coachees[0].id: 1}


def test_a_special_school_and_a_concept_ask_for_a_coach_who_knows_them(unit, cast):
    made = open_small_round()
    ask(made.id, cast["colleague"].person_id)
    offer(cast["coach"].person_id, kinds=["so"], concepts=[])
    assert reasons(made) == Reason.KIND | Reason.CONCEPT


def _matched(unit, cast, round_id):
    coach = cast["coach"].person_id
    unit.add(CoachOffer(round_id=round_id, coach_id=coach, capacity=1))
    unit.flush()
    unit.add(
        Match(
            round_id=round_id,
            request_id=ask(round_id, cast["ib"].person_id).id,
            coachee_id=cast["ib"].person_id,
            coach_id=coach,
            capacity=1,
            place=1,
            score=1,
            detail={},
        )
    )
    unit.flush()
