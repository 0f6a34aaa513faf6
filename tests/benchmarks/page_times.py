"""Part (a): how long each page takes, beside the floor and beside its own statements, and how many they are."""

import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.benchmarks.memory import Memory, web_memory
from tests.benchmarks.nation import Nation
from tests.benchmarks.pages import Page, pages_of
from tests.benchmarks.preparation import prepare, prepare_platform
from tests.benchmarks.statements import Statement, as_one, seconds_alone, settings_for, statements_of
from tests.benchmarks.timed import FLOOR_FILE
from tests.benchmarks.web import Answer, Request, Server, serving

BARS = {"median": 50.0, "largest": 100.0}
"""Milliseconds within which 95 of 100 answers to one user are made, in a network of this size."""

ALONE_TIMES, FLOOR_TIMES = 20, 9
USERS, TIMES_OF_USER = 8, 3
WARM_UP = 1
"""Times that each of the users asks before anything counts, so that both processes know the page."""

Advance = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTimes:
    """A page in figures; times in milliseconds."""

    endpoint: str
    narrowed: str
    role: str
    size: str
    queries: int
    p50: float
    p95: float
    p50_of_8: float
    p95_of_8: float
    cpu: float
    floor: float
    queries_alone: float

    @property
    def times_floor(self) -> float:
        """How many times as long as the floor."""
        return self.p50 / self.floor

    @property
    def times_queries(self) -> float:
        """How many times as long as its queries alone."""
        return self.p50 / self.queries_alone

    @property
    def is_slow(self) -> bool:
        """Whether it is slower than the bar."""
        return self.p95 > BARS[self.size]


class PageBench:
    """Measures the pages of a nation."""

    def __init__(self, nation: Nation, folder: Path, wanted: str = "") -> None:
        """`wanted` is a part of the endpoint of the pages that are measured; without it all are."""
        self.memory: list[Memory] = []
        self._nation = nation
        self._folder = folder
        prepare_platform(nation.app)
        for network in nation.sizes.values():
            prepare(nation.app, network)
        self._pages = {
            size: [page for page in pages_of(nation, size) if wanted in page.endpoint]
            for size in nation.sizes
        }
        self._statements: dict[Page, list[Statement]] = {}

    @property
    def steps(self) -> int:
        """How often `advance` is called."""
        measured = sum(len(self._pages[size]) for size in BARS)
        return sum(len(pages) for pages in self._pages.values()) + 2 * measured

    def run(self, advance: Advance) -> list[PageTimes]:
        """Count in this process, then time on real servers."""
        for page in (page for pages in self._pages.values() for page in pages):
            self._statements[page] = statements_of(self._nation.app, page)
            advance()
        measured = [page for size in BARS for page in self._pages[size]]
        alone, floor = self._beside(measured, advance)
        with serving("pages", self._folder / "web.log") as server:
            figures = [
                self._figures(page, server, floor[page], alone[page]) for page in _each(measured, advance)
            ]
            self.memory = web_memory(server)
        return figures

    def uneven(self) -> list[str]:
        """The pages that read more often in one network than in another. After `run`."""
        counts: defaultdict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
        for page, statements in self._statements.items():
            counts[page.name][page.size] = sum(statement.reads for statement in statements)
        return [
            f"{' '.join(filter(None, name))}: {of_size}"
            for name, of_size in counts.items()
            if len(set(of_size.values())) > 1
        ]

    def _figures(self, page: Page, server: Server, floor: float, alone: float) -> PageTimes:
        request = self._request(page)
        server.ask(request, users=USERS, times=WARM_UP)
        many = server.ask(request, users=USERS, times=TIMES_OF_USER)
        one = server.ask(request, users=1, times=ALONE_TIMES)
        endpoint, narrowed, role = page.name
        return PageTimes(
            endpoint=endpoint, narrowed=narrowed, role=role, size=page.size,
            queries=len(self._statements[page]),
            p50=percentile(one, 50), p95=percentile(one, 95),
            p50_of_8=percentile(many, 50), p95_of_8=percentile(many, 95),
            cpu=statistics.fmean(answer.cpu for answer in one) * 1000,
            floor=floor, queries_alone=alone,
        )  # fmt: skip

    def _beside(self, pages: Sequence[Page], advance: Advance) -> tuple[dict[Page, float], dict[Page, float]]:
        """The median milliseconds of the statements of each page alone, and of its floor."""
        url = self._nation.app.settings.database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        alone: dict[Page, float] = {}
        floors: list[tuple[str, str]] = []
        with psycopg.connect(url, autocommit=True) as connection:
            for page in pages:
                alone[page] = seconds_alone(connection, page, self._statements[page]) * 1000
                floors.append((settings_for(page), as_one(connection, self._statements[page])))
        file = self._folder / "floor.json"
        file.write_text(json.dumps(floors), encoding="utf-8")
        with serving("floor", self._folder / "floor.log", {FLOOR_FILE: str(file)}) as server:
            return alone, {page: _floor(server, number) for number, page in enumerate(_each(pages, advance))}

    def _request(self, page: Page) -> Request:
        name = self._nation.app.config["SESSION_COOKIE_NAME"]
        return Request(page.path, f"{name}={page.visitor.cookie}" if page.visitor.cookie else "", page.answer)


def percentile(answers: Iterable[Answer], percent: int) -> float:
    """The milliseconds within which so many of the answers came: the nearest rank."""
    ordered = sorted(answer.seconds for answer in answers)
    return ordered[-(-percent * len(ordered) // 100) - 1] * 1000


def _floor(server: Server, number: int) -> float:
    request = Request(f"/{number}")
    server.ask(request, users=USERS, times=WARM_UP)
    return percentile(server.ask(request, users=1, times=FLOOR_TIMES), 50)


def _each(pages: Sequence[Page], advance: Advance) -> Iterator[Page]:
    for page in pages:
        yield page
        advance()
