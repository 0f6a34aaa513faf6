"""What the agenda forgets by itself."""

from app.agenda.services.appointments import forget_places
from app.jobs.by_itself import forgetting
from app.jobs.queue import Handler
from config.settings import Settings
from tenants.session import Database


def handlers(settings: Settings, database: Database) -> list[Handler]:
    """The jobs of this room."""
    return [forgetting("agenda.forget_places", forget_places, settings, database, minute=45)]
