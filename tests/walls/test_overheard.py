"""The ear of the whole run hears what it must, and then the run fails."""

import subprocess
import sys

import pytest

from config.settings import ROOT
from tests.overheard import findings

TOKEN = "Zx9" + "aB3_-" * 8

CLEAN = '{"event": "request", "endpoint": "home.show_today", "request": "6272d4b7a80626db", "network": 12}\n'
PLANTED = """
import logging

from app.identity.secrets import hash_password, new_token


def test_one():
    logging.getLogger("app").warning("welcome %s", "Fatima el " + "Amrani")


def test_two():
    logging.getLogger("app").warning("link %s", new_token())


def test_three():
    hash_password("een zin die iemand typte")
    logging.getLogger("app").error("could not use een zin die iemand typte")


def test_four():
    logging.getLogger("app").warning("nothing to see")
"""


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('{"event": "welcome linda@voorbeeld.example"}', "an e-mail address"),
        (f'{{"path": "/wachtwoord/{TOKEN}"}}', "a token"),
        ('{"cookie": "eyJfdXNlcl9pZCI6IjEyMyJ9.aSO"}', "a cookie"),
        ('{"hash": "$argon2id$v=19"}', "a digest of a password"),
        ('{"from": "203.0.113.7"}', "an internet address"),
        ('{"event": "Dijkstra signs in"}', "somebody of the cast"),
        ('{"event": "typed een geheime zin"}', "a secret of this run"),
        ('{"event": "short-secret, used"}', "a secret of this run"),
    ],
)
def test_each_kind_is_heard(tmp_path, line, kind):
    (tmp_path / "1.secrets").write_text("een geheime zin\nshort-secret\n")
    (tmp_path / "1.log").write_text(CLEAN + line + "\n" + CLEAN)
    assert findings(tmp_path) == [f"{kind} in 1.log: {line}"]


def test_lines_with_ids_are_fine(tmp_path):
    (tmp_path / "1.secrets").write_text("een geheime zin\nshort-secret\n")
    (tmp_path / "1.log").write_text(CLEAN)
    assert findings(tmp_path) == []


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_run_that_logs_a_name_a_token_or_a_password_fails(tmp_path, workers):
    (tmp_path / "test_planted.py").write_text(PLANTED)
    run = _run_of(tmp_path, workers)
    assert run.returncode == 1, run.stdout
    assert "4 passed" in run.stdout
    assert "somebody of the cast" in run.stdout
    assert "a token" in run.stdout
    assert "a secret of this run" in run.stdout


def test_a_run_that_logs_nothing_of_the_kind_passes(tmp_path):
    (tmp_path / "test_planted.py").write_text(PLANTED)
    run = _run_of(tmp_path, "0", "-k", "four")
    assert run.returncode == 0, run.stdout


def _run_of(folder, workers, *options):
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.overheard", "-p", "no:cacheprovider", "-n", workers,
         "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "--confcutdir", str(folder), *options,
         str(folder / "test_planted.py")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
