"""Long work: started once, shown while it runs, cancelled when asked, never left half done."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from app.jobs.models import LongWork, WorkState
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.errors import NotFound
from tenants.context import Network
from tenants.session import Database, session

REPORT_SECONDS = 0.4

log = structlog.get_logger()


class Cancelled(Exception):
    """Somebody pressed cancel."""


def start_work(actor: Actor, kind: str, subject_id: int) -> int:
    """Queue the job `kind` as long work; gives its id. The database refuses a second one at the same time."""
    work = LongWork(kind=kind, subject_id=subject_id, person_id=actor.person_id)
    session().add(work)
    session().flush()
    enqueue(kind, work_id=work.id)
    return work.id


def work_on(kind: str, subject_id: int) -> LongWork | None:
    """The latest work of this kind for this thing, whatever became of it."""
    works = session().query(LongWork).filter_by(kind=kind, subject_id=subject_id)
    return works.order_by(LongWork.id.desc()).first()


def cancel_work(kind: str, subject_id: int) -> None:
    """Ask for a stop; the work sees it at its next report, unless it has ended. Raises NotFound without any work."""
    work = work_on(kind, subject_id)
    if work is None:
        raise NotFound
    if not work.has_ended:
        work.cancel_asked_at = now()


def finish_work(work: LongWork) -> None:
    """Say that the work is done, in the transaction that keeps what came out of it."""
    work.state, work.percent, work.ended_at = WorkState.DONE, 100, now()


class Reporter:
    """Tells how far the work is, in short units of its own, and finds out whether to stop."""

    def __init__(self, database: Database, network: Network, work_id: int) -> None:
        self._database = database
        self._network = network
        self._work_id = work_id
        self._reported = 0.0

    def report(self, stage: str, fraction: float) -> None:
        """Tell the stage and the fraction done, not more often than a person can see. Raises Cancelled."""
        if time.monotonic() - self._reported < REPORT_SECONDS:
            return
        self._reported = time.monotonic()
        with self._database.unit_of_work(self._network) as unit:
            work = unit.get_one(LongWork, (self._network.id, self._work_id))
            if work.has_ended:
                return
            if work.cancel_asked_at:
                raise Cancelled
            work.state, work.stage, work.percent = WorkState.RUNNING, stage, min(99, int(fraction * 100))


@contextmanager
def long_work(database: Database, network: Network, work_id: int) -> Iterator[Reporter]:
    """Do long work: a cancel or a fault is kept in its row, so that nobody waits for nothing.

    A killed worker leaves the row as it is; the job is taken over and starts again.
    """
    try:
        yield Reporter(database, network, work_id)
    except Cancelled:
        _end(database, network, work_id, WorkState.CANCELLED)
    except Exception:
        # Whatever went wrong: somebody is looking at a bar, and must not wait for ever.
        _end(database, network, work_id, WorkState.FAILED)
        log.exception("long work failed", work_id=work_id)


def _end(database: Database, network: Network, work_id: int, state: WorkState) -> None:
    with database.unit_of_work(network) as unit:
        work = unit.get_one(LongWork, (network.id, work_id))
        work.state, work.ended_at = state, now()
