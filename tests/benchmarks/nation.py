"""What is measured: a copy of the demo's database on the demo's own server, thrown away at the end.

So the benchmark may write (a proposal, a list of people, its own sign-ins), and the demo stays as it was.
"""

import base64
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.demo.database import DATABASE
from app.demo.folder import CannotRun, DemoFolder
from app.factory import create_app
from app.organisation.register import network as registered
from app.pipeline import Application
from config.settings import read_settings
from tenants.context import Network
from tenants.embedded import SUPERUSER, EmbeddedServer
from tenants.migrate import migrate
from tenants.provision import APP, MIGRATE, OWNER, all_tenants

COPY = "benchmark"
BASE_URL = "http://localhost"


@dataclass(frozen=True)
class Nation:
    """The networks that are measured, in order of size, and the application in this process."""

    app: Application
    networks: Mapping[str, Network]
    """By code, the smallest network first."""

    @property
    def sizes(self) -> dict[str, Network]:
        """The three networks of which the pages are measured."""
        by_size = list(self.networks.values())
        return {"smallest": by_size[0], "median": by_size[len(by_size) // 2], "largest": by_size[-1]}

    @property
    def postgres(self) -> str:
        """The version of the server."""
        with self.app.database.engine.connect() as connection:
            return str(connection.scalar(text("SHOW server_version")))


@contextmanager
def copy_of(folder: DemoFolder) -> Iterator[Nation]:
    """Start the demo's server, copy its database, and open it. Raises CannotRun when there is no demo yet."""
    with folder.locked("make bench"), EmbeddedServer(folder.database) as server:
        superuser = create_engine(
            server.url("postgres", SUPERUSER), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with superuser.connect() as connection:
            _copy(connection, folder)
            try:
                _bring_up_to_date(server)
                os.environ.update(_environment(server, folder))
                yield _opened()
            finally:
                connection.execute(text(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)"))


def _copy(superuser: Any, folder: DemoFolder) -> None:
    if not superuser.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": DATABASE}):
        raise CannotRun(f"There are no data in {folder.path} yet.")
    superuser.execute(text(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)"))
    superuser.execute(text(f"CREATE DATABASE {COPY} TEMPLATE {DATABASE} OWNER {OWNER} STRATEGY FILE_COPY"))


def _bring_up_to_date(server: EmbeddedServer) -> None:
    """The schema of today, and everything swept and counted, so that autovacuum has nothing to do meanwhile."""
    engine = create_engine(server.url(COPY, MIGRATE), poolclass=NullPool)
    with engine.connect() as connection:
        migrate(connection)
    superuser = create_engine(server.url(COPY, SUPERUSER), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with superuser.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _environment(server: EmbeddedServer, folder: DemoFolder) -> dict[str, str]:
    """The settings of this process and of every process that it starts."""
    secrets = folder.secrets()
    return {
        "DATABASE_URL": server.url(COPY, APP),
        "DATABASE_MIGRATE_URL": server.url(COPY, MIGRATE),
        "SECRET_KEY": secrets.secret_key,
        "MASTER_KEY": base64.b64encode(secrets.master_key).decode(),
        "BASE_URL": BASE_URL,
        "DEMO": "true",
        "LOG_LEVEL": "WARNING",
    }


def _opened() -> Nation:
    app = create_app(read_settings())
    with app.database.global_unit(read_only=True):
        networks = [(tenant.code, tenant.opened(app.master_key)) for tenant in all_tenants()]
    networks.sort(key=lambda of: (registered(of[0]).school_count, of[0]))
    return Nation(app, dict(networks))
