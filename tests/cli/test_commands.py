"""The other commands: clear words for what goes wrong, and nothing half done."""

import base64
import re

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.cli.__main__ import COMMANDS, main
from tenants.provision import MIGRATE
from tests.conftest import MASTER_KEY, PASSWORDLESS, address, clone

NAMES = ("DATABASE_URL", "DATABASE_MIGRATE_URL", "SECRET_KEY", "MASTER_KEY", "BASE_URL")


def environment(database):
    return {
        "DATABASE_URL": address(database),
        "DATABASE_MIGRATE_URL": address(database, MIGRATE),
        "SECRET_KEY": PASSWORDLESS,
        "MASTER_KEY": base64.b64encode(MASTER_KEY.current).decode(),
        "BASE_URL": "https://vreemdeogen.example",
    }


@pytest.fixture
def own_database(worker_id):
    return clone(f"cli_{worker_id}")


@pytest.fixture
def command(own_database):
    def run(*arguments, **changes):
        env = dict.fromkeys(NAMES) | environment(own_database) | changes
        return CliRunner().invoke(main, list(arguments), env=env)

    return run


def test_every_command_has_help():
    overview = CliRunner().invoke(main, ["--help"])
    for name in COMMANDS:
        assert re.search(rf"^  {name}  ", overview.stdout, re.MULTILINE)
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_an_unknown_command_is_told():
    answer = CliRunner().invoke(main, ["fly"])
    assert answer.exit_code == 2
    assert "fly" in answer.stderr


def test_a_key_is_32_bytes_and_never_the_same():
    first, second = (CliRunner().invoke(main, ["key"]).stdout for _ in range(2))
    assert len(base64.b64decode(first)) == 32
    assert first != second


@pytest.mark.parametrize("name", ["serve", "worker", "migrate", "networks"])
def test_wrong_settings_are_all_named(command, name):
    arguments = [name, "list"] if name == "networks" else [name]
    answer = command(*arguments, SECRET_KEY="short", MASTER_KEY=None)
    assert answer.exit_code == 1
    assert "SECRET_KEY" in answer.stderr
    assert "MASTER_KEY" in answer.stderr
    assert "Traceback" not in answer.output


def test_a_database_that_does_not_answer_is_told(command):
    nowhere = "postgresql://vo_app@/vreemdeogen?host=/nowhere"
    answer = command("networks", "list", DATABASE_URL=nowhere, DATABASE_MIGRATE_URL=nowhere)
    assert answer.exit_code == 1
    assert "The database cannot be used" in answer.stderr
    assert "/nowhere" in answer.stderr


def test_networks_are_made_listed_suspended_and_resumed(command):
    assert "There are no networks yet" in command("networks", "list").stderr
    made = command("networks", "create", "po3103", "--slug", "weert", "--name", "Weert samen")
    assert made.exit_code == 0, made.output
    assert "https://vreemdeogen.example/weert/" in made.stdout
    assert re.search(r"PO3103 +weert +active +Weert samen", command("networks", "list").stdout)
    assert command("networks", "suspend", "weert").exit_code == 0
    assert "suspended" in command("networks", "list").stdout
    assert command("networks", "resume", "weert").exit_code == 0
    assert "active" in command("networks", "list").stdout


def test_a_network_that_can_not_be_made_is_told(command):
    unknown = command("networks", "create", "PO9999")
    assert unknown.exit_code == 1
    assert "PO9999" in unknown.stderr
    assert command("networks", "create", "PO3103").exit_code == 0
    again = command("networks", "create", "PO3103", "--slug", "other")
    assert again.exit_code == 1
    assert "in use" in again.stderr
    reserved = command("networks", "create", "PO2811", "--slug", "inloggen")
    assert reserved.exit_code == 1
    assert len(command("networks", "list").stdout.splitlines()) == 1


def test_a_network_that_does_not_exist_can_not_be_suspended(command):
    for verb in ("suspend", "resume"):
        answer = command("networks", verb, "nowhere")
        assert answer.exit_code == 1
        assert 'no network "nowhere"' in answer.stderr


def test_migrate_prepares_an_empty_cluster_and_can_be_repeated(command, worker_id):
    name = f"cli_new_{worker_id}"
    with create_engine(
        address("postgres", "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    ).connect() as superuser:
        superuser.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    urls = {"DATABASE_URL": address(name), "DATABASE_MIGRATE_URL": address(name, MIGRATE)}
    unprepared = command("migrate", **urls)
    assert unprepared.exit_code == 1
    assert "does not exist" in unprepared.stderr
    for _ in range(2):
        prepared = command("migrate", "--prepare", address("postgres", "postgres"), **urls)
        assert prepared.exit_code == 0, prepared.output
    assert command("migrate", **urls).exit_code == 0
    assert "There are no networks yet" in command("networks", "list", **urls).stderr


def test_a_database_that_was_not_migrated_is_told(command, worker_id):
    name = f"cli_bare_{worker_id}"
    with create_engine(
        address("postgres", "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    ).connect() as superuser:
        superuser.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        superuser.execute(text(f"CREATE DATABASE {name} OWNER vo_owner"))
    answer = command("networks", "list", DATABASE_MIGRATE_URL=address(name, MIGRATE))
    assert answer.exit_code == 1
    assert "vreemdeogen migrate" in answer.stderr


def test_the_first_coordinator_is_invited(command, own_database):
    command("networks", "create", "PO3103")
    answer = command("networks", "invite", "po3103", "Linda", "Postma", "linda@voorbeeld.example")
    assert answer.exit_code == 0
    with create_engine(address(own_database, MIGRATE), poolclass=NullPool).connect() as connection:
        person = connection.execute(
            text("SELECT email, role FROM person JOIN assignment ON person_id = person.id")
        )
        assert person.one() == ("linda@voorbeeld.example", "coordinator")
        jobs = connection.execute(text("SELECT task_name FROM jobs.procrastinate_jobs"))
        assert jobs.scalars().all() == ["organisation.send_invitation"]


@pytest.mark.parametrize(
    ("slug", "email", "told"),
    [("po9999", "linda@voorbeeld.example", "no network"), ("po3103", "linda", "e-mail address")],
)
def test_a_coordinator_who_cannot_be_invited_is_told(command, slug, email, told):
    command("networks", "create", "PO3103")
    answer = command("networks", "invite", slug, "Linda", "Postma", email)
    assert answer.exit_code == 1
    assert told in answer.stderr
