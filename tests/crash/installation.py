"""A whole installation of its own, whose web server, worker and database can be killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from config.settings import ROOT, Settings, read_settings
from tenants.embedded import EmbeddedServer
from tenants.migrate import migrate
from tenants.provision import APP, MIGRATE, OWNER, create_roles
from tests.conftest import MASTER_KEY, PASSWORDLESS

NAME = "crash"
START_SECONDS = 60


class Process:
    """`serve` or `worker`, in a group of its own so that all of it dies at once."""

    def __init__(self, arguments: list[str], log: Path) -> None:
        self._arguments = arguments
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it takes the settings from our environment."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", *self._arguments],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """End it and its children without warning, in the middle of whatever they do."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Installation:
    """The three that are killed, each by its name."""

    def __init__(self, home: Path) -> None:
        self.server = EmbeddedServer(home / "postgres", durable=True)
        self.log = home / "processes.log"
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port: int = probe.getsockname()[1]
        self._web = Process(["serve", "--port", str(self.port)], self.log)
        self._worker = Process(["worker"], self.log)

    def build(self) -> Settings:
        """Make the database, and give the settings of it; afterwards they stand in the environment."""
        self.server.__enter__()
        superuser = create_engine(self.server.url("postgres"), isolation_level="AUTOCOMMIT")
        with superuser.connect() as connection:
            create_roles(connection)
            connection.execute(text(f"CREATE DATABASE {NAME} OWNER {OWNER}"))
        superuser.dispose()
        with create_engine(self.server.url(NAME, MIGRATE), poolclass=NullPool).connect() as connection:
            migrate(connection)
        os.environ.update(
            DATABASE_URL=self.server.url(NAME, APP),
            DATABASE_MIGRATE_URL=self.server.url(NAME, MIGRATE),
            SECRET_KEY=PASSWORDLESS,
            MASTER_KEY=b64encode(MASTER_KEY.current).decode(),
            BASE_URL=f"http://127.0.0.1:{self.port}",
            LOG_LEVEL="WARNING",
        )
        return read_settings()

    def start(self) -> None:
        """Start web server and worker, and wait until the first answers."""
        self._web.start()
        self._worker.start()
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if time.monotonic() > deadline:
                raise RuntimeError(self.log.read_text(errors="replace")[-2000:])
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether somebody listens."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def kill(self, what: str) -> None:
        """Kill `web`, `worker` or `database`, and start it again."""
        if what == "database":
            self._kill_database()
        else:
            process = self._web if what == "web" else self._worker
            process.kill()
            process.start()

    def stop(self) -> None:
        """End everything."""
        self._web.kill()
        self._worker.kill()
        self.server.__exit__(None, None, None)

    def _kill_database(self) -> None:
        pid = int((self.server.home / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        while not self.server.has_stopped:
            time.sleep(0.01)
        self.server.__enter__()


@contextmanager
def installed() -> Iterator[Installation]:
    """An installation in a folder of its own, removed on leaving."""
    home = Path(tempfile.mkdtemp(prefix="vo-crash-"))
    home.chmod(0o755)
    installation = Installation(home)
    try:
        yield installation
    finally:
        installation.stop()
        shutil.rmtree(home, ignore_errors=True)
