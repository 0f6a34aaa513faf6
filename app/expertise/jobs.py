"""What this room does by itself, and its mails."""

from app.expertise.mails import confirming
from app.expertise.services.confirmation import ask_to_confirm
from app.expertise.services.record_imports import forget_old_imports
from app.jobs.by_itself import follow_up, forgetting
from app.jobs.queue import Handler
from app.kernel.mail import Postbox
from app.organisation.mails import MailDesk, Write
from config.settings import Settings
from tenants.session import Database

FOLLOWED_UP = (ask_to_confirm,)
"""What is done by itself, each in a unit of its own."""

LETTERS: dict[str, Write] = {
    "expertise.ask_to_confirm": confirming.ask_to_confirm,
}
"""What is written to people, by the name of the job."""


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""
    desk = MailDesk(settings.base_url, database, postbox)
    return [
        forgetting("expertise.forget_old_imports", forget_old_imports, settings, database, minute=40),
        *follow_up("expertise.follow_up", FOLLOWED_UP, database, minute=50),
        *(desk.job(name, write) for name, write in LETTERS.items()),
    ]
