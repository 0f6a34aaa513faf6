"""Real processes of the house, and a database server that a test may stop."""

import base64
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from config.settings import ROOT
from tenants.embedded import EmbeddedServer
from tenants.migrate import migrate
from tenants.provision import APP, MIGRATE, OWNER, create_roles
from tests.conftest import MASTER_KEY, PASSWORDLESS
from tests.overheard import log_of

SECONDS = 40
"""So long a process of the house may take to do as it is told."""
METRICS_TOKEN = "figures-for-prometheus-of-32-characters"


class StoppableServer:
    """A server of one's own, with one migrated database."""

    def __init__(self, server: EmbeddedServer) -> None:
        self._server = server
        self.database_url = server.url("own", APP)
        self.migrate_url = server.url("own", MIGRATE)

    def stop(self) -> None:
        """As when the machine of the database goes down."""
        self._server.__exit__(None, None, None)

    def start(self) -> None:
        """As when it comes back."""
        self._server.__enter__()


@pytest.fixture
def own_server() -> Iterator[StoppableServer]:
    home = Path(tempfile.mkdtemp(prefix="vo-own-"))
    home.chmod(0o755)
    with EmbeddedServer(home / "postgres", durable=False) as server:
        superuser = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with superuser.connect() as connection:
            create_roles(connection)
            connection.execute(text(f"CREATE DATABASE own OWNER {OWNER}"))
        with create_engine(server.url("own", MIGRATE), poolclass=NullPool).connect() as connection:
            migrate(connection)
        yield StoppableServer(server)
    shutil.rmtree(home, ignore_errors=True)


def environment(database_url: str, **changes: str) -> dict[str, str]:
    """The settings of a process that a test starts."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url,
        "SECRET_KEY": PASSWORDLESS,
        "MASTER_KEY": base64.b64encode(MASTER_KEY.current).decode(),
        "BASE_URL": "http://localhost:8000",
        **changes,
    }


class Running:
    """A process of the house, started as an installation starts it."""

    def __init__(self, arguments: list[str], settings: dict[str, str]) -> None:
        self.log = log_of(arguments[0])
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", *arguments],
                cwd=ROOT,
                env=settings,
                stdout=log,
                stderr=log,
            )

    def ask_to_stop(self) -> None:
        """As systemd and Docker do."""
        self.process.send_signal(signal.SIGTERM)

    def has_said(self, words: str) -> bool:
        """Whether its log holds these words."""
        return words in self.log.read_text()


@pytest.fixture
def start() -> Iterator[Callable[..., Running]]:
    """Start `vreemdeogen` with arguments; it is stopped at the end."""
    running: list[Running] = []

    def start(*arguments: str, **settings: str) -> Running:
        running.append(Running(list(arguments), settings))
        return running[-1]

    yield start
    for each in running:
        each.process.terminate()
        try:
            each.process.wait(SECONDS)
        finally:
            each.process.kill()


def free_port() -> int:
    """A port that nobody had a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(happened: Callable[[], Any]) -> Any:
    """Wait for something; gives it."""
    deadline = time.monotonic() + SECONDS
    while not (found := happened()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return found


@contextmanager
def asked(port: int, path: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
    """The answer of a web server on this machine."""
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    web.request("GET", path, headers={"Host": "localhost:8000", **headers})
    try:
        yield web.getresponse()
    finally:
        web.close()


def lives(port: int) -> bool:
    """Whether a web server answers there."""
    try:
        with asked(port, "/gezond") as answer:
            return answer.status == 200
    except OSError:
        return False
