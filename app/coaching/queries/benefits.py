"""What coaching brought, of all together: for the coordinator, under the rule of small groups.

A fixed set of tables: for each round and side the means of the evaluations and of the check-in, for each round and
moment the mean level of the goals, and how trajectories ended, which the coordinator may see one by one. Nothing can be
narrowed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    STATEMENTS,
    CheckIn,
    Closure,
    Evaluation,
    Match,
    MatchingRound,
    Outcome,
    Trajectory,
)
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries.agreements import measured_levels
from app.coaching.queries.evaluations import TIME_TO_RECONSIDER, counts_from
from app.goals.models import Moment
from app.kernel.actor import Actor
from app.kernel.clock import AMSTERDAM, now
from app.kernel.privacy import mean_of, suppressed, whole_groups
from tenants.session import session

SIDES = (IB_SIDE, COACH_SIDE)


class GivenAnswer(NamedTuple):
    """What one person said: scores by what they are about."""

    round_id: int
    group: int | str
    """What it is told of: a side, or the moment of a measurement."""
    person_id: int
    at: datetime
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Means:
    """The means of a group that is large enough, with the number of answers behind them."""

    answers: int
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RoundBenefit:
    """What a round brought. None stands for a group that is too small."""

    name: str
    outcomes: Mapping[Outcome, int]
    evaluations: Mapping[int | str, Means | None]
    """By side."""
    check_ins: Mapping[int | str, Means | None]
    levels: Mapping[int | str, Means | None]
    """Of goals, by the moment at which they were measured."""


def benefit_by_round(actor: Actor) -> list[RoundBenefit]:
    """What each round brought, the latest first; rounds from which no coaching followed are left out."""
    actor.require(RUN_ROUNDS)
    rounds = session().scalars(
        select(MatchingRound)
        .where(
            MatchingRound.id.in_(
                select(Match.round_id).join(
                    Trajectory, (Trajectory.tenant_id == Match.tenant_id) & (Trajectory.match_id == Match.id)
                )
            )
        )
        .order_by(MatchingRound.starts_on.desc(), MatchingRound.id.desc())
    )
    shown = rounds.all()
    order = [one.id for one in shown]
    evaluations = means_by_round(_evaluations(), order, SIDES)
    check_ins = means_by_round(_check_ins(), order, SIDES)
    levels = means_by_round(_levels(), order, tuple(Moment))
    outcomes = _outcomes()
    return [
        RoundBenefit(one.name, outcomes[one.id], evaluations[one.id], check_ins[one.id], levels[one.id])
        for one in shown
    ]


def means_by_round(
    answers: Iterable[GivenAnswer], rounds: Sequence[int], groups: Sequence[int | str]
) -> dict[int, dict[int | str, Means | None]]:
    """The means of each round and group of which they may be told."""
    waiting: defaultdict[tuple[int, int | str], list[GivenAnswer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda answer: answer.at):
        waiting[answer.round_id, answer.group].append(answer)
    counted = {cell: whole_groups(given, lambda answer: answer.person_id) for cell, given in waiting.items()}
    people = [
        [len({answer.person_id for answer in counted.get((round_id, group), ())}) for group in groups]
        for round_id in rounds
    ]
    open_cells = suppressed(people).cells
    return {
        round_id: {
            group: _means(counted.get((round_id, group), [])) if open_cells[row][column] else None
            for column, group in enumerate(groups)
        }
        for row, round_id in enumerate(rounds)
    }


def _means(answers: Sequence[GivenAnswer]) -> Means | None:
    people = [answer.person_id for answer in answers]
    means = {
        about: mean_of([answer.scores[about] for answer in answers], people) for about in answers[0].scores
    }
    told = {about: mean for about, mean in means.items() if mean is not None}
    return Means(len(answers), told) if told else None


def _evaluations() -> Iterable[GivenAnswer]:
    """Those that can't be changed any more: what was counted stays as it was."""
    of_trajectory = (Evaluation.tenant_id == Trajectory.tenant_id) & (
        Evaluation.trajectory_id == Trajectory.id
    )
    closed = (Closure.tenant_id == Trajectory.tenant_id) & (Closure.trajectory_id == Trajectory.id)
    judged = (getattr(Evaluation, about) for about in STATEMENTS)
    said = (Evaluation.side, _person_at(Evaluation.side), Evaluation.written_at, Closure.at, *judged)
    statement = _of_rounds(*said).join(Evaluation, of_trajectory).join(Closure, closed)
    until = now()
    for round_id, side, person, written_at, closed_at, *scores in session().execute(
        statement.order_by(Evaluation.id)
    ):
        settled = counts_from(written_at, closed_at)
        if settled <= until:
            yield GivenAnswer(round_id, side, person, settled, dict(zip(STATEMENTS, scores, strict=True)))


def _check_ins() -> Iterable[GivenAnswer]:
    """Those of trajectories in which both answered: then neither can change hers."""
    of_trajectory = (CheckIn.tenant_id == Trajectory.tenant_id) & (CheckIn.trajectory_id == Trajectory.id)
    said = (CheckIn.side, _person_at(CheckIn.side), CheckIn.at, CheckIn.score)
    statement = _of_rounds(Trajectory.id, *said).join(CheckIn, of_trajectory)
    both: defaultdict[int, list[GivenAnswer]] = defaultdict(list)
    for round_id, trajectory_id, side, person, at, score in session().execute(statement.order_by(CheckIn.id)):
        both[trajectory_id].append(GivenAnswer(round_id, side, person, at, {"score": score}))
    for answers in both.values():
        if len(answers) == len(SIDES):
            settled = max(answer.at for answer in answers)
            yield from (answer._replace(at=settled) for answer in answers)


def _levels() -> Iterable[GivenAnswer]:
    """Of every goal, from a week after it was measured on: until then it can be taken back."""
    found = session().execute(_of_rounds(Trajectory.id, Trajectory.coachee_id))
    round_and_owner = {trajectory_id: (round_id, owner_id) for round_id, trajectory_id, owner_id in found}
    until = now()
    for one in measured_levels(Trajectory.match_id.is_not(None)):
        round_id, owner_id = round_and_owner[one.trajectory_id]
        settled = datetime.combine(one.measured_on, time(), AMSTERDAM) + TIME_TO_RECONSIDER
        if settled <= until:
            yield GivenAnswer(round_id, one.moment, owner_id, settled, {"level": one.level})


def _outcomes() -> defaultdict[int, Counter[Outcome]]:
    found: defaultdict[int, Counter[Outcome]] = defaultdict(Counter)
    closed = (Closure.tenant_id == Trajectory.tenant_id) & (Closure.trajectory_id == Trajectory.id)
    counted = _of_rounds(Closure.outcome, func.count()).join(Closure, closed)
    for round_id, outcome, count in session().execute(counted.group_by(Match.round_id, Closure.outcome)):
        found[round_id][Outcome(outcome)] = count
    return found


def _of_rounds(*columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    """These columns of every trajectory that follows from a round, after the round."""
    match = (Match.tenant_id == Trajectory.tenant_id) & (Match.id == Trajectory.match_id)
    return select(Match.round_id, *columns).select_from(Trajectory).join(Match, match)


def _person_at(side: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """Who of the two of a trajectory stands on a side."""
    return case((side == IB_SIDE, Trajectory.coachee_id), else_=Trajectory.coach_id)
