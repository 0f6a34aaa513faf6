"""The folder in which a demo lives: its lock, its secrets, its logs, its database."""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tenants.keys import new_key


class CannotRun(Exception):
    """The demo can't run; the message says why and what helps, in Dutch and English."""


class AlreadyRunning(CannotRun):
    """Another run has the folder."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a demo keeps to itself; made at its first start."""

    secret_key: str = field(repr=False)
    master_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """Where everything of a demo lies, `var/` of the checkout as a rule."""

    path: Path

    @property
    def database(self) -> Path:
        """The folder of the database server."""
        return self.path / "postgres"

    @property
    def digests(self) -> Path:
        """A digest of each network of the nation: the same seed gives the same."""
        return self.path / "networks.csv"

    def log(self, name: str) -> Path:
        """Where a process writes."""
        return self.path / f"{name}.log"

    @contextmanager
    def locked(self, note: str) -> Iterator[None]:
        """Hold the folder; the system lets go of it when the process ends, however it ends.

        `note` tells others who holds it. Raises AlreadyRunning.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "demo.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise AlreadyRunning(_already_running(lock.read())) from None
            lock.truncate(0)
            lock.write(note)
            lock.flush()
            yield

    def secrets(self) -> Secrets:
        """The secrets, made when the folder is new. Raises CannotRun when they are lost and the data are not."""
        file = self.path / "secrets.json"
        if not file.exists():
            if (self.database / "data").exists() or (self.database / "elsewhere").exists():
                raise CannotRun(_lost(file))
            _write_secrets(file)
        kept = json.loads(file.read_text(encoding="utf-8"))
        return Secrets(kept["SECRET_KEY"], base64.b64decode(kept["MASTER_KEY"]))

    def forget(self) -> None:
        """Delete secrets, digests and logs."""
        for file in (self.path / "secrets.json", self.digests, *self.path.glob("*.log")):
            file.unlink(missing_ok=True)


def _write_secrets(file: Path) -> None:
    """Only for the eyes of the user; whole or not at all."""
    made = {"SECRET_KEY": secrets.token_urlsafe(48), "MASTER_KEY": base64.b64encode(new_key()).decode()}
    half = file.with_suffix(".new")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
        json.dump(made, output)
    half.replace(file)


def _already_running(note: str) -> str:
    return (
        f"De demo draait al: {note}. Stop hem daar met Ctrl-C.\n"
        f"The demo is running already: {note}. Stop it there with Ctrl-C."
    )


def _lost(file: Path) -> str:
    return (
        f"{file} is weg, en zonder die sleutels zijn de gegevens niet te lezen. Begin opnieuw met `make reset`.\n"
        f"{file} is gone, and nobody can read the data without its keys. Start over with `make reset`."
    )
