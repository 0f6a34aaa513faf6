"""`migrate`: what an installation needs before it can serve."""

import click
from psycopg import sql
from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from app.cli.faults import told_plainly
from config.settings import Settings, read_settings
from tenants.migrate import migrate as run_migrations
from tenants.provision import OWNER, create_roles


@click.command()
@click.option(
    "--prepare",
    metavar="URL",
    help="First make the roles and the database, as the superuser of this URL (such as postgresql://postgres@host/postgres).",
)
@told_plainly()
def migrate(prepare: str | None) -> None:
    """Bring the database to the newest schema. Can be run any number of times."""
    settings = read_settings()
    if prepare:
        prepare_cluster(settings, prepare)
    engine = create_engine(psycopg_url(settings.migrate_url), poolclass=NullPool)
    with engine.connect() as connection:
        run_migrations(connection)
    click.echo("The database has the newest schema.")


def prepare_cluster(settings: Settings, superuser_url: str) -> None:
    """Make the roles, with the passwords that the settings have for them, and the database."""
    engine = create_engine(psycopg_url(superuser_url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        create_roles(connection)
        for address in (settings.database_url, settings.migrate_url):
            _set_password(connection, psycopg_url(address))
        _make_database(connection, psycopg_url(settings.migrate_url).database or "")


def _set_password(superuser: Connection, address: URL) -> None:
    if address.username and address.password:
        role, password = sql.Identifier(address.username), sql.Literal(str(address.password))
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, password)
        superuser.connection.cursor().execute(statement)


def _make_database(superuser: Connection, name: str) -> None:
    known = superuser.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
    if not known:
        statement = sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0")
        superuser.connection.cursor().execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))


def psycopg_url(address: str) -> URL:
    """An address of the settings, for psycopg 3."""
    return make_url(address.replace("postgresql://", "postgresql+psycopg://", 1))
