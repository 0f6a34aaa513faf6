"""Part (d): how much memory the processes take: idle, and after work. Read from /proc, so on Linux only."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.coaching.queries import open_round
from app.coaching.services.proposals import CALCULATION
from app.jobs.progress import start_work, work_on
from app.kernel.actor import SYSTEM
from config.settings import ROOT
from tests.benchmarks.nation import Nation
from tests.benchmarks.web import Server

SETTLE_SECONDS = 4
WORK_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a process: all that it has mapped, and its share where it is shared with others."""

    process: str
    resident: float
    proportional: float


class MemoryBench:
    """Measures a real worker; the web server is measured after its pages."""

    steps = 2

    def __init__(self, nation: Nation, folder: Path) -> None:
        self._nation = nation
        self._folder = folder

    def run(self, advance: Callable[[], object]) -> list[Memory]:
        """Start a worker, and let it calculate the proposal of the largest network."""
        with _worker(self._folder / "worker.log") as process:
            time.sleep(SETTLE_SECONDS)
            idle = memory_of(process, "worker, idle")
            advance()
            self._calculate()
            advance()
            return [idle, memory_of(process, "worker, after the proposal of the largest network")]

    def _calculate(self) -> None:
        network, database = self._nation.sizes["largest"], self._nation.app.database
        with self._nation.app.app_context(), database.unit_of_work(network):
            current = open_round()
            if current is None:
                raise RuntimeError("there is no open round")
            start_work(SYSTEM, CALCULATION, current.id)
        deadline = time.monotonic() + WORK_SECONDS
        while time.monotonic() < deadline:
            with database.unit_of_work(network, read_only=True):
                work = work_on(CALCULATION, current.id)
            if work and work.has_ended:
                return
            time.sleep(0.2)
        raise RuntimeError("the worker did not calculate the proposal: see its log")


def web_memory(server: Server) -> list[Memory]:
    """Of each process of a web server."""
    answering = [
        memory_of(process, f"web, process {number}") for number, process in enumerate(server.workers(), 1)
    ]
    return [memory_of(server.process, "web, parent"), *answering]


def memory_of(process: int, name: str) -> Memory:
    """What the system says of a process at this moment."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    kilobytes = {key: int(found) for key, found in re.findall(r"(\w+): +(\d+) kB", told)}
    return Memory(name, kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024)


@contextmanager
def _worker(log: Path) -> Iterator[int]:
    with (
        log.open("ab") as output,
        subprocess.Popen(
            [sys.executable, "-m", "app.cli", "worker"],
            cwd=ROOT,
            env=os.environ,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)
