"""`match`: give every coachee of a file the best possible coach. Needs no settings and no database."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from app.coaching.matching import MalformedInstance, Progress, match_document

STAGES = {"matching": "Matching", "explanation": "Explaining"}
STEPS = 1000


class DoesNotFit(click.ClickException):
    """The file can't be matched: one line on standard error, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(" ".join(f"Error: {self.message}".split()), file=file or sys.stderr)


@click.command()
@click.argument("file")
@click.option(
    "--alternatives",
    type=click.IntRange(min=0),
    metavar="N",
    help="List at most N alternatives for each coachee.",
)
@click.option("--no-explain", is_flag=True, help="Leave out alternatives, costs and prices of places.")
def match(file: str, alternatives: int | None, no_explain: bool) -> None:
    """Match the coachees and coaches of FILE ("-" is standard input).

    The file has the format coach-matching/1. The result goes to standard output as JSON, progress to standard error.
    A file that does not fit gives exit code 2 and one line that names the place.
    """
    document = _read(file)
    try:
        with _bars() as progress:
            result = match_document(
                document, explain=not no_explain, alternatives=alternatives, progress=progress
            )
    except MalformedInstance as error:
        raise DoesNotFit(f"{_name(file)}: {error}") from error
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")


def _read(file: str) -> object:
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise DoesNotFit(f"{_name(file)}: cannot be read: {error.strerror}") from error
    try:
        return json.loads(content, object_pairs_hook=_object, parse_constant=_refuse)
    except RecursionError as error:
        raise DoesNotFit(f"{_name(file)}: is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise DoesNotFit(f"{_name(file)}: is not UTF-8 text (byte {error.start})") from error
    except ValueError as error:
        raise DoesNotFit(f"{_name(file)}: is not valid JSON: {error}") from error


def _name(file: str) -> str:
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


@contextmanager
def _bars() -> Iterator[Progress]:
    """A bar for each stage, one after the other."""
    bars: dict[str, Any] = {}

    def progress(stage: str, done: float) -> None:
        if stage not in bars:
            _finish(bars)
            bars[stage] = click.progressbar(length=STEPS, label=STAGES[stage], file=sys.stderr).__enter__()
        bar = bars[stage]
        bar.update(max(0, int(done * STEPS) - bar.pos))

    try:
        yield progress
    finally:
        _finish(bars)


def _finish(bars: dict[str, Any]) -> None:
    for bar in bars.values():
        if not bar.finished:
            bar.finish()
            bar.render_finish()
