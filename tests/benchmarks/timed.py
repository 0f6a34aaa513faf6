"""Applications for gunicorn that tell with each answer how long it took: `timed:pages` and `timed:floor`.

Only the benchmark serves them. The times stand in the header `Server-Timing`, in milliseconds: `total` by the clock,
from the call to the last byte of the page, and `cpu` of the thread that answers.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg

FLOOR_FILE = "BENCHMARK_FLOOR"
"""Setting: the file with the settings and the statement of each page, in the order of their numbers."""


class Timed:
    """An application, timed."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer, and tell how long it took and in which process."""
        answer: list[Any] = []
        started, cpu = time.perf_counter(), time.thread_time()
        parts = self._application(environ, lambda *status_and_headers: answer.extend(status_and_headers[:2]))
        body = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
        total, cpu = time.perf_counter() - started, time.thread_time() - cpu
        timing = f"total;dur={total * 1000:.3f}, cpu;dur={cpu * 1000:.3f}"
        start_response(answer[0], [*answer[1], ("Server-Timing", timing), ("X-Process", str(os.getpid()))])
        return [body]


class Floor:
    """The rows of page `/<number>` by one statement, as JSON: WSGI and psycopg, and nothing else."""

    def __init__(self) -> None:
        self._statements: list[tuple[str, str]] = json.loads(Path(os.environ[FLOOR_FILE]).read_text())
        self._of_thread = threading.local()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer."""
        settings, statement = self._statements[int(environ["PATH_INFO"].removeprefix("/"))]
        connection = self._connection()
        with connection.transaction():
            connection.execute(settings)
            rows = connection.execute(statement).fetchone()
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(rows, default=str).encode()]

    def _connection(self) -> psycopg.Connection:
        if not hasattr(self._of_thread, "connection"):
            url = os.environ["DATABASE_URL"].replace("postgresql+psycopg://", "postgresql://", 1)
            self._of_thread.connection = psycopg.connect(url, autocommit=True)
        return self._of_thread.connection


def __getattr__(name: str) -> Timed:
    """Made when gunicorn asks for it by name: each needs settings that the other has not."""
    if name == "pages":
        from app.factory import create_app  # noqa: PLC0415 - the floor does without the house

        return Timed(create_app())
    if name == "floor":
        return Timed(Floor())
    raise AttributeError(name)
