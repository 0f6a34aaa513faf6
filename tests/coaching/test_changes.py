"""Pairs that change during the year: as few as possible, all of them or none, and only what still fits."""

from datetime import date

import pytest

from app.coaching.models import (
    AppliedChange,
    Closure,
    CoachingRequest,
    CoachOffer,
    CoachProfile,
    Ending,
    Match,
    MatchingRound,
    Outcome,
    PairExclusion,
    Trajectory,
)
from app.coaching.queries import PairState, latest_change, latest_proposal, progress_of, publication_of
from app.coaching.services.answers import accept_match, decline_match
from app.coaching.services.changes import apply_change, broken_pairs
from app.coaching.services.requests import save_own_request, save_request_for
from app.kernel.actor import SYSTEM
from app.kernel.errors import Conflict, Forbidden
from app.kernel.permissions import Role
from app.organisation.models import Assignment, School
from tenants.session import session
from tests.coaching.rounds import (
    acting,
    ask,
    calculated,
    new_coach,
    new_ib,
    open_small_round,
    published,
)

ASKED = {
    "themes": {"leader": 3}, "halfdays": [0], "travel_limit": 60, "online": True, "wanted": [], "unwanted": [],
}  # fmt: skip


@pytest.fixture
def matching_round(unit):
    return open_small_round()


def asks(matching_round, *people):
    for person_id in people:
        ask(matching_round.id, person_id, online=True, themes={"leader": 3})


def pairs(matching_round):
    """Who coaches whom now: coach by coachee."""
    going_on = Match.ended_at.is_(None)
    rows = session().query(Match).filter(Match.round_id == matching_round.id, going_on)
    return {match.coachee_id: match.coach_id for match in rows}


def change(matching_round):
    """Calculate a change and carry it out."""
    calculated(matching_round.id)
    apply_change(SYSTEM, matching_round.id, latest_change(matching_round.id).id)


def begin(match):
    """Both say yes."""
    accept_match(acting(match.coachee_id, Role.IB), match.id)
    accept_match(acting(match.coach_id, Role.COACH), match.id)


@pytest.fixture
def three(unit, cast, matching_round):
    """Three IB'ers with three coaches of one place; a fourth coach comes later, and fits everybody best."""
    people = [new_ib(cast, str(number)) for number in range(3)]
    for number in range(3):
        new_coach(str(number), capacity=1, strengths={"leader": 1})
    asks(matching_round, *people)
    made = published(matching_round.id)
    return people, made


def test_only_the_pair_of_the_coach_who_drops_out_changes(unit, matching_round, three):
    people, made = three
    before = pairs(matching_round)
    better = new_coach("Beter", capacity=3, strengths={"leader": 3})
    unit.query(CoachProfile).filter_by(person_id=made[people[1]].coach_id).one().capacity = 0
    unit.flush()
    change(matching_round)
    # By hand: the two others would score higher with the new coach, and stay where they are.
    assert pairs(matching_round) == {**before, people[1]: better}
    assert made[people[1]].ending == Ending.CHANGED


def test_one_pair_makes_room_when_that_gives_one_more_a_coach(unit, cast, matching_round):
    """A only talks with P or Q, B only with P, who is A's: by hand, A moves to Q and B gets P."""
    a, b = new_ib(cast, "a"), new_ib(cast, "b")
    p = new_coach("p", capacity=1, strengths={"leader": 3})
    asks(matching_round, a)
    published(matching_round.id)
    q = new_coach("q", capacity=1, strengths={"leader": 1}, kinds=["bo"], concepts=[])
    asks(matching_round, b)
    unit.query(CoachingRequest).filter_by(person_id=b).one().online = True
    ruled_out(unit, b, q)
    change(matching_round)
    assert pairs(matching_round) == {a: q, b: p}


def ruled_out(unit, person_id, coach_id):
    request = unit.query(CoachingRequest).filter_by(person_id=person_id).one()
    unit.add(PairExclusion(request_id=request.id, coach_id=coach_id, by_id=1))
    unit.flush()


def test_coaching_that_has_begun_makes_no_room(unit, cast, matching_round):
    a, b = new_ib(cast, "a"), new_ib(cast, "b")
    p = new_coach("p", capacity=1, strengths={"leader": 3})
    asks(matching_round, a)
    begin(published(matching_round.id)[a])
    q = new_coach("q", capacity=1, strengths={"leader": 1})
    asks(matching_round, b)
    ruled_out(unit, b, q)
    change(matching_round)
    assert pairs(matching_round) == {a: p}


@pytest.mark.parametrize(
    ("fields", "goes_on"),
    [
        ({"capacity": 0}, True),
        ({"kinds": ["so"]}, True),
        ({"unavailable_from": date(2026, 11, 1), "unavailable_until": date(2027, 1, 1)}, True),
        ({"unavailable_from": date(2026, 11, 1), "unavailable_until": date(2028, 1, 1)}, False),
        ({"unavailable_from": date(2026, 11, 1)}, False),
    ],
)
def test_coaching_that_has_begun_only_ends_when_the_coach_is_gone(
    unit, cast, matching_round, fields, goes_on
):
    a = new_ib(cast, "a")
    p = new_coach("p")
    asks(matching_round, a)
    match = published(matching_round.id)[a]
    begin(match)
    q = new_coach("q")
    profile = unit.query(CoachProfile).filter_by(person_id=p).one()
    for name, value in fields.items():
        setattr(profile, name, value)
    unit.flush()
    change(matching_round)
    assert pairs(matching_round) == {a: p if goes_on else q}
    closed = unit.query(Closure).one_or_none()
    assert (closed and closed.outcome) == (None if goes_on else Outcome.HANDED_OVER)


def test_who_is_no_coach_any_more_is_replaced(unit, cast, matching_round):
    a, p = new_ib(cast, "a"), new_coach("p")
    asks(matching_round, a)
    begin(published(matching_round.id)[a])
    q = new_coach("q")
    unit.query(Assignment).filter_by(person_id=p).one().until = date(2026, 11, 1)
    unit.flush()
    change(matching_round)
    assert pairs(matching_round) == {a: q}
    assert unit.query(Trajectory).count() == 1


def test_a_school_that_moves_to_the_board_of_the_coach_breaks_the_pair(unit, cast, matching_round):
    a, p = new_ib(cast, "a"), new_coach("p", declared_boards=["22222"])
    asks(matching_round, a)
    published(matching_round.id)
    q = new_coach("q")
    wilgen, kompas = (
        unit.query(School).filter_by(id=cast.schools[key]).one() for key in ("wilgen", "kompas")
    )
    wilgen.board_id = kompas.board_id
    unit.flush()
    assert pairs(matching_round) == {a: p}
    change(matching_round)
    assert pairs(matching_round) == {a: q}


def test_a_declined_pair_gets_another_coach_and_a_coach_more_places(unit, cast, matching_round):
    a, b = new_ib(cast, "a"), new_ib(cast, "b")
    p, q = new_coach("p", capacity=1), new_coach("q", capacity=1)
    asks(matching_round, a, b)
    made = published(matching_round.id)
    declined = made[a]
    decline_match(acting(a, Role.IB), declined.id, {})
    other = q if declined.coach_id == p else p
    unit.query(CoachProfile).filter_by(person_id=other).one().capacity = 2
    unit.flush()
    change(matching_round)
    assert pairs(matching_round) == {a: other, b: other}
    assert unit.query(CoachOffer).filter_by(coach_id=other).one().capacity == 2
    places = unit.query(Match.place).filter_by(coach_id=other).filter(Match.ended_at.is_(None))
    assert sorted(place for (place,) in places) == [1, 2]


def test_somebody_who_is_no_ib_any_more_keeps_her_place(unit, cast, matching_round):
    a, b = new_ib(cast, "a"), new_ib(cast, "b")
    p = new_coach("p", capacity=1)
    asks(matching_round, a)
    published(matching_round.id)
    unit.query(Assignment).filter_by(person_id=a).one().until = date(2026, 11, 1)
    asks(matching_round, b)
    change(matching_round)
    assert pairs(matching_round) == {a: p}


@pytest.mark.parametrize("by_coordinator", [True, False])
def test_somebody_joins_late_and_gets_a_coach(unit, cast, matching_round, by_coordinator):
    a, p = new_ib(cast, "a"), new_coach("p", capacity=2)
    asks(matching_round, a)
    published(matching_round.id)
    b = new_ib(cast, "b")
    if by_coordinator:
        save_request_for(SYSTEM, matching_round.id, b, ASKED)
    else:
        save_own_request(acting(b, Role.IB), matching_round.id, {**ASKED, "not_about_pupil": False})
    states = {one.person_id: one for one in progress_of(publication_of(matching_round.id))}
    assert states[b].state == PairState.WITHOUT
    change(matching_round)
    assert pairs(matching_round) == {a: p, b: p}


def test_who_has_a_coach_does_not_change_her_request(unit, cast, matching_round):
    a = new_ib(cast, "a")
    new_coach("p")
    asks(matching_round, a)
    published(matching_round.id)
    with pytest.raises(Conflict):
        save_request_for(SYSTEM, matching_round.id, a, ASKED)
    matching_round.ends_on = date(2026, 10, 1)
    unit.flush()
    with pytest.raises(Conflict, match="voorbij"):
        save_request_for(SYSTEM, matching_round.id, new_ib(cast, "b"), ASKED)


def test_a_change_that_does_not_fit_any_more_changes_nothing(unit, cast, matching_round, three):
    people, made = three
    new_coach("Anders", capacity=1)
    unit.query(CoachProfile).filter_by(person_id=made[people[1]].coach_id).one().capacity = 0
    calculated(matching_round.id)
    decline_match(acting(people[0], Role.IB), made[people[0]].id, {})
    before = pairs(matching_round)
    with pytest.raises(Conflict, match="opnieuw"):
        apply_change(SYSTEM, matching_round.id, latest_change(matching_round.id).id)
    assert pairs(matching_round) == before
    assert unit.query(AppliedChange).count() == 0


def test_coaching_that_began_meanwhile_is_not_broken_and_elsewhere_it_stands_in_no_way(
    unit, matching_round, three
):
    people, made = three
    new_coach("Anders", capacity=1)
    unit.query(CoachProfile).filter_by(person_id=made[people[1]].coach_id).one().unavailable_from = date(
        2026, 1, 1
    )
    calculated(matching_round.id)
    proposal = latest_change(matching_round.id)
    assert broken_pairs(proposal) == {(str(made[people[1]].request_id), str(made[people[1]].coach_id))}
    savepoint = unit.begin_nested()
    begin(made[people[1]])
    with pytest.raises(Conflict):
        apply_change(SYSTEM, matching_round.id, proposal.id)
    savepoint.rollback()
    begin(made[people[0]])
    apply_change(SYSTEM, matching_round.id, proposal.id)
    assert made[people[0]].ended_at is None


def test_a_change_is_carried_out_once_and_only_the_last_one(matching_round, three):
    calculated(matching_round.id)
    first = latest_change(matching_round.id)
    calculated(matching_round.id)
    with pytest.raises(Conflict, match="andere wijziging"):
        apply_change(SYSTEM, matching_round.id, first.id)
    last = latest_change(matching_round.id).id
    apply_change(SYSTEM, matching_round.id, last)
    with pytest.raises(Conflict, match="al doorgevoerd"):
        apply_change(SYSTEM, matching_round.id, last)


def test_only_a_coordinator_carries_it_out(cast, matching_round, three):
    calculated(matching_round.id)
    for role in set(Role) - {Role.COORDINATOR}:
        with pytest.raises(Forbidden):
            apply_change(acting(1, role), matching_round.id, latest_change(matching_round.id).id)


def test_the_published_proposal_stays_what_was_published(matching_round, three):
    before = latest_proposal(matching_round.id).id
    calculated(matching_round.id)
    assert latest_proposal(matching_round.id).id == before


def test_the_page_lists_exactly_what_changes(unit, cast, as_, matching_round, three):
    people, made = three
    better = new_coach("Beter", capacity=3, strengths={"leader": 3})
    unit.query(CoachProfile).filter_by(person_id=made[people[1]].coach_id).one().capacity = 0
    unit.flush()
    calculated(matching_round.id)
    page = as_(cast["coordinator"]).get(f"/waterland/koppelrondes/{matching_round.id}/wijziging").text
    assert "1 koppeling verandert" in page
    assert "Ib 1" in page
    assert "Coach Beter" in page
    assert "heeft geen plek meer" in page
    assert "Ib 0" not in page
    assert "2 koppelingen blijven zoals ze zijn." in page
    assert better


def test_a_round_that_is_over_or_not_published_has_no_change(unit, cast, matching_round, three):
    other = open_small_round("Later")
    with pytest.raises(Conflict, match="gepubliceerd"):
        apply_change(SYSTEM, other.id, 1)
    calculated(matching_round.id)
    unit.get(MatchingRound, (cast.network.id, matching_round.id)).ends_on = date(2026, 10, 1)
    unit.flush()
    with pytest.raises(Conflict, match="voorbij"):
        apply_change(SYSTEM, matching_round.id, latest_change(matching_round.id).id)


def test_those_concerned_get_a_mail_and_nobody_else(unit, cast, matching_round, three, work_through_queue):
    people, made = three
    new_coach("Anders", capacity=1)
    for number in (1, 2):
        unit.query(CoachProfile).filter_by(person_id=made[people[number]].coach_id).one().capacity = 0
    work_through_queue()
    change(matching_round)
    done = [name for name in work_through_queue() if name != "coaching.calculate_proposal"]
    assert sorted(done) == [
        "coaching.tell_coach",
        "coaching.tell_coach_of_change",
        "coaching.tell_coach_of_change",
        "coaching.tell_coachee_of_change",
        "coaching.tell_coachee_of_loss",
    ]
