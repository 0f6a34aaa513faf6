"""What this room does by itself, its mails, and forgetting."""

from app.expertise.mails import confirming, consultations
from app.expertise.retention import forget_expired
from app.expertise.services.confirmation import ask_to_confirm
from app.expertise.services.record_imports import forget_old_imports
from app.expertise.services.silence import give_up_silent, remind_asked
from app.jobs.by_itself import follow_up, forgetting
from app.jobs.queue import Handler
from app.kernel.mail import Postbox
from app.organisation.mails import MailDesk, Write
from config.settings import Settings
from tenants.session import Database

FOLLOWED_UP = (ask_to_confirm, remind_asked, give_up_silent)
"""What is done by itself, each in a unit of its own."""

LETTERS: dict[str, Write] = {
    "expertise.ask_to_confirm": confirming.ask_to_confirm,
    "expertise.tell_asked": consultations.tell_asked,
    "expertise.remind_asked": consultations.remind_asked,
    "expertise.tell_not_needed": consultations.tell_not_needed,
    "expertise.tell_thanked": consultations.tell_thanked,
    "expertise.tell_taken": consultations.tell_taken,
    "expertise.tell_nobody": consultations.tell_nobody,
}
"""What is written to people, by the name of the job."""


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""
    desk = MailDesk(settings.base_url, database, postbox)
    return [
        forgetting("expertise.forget_old_imports", forget_old_imports, settings, database, minute=40),
        forgetting("expertise.forget_expired", forget_expired, settings, database, minute=57),
        *follow_up("expertise.follow_up", FOLLOWED_UP, database, minute=50),
        *(desk.job(name, write) for name, write in LETTERS.items()),
    ]
