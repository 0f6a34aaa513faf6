"""The commands for who runs the platform, and for the national register."""

import re

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tests.cli.test_commands import command, own_database  # noqa: F401 - fixtures
from tests.conftest import address
from tests.organisation.register.duo_files import as_csv, lines


@pytest.fixture
def rows(own_database):  # noqa: F811 - the fixture
    """What a query gives, in the commands' own database."""

    def read(query):
        with create_engine(address(own_database, "postgres"), poolclass=NullPool).connect() as connection:
            return connection.execute(text(query)).all()

    return read


@pytest.fixture
def file(tmp_path):
    """A file of DUO in which one school has another name."""
    changed = lines()
    changed["03WU00"] = changed["03WU00"] | {"VESTIGINGSNAAM": "Kindcentrum Het Kompas"}
    path = tmp_path / "02.csv"
    path.write_bytes(as_csv(changed))
    return path


def test_operator_without_a_login_gets_one_and_a_mail(command, rows):  # noqa: F811 - the fixture
    answer = command("operators", "add", "Beheer@Platform.Example")
    assert answer.exit_code == 0, answer.output
    assert "password" in answer.output
    assert [
        email for (email,) in rows("SELECT email FROM identity JOIN operator ON identity_id = identity.id")
    ] == ["beheer@platform.example"]
    assert rows("SELECT task_name FROM jobs.procrastinate_jobs") == [("identity.send_password_reset",)]
    assert "beheer@platform.example" in command("operators", "list").output


def test_operator_is_added_once_and_removed(command, rows):  # noqa: F811 - the fixture
    for _ in range(2):
        assert command("operators", "add", "beheer@platform.example").exit_code == 0
    assert len(rows("SELECT 1 FROM operator")) == 1
    assert command("operators", "remove", "BEHEER@platform.example").exit_code == 0
    assert rows("SELECT 1 FROM operator") == []
    assert command("operators", "remove", "beheer@platform.example").exit_code == 1


def test_what_is_no_address_is_told(command):  # noqa: F811 - the fixture
    assert command("operators", "add", "beheer").exit_code == 1


def test_register_is_shown_updated_and_only_checked(command, rows, file):  # noqa: F811 - the fixture
    assert re.search(r"^\* 2026-08-04  6964 schools", command("register", "show").output)
    checked = command("register", "update", str(file), "--date", "2026-11-03", "--check")
    assert "1 renamed" in checked.output
    assert rows("SELECT 1 FROM register_edition") == []
    answer = command("register", "update", str(file), "--date", "2026-11-03")
    assert answer.exit_code == 0, answer.output
    assert re.search(r"^\* 2026-11-03  6964 schools", command("register", "show").output)


def test_older_file_and_half_a_file_need_a_word(command, rows, file, tmp_path):  # noqa: F811 - the fixture
    refused = command("register", "update", str(file), "--date", "2026-05-01")
    assert refused.exit_code == 1
    assert "--older" in refused.output
    half = tmp_path / "half.csv"
    half.write_bytes(as_csv(dict(list(lines().items())[::2])))
    refused = command("register", "update", str(half), "--date", "2026-11-03")
    assert refused.exit_code == 1
    assert "--closing" in refused.output
    assert rows("SELECT 1 FROM register_edition") == []
    assert (
        command("register", "update", str(half), "--date", "2026-11-03", "--closing", "3061").exit_code == 0
    )


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"a;b\n1;2\n"])
def test_another_file_is_told_in_one_line(command, tmp_path, content):  # noqa: F811 - the fixture
    path = tmp_path / "file"
    path.write_bytes(content)
    answer = command("register", "update", str(path))
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output
