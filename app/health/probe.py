"""Asks database and queue how they are, on a connection of its own: what requests do can't keep it waiting."""

from collections.abc import Iterator

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from app.health.version import VERSION
from app.jobs.state import JobsOfAKind, jobs_by_kind, seconds_since_heartbeat
from app.kernel.metrics import PREFIX
from tenants.migrate import is_behind
from tenants.session import open_probe

NO_WORKER = float("inf")

log = structlog.get_logger()


class Probe:
    """Looks at the database of one installation, and gives up after a few seconds."""

    def __init__(self, database_url: str) -> None:
        """As the role of the web server: what it may not see, requests may not either."""
        self._engine = open_probe(database_url)

    def faults(self) -> list[str]:
        """Why requests can't be served, as codes: `database`, `migrations`, `queue`. Empty when they can."""
        try:
            with self._engine.connect() as connection:
                return list(_faults(connection))
        except SQLAlchemyError:
            log.warning("not ready", exc_info=True)
            return ["database"]

    def heartbeat(self) -> float:
        """Seconds since a worker said that it is alive; infinite when there is none. Raises OperationalError."""
        with self._engine.connect() as connection:
            return _heartbeat(connection)

    def figures(self) -> bytes:
        """The version, whether the database answers, and how the queue stands, as Prometheus reads it."""
        jobs, heartbeat, answers = list[JobsOfAKind](), NO_WORKER, 0
        try:
            with self._engine.connect() as connection:
                jobs, heartbeat, answers = jobs_by_kind(connection), _heartbeat(connection), 1
        except SQLAlchemyError:
            log.warning("no figures of the queue", exc_info=True)
        registry = CollectorRegistry()
        registry.register(_Found(answers=answers, heartbeat=heartbeat, jobs=jobs))
        return generate_latest(registry)


def _faults(connection: Connection) -> Iterator[str]:
    if is_behind(connection):
        yield "migrations"
    try:
        connection.execute(text("SELECT 1 FROM procrastinate_jobs LIMIT 1"))
    except SQLAlchemyError:
        log.warning("the queue does not answer", exc_info=True)
        yield "queue"


def _heartbeat(connection: Connection) -> float:
    seconds = seconds_since_heartbeat(connection)
    return NO_WORKER if seconds is None else seconds


class _Found(Collector):
    """What was found at one moment, which no process keeps."""

    def __init__(self, *, answers: int, heartbeat: float, jobs: list[JobsOfAKind]) -> None:
        self._answers, self._heartbeat, self._jobs = answers, heartbeat, jobs

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """A figure for each fact."""
        build = GaugeMetricFamily(f"{PREFIX}_build_info", "The version that runs.", labels=["version"])
        build.add_metric([VERSION], 1)
        yield build
        yield GaugeMetricFamily(f"{PREFIX}_database_up", "Whether the database answers.", self._answers)
        yield GaugeMetricFamily(
            f"{PREFIX}_worker_heartbeat_age_seconds", "Since a worker was alive.", self._heartbeat
        )
        labels = ["job", "state"]
        number = GaugeMetricFamily(f"{PREFIX}_jobs", "Jobs that are not done.", labels=labels)
        oldest = GaugeMetricFamily(f"{PREFIX}_jobs_oldest_seconds", "Age of the oldest.", labels=labels)
        for jobs in self._jobs:
            number.add_metric([jobs.name, jobs.state], jobs.number)
            oldest.add_metric([jobs.name, jobs.state], jobs.oldest)
        yield from (number, oldest)
