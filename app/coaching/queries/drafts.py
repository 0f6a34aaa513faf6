"""What somebody filled in and has not sent: for her own eyes, and nobody's list or count."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.coaching.models import RequestDraft
from app.kernel.actor import Actor
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, opened: what stands in the fields of the form."""

    values: dict[str, Any]
    saved_at: datetime


def draft_of(actor: Actor, round_id: int) -> Draft | None:
    """The actor's own draft in a round. There is no way to anybody else's."""
    row = session().scalar(
        select(RequestDraft).where(
            RequestDraft.round_id == round_id, RequestDraft.person_id == actor.person_id
        )
    )
    return Draft(json.loads(row.content), row.saved_at) if row else None
