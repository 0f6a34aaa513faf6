"""What a network chooses for itself."""

from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.organisation.models import NetworkSettings
from app.organisation.policy import MANAGE_SETTINGS
from app.organisation.queries import months_confirmed, years_kept
from tenants.session import session

SUBJECT = "network settings"


def choose_retention(actor: Actor, school_years: int) -> int:
    """Keep confidential texts for so many school years, those that are there too; gives how many it was."""
    actor.require(MANAGE_SETTINGS)
    before = years_kept()
    chosen = _choose(actor, "school_years", school_years)
    record(actor, f"keep texts for {school_years} years", SUBJECT, chosen.id)
    return before


def choose_confirmation_period(actor: Actor, months: int) -> int:
    """Ask people after so many months whether their expertise still holds; gives how many it was."""
    actor.require(MANAGE_SETTINGS)
    before = months_confirmed()
    chosen = _choose(actor, "months_confirmed", months)
    record(actor, f"ask to confirm after {months} months", SUBJECT, chosen.id)
    return before


def _choose(actor: Actor, name: str, value: int) -> NetworkSettings:
    chosen = session().query(NetworkSettings).one_or_none() or NetworkSettings()
    setattr(chosen, name, value)
    chosen.by_id, chosen.at = actor.person_id, now()
    session().add(chosen)
    session().flush()
    return chosen
