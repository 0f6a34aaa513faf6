"""Run a session through its method: begin, pause, take more time, go on to the next step, back, and end.

Everybody with a seat may press, and several do at once. So each press carries the revision that its screen showed: who
comes second changes nothing, and sees how it stands.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask_babel import gettext as _

from app.intervision.models import Run
from app.intervision.policy import JOIN_IN
from app.intervision.queries import DatedSession, method_with, run_inside, session_inside
from app.intervision.services.leading import keep_roles, roles_of
from app.intervision.timer import Timer
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict
from tenants.session import session

OPENS_BEFORE = timedelta(minutes=30)
STAYS_OPEN = timedelta(hours=4)
"""So long after its end a session can still be led: it began late, or took longer."""


def opens_at(dated: DatedSession) -> datetime | None:
    """From when a session can be led; None as long as it has no date."""
    return dated.appointment.starts_at - OPENS_BEFORE if dated.appointment else None


def is_open(dated: DatedSession) -> bool:
    """Whether a session can be led now."""
    if dated.appointment is None or dated.is_cancelled:
        return False
    return dated.appointment.starts_at - OPENS_BEFORE <= now() <= dated.appointment.ends_at + STAYS_OPEN


def begin_run(actor: Actor, session_id: int, code: str) -> None:
    """Begin a session by a method, with its first step and the roles as they are. Who comes second changes nothing."""
    actor.require(JOIN_IN)
    dated = session_inside(actor, session_id)
    _check_is_open(dated)
    if run_inside(actor, session_id) is not None:
        return
    method = method_with(code)
    steps = [dict(step.kept) for step in method.steps]
    started = Timer.started(method.steps[0].minutes * 60, now())
    run = Run(
        session_id=session_id,
        method=code,
        steps=steps,
        started_by_id=actor.person_id,
        step_ends_at=started.ends_at,
    )
    session().add(run)
    session().flush()
    dated.session.method = code
    keep_roles(dated, roles_of(dated))
    record(actor, "begin run", "run", run.id)


def pause_run(actor: Actor, session_id: int, revision: int) -> bool:
    """Let the time stand still."""
    return _press(actor, session_id, revision, "pause run", _paused)


def resume_run(actor: Actor, session_id: int, revision: int) -> bool:
    """Let the time run on."""
    return _press(actor, session_id, revision, "resume run", _resumed)


def prolong_step(actor: Actor, session_id: int, revision: int, minutes: int) -> bool:
    """Give the step more time."""
    return _press(actor, session_id, revision, "prolong step", lambda run: _prolonged(run, minutes))


def next_step(actor: Actor, session_id: int, revision: int) -> bool:
    """Go on to the next step; after the last the run is over."""
    return _press(actor, session_id, revision, "go to next step", _forward)


def previous_step(actor: Actor, session_id: int, revision: int) -> bool:
    """Go back: to the step before with the time that it had left, or from the end to where it was ended."""
    return _press(actor, session_id, revision, "go to previous step", _back)


def end_run(actor: Actor, session_id: int, revision: int) -> bool:
    """End the run, also before all steps are done."""
    return _press(actor, session_id, revision, "end run", _ended)


def timer_of(run: Run) -> Timer:
    """The timer of the step that a run is at."""
    return Timer(run.step_ends_at, run.seconds_left)


def _press(actor: Actor, session_id: int, revision: int, action: str, change: Callable[[Run], bool]) -> bool:
    """Change a run unless somebody else did so since the screen was drawn; gives whether it changed."""
    actor.require(JOIN_IN)
    run = run_inside(actor, session_id, for_update=True)
    _check_is_open(session_inside(actor, session_id))
    if run is None or run.revision != revision or not change(run):
        return False
    run.revision += 1
    session().flush()
    record(actor, action, "run", run.id)
    return True


def _check_is_open(dated: DatedSession) -> None:
    if dated.is_cancelled:
        raise Conflict(_("This session was called off."))
    if not is_open(dated):
        raise Conflict(
            _("You can lead a session from half an hour before it begins until four hours after it.")
        )


def _set(run: Run, timer: Timer) -> bool:
    run.step_ends_at, run.seconds_left = timer.ends_at, timer.seconds_left
    return True


def _paused(run: Run) -> bool:
    return run.step_ends_at is not None and _set(run, timer_of(run).paused(now()))


def _resumed(run: Run) -> bool:
    return run.seconds_left is not None and _set(run, timer_of(run).resumed(now()))


def _prolonged(run: Run, minutes: int) -> bool:
    return run.ended_at is None and _set(run, timer_of(run).prolonged(minutes * 60, now()))


def _forward(run: Run) -> bool:
    if run.ended_at is not None:
        return False
    _note_time_left(run)
    run.step += 1
    if run.step == len(run.steps):
        run.ended_at = now()
        return _set(run, Timer())
    return _set(run, Timer.started(run.steps[run.step]["minutes"] * 60, now()))


def _ended(run: Run) -> bool:
    if run.ended_at is not None:
        return False
    _note_time_left(run)
    run.ended_at = now()
    return _set(run, Timer())


def _back(run: Run) -> bool:
    was_ended_early = run.ended_at is not None and run.step < len(run.steps)
    if run.step == 0 and not was_ended_early:
        return False
    run.ended_at = None
    run.step -= 0 if was_ended_early else 1
    step = run.steps[run.step]
    return _set(run, Timer.started(step.get("seconds_left", step["minutes"] * 60), now()))


def _note_time_left(run: Run) -> None:
    """Keep with a step that is left how much of its time there was, for who comes back to it."""
    left = timer_of(run).left(now())
    run.steps = [
        {**step, "seconds_left": left} if number == run.step else step
        for number, step in enumerate(run.steps)
    ]
