"""What a page asks of the database: its statements, counted, replayed alone, and put together into one.

The floor of a page is everything that it reads, by one statement, as JSON: no way to show the same rows is faster.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from app.pipeline import Application
from tests.benchmarks.pages import Page

REPLAYS = 9


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as the driver gets it."""

    text: str
    parameters: Any

    @property
    def reads(self) -> bool:
        """Whether it only reads; a page also keeps, once a minute, when somebody was last seen."""
        return self.text.lstrip().upper().startswith(("SELECT", "WITH"))


class WrongAnswer(Exception):
    """A page does not answer as it should."""


def statements_of(app: Application, page: Page) -> list[Statement]:
    """What a page asks of the database when it is not asked for the first time. Raises WrongAnswer."""
    client = app.test_client()
    if page.visitor.cookie:
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], page.visitor.cookie)
    with _overheard(app.database.engine) as statements:
        for _ in range(2):
            statements.clear()
            status = client.get(page.path).status_code
            if status != page.answer:
                raise WrongAnswer(
                    f"{page.path} answers {page.visitor.name} with {status} instead of {page.answer}"
                )
    return list(statements)


def seconds_alone(connection: psycopg.Connection, page: Page, statements: list[Statement]) -> float:
    """How long the statements of a page take by themselves, one after the other: the median."""
    measured: list[float] = []
    for _ in range(REPLAYS):
        started = time.perf_counter()
        with connection.transaction(force_rollback=True):
            connection.execute(settings_for(page))
            for statement in statements:
                if statement.reads:
                    connection.execute(statement.text, statement.parameters).fetchall()
        measured.append(time.perf_counter() - started)
    return statistics.median(measured)


def settings_for(page: Page) -> str:
    """What a page's transactions set, for row level security."""
    return f"SET LOCAL app.tenant_id = '{page.visitor.network.id}'; SET LOCAL app.identities = 'on'"


def as_one(connection: psycopg.Connection, statements: list[Statement]) -> str:
    """All that the statements read, as one statement with one row: a list for each of them."""
    cursor = psycopg.ClientCursor(connection)
    parts = [
        f"(SELECT coalesce(json_agg(s), '[]') FROM ({cursor.mogrify(statement.text, statement.parameters)}) s)"
        for statement in statements
        if statement.reads
    ]
    return f"SELECT {', '.join(parts)}" if parts else "SELECT 1"


@contextmanager
def _overheard(engine: Engine) -> Iterator[list[Statement]]:
    heard: list[Statement] = []

    def listen(_connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        heard.append(Statement(text, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", listen)
