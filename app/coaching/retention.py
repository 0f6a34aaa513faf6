"""How long the confidential texts of coaching are kept, in one place: what is too old is deleted each night.

Each line names a column and how its rows lead to the trajectory by whose closure they are kept. A text of a
trajectory that goes on is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.coaching.models import (
    AgreementLine,
    CheckIn,
    Closure,
    CoachingRequest,
    Evaluation,
    Match,
    MatchingRound,
    Note,
    RequestDraft,
    Trajectory,
    TrajectoryGoal,
)
from app.goals.models import Goal
from app.goals.services import forget_texts
from app.kernel.clock import now, today
from app.kernel.privacy.retention import over_since
from app.organisation.queries import years_kept
from tenants.session import session

WASTE_BASKET = timedelta(days=1)
"""For so long a note that was thrown away can be put back."""


@dataclass(frozen=True, slots=True)
class Confidential:
    """A confidential column, and which of its rows are too old when all that was closed before a day is."""

    column: InstrumentedAttribute[Any]
    is_too_old: Callable[[date], ColumnElement[bool]]
    goes_with_row: bool = False
    """Whether the whole row is deleted, or only the text in it: counts stay."""


def of_trajectory(trajectory_id: InstrumentedAttribute[int]) -> Callable[[date], ColumnElement[bool]]:
    """Rows of a trajectory that was closed too long ago."""
    return lambda limit: trajectory_id.in_(select(Closure.trajectory_id).where(Closure.closed_on < limit))


def _question_is_too_old(limit: date) -> ColumnElement[bool]:
    """With the closure of the coaching that followed, or with the end of the round when none did."""
    followed = (
        select(Match.request_id)
        .join(Trajectory, (Trajectory.tenant_id == Match.tenant_id) & (Trajectory.match_id == Match.id))
        .outerjoin(
            Closure, (Closure.tenant_id == Trajectory.tenant_id) & (Closure.trajectory_id == Trajectory.id)
        )
        .group_by(Match.request_id)
    )
    forgotten = followed.having(
        and_(func.count() == func.count(Closure.id), func.max(Closure.closed_on) < limit)
    )
    over = select(MatchingRound.id).where(MatchingRound.ends_on < limit)
    nothing_followed = CoachingRequest.round_id.in_(over) & CoachingRequest.id.not_in(followed)
    return or_(CoachingRequest.id.in_(forgotten), nothing_followed)


def _of_round_that_is_over(limit: date) -> ColumnElement[bool]:
    """Drafts go at the publication; of a round that was never published, with it."""
    return RequestDraft.round_id.in_(select(MatchingRound.id).where(MatchingRound.ends_on < limit))


CONFIDENTIAL = (
    Confidential(CoachingRequest.question, _question_is_too_old),
    Confidential(RequestDraft.content, _of_round_that_is_over, goes_with_row=True),
    Confidential(AgreementLine.text, of_trajectory(AgreementLine.trajectory_id), goes_with_row=True),
    Confidential(Note.text, of_trajectory(Note.trajectory_id), goes_with_row=True),
    Confidential(CheckIn.text, of_trajectory(CheckIn.trajectory_id)),
    Confidential(Evaluation.text, of_trajectory(Evaluation.trajectory_id)),
)
"""Every confidential column of this room; goals are kept one storey down, and say less from then on."""


def forget_expired() -> None:
    """Delete what is too old, and the notes that were thrown away; nothing else."""
    limit = over_since(today(), years_kept())
    for kept in CONFIDENTIAL:
        row = kept.column.class_
        if kept.goes_with_row:
            statement = delete(row).where(kept.is_too_old(limit))
        else:
            statement = (
                update(row)
                .where(kept.column.is_not(None), kept.is_too_old(limit))
                .values({kept.column.key: None})
            )
        session().execute(statement.execution_options(synchronize_session=False))
    too_old = of_trajectory(TrajectoryGoal.trajectory_id)(limit)
    forget_texts(Goal.id.in_(select(TrajectoryGoal.goal_id).where(too_old)))
    thrown_away = delete(Note).where(Note.thrown_away_at < now() - WASTE_BASKET)
    session().execute(thrown_away.execution_options(synchronize_session=False))
