"""Ask people, once, what became of what they meant to do, and how safe a session felt."""

from app.intervision.models import Reminding, SessionReminder
from app.intervision.queries import intentions_to_ask, pulses_to_ask
from app.jobs.queue import BEHIND, enqueue
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


def ask_pulses() -> None:
    """Queue a mail to everybody who was at a session, the day after it."""
    for session_id, person_id in pulses_to_ask():
        session().add(SessionReminder(session_id=session_id, person_id=person_id, about=Reminding.PULSE))
        enqueue("intervision.ask_pulse", priority=BEHIND, session_id=session_id, person_id=person_id)
