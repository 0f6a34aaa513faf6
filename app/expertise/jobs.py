"""What this room does by itself, and its mails."""

from app.expertise.services.record_imports import forget_old_imports
from app.jobs.by_itself import forgetting
from app.jobs.queue import Handler
from app.kernel.mail import Postbox
from config.settings import Settings
from tenants.session import Database


def handlers(settings: Settings, database: Database, _postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""
    return [forgetting("expertise.forget_old_imports", forget_old_imports, settings, database, minute=40)]
