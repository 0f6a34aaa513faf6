"""`groups`: form intervision groups of the people in a file. Needs no settings and no database."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from app.cli.documents import DoesNotFit, name_of, read_document
from app.intervision.grouping import MalformedInstance, Progress, Standing, Stop, group_document


@click.command()
@click.argument("file")
def groups(file: str) -> None:
    """Form groups of the people of FILE ("-" is standard input).

    The file has the format intervision-groups/1. The result goes to standard output as JSON, progress to standard
    error; Ctrl-C ends the work with the best groups so far. A file that does not fit gives exit code 2 and one line
    that names the place.
    """
    document = read_document(file)
    try:
        with _followed() as progress:
            result = group_document(document, progress=progress)
    except MalformedInstance as error:
        raise DoesNotFit(f"{name_of(file)}: {error}") from error
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")


@contextmanager
def _followed() -> Iterator[Progress]:
    """A line for each time that it became better, and an ear for Ctrl-C."""
    stopped: list[int] = []
    told: list[tuple[int, int]] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)

    def progress(standing: Standing) -> None:
        if stopped:
            raise Stop
        if [(standing.best, standing.bound)] != told:
            told[:] = [(standing.best, standing.bound)]
            click.echo(
                f"Grouping: {standing.best}, at most {standing.bound} (gap {standing.gap:.1%}), step {standing.iterations}",
                err=True,
            )

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield progress
    finally:
        signal.signal(signal.SIGINT, before)
