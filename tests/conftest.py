"""One embedded server a run, one migrated template, one clone for each worker, one savepoint for each test.

The app's role is a plain one: a superuser walks through row level security, so a test on one proves nothing.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool
from werkzeug.test import TestResponse

from app.factory import create_app, handlers
from app.identity.services import open_sign_in
from app.jobs.worker import network_opener
from app.kernel.mail import KeepingPostbox, KeptMail
from app.pipeline import Application
from config.settings import MasterKey, Settings
from tenants.context import Network
from tenants.embedded import EmbeddedServer
from tenants.migrate import migrate
from tenants.provision import APP, MIGRATE, OWNER, create_roles
from tenants.session import Database, open_engine
from tests.loopback import stay_here
from tests.world import Cast, Member, build_world

TEMPLATE = "template_of_tests"
pytest_plugins = ("tests.overheard",)

PASSWORDLESS = "a-secret-of-32-characters-or-more-for-tests"
MASTER_KEY = MasterKey(bytes(range(32)))

_server: list[EmbeddedServer] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the process that leads the run; its workers find it in the environment."""
    stay_here()
    if hasattr(config, "workerinput"):
        return
    home = Path(tempfile.mkdtemp(prefix="vo-tests-"))
    home.chmod(0o755)
    server = EmbeddedServer(home / "postgres", durable=False)
    _server.append(server.__enter__())
    os.environ["TEST_DATABASE"] = server.url("{database}", "{role}")
    superuser = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with superuser.connect() as connection:
        create_roles(connection)
        connection.execute(text(f"CREATE DATABASE {TEMPLATE} OWNER {OWNER}"))
    migrating = create_engine(server.url(TEMPLATE, MIGRATE), poolclass=NullPool)
    with migrating.connect() as connection:
        migrate(connection)
    superuser.dispose()


def pytest_collection_finish() -> None:
    """Let the collector of garbage leave alone what was imported, and come less often: a tenth of the time of the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove what it kept."""
    for server in _server:
        server.__exit__(None, None, None)
        shutil.rmtree(server.home.parent, ignore_errors=True)


def address(database: str, role: str = APP) -> str:
    """The address of a database of this run."""
    return os.environ["TEST_DATABASE"].format(database=database, role=role)


def clone(name: str) -> str:
    """A fresh copy of the migrated database; gives its name."""
    superuser = create_engine(address("postgres", "postgres"), isolation_level="AUTOCOMMIT")
    with superuser.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {OWNER}"))
    superuser.dispose()
    return name


def settings_for(database: str, **changes: object) -> Settings:
    """The settings of the tests, with changes."""
    values: dict[str, object] = {
        "database_url": address(database),
        "migrate_url": address(database, MIGRATE),
        "secret_key": PASSWORDLESS,
        "master_key": MASTER_KEY,
        "base_url": "http://localhost:8000",
        "proxy_hops": 0,
        "smtp_url": None,
        "mail_from": "Vreemde Ogen <noreply@voorbeeld.example>",
        "bounce_address": None,
        "session_idle_minutes": 60,
        "session_absolute_hours": 12,
        "demo": True,
        "log_level": "INFO",
    }
    return Settings(**(values | changes))  # pyright: ignore[reportArgumentType]


class Visitor(FlaskClient):
    """A client whose requests share nothing with the test or with each other, as in production.

    Inside an application context Flask would give every request the same `g`, and so the same user.
    """

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        """Ask in a context of its own."""
        return Context().run(super().open, *arguments, **options)


def application(database: str, **changes: object) -> Application:
    """The application of a test."""
    app = create_app(settings_for(database, **changes))
    app.test_client_class = Visitor
    return app


class SavepointDatabase(Database):
    """Every unit of work is a savepoint within one transaction, which the test rolls back at its end."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._entered: list[tuple[str, str]] = []
        super().__init__(connection.engine)
        for sessions in (self._network_sessions, self._global_sessions):
            sessions.configure(bind=connection, join_transaction_mode="create_savepoint")

    @contextmanager
    def unit_of_work(self, network: Network, **options: bool) -> Iterator[Session]:
        """As in production; but a released savepoint keeps its settings, which would hide a missing network."""
        identities = "on" if options.get("with_identities") else ""
        with self._settings(str(network.id), identities), super().unit_of_work(network, **options) as unit:
            yield unit

    @contextmanager
    def global_unit(self, **options: bool) -> Iterator[Session]:
        """As in production."""
        with self._settings("", "on"), super().global_unit(**options) as unit:
            yield unit

    @contextmanager
    def _settings(self, tenant_id: str, identities: str) -> Iterator[None]:
        """Afterwards the settings of the unit around it hold again, or none."""
        self._entered.append((tenant_id, identities))
        try:
            yield
        finally:
            self._entered.pop()
        outer_tenant_id, outer_identities = self._entered[-1] if self._entered else ("", "")
        self.connection.exec_driver_sql(f"SET LOCAL app.tenant_id = '{outer_tenant_id}'")
        self.connection.exec_driver_sql(f"SET LOCAL app.identities = '{outer_identities}'")


@pytest.fixture(scope="session")
def worker_database(worker_id: str) -> str:
    """The name of this worker's clone."""
    return clone(f"tests_{worker_id}")


@pytest.fixture(scope="session")
def cast(worker_database: str) -> Cast:
    """The fixed cast, committed once for all tests of this worker."""
    engine = open_engine(address(worker_database), pool_size=2)
    made = build_world(Database(engine), MASTER_KEY)
    engine.dispose()
    return made


@pytest.fixture(scope="session")
def session_app(worker_database: str) -> Iterator[Application]:
    """The application, made once."""
    app = application(worker_database)
    app.config["WTF_CSRF_ENABLED"] = False  # tests/walls turns it on
    yield app
    app.database.engine.dispose()


@pytest.fixture
def database(cast: Cast, session_app: Application) -> Iterator[Database]:
    """The worker's database with the cast, as it was before the test."""
    with session_app.database.engine.connect() as connection:
        transaction = connection.begin()
        yield SavepointDatabase(connection)
        transaction.rollback()


@pytest.fixture
def app(
    session_app: Application, database: Database, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """The application on the database of this test, inside its context."""
    monkeypatch.setattr(session_app, "database", database)
    monkeypatch.setattr(session_app, "postbox", KeepingPostbox(database))
    with session_app.app_context():
        yield session_app


@pytest.fixture
def unit(app: Application, cast: Cast) -> Iterator[Session]:
    """A unit of work in the network of the cast."""
    with app.database.unit_of_work(cast.network) as unit:
        yield unit


@pytest.fixture
def as_(app: Application) -> Callable[[Member], FlaskClient]:
    """A browser in which a member of the cast is signed in."""

    def sign_in(member: Member) -> FlaskClient:
        return signed_in_client(app, member)

    return sign_in


def signed_in_client(app: Application, member: Member) -> FlaskClient:
    """A client with a session row of its own."""
    with app.database.global_unit():
        token = open_sign_in(member.identity_id, "tests")
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


@pytest.fixture
def committed(request: pytest.FixtureRequest, worker_id: str) -> Iterator[tuple[Application, Cast]]:
    """An application and cast on a database of their own: for what threads, or the database itself, must show."""
    name = clone(f"own_{worker_id}_{abs(hash(request.node.nodeid)) % 10**8}")
    app = application(name)
    cast = build_world(app.database, MASTER_KEY)
    with app.app_context():
        yield app, cast
    app.database.engine.dispose()


@pytest.fixture
def work_through_queue(app: Application) -> Callable[[], list[str]]:
    """Do every job that is waiting, as the worker would; gives their names."""
    return lambda: work_through(app)


def work_through(app: Application) -> list[str]:
    """Do every job that is waiting in the database of an application; gives their names."""
    by_name = {handler.name: handler for handler in handlers(app.settings, app.database, app.postbox)}
    open_network = network_opener(app.database, app.master_key)
    done = []
    while jobs := _waiting_jobs(app.database):
        for job_id, name, arguments in jobs:
            handler = by_name[name]
            if handler.in_network:
                handler.work(open_network(arguments.pop("tenant_id")), **arguments)
            else:
                handler.work(**arguments)
            with app.database.global_unit() as unit:
                unit.execute(text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": job_id})
            done.append(name)
    return done


@pytest.fixture
def kept_mails(app: Application) -> Callable[[], list[KeptMail]]:
    """The mails that were sent, the oldest first."""

    def read() -> list[KeptMail]:
        with app.database.global_unit() as unit:
            return unit.query(KeptMail).order_by(KeptMail.id).all()

    return read


def _waiting_jobs(database: Database) -> list[tuple[int, str, dict[str, int]]]:
    with database.global_unit() as unit:
        rows = unit.execute(
            text("SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        )
        return [(row.id, row.task_name, dict(row.args)) for row in rows]
