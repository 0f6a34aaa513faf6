"""Part (c): an import of 5,000 people into the largest network: judging it, and applying it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.nation import Nation
from tests.benchmarks.preparation import apply_list, send_list

ROWS = 5_000


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """What an import took, in seconds by the clock; judging includes reading the file and keeping the preview."""

    rows: int
    judging: float
    applying: float


class ImportBench:
    """Measures an import; a copy of the data is where it ends."""

    steps = 2

    def __init__(self, nation: Nation) -> None:
        self._nation = nation

    def run(self, advance: Callable[[], object]) -> ImportFigures:
        """Do what the worker does, in this process."""
        app, network = self._nation.app, self._nation.sizes["largest"]
        started = time.perf_counter()
        import_id = send_list(app, network, ROWS, seed=3)
        judged = time.perf_counter()
        advance()
        apply_list(app, network, import_id)
        applied = time.perf_counter()
        advance()
        return ImportFigures(ROWS, judged - started, applied - judged)
