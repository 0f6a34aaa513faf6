"""How the queue stands: what waits and since when, what was given up, and whether a worker is alive."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

HEARTBEAT_SECONDS = 10
"""So often a worker says that it is alive."""
SILENT_AFTER_SECONDS = 60

_JOBS = text("""
    SELECT j.task_name AS name, j.status::text AS state, count(*) AS number,
           coalesce(extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at))), 0)::float AS oldest
    FROM procrastinate_jobs j
    LEFT JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
    WHERE j.status IN ('todo', 'doing', 'failed') AND coalesce(j.scheduled_at, now()) <= now()
    GROUP BY j.task_name, j.status
""")
_HEARTBEAT = text("SELECT extract(epoch FROM now() - max(last_heartbeat))::float FROM procrastinate_workers")


@dataclass(frozen=True, slots=True)
class JobsOfAKind:
    """Jobs with one name in one state (`todo`, `doing` or `failed`), with the age of the oldest in seconds.

    A job that is planned for later does not wait yet.
    """

    name: str
    state: str
    number: int
    oldest: float


def jobs_by_kind(connection: Connection) -> list[JobsOfAKind]:
    """Every job that is not done, by name and state."""
    return [JobsOfAKind(*row) for row in connection.execute(_JOBS)]


def seconds_since_heartbeat(connection: Connection) -> float | None:
    """How long no worker said that it is alive; None when there is no worker at all."""
    return connection.scalar(_HEARTBEAT)
