"""The restore drill: put a dump into a scratch database, and look whether everything is there and can be used."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql
from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from config.settings import MasterKey
from tenants.backup import BackupFailed
from tenants.backup.dump import restore
from tenants.backup.inventory import Held, inventory, lagging_sequences
from tenants.base import Base, EncryptedText, unseal_text
from tenants.context import entered
from tenants.keys import CannotOpen
from tenants.migrate import migrate
from tenants.models import Tenant
from tenants.provision import OWNER
from tenants.rls import unguarded_tables
from tenants.session import Database, session

_ONE_DRILL = "SELECT pg_try_advisory_lock(hashtextextended('drill of a restore', 0))"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a drill found."""

    expected: Mapping[str, Held]
    restored: Mapping[str, Held]
    faults: list[str]
    """What is wrong beside the rows: walls that are missing, texts that can't be opened, numbers that are taken."""
    texts: int
    """Confidential texts that were opened, of each network and kind one."""

    @property
    def differing(self) -> list[str]:
        """The tables that did not come back as they were."""
        names = sorted({*self.expected, *self.restored})
        return [name for name in names if self.expected.get(name) != self.restored.get(name)]

    @property
    def is_good(self) -> bool:
        """Whether this backup can be relied on."""
        return not self.differing and not self.faults


def drill(
    address: URL,
    file: Path,
    expected: Mapping[str, Held],
    master_key: MasterKey,
    report: Callable[[float], None] = lambda _: None,
) -> Outcome:
    """Restore a dump beside the database of `address`, compare, and drop it again. Raises BackupFailed."""
    with _scratch(address) as scratch:
        restore(scratch, file)
        engine = create_engine(scratch, poolclass=NullPool)
        with engine.connect() as connection:
            restored = inventory(connection, report)
            faults = [
                f"numbers: the next row of {name} has a taken one" for name in lagging_sequences(connection)
            ]
        with engine.connect() as connection:
            migrate(connection)  # a dump may be older than the programs that will have to read it
        with engine.connect() as connection:
            faults += [f"wall: {fault}" for fault in unguarded_tables(connection)]
        texts, sealed_for_ever = _open_texts(Database(engine), master_key)
    return Outcome(expected, restored, faults + sealed_for_ever, texts)


@contextmanager
def _scratch(address: URL) -> Generator[URL]:
    """An empty database on the same server, dropped afterwards; also one that a killed drill left."""
    name = f"{address.database}_drill"
    engine = create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not connection.scalar(text(_ONE_DRILL)):
            raise BackupFailed("Another drill is running.")
        _drop(connection, name)
        try:
            _run(connection, "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0", name, OWNER)
        except ProgrammingError as error:
            raise BackupFailed(
                f"{address.username} may not make a database to restore into. Let it, once, as the superuser:"
                f" ALTER ROLE {address.username} CREATEDB"
            ) from error
        try:
            yield address.set(database=name)
        finally:
            _drop(connection, name)


def _drop(connection: Connection, name: str) -> None:
    """Drop it; by force only where somebody is in it: to end an autovacuum by force takes a superuser."""
    try:
        _run(connection, "DROP DATABASE IF EXISTS {}", name)
    except OperationalError:
        _run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(connection: Connection, statement: str, *names: str) -> None:
    written = sql.SQL(statement).format(*map(sql.Identifier, names))  # pyright: ignore[reportArgumentType]
    connection.exec_driver_sql(written.as_string(None))


def _open_texts(database: Database, master_key: MasterKey) -> tuple[int, list[str]]:
    """Open a confidential text of each network and kind: the key that belongs to the backup is the one we have."""
    opened, faults = 0, list[str]()
    columns = [
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, EncryptedText)
    ]
    with database.global_unit(read_only=True):
        for tenant in session().query(Tenant).order_by(Tenant.id):
            try:
                with entered(tenant.opened(master_key)):
                    opened += sum(_opens_one(tenant.id, *column) for column in columns)
            except CannotOpen as error:
                faults.append(f"key: network {tenant.id} has a text that no master key opens ({error})")
    return opened, faults


def _opens_one(tenant_id: int, table: str, column: str) -> bool:
    first = f'SELECT "{column}" FROM "{table}" WHERE tenant_id = :network AND "{column}" IS NOT NULL LIMIT 1'
    sealed = session().scalar(text(first), {"network": tenant_id})
    if sealed is not None:
        unseal_text(sealed)
    return sealed is not None
