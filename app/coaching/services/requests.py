"""Ask for coaching, or enter the request for somebody else."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from app.coaching.models import CoachingRequest, Ending, Match, RequestTheme
from app.coaching.policy import ASK_COACHING, RUN_ROUNDS
from app.coaching.queries import publication_of, request_by, themes_of
from app.coaching.services.chosen_themes import refuse_retired_themes
from app.coaching.services.drafts import destroy_draft
from app.coaching.services.preferences import replace_preferences
from app.coaching.services.rounds import changeable_round, round_taking_requests, running_round
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict, NotFound
from app.kernel.permissions import Role
from app.organisation.pupil_data import refuse_pupil_data
from app.organisation.queries import holders
from tenants.session import session


def save_own_request(actor: Actor, round_id: int, data: dict[str, Any]) -> None:
    """An IB'er asks, or changes what she asked, until the requests are closed; her draft goes.

    In a published round she joins late, until she has a coach.

    Raises Invalid when her question looks as if it holds data of a pupil and she did not say that it does not.
    """
    actor.require(ASK_COACHING)
    refuse_pupil_data({"question": data.get("question")}, checked=data.pop("not_about_pupil"))
    _refuse_after_closing(round_id)
    request = _save(actor, round_id, actor.person_id, data)
    request.question = data.get("question")
    destroy_draft(actor, round_id)


def save_request_for(actor: Actor, round_id: int, person_id: int, data: dict[str, Any]) -> None:
    """The coordinator enters a request for an IB'er. The question in her own words stays hers alone."""
    actor.require(RUN_ROUNDS)
    if person_id not in {person.id for person in holders(Role.IB)}:
        raise NotFound
    _save(actor, round_id, person_id, data)


def destroy_own_request(actor: Actor, round_id: int) -> None:
    """An IB'er takes her request back."""
    actor.require(ASK_COACHING)
    _refuse_after_closing(round_id)
    request = _open_request(round_id, actor.person_id)
    if request is None:
        raise Conflict(_("You have no request in this round."))
    if session().scalar(select(Match.id).where(Match.request_id == request.id).limit(1)):
        raise Conflict(
            _(
                "A pair was made from this request, so you can't take it back yourself. Mail your network coordinator."
            )
        )
    record(actor, "withdraw request", "coaching_request", request.id)
    session().delete(request)


def _save(actor: Actor, round_id: int, person_id: int, data: dict[str, Any]) -> CoachingRequest:
    request = _open_request(round_id, person_id) or CoachingRequest(round_id=round_id, person_id=person_id)
    request.halfdays, request.travel_limit, request.online = (
        data["halfdays"],
        data["travel_limit"],
        data["online"],
    )
    session().add(request)
    session().flush()
    refuse_retired_themes(data["themes"], kept=themes_of(request.id))
    session().execute(delete(RequestTheme).where(RequestTheme.request_id == request.id))
    session().add_all(
        RequestTheme(request_id=request.id, theme=theme, weight=weight)
        for theme, weight in data["themes"].items()
    )
    replace_preferences(person_id, as_coach=False, wanted=data["wanted"], unwanted=data["unwanted"])
    record(actor, "save request", "coaching_request", request.id)
    return request


def _refuse_after_closing(round_id: int) -> None:
    """Raise Conflict between the closing of the requests and the publication: before it she asks, after it she joins."""
    if publication_of(round_id) is None:
        round_taking_requests(round_id)


def _open_request(round_id: int, person_id: int) -> CoachingRequest | None:
    """What somebody asked in a round, while it can still change. Raises Conflict once there is a coach for it."""
    if publication_of(round_id) is None:
        changeable_round(round_id)
        return request_by(person_id, round_id)
    running_round(round_id)
    request = request_by(person_id, round_id)
    answered = Match.ended_at.is_(None) | (Match.ending == Ending.CLOSED)
    if request and session().scalar(
        select(Match.id).where(Match.request_id == request.id, answered).limit(1)
    ):
        raise Conflict(_("This round has been published. It can't be changed any more."))
    return request
