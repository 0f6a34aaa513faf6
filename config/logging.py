"""Structured logs: one JSON object a line, with ids and never names."""

import logging
import sys
import traceback
from pathlib import Path
from typing import Any, cast

import structlog

SHOWN_FRAMES = 12


def configure_logging(level: str) -> None:
    """Send our own and the libraries' log lines to standard error as JSON."""
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_exception,
    ]
    structlog.configure(
        processors=[*processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=processors,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)


def _name_exception(
    _logger: Any, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Say which exception it was and where, without its message: that may quote what a person typed."""
    error = _exception_of(event.pop("exc_info", None))
    if error:
        frames = traceback.extract_tb(error.__traceback__)
        event["exception"] = _chain(error)
        event["at"] = [
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-SHOWN_FRAMES:]
        ]
    return event


def _exception_of(exc_info: Any) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return cast("tuple[Any, BaseException | None, Any]", exc_info)[1]
    return sys.exc_info()[1] if exc_info else None


def _chain(error: BaseException | None) -> list[str]:
    """The names of the exception and of those it came from, with the constraint that the database names."""
    names: list[str] = []
    while error:
        constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
        names.append(f"{type(error).__qualname__} {constraint or ''}".strip())
        error = error.__cause__ or error.__context__
    return names
