"""Every mail of this room, what is followed up by itself, and forgetting."""

from app.intervision.mails import intentions
from app.intervision.retention import forget_expired
from app.intervision.services.follow_up import ask_due_intentions
from app.jobs.by_itself import follow_up, forgetting
from app.jobs.queue import Handler
from app.kernel.mail import Postbox
from app.organisation.mails import MailDesk, Write
from config.settings import Settings
from tenants.session import Database

FOLLOWED_UP = (ask_due_intentions,)
"""What is done by itself, each in a unit of its own."""


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""
    return [
        forgetting("intervision.forget_expired", forget_expired, settings, database, minute=55),
        *follow_up("intervision.follow_up", FOLLOWED_UP, database, minute=25),
        *mail_handlers(MailDesk(settings.base_url, database, postbox)),
    ]


def mail_handlers(desk: MailDesk) -> list[Handler]:
    """The mails, a job for each person."""
    letters: dict[str, Write] = {
        "intervision.ask_intention": intentions.ask_intention,
    }
    return [desk.job(name, write) for name, write in letters.items()]
