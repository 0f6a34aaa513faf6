"""What is counted and timed for Prometheus. Labels are names of our own making: never an id, a URL or a person.

There is no label for the network either: a hundred networks times every endpoint is more series than the figures
are worth, and how busy one customer is, is told by the logs.
"""

import os
from collections.abc import Generator
from contextlib import contextmanager
from time import perf_counter

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes of the web server add up. The library looks when it is imported: `serve` sets it before that."""

PREFIX = "vreemdeogen"
REQUEST_SECONDS = Histogram(
    "request_seconds",
    "How long requests took.",
    ("endpoint", "method", "status"),
    namespace=PREFIX,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
REQUEST_STATEMENTS = Histogram(
    "request_statements",
    "How many statements a request sent to the database.",
    ("endpoint",),
    namespace=PREFIX,
    buckets=(5, 10, 20, 40, 80),
)
REQUESTS_RUNNING = Gauge(
    "requests_running", "Requests that run now.", namespace=PREFIX, multiprocess_mode="livesum"
)
CONNECTIONS_USED = Gauge(
    "database_connections_used",
    "Connections to the database that requests hold now.",
    namespace=PREFIX,
    multiprocess_mode="livesum",
)
JOB_SECONDS = Histogram(
    "job_seconds",
    "How long jobs took.",
    ("job", "outcome"),
    namespace=PREFIX,
    buckets=(0.05, 0.1, 0.5, 1, 5, 15, 60, 300),
)
MAILS = Counter(
    "mails", "Mails: sent, refused for good, or failed and to be tried again.", ("outcome",), namespace=PREFIX
)
SIGN_INS = Counter(
    "sign_ins", "Attempts to sign in: right, wrong, or too many.", ("outcome",), namespace=PREFIX
)


def figures() -> bytes:
    """All of the above as Prometheus reads it, added up over the processes that share the folder."""
    registry = REGISTRY
    if SHARED_FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    return generate_latest(registry)


@contextmanager
def timed_job(name: str) -> Generator[None]:
    """Time a job, and tell one that failed from one that was done."""
    begin, outcome = perf_counter(), "failed"
    try:
        yield
        outcome = "done"
    finally:
        JOB_SECONDS.labels(name, outcome).observe(perf_counter() - begin)
