"""What must never happen with matches is impossible in the database, whatever the code does."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.coaching.models import (
    AppliedChange,
    CoachOffer,
    DeclinedPair,
    Match,
    MatchAffiliation,
    MatchAnswer,
    MatchNudge,
    Publication,
)
from app.coaching.services.trajectories import start_trajectory
from app.kernel.permissions import Role
from tests.coaching.rounds import ask, open_small_round
from tests.world import add_person, add_role


@pytest.fixture
def people(unit, cast):
    made = [add_person("Persoon", f"Nummer {number}") for number in range(4)]
    for person in made:
        add_role(person.id, Role.IB, cast.schools["wilgen"])
    return [person.id for person in made]


@pytest.fixture
def round_id(unit):
    return open_small_round().id


def match(unit, round_id, coachee, coach, *, capacity=1, place=1):
    if not unit.query(CoachOffer).filter_by(round_id=round_id, coach_id=coach).first():
        unit.add(CoachOffer(round_id=round_id, coach_id=coach, capacity=capacity))
        unit.flush()
    made = Match(
        round_id=round_id, request_id=ask(round_id, coachee).id, coachee_id=coachee, coach_id=coach,
        capacity=capacity, place=place, score=1, detail={},
    )  # fmt: skip
    unit.add(made)
    unit.flush()
    return made


def refused(unit, constraint, action):
    with pytest.raises(IntegrityError, match=constraint), unit.begin_nested():
        action()


@pytest.mark.parametrize("place", [0, 2])
def test_a_coach_over_capacity(unit, round_id, people, place):
    refused(unit, "ck_match_capacity", lambda: match(unit, round_id, people[0], people[1], place=place))


def test_the_same_place_twice(unit, round_id, people):
    match(unit, round_id, people[0], people[1])
    refused(
        unit,
        "uq_match_place",
        lambda: match(unit, round_id, people[2], people[1]),
    )


def test_more_places_than_the_coach_offered(unit, round_id, people):
    match(unit, round_id, people[0], people[1])
    refused(
        unit, "fk_match_coach_offer", lambda: match(unit, round_id, people[2], people[1], capacity=2, place=2)
    )


def test_capacity_that_shrinks_below_what_is_taken(unit, round_id, people):
    match(unit, round_id, people[0], people[1], capacity=2, place=2)
    shrink = text("UPDATE coach_offer SET capacity = 1 WHERE coach_id = :coach")
    refused(unit, "fk_match_coach_offer", lambda: unit.execute(shrink, {"coach": people[1]}))


def test_places_grow_when_offer_and_matches_change_in_one_transaction(unit, round_id, people):
    match(unit, round_id, people[0], people[1])
    unit.execute(text("SET CONSTRAINTS fk_match_coach_offer DEFERRED"))
    for table in ("coach_offer", "match"):
        unit.execute(text(f"UPDATE {table} SET capacity = 2 WHERE coach_id = :coach"), {"coach": people[1]})
    unit.execute(text("SET CONSTRAINTS fk_match_coach_offer IMMEDIATE"))
    match(unit, round_id, people[2], people[1], capacity=2, place=2)


def test_places_that_grow_in_the_offer_alone(unit, round_id, people):
    match(unit, round_id, people[0], people[1])

    def grow():
        unit.execute(text("SET CONSTRAINTS fk_match_coach_offer DEFERRED"))
        unit.execute(
            text("UPDATE coach_offer SET capacity = 2 WHERE coach_id = :coach"), {"coach": people[1]}
        )
        unit.execute(text("SET CONSTRAINTS fk_match_coach_offer IMMEDIATE"))

    refused(unit, "fk_match_coach_offer", grow)


@pytest.mark.parametrize(
    ("row", "fields", "constraint"),
    [
        (MatchAnswer, {"side": 1, "answer": "accepted"}, "uq_match_answer_tenant_id_match_id_side"),
        (MatchNudge, {"side": 2}, "uq_match_nudge_tenant_id_match_id_side"),
    ],
)
def test_the_same_side_twice(unit, round_id, people, row, fields, constraint):
    made = match(unit, round_id, people[0], people[1])
    unit.add(row(match_id=made.id, **fields))
    unit.flush()
    refused(unit, constraint, lambda: (unit.add(row(match_id=made.id, **fields)), unit.flush()))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"side": 3, "answer": "accepted"}, "ck_match_answer_side"),
        ({"side": 1, "answer": "perhaps"}, "ck_match_answer_answer"),
    ],
)
def test_an_answer_of_nobody_or_that_is_none(unit, round_id, people, fields, constraint):
    made = match(unit, round_id, people[0], people[1])
    refused(unit, constraint, lambda: (unit.add(MatchAnswer(match_id=made.id, **fields)), unit.flush()))


def test_a_pair_declined_twice(unit, round_id, people):
    pair = {"request_id": ask(round_id, people[0]).id, "coach_id": people[1]}
    unit.add(DeclinedPair(**pair))
    unit.flush()
    refused(
        unit,
        "uq_declined_pair_tenant_id_request_id_coach_id",
        lambda: (unit.add(DeclinedPair(**pair)), unit.flush()),
    )


def test_a_change_carried_out_twice(unit, cast, round_id):
    proposal_id = proposal_of(unit, cast, round_id)
    unit.add(AppliedChange(proposal_id=proposal_id, by_id=1))
    unit.flush()
    refused(
        unit,
        "uq_applied_change_tenant_id_proposal_id",
        lambda: (unit.add(AppliedChange(proposal_id=proposal_id, by_id=2)), unit.flush()),
    )


def test_two_trajectories_of_one_match(unit, round_id, people):
    made = match(unit, round_id, people[0], people[1])
    start_trajectory(made)
    refused(unit, "uq_trajectory_tenant_id_match_id", lambda: start_trajectory(made))


def test_a_swapped_pair(unit, round_id, people):
    match(unit, round_id, people[0], people[1])
    refused(unit, "uq_match_not_swapped", lambda: match(unit, round_id, people[1], people[0]))


def test_somebody_as_her_own_coach(unit, round_id, people):
    refused(unit, "ck_match_two_people", lambda: match(unit, round_id, people[0], people[0]))


def test_two_coaches_for_one_request(unit, round_id, people):
    made = match(unit, round_id, people[0], people[1])
    unit.add(CoachOffer(round_id=round_id, coach_id=people[2], capacity=1))
    unit.flush()
    second = Match(
        round_id=round_id, request_id=made.request_id, coachee_id=people[0], coach_id=people[2],
        capacity=1, place=1, score=1, detail={},
    )  # fmt: skip
    refused(unit, "uq_match_request", lambda: (unit.add(second), unit.flush()))


@pytest.mark.parametrize("affiliation", ["school:01AA00", "board:11111"])
def test_the_same_school_or_board_on_both_sides(unit, round_id, people, affiliation):
    made = match(unit, round_id, people[0], people[1])
    unit.add(MatchAffiliation(match_id=made.id, side=1, affiliation=affiliation))
    unit.flush()
    other_side = MatchAffiliation(match_id=made.id, side=2, affiliation=affiliation)
    refused(unit, "ex_match_affiliation_strangers", lambda: (unit.add(other_side), unit.flush()))


def test_two_affiliations_of_the_same_side_are_fine(unit, round_id, people):
    made = match(unit, round_id, people[0], people[1])
    unit.add_all(
        MatchAffiliation(match_id=made.id, side=side, affiliation=name)
        for side, name in ((1, "board:1"), (1, "school:1"), (2, "board:2"))
    )
    unit.flush()


def test_a_round_published_twice(unit, cast, round_id, people):
    publish = text(
        "INSERT INTO publication (tenant_id, round_id, proposal_id, by_id) VALUES (:tenant, :round, :proposal, 1)"
    )
    proposal = proposal_of(unit, cast, round_id)
    values = {"tenant": cast.network.id, "round": round_id, "proposal": proposal}
    unit.execute(publish, values)
    refused(unit, "uq_publication_tenant_id_round_id", lambda: unit.execute(publish, values))
    assert unit.query(Publication).count() == 1


def proposal_of(unit, cast, round_id):
    work = unit.execute(
        text(
            "INSERT INTO long_work (tenant_id, kind, subject_id, person_id, state, stage, percent, ended_at) "
            "VALUES (:tenant, 'x', 1, 1, 'done', '', 100, now()) RETURNING id"
        ),
        {"tenant": cast.network.id},
    ).scalar_one()
    return unit.execute(
        text(
            "INSERT INTO proposal (tenant_id, round_id, work_id, by_id, calculated_at, engine_version, input_hash, "
            "sufficiency, decisions, objective, certificate, seconds) "
            "VALUES (:tenant, :round, :work, 1, now(), '1', '', 350, '{}', '{}', '{}', 0) RETURNING id"
        ),
        {"tenant": cast.network.id, "round": round_id, "work": work},
    ).scalar_one()
