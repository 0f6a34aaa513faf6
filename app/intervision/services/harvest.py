"""Keep what people take home: an intention of one's own, what became of it, and what the group learned."""

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from app.intervision.models import Intention, LearningPoint
from app.intervision.policy import JOIN_IN
from app.intervision.queries import (
    Standing,
    day_of,
    intention_with,
    learning_point_of,
    own_intention,
    taking_part_in,
)
from app.intervision.services.cases import require_pledge
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict, Invalid
from app.kernel.privacy.retention import kept_until
from app.organisation.pupil_data import refuse_pupil_data
from app.organisation.queries import years_kept
from tenants.session import session


def save_intention(actor: Actor, session_id: int, data: dict[str, Any]) -> None:
    """Keep what the actor means to do. Raises Invalid, and Conflict before the session or once she looked back."""
    actor.require(JOIN_IN)
    standing = harvesting(actor, session_id)
    refuse_pupil_data({"intention": data["intention"]}, checked=data["not_about_pupil"])
    _check_day(standing, "check_on", data)
    intention = own_intention(session_id, actor.person_id) or Intention(
        session_id=session_id, person_id=actor.person_id
    )
    if intention.outcome is not None:
        raise Conflict(_("You have looked back on this intention. It stays as it is."))
    intention.text, intention.check_on, intention.written_at = data["intention"], data["check_on"], now()
    session().add(intention)
    session().flush()
    record(actor, "write intention", "intention", intention.id)


def follow_intention_up(actor: Actor, intention_id: int, data: dict[str, Any]) -> None:
    """Say what became of an intention; it can be said again in another way. Raises Invalid."""
    actor.require(JOIN_IN)
    intention = intention_with(actor, intention_id)
    refuse_pupil_data({"reflection": data["reflection"]}, checked=data["not_about_pupil"])
    intention.outcome, intention.reflection, intention.followed_up_at = (
        data["outcome"],
        data["reflection"],
        now(),
    )
    record(actor, "follow intention up", "intention", intention_id)


def save_learning_point(actor: Actor, session_id: int, data: dict[str, Any]) -> None:
    """Keep what the group learned. Raises Invalid, also when somebody else wrote it meanwhile."""
    actor.require(JOIN_IN)
    standing = harvesting(actor, session_id)
    refuse_pupil_data({"learned": data["learned"]}, checked=data["not_about_pupil"])
    _check_day(standing, "look_back_on", data)
    point = learning_point_of(session_id)
    if point:
        # Who writes at the same moment waits here, and is told.
        session().refresh(point, with_for_update=True)
    if version_of(point) != data["version"]:
        raise Invalid(
            {"learned": [_("Somebody else wrote this just now. Read what it says, and save yours again.")]}
        )
    point = point or LearningPoint(session_id=session_id)
    point.text, point.check_on = data["learned"], data["look_back_on"]
    point.by_id, point.written_at = actor.person_id, now()
    session().add(point)
    session().flush()
    record(actor, "write learning point", "learning_point", point.id)


def version_of(point: LearningPoint | None) -> str:
    """By this somebody who saves a learning point shows which one she read."""
    return point.written_at.isoformat() if point else ""


def harvesting(actor: Actor, session_id: int) -> Standing:
    """How the actor stands to a session of which she writes the harvest. Raises Conflict too early, and until she agreed."""
    standing = taking_part_in(actor, session_id)
    if not standing.has_harvest:
        raise Conflict(_("You can write down what you take home once the session has begun."))
    require_pledge(standing)
    return standing


def _check_day(standing: Standing, name: str, data: dict[str, Any]) -> None:
    appointment, day = standing.dated.appointment, data[name]
    last = kept_until(standing.dated.season.ends_on, years_kept())
    if day and appointment and day <= day_of(appointment.starts_at):
        raise Invalid({name: [_("Choose a day after the session.")]})
    if day and day > last:
        last_day = format_date(last, "d MMMM y")
        raise Invalid(
            {name: [_("Choose a day up to and including %(day)s: it is kept until then.", day=last_day)]}
        )
