"""Reading the JSON file that a command is given."""

import json
import sys
from pathlib import Path
from typing import IO, Any

import click


class DoesNotFit(click.ClickException):
    """The file can't be worked with: one line on standard error, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(" ".join(f"Error: {self.message}".split()), file=file or sys.stderr)


def read_document(file: str) -> object:
    """Parse FILE, or standard input for "-". Raises DoesNotFit."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise DoesNotFit(f"{name_of(file)}: cannot be read: {error.strerror}") from error
    try:
        return json.loads(content, object_pairs_hook=_object, parse_constant=_refuse)
    except RecursionError as error:
        raise DoesNotFit(f"{name_of(file)}: is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise DoesNotFit(f"{name_of(file)}: is not UTF-8 text (byte {error.start})") from error
    except ValueError as error:
        raise DoesNotFit(f"{name_of(file)}: is not valid JSON: {error}") from error


def name_of(file: str) -> str:
    """The file as it is called in messages."""
    return "standard input" if file == "-" else file


def _object(fields: list[tuple[str, object]]) -> dict[str, object]:
    """An object of the file; a field that is given twice would silently lose the first."""
    found = dict(fields)
    if len(found) < len(fields):
        names = [name for name, _ in fields]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an object has the field {json.dumps(twice)} twice")
    return found


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not a number of JSON")
