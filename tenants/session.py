"""Units of work: the only place where a transaction begins and ends.

There are two kinds. `unit_of_work(network)` sees the rows of that network and no others.
`global_unit()` sees the tables that are read before the network is known (identities, sessions, the list of
networks) and no network's rows. A use case that needs both at once (accepting an invitation makes a login
and ties it to a person) asks for `unit_of_work(network, with_identities=True)`.
"""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, sessionmaker, with_loader_criteria
from sqlalchemy.pool import NullPool

from tenants.base import TenantOwned
from tenants.context import Network, current_network_id, entered

SEARCH_PATH = "-csearch_path=public,jobs"
"""The queue keeps its tables in a schema of its own and names them without it."""

CONNECT_SECONDS, PROBE_SECONDS = 5, 2
"""A database that does not answer is told to the user, not waited for."""

S = TypeVar("S", bound=Session)


class NetworkSession(Session):
    """Sees one network. Its settings are made by `unit_of_work`, at the begin of each transaction."""


_current_session: ContextVar[Session | None] = ContextVar("session", default=None)


def session() -> Session:
    """The session of the unit of work that is running. Raises RuntimeError outside one."""
    current = _current_session.get()
    if current is None:
        raise RuntimeError("there is no unit of work")
    return current


def separately() -> AbstractContextManager[Session]:
    """A global unit of its own beside the running one: what it writes stays, whatever becomes of the other."""
    database: Database = session().info["database"]
    return database.global_unit()


class Database:
    """The way to one PostgreSQL database."""

    def __init__(self, engine: Engine) -> None:
        """Units of work take their connections from `engine`."""
        self.engine = engine
        self._network_sessions = self._session_factory(NetworkSession)
        self._global_sessions = self._session_factory(Session)

    def _session_factory(self, kind: type[S]) -> sessionmaker[S]:
        return sessionmaker(self.engine, class_=kind, expire_on_commit=False, info={"database": self})

    def unit_of_work(
        self,
        network: Network,
        *,
        read_only: bool = False,
        with_identities: bool = False,
        snapshot: bool = False,
    ) -> AbstractContextManager[Session]:
        """Work in `network`: commits when the block ends well, rolls back when it raises.

        With `snapshot` every statement sees the rows of one moment, whatever others commit meanwhile.
        """
        settings = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " if snapshot else ""
        settings += f"SET LOCAL app.tenant_id = '{int(network.id)}'"
        if with_identities:
            settings += "; SET LOCAL app.identities = 'on'"
        return _unit(self._network_sessions, network, settings, read_only)

    def global_unit(self, *, read_only: bool = False) -> AbstractContextManager[Session]:
        """Work on what no network owns: commits when the block ends well, rolls back when it raises."""
        return _unit(self._global_sessions, None, "SET LOCAL app.identities = 'on'", read_only)


def open_engine(url: str, *, pool_size: int) -> Engine:
    """A pool of connections; a plain `postgresql://` address is taken as psycopg 3."""
    return create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": SEARCH_PATH, "connect_timeout": CONNECT_SECONDS},
    )


def open_probe(url: str) -> Engine:
    """A connection for each question, to ask how the database is: it gives up within seconds."""
    return create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={
            "options": f"{SEARCH_PATH} -cstatement_timeout={PROBE_SECONDS}s",
            "connect_timeout": PROBE_SECONDS,
        },
    )


@contextmanager
def _unit(
    factory: Callable[[], Session], network: Network | None, settings: str, read_only: bool
) -> Generator[Session]:
    if read_only:
        settings += "; SET TRANSACTION READ ONLY"
    with factory() as unit, entered(network):
        unit.info["settings"] = settings
        token = _current_session.set(unit)
        try:
            yield unit
            unit.commit()
        finally:
            _current_session.reset(token)


@event.listens_for(Session, "after_begin")
def _set_for_this_transaction(unit: Session, _: SessionTransaction, connection: Connection) -> None:
    settings = unit.info.get("settings")
    if settings and not unit.in_nested_transaction():
        # Straight to the driver: only without parameters are several statements one round trip.
        connection.connection.cursor().execute(settings)


@event.listens_for(NetworkSession, "do_orm_execute")
def _name_the_network(state: ORMExecuteState) -> None:
    """Add `tenant_id = …` to every statement: the planner and, later, the router of shards need it."""
    adds_itself = state.is_column_load or state.is_relationship_load
    if adds_itself or not (state.is_select or state.is_update or state.is_delete):
        return
    network_id = current_network_id()
    state.statement = state.statement.options(
        with_loader_criteria(TenantOwned, lambda row: row.tenant_id == network_id, include_aliases=True)
    )
