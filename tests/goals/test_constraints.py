"""What was fixed stays, and is measured once for each moment: in the database, whatever the code does."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.goals.models import TEXTS, Fixation, Goal, Measurement, Wording
from tests.coaching.agreements import GOAL, add_goal, add_trajectory, measure


@pytest.fixture
def trajectory(unit, cast):
    return add_trajectory(cast)


@pytest.fixture
def goal(trajectory):
    return add_goal(trajectory, fixed=True)


def refused(unit, match, statement, **values):
    with pytest.raises(DBAPIError, match=match), unit.begin_nested():
        unit.execute(text(statement), values)


@pytest.mark.parametrize("column", ["text", "minus_two", "minus_one", "target", "plus_one", "plus_two"])
def test_a_text_is_never_changed(unit, goal, column):
    refused(unit, "row-level security", f"UPDATE wording SET {column} = '\\x00'")


def test_a_wording_that_was_fixed_is_not_deleted(unit, goal):
    refused(unit, "fk_fixation_wording", "DELETE FROM wording WHERE goal_id = :goal", goal=goal.id)


@pytest.mark.parametrize("statement", ["DELETE FROM fixation", "UPDATE fixation SET wording_id = 1"])
def test_a_fixation_stays(unit, goal, statement):
    refused(unit, "permission denied", statement)


def test_a_measurement_is_taken_back_but_never_changed(unit, goal):
    measure(goal, "start", -1)
    refused(unit, "permission denied", "UPDATE measurement SET level = 2")


def test_a_goal_with_another_wording_beside_the_first(unit, goal):
    with pytest.raises(IntegrityError, match="uq_wording_tenant_id_goal_id"), unit.begin_nested():
        unit.add(Wording(goal_id=goal.id, by_id=1, **GOAL))
        unit.flush()


def test_a_fixation_of_the_wording_of_another_goal(unit, trajectory):
    mine, other = add_goal(trajectory), add_goal(trajectory)
    wording = unit.query(Wording).filter_by(goal_id=other.id).one()
    with pytest.raises(IntegrityError, match="fk_fixation_wording"), unit.begin_nested():
        unit.add(Fixation(goal_id=mine.id, wording_id=wording.id, by_id=1))
        unit.flush()


def test_a_measurement_of_a_goal_that_was_not_fixed(unit, trajectory):
    draft = add_goal(trajectory)
    with pytest.raises(IntegrityError, match="fk_measurement_fixation"), unit.begin_nested():
        measure(draft, "start", 0)


def test_the_same_moment_measured_twice(unit, goal):
    measure(goal, "start", -1)
    with (
        pytest.raises(IntegrityError, match="uq_measurement_tenant_id_goal_id_moment"),
        unit.begin_nested(),
    ):
        measure(goal, "start", 0)


@pytest.mark.parametrize(
    ("moment", "level", "constraint"),
    [
        ("start", 3, "ck_measurement_level"),
        ("start", -3, "ck_measurement_level"),
        ("someday", 0, "ck_measurement_moment"),
    ],
)
def test_a_level_or_moment_that_is_not_there(unit, goal, moment, level, constraint):
    with pytest.raises(IntegrityError, match=constraint), unit.begin_nested():
        measure(goal, moment, level)


def test_a_goal_goes_whole_with_its_owner(unit, cast, goal):
    measure(goal, "start", -1)
    unit.execute(text("DELETE FROM goal WHERE id = :goal"), {"goal": goal.id})
    for kind in (Wording, Fixation, Measurement):
        assert unit.query(kind).filter_by(goal_id=goal.id).count() == 0
    assert unit.query(Goal).filter_by(id=goal.id).count() == 0


def test_what_a_goal_says_is_not_readable_in_the_database(unit, goal):
    row = unit.execute(text("SELECT * FROM wording WHERE goal_id = :goal"), {"goal": goal.id}).one()
    kept = b"".join(bytes(value) for value in row if isinstance(value, (bytes, memoryview)))
    assert len(kept) > 200
    assert not any(said.encode() in kept for said in GOAL.values())


FORGOTTEN = ", ".join(f"{name} = NULL" for name in TEXTS) + ", forgotten_on = DATE '2028-08-01'"


def test_a_fixed_text_can_be_forgotten_whole_and_once(unit, goal):
    forget = text(f"UPDATE wording SET {FORGOTTEN} WHERE goal_id = :goal")
    assert [unit.execute(forget, {"goal": goal.id}).rowcount for _ in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("target = plus_one", "row-level security"),
        ("target = NULL", "row-level security"),
        ("forgotten_on = DATE '2028-08-01'", "ck_wording_whole_or_forgotten"),
        ("target = NULL, forgotten_on = DATE '2028-08-01'", "ck_wording_whole_or_forgotten"),
        ("goal_id = goal_id", "permission denied"),
    ],
)
def test_no_other_change_of_a_text_passes(unit, goal, change, refusal):
    with pytest.raises(DBAPIError, match=refusal), unit.begin_nested():
        unit.execute(text(f"UPDATE wording SET {change} WHERE goal_id = :goal"), {"goal": goal.id})
