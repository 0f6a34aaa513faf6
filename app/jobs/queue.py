"""Put a job in the queue. Rooms call this; only the factory knows which function does the work."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from tenants.context import current_network_id
from tenants.session import session

NETWORK_QUEUE, GLOBAL_QUEUE = "network", "global"

_DEFER = text("""
    SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[
        ROW(:queue, :task, 0, NULL, NULL, CAST(:args AS jsonb), NULL)::procrastinate_job_to_defer_v1]))
""")


@dataclass(frozen=True, slots=True)
class Handler:
    """The function that does a job. With a network it gets it first; always the arguments by name, all ids."""

    name: str
    work: Callable[..., None]
    in_network: bool = True
    periodic: str | None = None
    """When it is done by itself, as in crontab (UTC); such a job has no network and no arguments."""


def enqueue(name: str, **arguments: int) -> int:
    """Queue `name` for the network that was entered, in the transaction that is running; gives the job's id."""
    return _defer(NETWORK_QUEUE, name, {"tenant_id": current_network_id(), **arguments})


def enqueue_global(name: str, **arguments: int) -> int:
    """Queue a job that belongs to no network, such as the mail for a new password."""
    return _defer(GLOBAL_QUEUE, name, arguments)


def _defer(queue: str, name: str, arguments: dict[str, Any]) -> int:
    parameters = {"queue": queue, "task": name, "args": json.dumps(arguments)}
    return session().execute(_DEFER, parameters).scalar_one()
