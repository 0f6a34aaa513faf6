"""The real worker on the real queue: a job is done after its commit, and taken over when its worker was killed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.coaching.queries import latest_proposal
from app.coaching.services.proposals import start_calculation
from app.factory import create_queue
from app.jobs.models import LongWork
from app.kernel.actor import Actor
from app.kernel.permissions import Role
from tenants.models import Standing
from tenants.provision import set_standing
from tests.coaching.rounds import small_round

QUEUE = (
    "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = 'coaching.calculate_proposal'"
)


@pytest.fixture
def round_id(committed):
    app, cast = committed
    with app.database.unit_of_work(cast.network):
        made = small_round(cast)
        start_calculation(Actor(cast["coordinator"].person_id, "", frozenset({Role.COORDINATOR})), made.id)
        return made.id


def work_once(app, *, rescue=False):
    """A worker that stops when nothing waits; it looks for stalled jobs each minute, or now.

    In a thread of its own: a browser that an earlier test opened keeps an event loop in ours.
    """
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_work_once, app, rescue=rescue).result()


def _work_once(app, *, rescue):
    queue = create_queue(app)
    with queue.open():
        if rescue:
            queue.configure_task("rescue_stalled_jobs", queue="global").defer(timestamp=0)
        queue.run_worker(wait=False, concurrency=1, install_signal_handlers=False, delete_jobs="successful")


def queued(app):
    with app.database.global_unit() as unit:
        return unit.execute(text(QUEUE)).all()


def test_a_job_is_done_and_gone(committed, round_id):
    app, cast = committed
    work_once(app)
    assert queued(app) == []
    with app.database.unit_of_work(cast.network) as unit:
        assert latest_proposal(round_id)
        assert unit.query(LongWork).one().state == "done"


def test_a_job_whose_transaction_was_rolled_back_never_was(committed, round_id):
    app, cast = committed
    work_once(app)
    actor = Actor(cast["coordinator"].person_id, "", frozenset({Role.COORDINATOR}))
    with pytest.raises(ZeroDivisionError), app.database.unit_of_work(cast.network):
        start_calculation(actor, round_id)
        raise ZeroDivisionError
    assert queued(app) == []


def test_the_job_of_a_killed_worker_is_taken_over(committed, round_id):
    app, cast = committed
    with app.database.global_unit() as unit:
        killed = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        unit.execute(
            text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker"),
            {"worker": unit.execute(text(killed)).scalar_one()},
        )
    assert queued(app) == [("doing", 0)]
    work_once(app, rescue=True)
    work_once(app)
    with app.database.unit_of_work(cast.network):
        assert latest_proposal(round_id)


def test_a_suspended_network_keeps_its_jobs_for_later(committed, round_id):
    app, cast = committed
    with app.database.global_unit():
        set_standing("waterland", Standing.SUSPENDED)
    work_once(app)
    assert queued(app) == [("todo", 1)]
    with app.database.unit_of_work(cast.network):
        assert latest_proposal(round_id) is None
