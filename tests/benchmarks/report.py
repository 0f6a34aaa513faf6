"""What was measured, as tables: on the terminal, as JSON, and in docs/performance.md between two marks."""

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.grouping_times import GroupingFigures
from tests.benchmarks.machine import Machine
from tests.benchmarks.matching_times import PEER, MatchingFigures
from tests.benchmarks.memory import Memory
from tests.benchmarks.page_times import BARS, PageTimes
from tests.benchmarks.people_import import ImportFigures

BEGIN, END = "<!-- measured: written by make bench -->", "<!-- measured: end -->"


@dataclass
class Report:
    """One run. What was not measured is empty."""

    at: datetime
    machine: Machine
    load_before: float
    was_quiet: bool
    load_after: float = 0.0
    seconds: float = 0.0
    pages: list[PageTimes] = field(default_factory=list)
    uneven: list[str] = field(default_factory=list)
    matching: MatchingFigures | None = None
    grouping: list[GroupingFigures] = field(default_factory=list)
    people_import: ImportFigures | None = None
    memory: list[Memory] = field(default_factory=list)

    def missed(self) -> list[str]:
        """Every bar that is not met, in words."""
        slow = [
            f"{page.endpoint} {page.narrowed} for {page.role} in the {page.size} network: p95 {page.p95:.0f} ms"
            for page in self.pages
            if page.is_slow
        ]
        uneven = [f"not the same number of queries in each network: {page}" for page in self.uneven]
        grouping = [bar for figures in self.grouping for bar in figures.missed()]
        return [*slow, *uneven, *(self.matching.missed() if self.matching else []), *grouping]

    def as_json(self) -> str:
        """Every figure."""
        figures: dict[str, Any] = dataclasses.asdict(self) | {"missed": self.missed()}
        return json.dumps(figures, indent=1, default=str)

    def as_text(self) -> str:
        """For the terminal: every page of every role, and the rest."""
        pages = _table(_PAGE_HEADS, [_page_cells(page) for page in self.pages]) if self.pages else ""
        return "\n\n".join(filter(None, [self._head(), pages, *self._rest()]))

    def as_markdown(self) -> str:
        """For the documentation: of each page the role for whom it is slowest."""
        parts = [self._head()]
        for size, bar in BARS.items():
            slowest = _slowest(page for page in self.pages if page.size == size)
            table = _table(_PAGE_HEADS, [_page_cells(page) for page in slowest])
            parts.append(f"### Pages of the {size} network (bar: p95 {bar:.0f} ms)\n\n{table}")
        return "\n\n".join([*parts, *self._rest()])

    def _head(self) -> str:
        quiet = (
            "nobody else used it" if self.was_quiet else "**others used it: trust the ratios, not the times**"
        )
        return (
            f"Measured on {self.at:%d-%m-%Y, %H:%M} UTC in {self.seconds / 60:.1f} minutes.\n"
            f"Machine: {self.machine.line}.\n"
            f"Load {self.load_before:.1f} before, {self.load_after:.1f} after; {quiet}."
        )

    def _rest(self) -> list[str]:
        matching = _matching_tables(self.matching) if self.matching else ""
        missed = "\n".join(f"- {bar}" for bar in self.missed()) or "None."
        return [
            *([f"### Matching\n\n{matching}"] if matching else []),
            *([f"### Grouping\n\n{_grouping_table(self.grouping)}"] if self.grouping else []),
            *([f"### Import\n\n{_import_table(self.people_import)}"] if self.people_import else []),
            *([f"### Memory\n\n{_memory_table(self.memory)}"] if self.memory else []),
            f"### Bars that are not met\n\n{missed}",
        ]


def put_between_marks(document: str, measured: str) -> str:
    """The document with other figures. Raises ValueError when the marks are gone."""
    before, begin, rest = document.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the marks between which the figures stand are gone")
    return f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}"


def keep(report: Report, folder: Path) -> Path:
    """Write everything as JSON; gives the file."""
    file = folder / f"{report.at:%Y%m%d-%H%M%S}.json"
    file.write_text(report.as_json(), encoding="utf-8")
    return file


_PAGE_HEADS = (
    "Page", "Role", "Network", "Queries", "p50", "p95", "p50 of 8", "p95 of 8", "CPU",
    "Floor", "x floor", "Queries alone", "x queries",
)  # fmt: skip


def _page_cells(page: PageTimes) -> list[str]:
    times = (page.p50, page.p95, page.p50_of_8, page.p95_of_8, page.cpu)
    return [
        " ".join(filter(None, (page.endpoint, page.narrowed))), page.role, page.size, str(page.queries),
        *(f"{time:.1f}" for time in times),
        f"{page.floor:.1f}", f"{page.times_floor:.1f}", f"{page.queries_alone:.1f}", f"{page.times_queries:.1f}",
    ]  # fmt: skip


def _slowest(pages: Iterable[PageTimes]) -> list[PageTimes]:
    """Of each page the role for whom it is slowest; the slowest page first."""
    found: dict[tuple[str, str], PageTimes] = {}
    for page in pages:
        name = (page.endpoint, page.narrowed)
        if name not in found or page.p95 > found[name].p95:
            found[name] = page
    return sorted(found.values(), key=lambda page: -page.p95)


def _matching_tables(figures: MatchingFigures) -> str:
    heads = ("Way", "CPU ms", f"x {PEER}", "Matched", "Total", "Worst")
    ways = [
        [way.name, f"{way.seconds * 1000:.0f}", f"{figures.times_peer(way.name):.0f}",
         str(way.matched), str(way.total), str(way.worst)]
        for way in figures.ways
    ]  # fmt: skip
    return (
        f"{figures.coachees} IB'ers, {figures.pairs} permitted pairs:\n\n{_table(heads, ways)}\n\n"
        f"All {figures.nation_networks} networks: {figures.nation_seconds:.2f} s, "
        f"with every explanation {figures.nation_everything_seconds:.2f} s. "
        f"A proposal of the largest network with all that is kept beside it: {figures.proposal_seconds:.2f} s. "
        f"One pool of 10,000 with 30 pairs each: {figures.pool['seconds']:.2f} s, {figures.pool['megabytes']:.0f} MB."
    )


def _grouping_table(grouping: Sequence[GroupingFigures]) -> str:
    heads = (
        "People", "CPU s", "Placed", "Value", "At most", "Gap", "Proven",
        "Genetic: value", "placed", "CPU s", "x genetic",
    )  # fmt: skip
    rows = [
        [str(one.people), f"{one.seconds:.1f}", str(one.placed), str(one.value), str(one.upper_bound),
         f"{one.gap:.2%}", "yes" if one.is_proven else "no", str(one.peer_value), str(one.peer_placed),
         f"{one.peer_seconds:.1f}", f"{one.times_peer:.2f}"]
        for one in grouping
    ]  # fmt: skip
    return _table(heads, rows)


def _import_table(figures: ImportFigures) -> str:
    rows = [[str(figures.rows), f"{figures.judging:.1f}", f"{figures.applying:.1f}"]]
    return _table(("People", "Judging, s", "Applying, s"), rows)


def _memory_table(memory: Sequence[Memory]) -> str:
    rows = [[one.process, f"{one.resident:.0f}", f"{one.proportional:.0f}"] for one in memory]
    return _table(("Process", "Resident, MB", "Its share, MB"), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that reads well as it is, and as Markdown; figures stand right."""
    widths = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    is_number = [all(row[at][:1].isdigit() for row in rows) for at in range(len(heads))]
    ruler = ["-" * (width - number) + ":" * number for width, number in zip(widths, is_number, strict=True)]
    lines = [
        [
            text.rjust(width) if number else text.ljust(width)
            for text, width, number in zip(row, widths, is_number, strict=True)
        ]
        for row in (heads, *rows)
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], ruler, *lines[1:]))
