"""A real web server (gunicorn, with the project's configuration) and the users who ask it for pages."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.settings import ROOT
from tests.benchmarks.statements import WrongAnswer

START_SECONDS = 60
_TIMING = re.compile(r"total;dur=([\d.]+), cpu;dur=([\d.]+)")


@dataclass(frozen=True, slots=True)
class Request:
    """What users ask for, and the status that they must get."""

    path: str
    cookie: str = ""
    answer: int = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """How long an answer took in the server: by the clock, and of its processor, in seconds."""

    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Server:
    """A web server that runs."""

    port: int
    process: int

    def ask(self, request: Request, *, users: int, times: int) -> list[Answer]:
        """Ask for a page, each user `times` times, one after the other on a connection of her own."""
        with ThreadPoolExecutor(users) as pool:
            asked = [pool.submit(self._one_user, request, times) for _ in range(users)]
            return [answer for user in asked for answer in user.result()]

    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text()
        return [int(child) for child in children.split()]

    def _one_user(self, request: Request, times: int) -> list[Answer]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            return [_ask(connection, request) for _ in range(times)]
        finally:
            connection.close()


@contextmanager
def serving(application: str, log: Path, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve an application of `timed`; stopped on leaving."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--config", str(ROOT / "config" / "gunicorn.py"), "--chdir", str(ROOT),
        "--bind", f"127.0.0.1:{port}", f"tests.benchmarks.timed:{application}",
    ]  # fmt: skip
    with (
        log.open("ab") as output,
        subprocess.Popen(
            command, env=os.environ | dict(settings or {}), stdout=output, stderr=output
        ) as process,
    ):
        try:
            _await(port, process, log)
            yield Server(port, process.pid)
        finally:
            process.terminate()


def _ask(connection: http.client.HTTPConnection, request: Request) -> Answer:
    connection.request("GET", request.path, headers={"Cookie": request.cookie} if request.cookie else {})
    response = connection.getresponse()
    response.read()
    timing = _TIMING.search(response.headers.get("Server-Timing", ""))
    if response.status != request.answer or timing is None:
        raise WrongAnswer(f"{request.path} answers with {response.status} instead of {request.answer}")
    return Answer(*(float(milliseconds) / 1000 for milliseconds in timing.groups()))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The web server did not start: see {log}")
