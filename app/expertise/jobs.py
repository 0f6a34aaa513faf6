"""What this room does by itself, and its mails."""

from app.jobs.queue import Handler
from app.kernel.mail import Postbox
from config.settings import Settings
from tenants.session import Database


def handlers(_settings: Settings, _database: Database, _postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""
    return []
