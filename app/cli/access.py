"""How a command reaches the installation that the settings describe."""

from collections.abc import Iterator
from contextlib import contextmanager

from config.settings import Settings, read_settings
from tenants.session import Database, open_engine


@contextmanager
def installation(*, as_app: bool = False) -> Iterator[tuple[Settings, Database]]:
    """The settings, and the database as the role that makes networks; or as the app's own, which sees one at a time."""
    settings = read_settings()
    engine = open_engine(settings.database_url if as_app else settings.migrate_url, pool_size=2)
    try:
        yield settings, Database(engine)
    finally:
        engine.dispose()
