"""Ask what stayed of the goals, six weeks and six months after the closure."""

from sqlalchemy import select

from app.coaching.models import ASKED_BY_MAIL, AskedMeasurement, Closure, Outcome, Trajectory
from app.coaching.queries import closures_with_goals, goals_of
from app.goals.attainment import AFTER_6_WEEKS, TOO_LATE, moment_after
from app.goals.models import Moment
from app.jobs.queue import enqueue
from app.kernel.clock import today
from tenants.session import session


def ask_due_measurements() -> None:
    """Queue a mail for each trajectory whose moment has come, once for each moment.

    Not for a coaching that somebody else took over: there the goals are still being worked on.
    """
    day = today()
    due = Closure.closed_on.between(day - TOO_LATE, day - AFTER_6_WEEKS)
    for trajectory, closure in closures_with_goals(due & (Closure.outcome != Outcome.HANDED_OVER)):
        moment = moment_after(closure.closed_on, day)
        if moment is None or moment not in ASKED_BY_MAIL:
            continue
        if not _was_asked(trajectory, moment) and _is_open(trajectory, closure):
            asked = AskedMeasurement(trajectory_id=trajectory.id, moment=moment)
            session().add(asked)
            session().flush()
            enqueue("coaching.ask_measurement", asked_id=asked.id)


def _was_asked(trajectory: Trajectory, moment: Moment) -> bool:
    asked = (AskedMeasurement.trajectory_id == trajectory.id, AskedMeasurement.moment == moment)
    return session().scalar(select(AskedMeasurement.id).where(*asked)) is not None


def _is_open(trajectory: Trajectory, closure: Closure) -> bool:
    return any(goal.open_moment(closure.closed_on, today()) for goal in goals_of(trajectory))


def trajectory_to_ask(asked_id: int) -> tuple[Trajectory, AskedMeasurement] | None:
    """The trajectory of a question that was queued; None when it is gone, or was answered meanwhile."""
    asked = session().scalar(select(AskedMeasurement).where(AskedMeasurement.id == asked_id))
    if asked is None:
        return None
    trajectory = session().get_one(Trajectory, (asked.tenant_id, asked.trajectory_id))
    closure = session().scalars(select(Closure).where(Closure.trajectory_id == trajectory.id)).one_or_none()
    return (trajectory, asked) if closure and _is_open(trajectory, closure) else None
