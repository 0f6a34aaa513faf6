"""Say what came of the coaching, once it is closed, and let the other read it or not."""

from typing import Any

from flask_babel import gettext as _

from app.coaching.models import STATEMENTS, Closure, Evaluation
from app.coaching.policy import TAKE_PART
from app.coaching.queries import closure_of, is_changeable, own_evaluation, own_trajectory
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session


def save_evaluation(actor: Actor, trajectory_id: int, data: dict[str, Any]) -> None:
    """Say what came of it, or change that within a week.

    Raises Conflict before the closure, and when what was said counts already.
    """
    actor.require(TAKE_PART)
    trajectory = own_trajectory(actor, trajectory_id)
    closure = closure_to_evaluate(trajectory_id)
    evaluation = own_evaluation(actor, trajectory_id)
    if evaluation is not None and not is_changeable(evaluation, closure):
        raise Conflict(_("You filled this in more than a week ago. It can't be changed any more."))
    refuse_pupil_data({"text": data["text"]}, checked=data["not_about_pupil"])
    if evaluation is None:
        side = trajectory.side_of(actor.person_id)
        evaluation = Evaluation(trajectory_id=trajectory_id, side=side, written_at=now())
        session().add(evaluation)
    else:
        evaluation.changed_at = now()
    for statement in STATEMENTS:
        setattr(evaluation, statement, data[statement])
    evaluation.text = data["text"]
    record(actor, "save evaluation", "trajectory", trajectory_id)


def release_evaluation(actor: Actor, trajectory_id: int) -> None:
    """Let the other read what the actor said."""
    evaluation = _to_release(actor, trajectory_id)
    evaluation.released_at = evaluation.released_at or now()
    record(actor, "release evaluation", "trajectory", trajectory_id)


def withhold_evaluation(actor: Actor, trajectory_id: int) -> None:
    """Keep what the actor said to herself again."""
    _to_release(actor, trajectory_id).released_at = None
    record(actor, "withhold evaluation", "trajectory", trajectory_id)


def closure_to_evaluate(trajectory_id: int) -> Closure:
    """The closure of a trajectory. Raises Conflict while it goes on."""
    closure = closure_of(trajectory_id)
    if closure is None:
        raise Conflict(_("You can say what came of it once the coaching is closed."))
    return closure


def _to_release(actor: Actor, trajectory_id: int) -> Evaluation:
    actor.require(TAKE_PART)
    evaluation = own_evaluation(actor, trajectory_id)
    if evaluation is None:
        raise Conflict(_("You have not filled in the evaluation yet."))
    return evaluation
