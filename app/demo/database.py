"""The database of a demo: made once, filled once, and brought to today's schema at every start."""

import csv
import resource
import time
from pathlib import Path

import click
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from app.demo.extent import Extent
from app.demo.folder import DemoFolder
from app.demo.names import OPERATOR_ADDRESS
from config.settings import MasterKey
from tenants.embedded import SUPERUSER, EmbeddedServer
from tenants.migrate import migrate
from tenants.provision import APP, MIGRATE, OWNER, create_roles

DATABASE, UNFINISHED = "vreemdeogen", "vreemdeogen_unfinished"
"""A new database gets its name when all its data are in. A first start that was broken off goes on: a network that
is complete stays, and nothing of another is there."""
MEBIBYTE = 1024 * 1024


_LET_OPERATOR_IN = text("""
    WITH made AS (
        INSERT INTO identity (email, password_hash) VALUES (:email, '!') ON CONFLICT DO NOTHING RETURNING id)
    INSERT INTO operator (identity_id)
    SELECT id FROM made UNION SELECT id FROM identity WHERE email = :email ON CONFLICT DO NOTHING
""")


def prepare(server: EmbeddedServer, folder: DemoFolder, extent: Extent) -> None:
    """Bring the database to today's schema; make and fill it where it is new. Raises CannotRun."""
    superuser = create_engine(
        server.url("postgres", SUPERUSER), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )
    with superuser.connect() as connection:
        if _exists(connection, DATABASE):
            _migrate(server, DATABASE)
            return
        create_roles(connection)
        if _exists(connection, UNFINISHED):
            click.echo("Verder waar het maken stopte · Going on where the making stopped")
        else:
            connection.execute(text(f"CREATE DATABASE {UNFINISHED} OWNER {OWNER}"))
        _migrate(server, UNFINISHED)
        _fill(server, folder, extent)
        _count(server)
        connection.execute(text(f"ALTER DATABASE {UNFINISHED} RENAME TO {DATABASE}"))
        if extent.is_nation:
            _tell_size(connection)


def _exists(superuser: Connection, name: str) -> bool:
    known = text("SELECT 1 FROM pg_database WHERE datname = :name")
    return superuser.scalar(known, {"name": name}) is not None


def _migrate(server: EmbeddedServer, name: str) -> None:
    with create_engine(server.url(name, MIGRATE), poolclass=NullPool).connect() as connection:
        migrate(connection)
    _let_operator_in(server, name)


def _let_operator_in(server: EmbeddedServer, name: str) -> None:
    """At each start: a demo of before there were operators gets one too."""
    engine = create_engine(server.url(name, MIGRATE), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(_LET_OPERATOR_IN, {"email": OPERATOR_ADDRESS})


def _fill(server: EmbeddedServer, folder: DemoFolder, extent: Extent) -> None:
    from app.demo.building import build_networks  # noqa: PLC0415 - the whole house: only the first start waits for it

    started = time.monotonic()
    label = "Voorbeeldgegevens maken · Making sample data"
    with click.progressbar(length=1000, label=label, item_show_func=_shown) as bar:
        digests = build_networks(
            server.url(UNFINISHED, APP),
            MasterKey(folder.secrets().master_key),
            extent,
            lambda done, doing: bar.update(int(done * 1000) - bar.pos, doing),
        )
    if extent.is_nation:
        _keep_digests(folder.digests, digests)
        click.echo(
            f"Klaar in {time.monotonic() - started:.0f} s · Ready in {time.monotonic() - started:.0f} s"
        )


def _shown(doing: str | None) -> str | None:
    return doing


def _keep_digests(file: Path, digests: dict[str, str]) -> None:
    """So that two machines can see that they made the same."""
    with file.open("w", encoding="utf-8", newline="") as output:
        csv.writer(output).writerows([("network", "sha256"), *sorted(digests.items())])


def _count(server: EmbeddedServer) -> None:
    """Let the planner know how much there is: otherwise the first pages are slow."""
    engine = create_engine(server.url(UNFINISHED, MIGRATE), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("VACUUM (ANALYZE)"))


def _tell_size(superuser: Connection) -> None:
    """How large the database became, and the largest process that made it."""
    stored = (superuser.scalar(text(f"SELECT pg_database_size('{DATABASE}')")) or 0) / MEBIBYTE
    largest = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    click.echo(
        f"Database {stored:.0f} MB; per proces hoogstens · each process at most {largest / 1024:.0f} MB"
    )
