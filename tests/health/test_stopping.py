"""Processes that are asked to stop first finish what they do."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tenants.embedded import SUPERUSER
from tenants.provision import MIGRATE
from tests.conftest import address, clone
from tests.health.conftest import SECONDS, asked, environment, free_port, lives, until

HELD = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
def own_database(worker_id):
    return clone(f"stopping_{worker_id}")


@pytest.fixture
def hold(own_database):
    """Hold a table, so that whoever wants it waits until the test lets go."""
    engine = create_engine(address(own_database, MIGRATE), poolclass=NullPool)
    watching = create_engine(address(own_database, SUPERUSER), poolclass=NullPool)

    def somebody_waits():
        with watching.connect() as connection:
            return connection.scalar(text(HELD)) > 0

    with engine.connect() as connection:

        def hold(table):
            connection.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
            return somebody_waits, connection.rollback

        yield hold


def test_a_web_server_finishes_the_request_that_runs(start, hold, own_database):
    port = free_port()
    web = start("serve", "--port", str(port), **environment(address(own_database)))
    until(lambda: lives(port))
    is_waited_for, let_go = hold("tenant")

    def ask():
        with asked(port, "/uitnodiging/waterland/een-token") as answer:
            return answer.status

    with ThreadPoolExecutor(1) as visitor:
        answer = visitor.submit(ask)
        until(is_waited_for)
        web.ask_to_stop()
        until(lambda: web.has_said("Handling signal"))
        let_go()
        assert answer.result(SECONDS) == 404
    assert web.process.wait(SECONDS) == 0


def test_a_worker_finishes_the_job_that_runs(start, hold, own_database):
    is_waited_for, let_go = hold("password_reset")
    queue = "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('global', 'identity.forget_old_rows', 0, NULL, NULL, '{}', NULL)::procrastinate_job_to_defer_v1])"
    with create_engine(address(own_database, MIGRATE), poolclass=NullPool).begin() as connection:
        connection.execute(text("SET LOCAL search_path = jobs"))
        connection.execute(text(queue))
    worker = start("worker", **environment(address(own_database)))
    until(is_waited_for)
    worker.ask_to_stop()
    until(lambda: worker.has_said("Stop requested"))
    let_go()
    assert worker.process.wait(SECONDS) == 0
    done = [json.loads(line) for line in worker.log.read_text().splitlines() if '"job done"' in line]
    # Whatever else the hour of the clock lets a worker do.
    assert ("identity.forget_old_rows", 1) in [(line["job"], line["attempt"]) for line in done]


def test_every_line_of_real_processes_is_json(start, own_database):
    port = free_port()
    settings = environment(address(own_database))
    web = start("serve", "--port", str(port), **settings)
    worker = start("worker", **settings)
    until(lambda: lives(port))
    with asked(port, "/wachtwoord/een-geheim-token?naam=Postma") as answer:
        assert answer.status == 200
    until(lambda: worker.has_said("procrastinate"))
    for process in (web, worker):
        process.ask_to_stop()
        process.process.wait(SECONDS)
        lines = process.log.read_text().splitlines()
        assert lines
        assert all({"event", "level", "logger", "timestamp"} <= json.loads(line).keys() for line in lines)
    told = [json.loads(line) for line in web.log.read_text().splitlines() if "edit_password_by_link" in line]
    assert [line["endpoint"] for line in told] == ["identity.edit_password_by_link"]
    assert not web.has_said("geheim")
