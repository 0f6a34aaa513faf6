"""Check-ins: one's own answer, and the other's once both have answered."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.coaching.models import CheckIn, CheckInCall, Closure, Match, MatchingRound, Trajectory
from app.coaching.queries.trajectories import own_trajectory
from app.kernel.actor import Actor
from tenants.session import session


@dataclass(frozen=True, slots=True)
class CheckInState:
    """How far the check-in of a trajectory is, for one of the two."""

    called_at: datetime | None
    """Since when the two are asked; None while nobody is."""
    mine: CheckIn | None
    theirs: CheckIn | None
    """Of the other, only when both have answered."""
    other_has_answered: bool

    @property
    def waits_for_me(self) -> bool:
        """Whether the actor is asked and has not answered."""
        return self.called_at is not None and self.mine is None


def check_in_state(actor: Actor, trajectory_id: int) -> CheckInState:
    """How far the check-in is. Raises as `own_trajectory` does."""
    trajectory = own_trajectory(actor, trajectory_id)
    answers = answers_in(trajectory_id)
    side = trajectory.side_of(actor.person_id)
    mine = answers.get(side)
    theirs = next((answer for one, answer in answers.items() if one != side), None)
    call = check_in_call(trajectory_id)
    return CheckInState(
        called_at=call.at if call else None,
        mine=mine,
        theirs=theirs if mine else None,
        other_has_answered=theirs is not None,
    )


def answers_in(trajectory_id: int) -> dict[int, CheckIn]:
    """The answers that there are, by side. For the system, which shows nobody the other's alone."""
    rows = session().scalars(select(CheckIn).where(CheckIn.trajectory_id == trajectory_id))
    return {row.side: row for row in rows}


def check_in_call(trajectory_id: int) -> CheckInCall | None:
    """That the two are asked how it goes."""
    return session().scalar(select(CheckInCall).where(CheckInCall.trajectory_id == trajectory_id))


def trajectories_never_called() -> list[tuple[Trajectory, date | None]]:
    """Each trajectory that goes on without a check-in so far, with the last day of its round."""
    rows = session().execute(
        select(Trajectory, MatchingRound.ends_on)
        .outerjoin(Match, (Match.tenant_id == Trajectory.tenant_id) & (Match.id == Trajectory.match_id))
        .outerjoin(
            MatchingRound, (MatchingRound.tenant_id == Match.tenant_id) & (MatchingRound.id == Match.round_id)
        )
        .where(
            Trajectory.id.not_in(select(CheckInCall.trajectory_id)),
            Trajectory.id.not_in(select(Closure.trajectory_id)),
        )
        .order_by(Trajectory.id)
    )
    return [(trajectory, ends_on) for trajectory, ends_on in rows]


def calls_to_remind(before: datetime) -> list[tuple[CheckInCall, Trajectory]]:
    """Calls of before a moment that nobody was reminded of, in trajectories that go on."""
    of_call = (Trajectory.tenant_id == CheckInCall.tenant_id) & (Trajectory.id == CheckInCall.trajectory_id)
    rows = session().execute(
        select(CheckInCall, Trajectory)
        .join(Trajectory, of_call)
        .where(
            CheckInCall.at < before,
            CheckInCall.reminded_at.is_(None),
            Trajectory.id.not_in(select(Closure.trajectory_id)),
        )
        .order_by(CheckInCall.id)
    )
    return [(call, trajectory) for call, trajectory in rows]
