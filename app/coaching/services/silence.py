"""Remind who has not answered a pair: once, after a week."""

from datetime import timedelta

from sqlalchemy import func, insert, select

from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    Match,
    MatchAnswer,
    MatchingRound,
    MatchNudge,
    Publication,
    Trajectory,
)
from app.jobs.queue import enqueue
from app.kernel.clock import now, today
from tenants.session import session

NUDGED_AFTER = timedelta(days=7)


def nudge_silent() -> None:
    """Queue a reminder for each side that has been silent for a week. Rounds that are over are left in peace."""
    for side in (IB_SIDE, COACH_SIDE):
        silent = _silent(side)
        if silent:
            session().execute(
                insert(MatchNudge), [{"match_id": match_id, "side": side} for match_id in silent]
            )
        for match_id in silent:
            enqueue("coaching.nudge", match_id=match_id, side=side)


def is_awaited(match: Match, side: int) -> bool:
    """Whether a pair still waits for the answer of a side."""
    answered = select(MatchAnswer.id).where(MatchAnswer.match_id == match.id, MatchAnswer.side == side)
    return match.ended_at is None and session().scalar(answered) is None


def _silent(side: int) -> list[int]:
    spoken = [
        select(row.id).where(row.tenant_id == Match.tenant_id, row.match_id == Match.id, row.side == side)
        for row in (MatchAnswer, MatchNudge)
    ]
    begun = select(Trajectory.id).where(
        Trajectory.tenant_id == Match.tenant_id, Trajectory.match_id == Match.id
    )
    silent = (
        select(Match.id)
        .join(
            MatchingRound,
            (MatchingRound.tenant_id == Match.tenant_id) & (MatchingRound.id == Match.round_id),
        )
        .join(
            Publication,
            (Publication.tenant_id == Match.tenant_id) & (Publication.round_id == Match.round_id),
        )
        .where(
            Match.ended_at.is_(None),
            MatchingRound.ends_on >= today(),
            func.coalesce(Match.made_at, Publication.at) <= now() - NUDGED_AFTER,
            *(~one.exists() for one in (*spoken, begun)),
        )
        .order_by(Match.id)
    )
    return list(session().scalars(silent))
