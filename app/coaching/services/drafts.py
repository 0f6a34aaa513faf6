"""Keep what an IB'er has filled in so far: no request yet, and for nobody but herself."""

import json
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from app.coaching.models import RequestDraft
from app.coaching.policy import ASK_COACHING
from app.coaching.queries import request_by, round_with
from app.coaching.services.rounds import round_taking_requests
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session


def save_draft(actor: Actor, round_id: int, values: dict[str, Any]) -> bool:
    """Keep the fields of the form as they are now; gives False, and keeps nothing, once the request has been sent.

    The audit trail does not follow every key that is pressed. Raises Invalid when the question looks as if it holds
    data of a pupil: that is not kept either.
    """
    actor.require(ASK_COACHING)
    round_taking_requests(round_id)
    if request_by(actor.person_id, round_id):
        return False
    refuse_pupil_data({"question": values.get("question")}, checked=values.pop("not_about_pupil"))
    row = {"round_id": round_id, "person_id": actor.person_id}
    kept = {"content": json.dumps(values), "saved_at": now()}
    saving = insert(RequestDraft).values(**row, **kept)
    one = [RequestDraft.tenant_id, RequestDraft.round_id, RequestDraft.person_id]
    session().execute(saving.on_conflict_do_update(index_elements=one, set_=kept))
    return True


def destroy_draft(actor: Actor, round_id: int) -> None:
    """Throw away what she filled in and did not send."""
    actor.require(ASK_COACHING)
    round_with(round_id)
    mine = RequestDraft.person_id == actor.person_id
    session().execute(delete(RequestDraft).where(mine, RequestDraft.round_id == round_id))


def forget_drafts(round_id: int) -> None:
    """Of a round that is published: nobody can send them any more."""
    session().execute(delete(RequestDraft).where(RequestDraft.round_id == round_id))
