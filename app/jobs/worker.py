"""The worker: takes jobs from the queue, each with its own network, and takes over those of a killed worker."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog
from flask import Flask
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.jobs import Job

from app.jobs.queue import GLOBAL_QUEUE, NETWORK_QUEUE, Handler
from app.kernel.metrics import timed_job
from config.settings import MasterKey
from tenants.context import Network
from tenants.models import Standing, Tenant
from tenants.session import SEARCH_PATH, Database

CONCURRENCY = 2
STALLED_AFTER_SECONDS = 30
RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)

log = structlog.get_logger()


class NetworkSuspended(Exception):
    """The network is stopped; its jobs are tried again later."""


def build_worker(
    flask_app: Flask, handlers: Iterable[Handler], database_url: str, open_network: Callable[[int], Network]
) -> App:
    """The queue with every handler under its name. `open_network` gives the network of a job by its id."""
    conninfo = database_url.replace("postgresql+psycopg://", "postgresql://", 1)
    worker = App(connector=PsycopgConnector(conninfo=conninfo, kwargs={"options": SEARCH_PATH}))
    for handler in handlers:
        queue = NETWORK_QUEUE if handler.in_network else GLOBAL_QUEUE
        work = _with_network(handler, open_network) if handler.in_network else handler.work
        task = worker.task(name=handler.name, queue=queue, retry=RETRY, pass_context=True)(
            _in_app(flask_app, handler.name, work)
        )
        if handler.periodic:
            worker.periodic(cron=handler.periodic)(task)
    _rescue_stalled_jobs(worker)
    return worker


def run_worker(worker: App) -> None:
    """Work until the process is asked to stop; jobs that run are finished first."""
    with worker.open():
        worker.run_worker(concurrency=CONCURRENCY, delete_jobs="successful", fetch_job_polling_interval=2)


def network_opener(database: Database, master_key: MasterKey) -> Callable[[int], Network]:
    """A function that opens a network by its id. Raises NetworkSuspended."""

    def open_network(tenant_id: int) -> Network:
        with database.global_unit(read_only=True) as unit:
            tenant = unit.get_one(Tenant, tenant_id)
        if tenant.standing == Standing.SUSPENDED:
            raise NetworkSuspended(tenant_id)
        return tenant.opened(master_key)

    return open_network


def _with_network(handler: Handler, open_network: Callable[[int], Network]) -> Callable[..., None]:
    def work(*, tenant_id: int, **arguments: int) -> None:
        handler.work(open_network(tenant_id), **arguments)

    return work


def _in_app(flask_app: Flask, name: str, work: Callable[..., None]) -> Callable[..., None]:
    def run(context: JobContext, timestamp: int | None = None, **arguments: Any) -> None:  # noqa: ARG001 - a periodic task is given it
        """A periodic job gets the time it was due, which says nothing to anybody here."""
        network = arguments.get("tenant_id")
        told = structlog.contextvars.bound_contextvars(
            job=name, job_id=context.job.id, attempt=context.job.attempts + 1, network=network
        )
        with flask_app.app_context(), told, timed_job(name):
            try:
                work(**arguments)
            except Exception:
                log.warning("job failed", exc_info=True)
                raise
            log.info("job done")

    return run


def _rescue_stalled_jobs(worker: App) -> None:
    @worker.periodic(cron="* * * * *")
    @worker.task(name="rescue_stalled_jobs", queue=GLOBAL_QUEUE, queueing_lock="rescue")
    async def rescue(timestamp: int) -> None:  # noqa: ARG001 - every periodic task is given it
        stalled: Iterable[Job] = await worker.job_manager.get_stalled_jobs(
            seconds_since_heartbeat=STALLED_AFTER_SECONDS
        )
        for job in stalled:
            await worker.job_manager.retry_job(job)
            log.warning("job taken over", job_id=job.id, task=job.task_name)
