"""What can go wrong on the command line, told in one clear message instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from config.settings import SettingsError


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn wrong settings and a database that can't be used into a message with exit code 1."""
    try:
        yield
    except SettingsError as error:
        raise click.ClickException(f"The settings are not right. {error}") from error
    except OperationalError as error:
        raise click.ClickException(f"The database cannot be used: {_first_line(error)}") from error
    except ProgrammingError as error:
        hint = "Does `vreemdeogen migrate` still have to run?"
        raise click.ClickException(f"The database refuses: {_first_line(error)}. {hint}") from error


def _first_line(error: OperationalError | ProgrammingError) -> str:
    lines = str(error.orig).strip().splitlines()
    return lines[0] if lines else type(error.orig).__name__
