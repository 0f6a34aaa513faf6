"""Does it live, can it serve: for the machines that start and stop its parts."""

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.cli.__main__ import main
from tests.conftest import application, settings_for
from tests.health.conftest import environment, free_port


@pytest.fixture
def own_app(own_server):
    app = application("own", database_url=own_server.database_url)
    yield app
    app.database.engine.dispose()


def as_owner(own_server, statement):
    with create_engine(own_server.migrate_url, poolclass=NullPool).begin() as connection:
        connection.execute(text("SET ROLE vo_owner"))
        connection.execute(text(statement))


def test_a_whole_house_lives_and_is_ready(own_app):
    assert own_app.test_client().get("/gezond").json == {"status": "alive"}
    answer = own_app.test_client().get("/gezond/gereed")
    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


def test_without_its_database_it_lives_and_is_not_ready_until_that_is_back(own_app, own_server):
    client = own_app.test_client()
    own_server.stop()
    assert client.get("/gezond").status_code == 200
    answer = client.get("/gezond/gereed")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "reasons": ["database"]})
    own_server.start()
    assert client.get("/gezond/gereed").status_code == 200


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("UPDATE alembic_version SET version_num = '0001'", "migrations"),
        ("DELETE FROM alembic_version", "migrations"),
        ("REVOKE ALL ON jobs.procrastinate_jobs FROM vo_app", "queue"),
    ],
)
def test_a_database_that_is_not_fit_is_told_by_a_code(own_app, own_server, fault, reason):
    as_owner(own_server, fault)
    answer = own_app.test_client().get("/gezond/gereed")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "reasons": [reason]})


def test_a_database_that_newer_code_migrated_serves_older_code_too(own_app, own_server):
    as_owner(own_server, "UPDATE alembic_version SET version_num = '9999'")
    assert own_app.test_client().get("/gezond/gereed").status_code == 200


def test_a_worker_is_alive_as_long_as_it_is_heard(own_server):
    def check():
        return CliRunner().invoke(main, ["worker", "--check"], env=environment(own_server.database_url))

    assert check().exit_code == 1
    as_owner(own_server, "INSERT INTO jobs.procrastinate_workers DEFAULT VALUES")
    assert check().exit_code == 0
    as_owner(
        own_server, "UPDATE jobs.procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'"
    )
    silent = check()
    assert silent.exit_code == 1
    assert "No worker has been heard for 60 seconds" in silent.stderr


def test_a_web_server_that_does_not_answer_is_told(own_server):
    arguments = ["serve", "--check", "--port", str(free_port())]
    answer = CliRunner().invoke(main, arguments, env=environment(own_server.database_url))
    assert answer.exit_code == 1
    assert "does not answer: ConnectionRefusedError" in answer.stderr


def test_the_settings_of_the_figures_hide_their_token():
    assert "geheim" not in repr(settings_for("nowhere", metrics_token="geheim" * 6))
