"""Structured logs: one JSON object a line, with ids and never names."""

import logging
import sys
import traceback
from pathlib import Path
from typing import Any, TextIO, cast

import structlog

SHOWN_FRAMES = 12


def configure_logging(level: str) -> None:
    """Send our own and the libraries' log lines to standard error as JSON."""
    structlog.configure(
        processors=[*_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = _ToStandardError()
    handler.setFormatter(json_lines())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # Whoever asks whether the schema is the newest need not be told so in the log each time.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def json_lines() -> structlog.stdlib.ProcessorFormatter:
    """What makes a line of a record, of ours or of a library."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_processors(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )


def _processors() -> list[structlog.typing.Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_exception,
    ]


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at that moment, not to what it was when logging was configured."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # pyright: ignore[reportIncompatibleVariableOverride]  # as logging.lastResort does
        """Standard error."""
        return sys.stderr


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
