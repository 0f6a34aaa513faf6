"""Now and then, once a year where the network chose nothing else: say that one's records still hold, and ask who did not."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert

from app.expertise.models import ConfirmationRequest, ExpertiseRecord
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import records_of, stale_since, works_at_one_of
from app.expertise.services.records import SUBJECT
from app.jobs.queue import BEHIND, enqueue_each
from app.kernel.actor import Actor
from app.kernel.audit import record_each
from app.kernel.clock import now, today
from app.kernel.errors import NotFound
from tenants.context import current_network_id
from tenants.session import session

QUIET = timedelta(days=90)
"""Nobody is asked twice within this time, also when what is older comes to light in parts."""


def confirm_records(actor: Actor, record_ids: Collection[int]) -> int:
    """Say that these records still hold; gives how many. Raises NotFound when one is not hers.

    One that was removed in another window meanwhile is not hers any more either.
    """
    actor.require(KEEP_RECORDS)
    mine = {one.id: one for one in records_of(actor)}
    if not mine.keys() >= set(record_ids):
        raise NotFound
    for record_id in record_ids:
        mine[record_id].confirmed_on = today()
    record_each(actor, "confirm record", SUBJECT, sorted(set(record_ids)))
    return len(set(record_ids))


def ask_to_confirm() -> None:
    """Ask who works at a school and whose oldest record was not confirmed for a long time; once for that record."""
    oldest = func.min(ExpertiseRecord.confirmed_on)
    lately = exists().where(
        ConfirmationRequest.tenant_id == ExpertiseRecord.tenant_id,
        ConfirmationRequest.person_id == ExpertiseRecord.person_id,
        ConfirmationRequest.at > now() - QUIET,
    )
    people = (
        select(ExpertiseRecord.person_id, oldest.label("confirmed_on"))
        .where(ExpertiseRecord.confirmed_on < stale_since(), works_at_one_of(None), ~lately)
        .group_by(ExpertiseRecord.person_id)
    )
    rows = [
        {
            "tenant_id": current_network_id(),
            "person_id": row.person_id,
            "confirmed_on": row.confirmed_on,
            "at": now(),
        }
        for row in session().execute(people)
    ]
    if not rows:
        return
    asking = (
        insert(ConfirmationRequest).values(rows).on_conflict_do_nothing().returning(ConfirmationRequest.id)
    )
    asked = list(session().scalars(asking))
    if asked:
        enqueue_each("expertise.ask_to_confirm", "request_id", asked, priority=BEHIND)
