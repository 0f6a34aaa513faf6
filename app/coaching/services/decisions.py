"""What the coordinator decides about a pair before the calculation: fix it, or rule it out."""

from flask_babel import gettext as _
from sqlalchemy import Select, delete, select

from app.coaching.labels import reason_sentences
from app.coaching.matching import PairJudgement
from app.coaching.models import CoachingRequest, PairExclusion, Pin
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import exclusions_of, profile_of, request_with, round_with
from app.coaching.round_facts import facts_of
from app.coaching.services.rounds import changeable_round
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict, NotFound
from tenants.session import session


def pin_pair(actor: Actor, request_id: int, coach_id: int) -> None:
    """Fix a pair, as proposed or as the coordinator chooses. Raises Conflict with the rule that forbids it."""
    request = _changeable_request(actor, request_id)
    judgement = judge_pair(request, coach_id)
    if judgement.reasons:
        raise Conflict(_("This pair is not possible.") + " " + " ".join(reason_sentences(judgement)))
    session().execute(delete(Pin).where(Pin.request_id == request_id))
    _refuse_without_place(request.round_id, coach_id)
    _refuse_swapped(request, coach_id)
    session().add(Pin(request_id=request_id, coach_id=coach_id, by_id=actor.person_id))
    record(actor, "pin pair", "coaching_request", request_id)


def unpin_pair(actor: Actor, request_id: int, coach_id: int) -> None:
    """Leave the pair to the calculation again. A lock on another coach, made since, stays."""
    _changeable_request(actor, request_id)
    if _drop_pin(request_id, coach_id):
        record(actor, "unpin pair", "coaching_request", request_id)


def exclude_pair(actor: Actor, request_id: int, coach_id: int) -> None:
    """Rule a pair out for this round; once is enough. A lock on it goes."""
    _changeable_request(actor, request_id)
    if profile_of(coach_id) is None:
        raise NotFound
    _drop_pin(request_id, coach_id)
    if coach_id not in exclusions_of(request_id):
        session().add(PairExclusion(request_id=request_id, coach_id=coach_id, by_id=actor.person_id))
        record(actor, "exclude pair", "coaching_request", request_id)


def include_pair(actor: Actor, request_id: int, coach_id: int) -> None:
    """Allow a pair again."""
    _changeable_request(actor, request_id)
    ruled_out = (PairExclusion.request_id == request_id) & (PairExclusion.coach_id == coach_id)
    if session().scalars(delete(PairExclusion).where(ruled_out).returning(PairExclusion.id)).all():
        record(actor, "include pair", "coaching_request", request_id)


def judge_pair(request: CoachingRequest, coach_id: int) -> PairJudgement:
    """What forbids a pair and what it scores. Raises NotFound when one of the two takes no part."""
    matching_round = round_with(request.round_id)
    judged = facts_of(matching_round, only_request=request.id, only_coach=coach_id).judged()
    if not judged.coachees or not judged.coaches:
        raise NotFound
    return judged.pair(0, 0)


def _changeable_request(actor: Actor, request_id: int) -> CoachingRequest:
    actor.require(RUN_ROUNDS)
    request = request_with(actor, request_id)
    changeable_round(request.round_id, alone=True)
    return request


def _drop_pin(request_id: int, coach_id: int) -> bool:
    locked = (Pin.request_id == request_id) & (Pin.coach_id == coach_id)
    return bool(session().scalars(delete(Pin).where(locked).returning(Pin.id)).all())


def _refuse_without_place(round_id: int, coach_id: int) -> None:
    profile = profile_of(coach_id)
    capacity = profile.capacity if profile else 0
    pinned = session().scalars(_pins_in(round_id).where(Pin.coach_id == coach_id)).all()
    if len(pinned) >= capacity:
        raise Conflict(
            _(
                "This coach has %(places)s places and all of them are locked. Unlock one of the pairs first, "
                "or change the number of places.",
                places=capacity,
            )
        )


def _refuse_swapped(request: CoachingRequest, coach_id: int) -> None:
    swapped = _pins_in(request.round_id).where(
        CoachingRequest.person_id == coach_id, Pin.coach_id == request.person_id
    )
    if session().scalar(swapped):
        raise Conflict(_("These two would coach each other: that pair is locked the other way round."))


def _pins_in(round_id: int) -> Select[int]:
    request = (CoachingRequest.tenant_id == Pin.tenant_id) & (CoachingRequest.id == Pin.request_id)
    return select(Pin.id).join(CoachingRequest, request).where(CoachingRequest.round_id == round_id)
