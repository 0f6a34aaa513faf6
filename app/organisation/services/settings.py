"""What a network chooses for itself."""

from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.organisation.models import RetentionPeriod
from app.organisation.policy import MANAGE_SETTINGS
from app.organisation.queries import years_kept
from tenants.session import session


def choose_retention(actor: Actor, school_years: int) -> int:
    """Keep confidential texts for so many school years, those that are there too; gives how many it was."""
    actor.require(MANAGE_SETTINGS)
    before = years_kept()
    chosen = session().query(RetentionPeriod).one_or_none() or RetentionPeriod()
    chosen.school_years, chosen.by_id, chosen.at = school_years, actor.person_id, now()
    session().add(chosen)
    session().flush()
    record(actor, f"keep texts for {school_years} years", "retention_period", chosen.id)
    return before
