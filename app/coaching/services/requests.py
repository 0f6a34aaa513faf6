"""Ask for coaching, or enter the request for somebody else."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from app.coaching.models import CoachingRequest, RequestTheme
from app.coaching.policy import ASK_COACHING, RUN_ROUNDS
from app.coaching.queries import request_by
from app.coaching.services.preferences import replace_preferences
from app.coaching.services.rounds import changeable_round
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict, NotFound
from app.kernel.permissions import Role
from app.organisation.pupil_data import refuse_pupil_data
from app.organisation.queries import holders
from tenants.session import session


def save_own_request(actor: Actor, round_id: int, data: dict[str, Any]) -> None:
    """An IB'er asks, or changes what she asked, until the round is published.

    Raises Invalid when her question looks as if it holds data of a pupil and she did not say that it does not.
    """
    actor.require(ASK_COACHING)
    refuse_pupil_data({"question": data.get("question")}, checked=data.pop("not_about_pupil"))
    request = _save(actor, round_id, actor.person_id, data)
    request.question = data.get("question")


def save_request_for(actor: Actor, round_id: int, person_id: int, data: dict[str, Any]) -> None:
    """The coordinator enters a request for an IB'er. The question in her own words stays hers alone."""
    actor.require(RUN_ROUNDS)
    if person_id not in {person.id for person in holders(Role.IB)}:
        raise NotFound
    _save(actor, round_id, person_id, data)


def destroy_own_request(actor: Actor, round_id: int) -> None:
    """An IB'er takes her request back."""
    actor.require(ASK_COACHING)
    changeable_round(round_id)
    request = request_by(actor.person_id, round_id)
    if request is None:
        raise Conflict(_("You have no request in this round."))
    record(actor, "withdraw request", "coaching_request", request.id)
    session().delete(request)


def _save(actor: Actor, round_id: int, person_id: int, data: dict[str, Any]) -> CoachingRequest:
    changeable_round(round_id)
    request = request_by(person_id, round_id) or CoachingRequest(round_id=round_id, person_id=person_id)
    request.halfdays, request.travel_limit, request.online = (
        data["halfdays"],
        data["travel_limit"],
        data["online"],
    )
    session().add(request)
    session().flush()
    session().execute(delete(RequestTheme).where(RequestTheme.request_id == request.id))
    session().add_all(
        RequestTheme(request_id=request.id, theme=theme, weight=weight)
        for theme, weight in data["themes"].items()
    )
    replace_preferences(person_id, as_coach=False, wanted=data["wanted"], unwanted=data["unwanted"])
    record(actor, "save request", "coaching_request", request.id)
    return request
