"""Put a job in the queue. Rooms call this; only the factory knows which function does the work."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from tenants.context import current_network_id
from tenants.models import Standing, Tenant
from tenants.session import session

NETWORK_QUEUE, GLOBAL_QUEUE = "network", "global"

IN_TURN, BEHIND, LAST = 0, -1, -2
"""Priorities: mail in thousands goes behind what somebody waits for, and what looks at its progress after that."""

_DEFER = text("""
    SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[
        ROW(:queue, :task, :priority, NULL, NULL, CAST(:args AS jsonb), NULL)::procrastinate_job_to_defer_v1]))
""")

_DEFER_EACH = text("""
    SELECT procrastinate_defer_jobs_v1(array_agg(
        ROW(:queue, :task, :priority, NULL, NULL,
            CAST(:args AS jsonb) || jsonb_build_object(CAST(:argument AS text), id), NULL
        )::procrastinate_job_to_defer_v1 ORDER BY id))
    FROM unnest(CAST(:ids AS bigint[])) AS id
""")


@dataclass(frozen=True, slots=True)
class Handler:
    """The function that does a job. With a network it gets it first; always the arguments by name, all ids."""

    name: str
    work: Callable[..., None]
    in_network: bool = True
    periodic: str | None = None
    """When it is done by itself, as in crontab (UTC); such a job has no network and no arguments."""


def enqueue(name: str, *, priority: int = IN_TURN, **arguments: int) -> int:
    """Queue `name` for the network that was entered, in the transaction that is running; gives the job's id."""
    return _defer(NETWORK_QUEUE, name, {"tenant_id": current_network_id(), **arguments}, priority)


def enqueue_each(name: str, argument: str, ids: Collection[int], *, priority: int = IN_TURN) -> None:
    """Queue `name` once for each of these ids, given as `argument`: one statement, however many there are."""
    if ids:
        args = json.dumps({"tenant_id": current_network_id()})
        job = {"queue": NETWORK_QUEUE, "task": name, "priority": priority, "args": args}
        session().execute(_DEFER_EACH, {**job, "argument": argument, "ids": list(ids)})


def enqueue_in_networks(name: str) -> None:
    """Queue `name` for every network that may change anything: for what is done by itself. In a global unit."""
    active = session().scalars(
        select(Tenant.id).where(Tenant.standing == Standing.ACTIVE).order_by(Tenant.id)
    )
    for tenant_id in active.all():
        _defer(NETWORK_QUEUE, name, {"tenant_id": tenant_id}, BEHIND)


def enqueue_global(name: str, **arguments: int) -> int:
    """Queue a job that belongs to no network, such as the mail for a new password."""
    return _defer(GLOBAL_QUEUE, name, arguments, IN_TURN)


def _defer(queue: str, name: str, arguments: dict[str, Any], priority: int) -> int:
    parameters = {"queue": queue, "task": name, "priority": priority, "args": json.dumps(arguments)}
    return session().execute(_DEFER, parameters).scalar_one()
