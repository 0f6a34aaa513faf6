"""Wall 20 over the whole run: what every process of it logged is kept, and a name, address or secret in it fails the run.

A plugin of pytest. Each process writes the lines that an installation would write, from the level INFO up, and the
secrets that it made; the process that leads the run reads them all when the others are done.
"""

import logging
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import argon2
import pytest
from structlog.stdlib import ProcessorFormatter

from config.logging import json_lines
from tests.world import PEOPLE

FOLDER = "TESTS_OVERHEARD"
"""Names the folder to the workers of the run, and to tests that start processes."""
PLANTED = "planted"
"""The logger of tests that put a name in the logs on purpose, to see that it would be found."""
MAIL_SERVER = "mail.log"
"""The logger of the mail server of the tests, which is no part of an installation."""
SHORTEST_SECRET = 8
SHAPES = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    "a token": re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{43}(?![\w-])"),
    "a cookie": re.compile(r"\beyJ[\w-]{8,}"),
    "a digest of a password": re.compile(r"\$argon2"),
    "an internet address": re.compile(r"(?<![\d.])(?!127\.|0\.0\.0\.0)(\d{1,3}\.){3}\d{1,3}(?![\d.])"),
    "somebody of the cast": re.compile(
        r"\b(" + "|".join(last.split()[-1] for _, _, last, _ in PEOPLE) + r"|Demir|Fatima|Marloes|Yusuf)\b"
    ),
}
"""What no line may hold, whoever wrote it."""

_found: list[str] = []


def log_of(name: str) -> Path:
    """The file for what a process writes that a test starts: it is read with the rest."""
    return Path(os.environ[FOLDER]) / f"{name}-{secrets.token_hex(4)}.log"


def findings(folder: Path) -> list[str]:
    """What the logs in the folder hold that they may not: kind, file and line, each kind in a file once."""
    made = Secrets({line for file in folder.glob("*.secrets") for line in file.read_text().splitlines()})
    return [finding for file in sorted(folder.glob("*.log")) for finding in _findings_in(file, made)]


class Secrets:
    """The secrets of a run: words are looked up at one step for each word of a line, phrases one by one."""

    def __init__(self, texts: set[str]) -> None:
        self._words = {text for text in texts if re.fullmatch(r"[\w-]+", text)}
        self._phrases = texts - self._words

    def are_in(self, line: str) -> bool:
        """Whether the line holds one of them."""
        if not self._words.isdisjoint(re.findall(r"[\w-]+", line)):
            return True
        return any(phrase in line for phrase in self._phrases)


def _findings_in(file: Path, made: Secrets) -> Iterator[str]:
    shown: set[str] = set()
    for line in file.read_text(errors="replace").splitlines():
        for kind in _kinds_in(line, made):
            if kind not in shown:
                shown.add(kind)
                yield f"{kind} in {file.name}: {line}"


def _kinds_in(line: str, made: Secrets) -> Iterator[str]:
    yield from (kind for kind, shape in SHAPES.items() if shape.search(line))
    if made.are_in(line):
        yield "a secret of this run"


def pytest_configure(config: pytest.Config) -> None:
    """Listen in each process; the one that leads makes the folder."""
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="vo-overheard-")
    folder = Path(os.environ[FOLDER])
    _write_lines_to(folder / f"{os.getpid()}.log")
    _write_secrets_to(folder / f"{os.getpid()}.secrets")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In the process that leads, when the others are done: look, and fail the run when something is found."""
    if hasattr(session.config, "workerinput"):
        return
    folder = Path(os.environ[FOLDER])
    _found.extend(findings(folder))
    shutil.rmtree(folder)
    if _found and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Show what was found."""
    if _found:
        terminalreporter.section("names, addresses or secrets in the logs of this run", red=True)
        for finding in _found[:20]:
            terminalreporter.line(finding)


def _write_lines_to(file: Path) -> None:
    """Beside what the handlers do: tests and the application change those at will."""
    formatter: ProcessorFormatter = json_lines()
    lines = file.open("a", buffering=1)
    call_handlers = logging.Logger.callHandlers

    def overhear(self: logging.Logger, record: logging.LogRecord) -> None:
        if record.levelno >= logging.INFO and record.name not in {PLANTED, MAIL_SERVER}:
            lines.write(formatter.format(record) + "\n")
        call_handlers(self, record)

    logging.Logger.callHandlers = overhear


def _write_secrets_to(file: Path) -> None:
    """Tokens as they are made, and passwords as they are typed."""
    known = file.open("a", buffering=1)

    def keep(secret: object) -> None:
        if isinstance(secret, str) and len(secret) >= SHORTEST_SECRET:
            known.write(re.sub(r"\s", " ", secret) + "\n")

    secrets.token_urlsafe = _kept_result(secrets.token_urlsafe, keep)
    argon2.PasswordHasher.hash = _kept_last_argument(argon2.PasswordHasher.hash, keep)
    argon2.PasswordHasher.verify = _kept_last_argument(argon2.PasswordHasher.verify, keep)


def _kept_result(function: Callable[..., Any], keep: Callable[[object], None]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        result = function(*arguments)
        keep(result)
        return result

    return call


def _kept_last_argument(function: Callable[..., Any], keep: Callable[[object], None]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        keep(arguments[-1])
        return function(*arguments, **options)

    return call
