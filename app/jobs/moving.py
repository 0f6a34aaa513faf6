"""What is queued for a network that leaves an installation or enters one: nothing that had to be done is lost."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import text

from app.jobs.queue import NETWORK_QUEUE, enqueue
from tenants.context import current_network_id
from tenants.session import session

_WAITING = text("""
    SELECT task_name, priority, args - 'tenant_id' FROM procrastinate_jobs
    WHERE queue_name = :queue AND status IN ('todo', 'doing') AND args ->> 'tenant_id' = :network ORDER BY id
""")


def waiting_jobs() -> Iterator[Mapping[str, Any]]:
    """The jobs of the network that was entered that are not done yet."""
    parameters = {"queue": NETWORK_QUEUE, "network": str(current_network_id())}
    for task, priority, arguments in session().execute(_WAITING, parameters):
        yield {"task": task, "priority": priority, "arguments": arguments}


def queue_again(jobs: Iterable[Mapping[str, Any]]) -> None:
    """Queue them for the network that was entered."""
    for job in jobs:
        enqueue(job["task"], priority=job["priority"], **job["arguments"])
