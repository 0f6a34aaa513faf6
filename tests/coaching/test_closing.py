"""A closure: its outcomes, what it frees, the week to come back on it, and another coach without blame."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.coaching.models import Closure, Ending, Evaluation, Match, Outcome, Rematch
from app.coaching.queries import closure_of, own_evaluation, rematch_of, round_with
from app.coaching.services.closures import (
    can_ask_another,
    close_trajectory,
    create_rematch,
    destroy_rematch,
    reopen_trajectory,
)
from app.coaching.services.evaluations import save_evaluation
from app.kernel.errors import Conflict, Forbidden
from tests.coaching.trajectories import actors_of, matched, small_trajectory
from tests.world import add_person

AUTUMN = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
SCORES = {"practice": 4, "noticed": 2, "outside": 5, "worthwhile": 4, "text": None, "not_about_pupil": False}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AUTUMN, tick=False) as clock:
        yield clock


@pytest.fixture
def actors(app, cast):
    return actors_of(app, cast, "ib", "coach", "coordinator")


@pytest.fixture
def trajectory(unit, cast):
    return small_trajectory(cast)


def match_of(unit, trajectory):
    return unit.query(Match).filter_by(id=trajectory.match_id).one()


@pytest.mark.parametrize("who", ["ib", "coach"])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_either_closes_with_each_outcome_and_the_place_is_free(unit, actors, trajectory, who, outcome):
    close_trajectory(actors[who], trajectory.id, outcome)
    closure = closure_of(trajectory.id)
    assert (closure.outcome, closure.by_id) == (outcome, actors[who].person_id)
    assert match_of(unit, trajectory).ending == Ending.CLOSED


def test_after_the_round_the_pair_stays_as_it_was(unit, actors, trajectory, clock):
    clock.move_to(AUTUMN + timedelta(days=365))
    close_trajectory(actors["ib"], trajectory.id, Outcome.COMPLETED)
    assert match_of(unit, trajectory).ended_at is None


def test_it_is_closed_once(actors, trajectory):
    close_trajectory(actors["ib"], trajectory.id, Outcome.COMPLETED)
    with pytest.raises(Conflict):
        close_trajectory(actors["coach"], trajectory.id, Outcome.STOPPED)


def test_the_database_keeps_it_at_one_closure_and_a_rematch_at_a_closure(unit, actors, trajectory):
    with pytest.raises(IntegrityError, match="fk_rematch_closure"), unit.begin_nested():
        unit.add(Rematch(trajectory_id=trajectory.id))
        unit.flush()
    close_trajectory(actors["ib"], trajectory.id, Outcome.COMPLETED)
    with pytest.raises(IntegrityError, match="uq_closure_tenant_id_trajectory_id"), unit.begin_nested():
        unit.add(Closure(trajectory_id=trajectory.id, outcome="stopped", by_id=1, closed_on=AUTUMN.date()))
        unit.flush()


def test_who_closed_it_opens_it_again_within_a_week(unit, actors, trajectory, clock):
    close_trajectory(actors["coach"], trajectory.id, Outcome.STOPPED)
    with pytest.raises(Forbidden):
        reopen_trajectory(actors["ib"], trajectory.id)
    clock.shift(timedelta(days=7) - timedelta(minutes=1))
    reopen_trajectory(actors["coach"], trajectory.id)
    assert closure_of(trajectory.id) is None
    assert match_of(unit, trajectory).ended_at is None


def test_after_a_week_it_stays_closed(actors, trajectory, clock):
    close_trajectory(actors["coach"], trajectory.id, Outcome.STOPPED)
    clock.shift(timedelta(days=7))
    with pytest.raises(Conflict):
        reopen_trajectory(actors["coach"], trajectory.id)


def test_what_goes_on_is_not_opened(actors, trajectory):
    with pytest.raises(Conflict):
        reopen_trajectory(actors["coach"], trajectory.id)


@pytest.mark.parametrize(("others", "place"), [(1, 2), (2, None)])
def test_it_takes_another_place_when_its_own_has_gone_and_stays_closed_when_all_have(
    unit, actors, trajectory, others, place
):
    close_trajectory(actors["ib"], trajectory.id, Outcome.STOPPED)
    match = match_of(unit, trajectory)
    for number in range(others):
        matched_round = round_with(match.round_id)
        somebody = add_person("Nog", f"Iemand {number}").id
        matched(matched_round, somebody, match.coach_id, place=number + 1)
    if place is None:
        with pytest.raises(Conflict):
            reopen_trajectory(actors["ib"], trajectory.id)
    else:
        reopen_trajectory(actors["ib"], trajectory.id)
        assert match.place == place


@pytest.mark.parametrize(
    ("outcome", "possible"),
    [(Outcome.COMPLETED, False), (Outcome.COMPLETED_EARLY, True), (Outcome.STOPPED, True)],
)
def test_another_coach_is_asked_for_after(actors, trajectory, outcome, possible):
    close_trajectory(actors["coach"], trajectory.id, outcome)
    assert can_ask_another(trajectory, closure_of(trajectory.id)) is possible
    if possible:
        create_rematch(actors["ib"], trajectory.id)
        assert rematch_of(trajectory.id)
        with pytest.raises(Conflict):
            create_rematch(actors["ib"], trajectory.id)
        destroy_rematch(actors["ib"], trajectory.id)
        assert rematch_of(trajectory.id) is None
    else:
        with pytest.raises(Conflict):
            create_rematch(actors["ib"], trajectory.id)


def test_who_is_handed_over_asks_for_another_coach_by_that(actors, trajectory):
    close_trajectory(actors["coach"], trajectory.id, Outcome.HANDED_OVER)
    assert rematch_of(trajectory.id)


def test_only_the_ib_asks_for_another_coach(actors, trajectory):
    close_trajectory(actors["ib"], trajectory.id, Outcome.STOPPED)
    with pytest.raises(Forbidden):
        create_rematch(actors["coach"], trajectory.id)


def test_after_the_round_nobody_else_can_be_found_in_it(actors, trajectory, clock):
    close_trajectory(actors["ib"], trajectory.id, Outcome.STOPPED)
    clock.shift(timedelta(days=365))
    with pytest.raises(Conflict):
        create_rematch(actors["ib"], trajectory.id)


def test_a_coach_does_not_open_again_what_the_ib_left_for_another(actors, trajectory):
    close_trajectory(actors["coach"], trajectory.id, Outcome.STOPPED)
    create_rematch(actors["ib"], trajectory.id)
    with pytest.raises(Conflict):
        reopen_trajectory(actors["coach"], trajectory.id)


def test_opened_again_by_the_ib_she_asks_for_nobody_else(actors, trajectory):
    close_trajectory(actors["ib"], trajectory.id, Outcome.STOPPED)
    create_rematch(actors["ib"], trajectory.id)
    reopen_trajectory(actors["ib"], trajectory.id)
    assert rematch_of(trajectory.id) is None


def test_an_evaluation_is_changed_for_a_week(actors, trajectory, clock):
    close_trajectory(actors["ib"], trajectory.id, Outcome.COMPLETED)
    save_evaluation(actors["ib"], trajectory.id, dict(SCORES))
    clock.shift(timedelta(days=6))
    save_evaluation(actors["ib"], trajectory.id, SCORES | {"practice": 1})
    assert own_evaluation(actors["ib"], trajectory.id).practice == 1
    clock.shift(timedelta(days=1))
    with pytest.raises(Conflict):
        save_evaluation(actors["ib"], trajectory.id, dict(SCORES))


@pytest.mark.parametrize("column", ["practice", "noticed", "outside", "worthwhile"])
@pytest.mark.parametrize("score", [0, 6])
def test_a_score_outside_the_scale_is_impossible(unit, trajectory, column, score):
    values = {"practice": 1, "noticed": 1, "outside": 1, "worthwhile": 1, column: score}
    with pytest.raises(IntegrityError, match=f"ck_evaluation_{column}"), unit.begin_nested():
        unit.add(Evaluation(trajectory_id=trajectory.id, side=1, **values))
        unit.flush()


@pytest.mark.parametrize(
    ("constraint", "statement"),
    [
        ("ck_note_side", "INSERT INTO note (tenant_id, trajectory_id, side, kind, text) VALUES (:n, :t, 3, 'own', '')"),
        ("ck_note_kind", "INSERT INTO note (tenant_id, trajectory_id, side, kind, text) VALUES (:n, :t, 1, 'all', '')"),
        ("ck_check_in_score", "INSERT INTO check_in (tenant_id, trajectory_id, side, score) VALUES (:n, :t, 1, 6)"),
        ("ck_check_in_side", "INSERT INTO check_in (tenant_id, trajectory_id, side, score) VALUES (:n, :t, 0, 1)"),
        (
            "uq_check_in_tenant_id_trajectory_id_side",
            "INSERT INTO check_in (tenant_id, trajectory_id, side, score) VALUES (:n, :t, 1, 1), (:n, :t, 1, 2)",
        ),
        (
            "uq_check_in_call_tenant_id_trajectory_id",
            "INSERT INTO check_in_call (tenant_id, trajectory_id) VALUES (:n, :t), (:n, :t)",
        ),
    ],
)  # fmt: skip
def test_what_must_never_happen_is_impossible(unit, cast, trajectory, constraint, statement):
    with pytest.raises(IntegrityError, match=constraint), unit.begin_nested():
        unit.execute(text(statement), {"n": cast.network.id, "t": trajectory.id})
