"""What is kept of each request: a line in the log and a few figures. Ids and names of our own making only.

The path and the query are never among them: they hold tokens, and what people searched for.
"""

import re
import secrets
from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import Engine, event

from app.kernel.metrics import CONNECTIONS_USED, REQUEST_SECONDS, REQUEST_STATEMENTS, REQUESTS_RUNNING

NUMBER_OF_PROXY = re.compile(r"[0-9a-fA-F-]{16,64}")
"""What proxies make: random digits or a UUID. Nothing else is let into our logs."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
HARDLY_NEWS = frozenset({"static", "health.show_life", "health.show_readiness", "health.show_metrics"})
"""Endpoints that are asked all day: their lines are for who wants to see everything."""

log = structlog.get_logger()


def keep_journal(app: Flask, engine: Engine, *, behind_proxy: bool) -> None:
    """Number, time and tell each request. To be called before anything else looks at requests."""

    def begin() -> None:
        structlog.contextvars.clear_contextvars()
        g.request_number = _number(behind_proxy=behind_proxy)
        g.begin, g.statements = perf_counter(), 0
        structlog.contextvars.bind_contextvars(request=g.request_number)
        REQUESTS_RUNNING.inc()

    def end(_error: BaseException | None) -> None:
        if "begin" in g:
            REQUESTS_RUNNING.dec()

    app.before_request(begin)
    app.after_request(_tell)
    app.teardown_request(end)
    for name, note in _NOTES.items():
        event.listen(engine, name, note)


def _number(*, behind_proxy: bool) -> str:
    """What a user can quote, and what finds the lines of this request in the log."""
    theirs = request.headers.get("X-Request-ID", "") if behind_proxy else ""
    return theirs if NUMBER_OF_PROXY.fullmatch(theirs) else secrets.token_hex(8)


def _tell(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    method = request.method if request.method in METHODS else "other"
    seconds = perf_counter() - g.begin
    REQUEST_SECONDS.labels(endpoint, method, f"{response.status_code // 100}xx").observe(seconds)
    REQUEST_STATEMENTS.labels(endpoint).observe(g.statements)
    log.log(
        10 if endpoint in HARDLY_NEWS else 20,
        "request",
        endpoint=endpoint,
        method=method,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        statements=g.statements,
    )
    response.headers["X-Request-ID"] = g.request_number
    return response


def _count_statement(*_: Any) -> None:
    if has_request_context() and "statements" in g:
        g.statements += 1


_NOTES: dict[str, Callable[..., None]] = {
    "after_cursor_execute": _count_statement,
    "checkout": lambda *_: CONNECTIONS_USED.inc(),
    "checkin": lambda *_: CONNECTIONS_USED.dec(),
}
