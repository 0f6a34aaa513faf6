"""`networks export|restore`, `backup`, `restore`, `drill` and `key rotate|check`, as somebody types them."""

import base64
import json
import stat
import zipfile

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.cli.__main__ import main
from tenants.provision import MIGRATE
from tests.cli.test_commands import NAMES, environment
from tests.conftest import MASTER_KEY, address, clone

OTHER_KEY = base64.b64encode(bytes(range(60, 92))).decode()
OLD_KEY = base64.b64encode(MASTER_KEY.current).decode()
OPTIONAL = ("MASTER_KEY_OLD", "SECRET_KEY_OLD")


@pytest.fixture
def at(worker_id, tmp_path, monkeypatch):
    """Run a command at an installation of this name, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    made = {}

    def run(place, *arguments, **changes):
        if place not in made:
            made[place] = clone(f"archives_{place}_{worker_id}")
        env = dict.fromkeys([*NAMES, *OPTIONAL]) | environment(made[place]) | changes
        return CliRunner().invoke(main, list(arguments), env=env)

    return run


@pytest.fixture
def here(at):
    """An installation with the smallest network of the country and its first coordinator, who was invited."""
    assert at("here", "networks", "create", "PO3103").exit_code == 0
    assert at("here", "networks", "invite", "po3103", "Linda", "Postma", "l@example.org").exit_code == 0
    return lambda *arguments, **changes: at("here", *arguments, **changes)


def mode(file):
    return stat.S_IMODE(file.stat().st_mode)


def test_a_network_moves_to_an_installation_with_another_master_key(at, here, tmp_path):
    exported = here("networks", "export", "po3103", "n.zip")
    assert exported.exit_code == 0, exported.output
    digest = json.loads(zipfile.ZipFile("n.zip").read("manifest.json"))["sha256"]
    assert digest in exported.stdout
    assert [mode(tmp_path / name) for name in ("n.zip", "n.zip.key")] == [0o600, 0o600]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["n.zip", "n.zip.key"]

    restored = at("there", "networks", "restore", "n.zip", MASTER_KEY=OTHER_KEY)
    assert restored.exit_code == 0, restored.output
    assert "row by row equal" in restored.stdout
    again = at("there", "networks", "export", "po3103", "again.zip", MASTER_KEY=OTHER_KEY)
    assert digest in again.stdout
    assert "po3103" in at("there", "networks", "list", MASTER_KEY=OTHER_KEY).stdout
    twice = at("there", "networks", "restore", "n.zip", MASTER_KEY=OTHER_KEY)
    assert twice.exit_code == 1
    assert "already" in twice.stderr


def test_a_readable_export_says_so_and_has_no_key(here, tmp_path):
    answer = here("networks", "export", "po3103", "open.zip", "--readable")
    assert answer.exit_code == 0
    assert "everybody who opens it" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["open.zip"]


@pytest.mark.parametrize("there", ["n.zip", "n.zip.key"])
def test_no_file_is_written_over(here, tmp_path, there):
    (tmp_path / there).write_text("kept")
    answer = here("networks", "export", "po3103", "n.zip")
    assert answer.exit_code == 1
    assert "exists already" in answer.stderr
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(there, "kept")]


def test_a_network_that_is_not_there_is_told(here, tmp_path):
    answer = here("networks", "export", "po9999", "n.zip")
    assert answer.exit_code == 1
    assert 'no network "po9999"' in answer.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("key", "told"),
    [("", "not a key file"), (OTHER_KEY, "not that of this archive"), (None, "give the key file")],
)
def test_a_wrong_key_is_told(at, here, tmp_path, key, told):
    here("networks", "export", "po3103", "n.zip")
    (tmp_path / "n.zip.key").unlink()
    if key is not None:
        (tmp_path / "n.zip.key").write_text(key)
    answer = at("there", "networks", "restore", "n.zip")
    assert answer.exit_code == 1
    assert told in answer.stderr
    assert "Nothing was changed" in answer.stderr
    assert "no networks yet" in at("there", "networks", "list").stderr


def test_a_backup_is_drilled_and_restored(at, here, worker_id, tmp_path):
    assert here("backup", "all.dump").exit_code == 0
    assert mode(tmp_path / "all.dump") == 0o600
    drilled = here("drill", "all.dump")
    assert drilled.exit_code == 0, drilled.output
    assert "public.school" in drilled.stdout
    assert "DIFFERS" not in drilled.stdout
    assert "can be restored" in drilled.stdout
    assert here("backup", "all.dump").exit_code == 1

    name = f"archives_again_{worker_id}"
    with create_engine(
        address("postgres", "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    ).connect() as superuser:
        superuser.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    urls = {"DATABASE_URL": address(name), "DATABASE_MIGRATE_URL": address(name, MIGRATE)}
    prepared = here("restore", "all.dump", "--prepare", address("postgres", "postgres"), **urls)
    assert prepared.exit_code == 0, prepared.output
    assert "po3103" in here("networks", "list", **urls).stdout
    assert here("restore", "all.dump", **urls).exit_code == 1


def test_a_drill_needs_no_file(here, tmp_path):
    answer = here("drill")
    assert answer.exit_code == 0, answer.output
    assert list(tmp_path.iterdir()) == []


def test_a_drill_that_fails_is_heard_of_by_cron(here, tmp_path):
    here("backup", "all.dump")
    listed = tmp_path / "all.dump.json"
    held = json.loads(listed.read_text())
    held["public.school"]["rows"] += 1
    listed.write_text(json.dumps(held))
    answer = here("drill", "all.dump")
    assert answer.exit_code == 1
    assert [line.split()[0] for line in answer.stdout.splitlines() if "DIFFERS" in line] == ["public.school"]
    assert "can not be relied on" in answer.stderr


def test_a_drill_with_another_master_key_fails(here):
    answer = here("drill", MASTER_KEY=OTHER_KEY)
    assert answer.exit_code == 1
    assert "no master key opens" in answer.stdout


def test_the_master_key_is_rotated_in_three_steps(here):
    both = {"MASTER_KEY": OTHER_KEY, "MASTER_KEY_OLD": OLD_KEY}
    before = here("key", "check", **both)
    assert before.exit_code == 1
    assert "1 networks still need" in before.stdout
    for number in (1, 0):
        assert f"{number} networks were wrapped anew, of 1." in here("key", "rotate", **both).stdout
    after = here("key", "check", MASTER_KEY=OTHER_KEY)
    assert after.exit_code == 0
    assert "can be left out" in after.stdout


@pytest.mark.parametrize("verb", ["check", "rotate"])
def test_a_network_that_no_key_opens_is_named(here, verb):
    answer = here("key", verb, MASTER_KEY=OTHER_KEY)
    assert answer.exit_code == 1
    assert "po3103" in answer.stderr
    assert here("key", "check").exit_code == 0


@pytest.mark.parametrize("name", OPTIONAL)
def test_an_old_key_that_is_no_key_is_told(here, name):
    answer = here("networks", "list", **{name: "short"})
    assert answer.exit_code == 1
    assert name in answer.stderr
