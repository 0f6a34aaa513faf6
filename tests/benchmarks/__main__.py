"""`make bench`: measure, tell, and keep what was measured."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from app.demo.folder import CannotRun, DemoFolder
from config.settings import ROOT
from tests.benchmarks.grouping_times import GroupingBench
from tests.benchmarks.machine import is_quiet, load, this_machine
from tests.benchmarks.matching_times import MatchingBench
from tests.benchmarks.memory import MemoryBench
from tests.benchmarks.nation import Nation, copy_of
from tests.benchmarks.page_times import PageBench
from tests.benchmarks.peers import NoPeer
from tests.benchmarks.people_import import ImportBench
from tests.benchmarks.report import Report, keep, put_between_marks
from tests.benchmarks.statements import WrongAnswer

OUTPUT = ROOT / "var" / "bench"
DOCUMENT = ROOT / "docs" / "performance.md"
PARTS = ("pages", "matching", "grouping", "import", "memory")


@click.command()
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Measure just this part.")
@click.option("--page", help="Of the pages, only those whose endpoint holds this text.")
@click.option(
    "--data", type=click.Path(path_type=Path), default=ROOT / "var" / "nation", help="The folder of a demo."
)
def main(only: tuple[str, ...], page: str | None, data: Path) -> None:
    """Measure the nation of the demo: pages, matching, grouping, import, memory.

    The figures go to the terminal and to var/bench/; after a whole run also to docs/performance.md. The exit code is 1
    when a bar is not met.
    """
    load_before, started = load(), time.monotonic()
    if not is_quiet(load_before):
        click.secho(
            f"The machine is busy (load {load_before:.1f}): trust the ratios, not the times.", fg="yellow"
        )
    OUTPUT.mkdir(parents=True, exist_ok=True)
    try:
        with copy_of(DemoFolder(data)) as nation:
            machine = this_machine(nation.postgres)
            report = Report(datetime.now(UTC), machine, load_before, is_quiet(load_before))
            _measure(report, nation, only or PARTS, page)
    except (CannotRun, NoPeer, WrongAnswer) as error:
        raise click.ClickException(str(error)) from error
    report.load_after, report.seconds = load(), time.monotonic() - started
    click.echo(f"\n{report.as_text()}\n\nEvery figure: {keep(report, OUTPUT)}")
    if not only and page is None:
        DOCUMENT.write_text(put_between_marks(DOCUMENT.read_text("utf-8"), report.as_markdown()), "utf-8")
    sys.exit(1 if report.missed() else 0)


def _measure(report: Report, nation: Nation, parts: tuple[str, ...], page: str | None) -> None:
    if "memory" in parts:
        report.memory += _run("Memory", MemoryBench(nation, OUTPUT))
    if "pages" in parts:
        click.echo("Preparing three networks …")
        bench = PageBench(nation, OUTPUT, page or "")
        report.pages = _run("Pages", bench)
        report.uneven, report.memory = bench.uneven(), report.memory + bench.memory
    if "import" in parts:
        report.people_import = _run("Import", ImportBench(nation))
    if "matching" in parts:
        report.matching = _run("Matching", MatchingBench(nation))
    if "grouping" in parts:
        report.grouping = _run("Grouping", GroupingBench())


def _run(label: str, bench: Any) -> Any:
    with _bar(label, bench.steps) as advance:
        return bench.run(advance)


@contextmanager
def _bar(label: str, steps: int) -> Iterator[Any]:
    with click.progressbar(length=steps, label=f"{label:10}", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


if __name__ == "__main__":
    main()
