"""Prepare a case, let those who take part in the session read it, and take it back. No text leaves this table."""

from typing import Any

from flask_babel import gettext as _

from app.intervision.models import CaseContribution
from app.intervision.policy import JOIN_IN
from app.intervision.queries import Standing, case_kept_until, own_case, standing_in
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now, today
from app.kernel.errors import Conflict, Forbidden, Invalid
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session

FIELDS = ("happened", "question", "tried", "wanted")
"""What a case says, in the order of the form."""
NEEDED = ("happened", "question")
"""Without these others can't think along."""


def save_case(actor: Actor, session_id: int, data: dict[str, Any]) -> None:
    """Keep what the actor brings to a session; nobody else reads it until she shares it.

    Raises Invalid, and Conflict once cases of this session are kept no longer.
    """
    actor.require(JOIN_IN)
    standing = case_standing(actor, session_id)
    texts = {name: data[name] for name in FIELDS}
    if not any(texts.values()):
        raise Invalid({"happened": [_("Write something first.")]})
    refuse_pupil_data(texts, checked=data["not_about_pupil"])
    if today() > case_kept_until(standing.dated):
        raise Conflict(_("Cases of this session are no longer kept."))
    case = own_case(session_id, actor.person_id) or CaseContribution(
        session_id=session_id, person_id=actor.person_id
    )
    if case.forgotten_at is not None:
        raise Conflict(_("Cases of this session are no longer kept."))
    if case.shared_at is not None:
        _require_whole(texts)
    for name, text in texts.items():
        setattr(case, name, text)
    case.written_at = now()
    session().add(case)
    session().flush()
    record(actor, "prepare case", "case", case.id)


def share_case(actor: Actor, session_id: int) -> None:
    """Let those who take part in the session read it. Raises Conflict until it can be read, and before she agreed."""
    actor.require(JOIN_IN)
    standing = case_standing(actor, session_id)
    require_pledge(standing)
    case = own_case(session_id, actor.person_id)
    if case is None or case.forgotten_at is not None or not all(getattr(case, name) for name in NEEDED):
        raise Conflict(_("First write down what happened, and what your question is."))
    if case.shared_at is None:
        case.shared_at = now()
        record(actor, "share case", "case", case.id)


def take_case_back(actor: Actor, session_id: int) -> None:
    """From now on only she reads it again."""
    actor.require(JOIN_IN)
    case_standing(actor, session_id)
    case = own_case(session_id, actor.person_id)
    if case is not None and case.shared_at is not None:
        case.shared_at = None
        record(actor, "take case back", "case", case.id)


def destroy_case(actor: Actor, session_id: int) -> None:
    """Delete what she brought, for good."""
    actor.require(JOIN_IN)
    case_standing(actor, session_id)
    case = own_case(session_id, actor.person_id)
    if case is not None:
        record(actor, "delete case", "case", case.id)
        session().delete(case)


def case_standing(actor: Actor, session_id: int) -> Standing:
    """How the actor stands to a session in which she has a seat, or for which she wrote a case. Raises Forbidden."""
    standing = standing_in(actor, session_id)
    if not standing.has_seat and own_case(session_id, actor.person_id) is None:
        raise Forbidden("intervision.join_in")
    return standing


def require_pledge(standing: Standing) -> None:
    """Raise Conflict for who did not agree yet to keep things inside."""
    if not standing.has_pledged:
        raise Conflict(_("First agree that what is told here stays here."))


def _require_whole(texts: dict[str, str | None]) -> None:
    missing = {name: [_("Others read this case: it needs this part.")] for name in NEEDED if not texts[name]}
    if missing:
        raise Invalid(missing)
