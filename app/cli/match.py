"""`match`: give every coachee of a file the best possible coach. Needs no settings and no database."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from app.cli.documents import DoesNotFit, name_of, read_document
from app.coaching.matching import MalformedInstance, Progress, match_document

STAGES = {"matching": "Matching", "explanation": "Explaining"}
STEPS = 1000


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
    document = read_document(file)
    try:
        with _bars() as progress:
            result = match_document(
                document, explain=not no_explain, alternatives=alternatives, progress=progress
            )
    except MalformedInstance as error:
        raise DoesNotFit(f"{name_of(file)}: {error}") from error
    json.dump(result, sys.stdout, indent=1)
    sys.stdout.write("\n")


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
