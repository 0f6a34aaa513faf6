"""On what was measured: figures mean nothing without the machine, and little when others use it."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("flask", "sqlalchemy", "psycopg", "gunicorn", "scipy")
QUIET_BELOW = 0.25
"""Of each core: what may be in use before the benchmark starts."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine, and what ran on it."""

    processor: str
    cores: int
    gigabytes: float
    system: str
    versions: dict[str, str]

    @property
    def line(self) -> str:
        """In one sentence."""
        versions = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        return f"{self.cores} cores of {self.processor}, {self.gigabytes:.0f} GB, {self.system}; {versions}"


def this_machine(postgres: str) -> Machine:
    """The machine that this runs on."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    versions = {"Python": platform.python_version(), "PostgreSQL": postgres}
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        gigabytes=pages / 2**30,
        system=f"{platform.system()} {platform.release()}",
        versions=versions | {name: version(name) for name in PACKAGES},
    )


def load() -> float:
    """How many programs wanted to run during the last minute."""
    return os.getloadavg()[0]


def is_quiet(load_before: float) -> bool:
    """Whether nobody else was working on the machine when the benchmark began."""
    return load_before < QUIET_BELOW * (os.cpu_count() or 1)


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()
