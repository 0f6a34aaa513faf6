"""Ask both how it goes, once the coaching is halfway, and keep what they say."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from app.coaching.models import CheckIn, CheckInCall, Trajectory
from app.coaching.policy import TAKE_PART
from app.coaching.queries import (
    answers_in,
    calls_to_remind,
    check_in_call,
    closure_of,
    talk_counts,
    trajectories_never_called,
    trajectory_by_id,
)
from app.coaching.services.trajectories import ongoing_trajectory
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import AMSTERDAM, now, school_year, today
from app.kernel.errors import Conflict
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session

AFTER_TALKS = 3
REMIND_AFTER = timedelta(days=7)


def check_in_due(trajectory: Trajectory, held_talks: int, *, ends_on: date | None, on: date) -> bool:
    """Whether it is time to ask how it goes: after the third talk (of few talks: after half), or halfway in time.

    `ends_on` is the last day of the round; without a round it is that of the school year.
    """
    if held_talks >= min(AFTER_TALKS, (trajectory.talks + 1) // 2):
        return True
    start = trajectory.started_at.astimezone(AMSTERDAM).date()
    end = ends_on or date(school_year(start) + 1, 7, 31)
    return on >= start + (end - start) / 2


def answer_check_in(actor: Actor, trajectory_id: int, data: dict[str, Any]) -> None:
    """Say how it goes, or change that until the other has answered too. Who is first calls the other.

    Raises Conflict once both have answered, since each has read the other's then, and after the closure.
    """
    actor.require(TAKE_PART)
    trajectory = ongoing_trajectory(actor, trajectory_id)
    # Who answers at the same moment waits here, so that nobody changes what the other has read.
    session().refresh(trajectory, with_for_update=True)
    answers = answers_in(trajectory_id)
    if len(answers) == 2:
        raise Conflict(_("You have both answered. What you said stays as it is."))
    refuse_pupil_data({"text": data["text"]}, checked=data["not_about_pupil"])
    side = trajectory.side_of(actor.person_id)
    answer = answers.get(side) or CheckIn(trajectory_id=trajectory_id, side=side)
    answer.score, answer.text, answer.at = data["score"], data["text"], now()
    session().add(answer)
    if check_in_call(trajectory_id) is None:
        _call(trajectory)
        enqueue(
            "coaching.ask_check_in",
            trajectory_id=trajectory_id,
            person_id=trajectory.other_than(actor.person_id),
        )
    record(actor, "answer check-in", "trajectory", trajectory_id)


def ask_due_check_ins() -> None:
    """Call the two of each trajectory for which it is time."""
    uncalled = trajectories_never_called()
    counts = talk_counts([trajectory.id for trajectory, _ends_on in uncalled])
    for trajectory, ends_on in uncalled:
        if check_in_due(trajectory, counts[trajectory.id].held, ends_on=ends_on, on=today()):
            _call(trajectory)
            for person_id in (trajectory.coachee_id, trajectory.coach_id):
                enqueue("coaching.ask_check_in", trajectory_id=trajectory.id, person_id=person_id)


def remind_check_ins() -> None:
    """Mail who has not answered a week after the call, once."""
    for call, trajectory in calls_to_remind(now() - REMIND_AFTER):
        call.reminded_at = now()
        answered = answers_in(trajectory.id)
        for person_id in (trajectory.coachee_id, trajectory.coach_id):
            if trajectory.side_of(person_id) not in answered:
                enqueue("coaching.remind_check_in", trajectory_id=trajectory.id, person_id=person_id)


def is_asked(trajectory_id: int, person_id: int) -> bool:
    """Whether a mail about the check-in still makes sense: she has not answered, and the coaching goes on."""
    trajectory = trajectory_by_id(trajectory_id)
    return closure_of(trajectory_id) is None and trajectory.side_of(person_id) not in answers_in(
        trajectory_id
    )


def _call(trajectory: Trajectory) -> None:
    session().add(CheckInCall(trajectory_id=trajectory.id, at=now()))
