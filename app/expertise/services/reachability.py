"""Say when and how one can be asked for help."""

from typing import Any

from app.expertise.models import Reachability
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import reachability_of
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session


def save_reachability(actor: Actor, data: dict[str, Any]) -> None:
    """Keep half-days, ways and a note. Raises Invalid when the note seems to be about a pupil."""
    actor.require(KEEP_RECORDS)
    refuse_pupil_data({"note": data["note"]}, checked=data["not_about_pupil"])
    kept = reachability_of(actor.person_id)
    if kept is None:
        kept = Reachability(person_id=actor.person_id)
        session().add(kept)
    kept.halfdays, kept.ways, kept.note = (
        sorted(set(data["halfdays"])),
        sorted(set(data["ways"])),
        data["note"],
    )
    session().flush()
    record(actor, "save reachability", "reachability", kept.id)
