"""Ask people, once, what became of what they meant to do."""

from app.intervision.models import Reminding, SessionReminder
from app.intervision.queries import intentions_to_ask
from app.jobs.queue import enqueue
from tenants.session import session


def ask_due_intentions() -> None:
    """Queue a mail for each intention of which it is time."""
    for intention in intentions_to_ask():
        session().add(
            SessionReminder(
                session_id=intention.session_id, person_id=intention.person_id, about=Reminding.INTENTION
            )
        )
        enqueue("intervision.ask_intention", intention_id=intention.id)
