"""The supervisor's parts: the folder, the port, processes that are kept alive."""

import multiprocessing
import os
import socket
import stat
import time

import pytest
from click.testing import CliRunner

from app.cli.__main__ import main
from app.demo import children, run
from app.demo.children import Child, KeepsDying
from app.demo.extent import Extent
from app.demo.folder import AlreadyRunning, CannotRun, DemoFolder


@pytest.fixture
def folder(tmp_path):
    return DemoFolder(tmp_path / "var")


def test_secrets_are_made_once_and_only_for_the_user(folder):
    folder.path.mkdir()
    first = folder.secrets()
    assert len(first.master_key) == 32
    assert folder.secrets() == first
    assert stat.S_IMODE((folder.path / "secrets.json").stat().st_mode) == 0o600
    assert first.secret_key not in repr(first)


def test_lost_secrets_are_told_and_not_replaced(folder):
    (folder.database / "data").mkdir(parents=True)
    with pytest.raises(CannotRun, match="make reset"):
        folder.secrets()


def _hold(folder, is_held, may_end):
    with folder.locked("http://localhost:8123"):
        is_held.set()
        may_end.wait(30)


def test_a_second_run_in_the_folder_is_told_where_the_first_is(folder):
    spawning = multiprocessing.get_context("spawn")
    is_held, may_end = spawning.Event(), spawning.Event()
    holder = spawning.Process(target=_hold, args=(folder, is_held, may_end))
    holder.start()
    assert is_held.wait(30)
    with pytest.raises(AlreadyRunning, match="http://localhost:8123"), folder.locked("me"):
        pass
    with pytest.raises(AlreadyRunning):
        run.reset_demo(folder)
    holder.kill()
    holder.join()
    with folder.locked("me"):
        pass


def test_a_port_that_is_taken_is_told_before_anything_is_made(folder, monkeypatch):
    monkeypatch.setattr(run, "PORT_SECONDS", 0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotRun, match=rf"(?s){port} is bezet.*PORT=8123.*has port {port}"):
            run.run_demo(folder, port, Extent())
    assert not folder.database.exists()
    assert run.is_free(port)


def test_the_command_tells_it_without_a_traceback(folder, monkeypatch):
    monkeypatch.setattr("app.cli.demo.DemoFolder", lambda _path: folder)
    monkeypatch.setattr(run, "is_free", lambda _port: False)
    monkeypatch.setattr(run, "PORT_SECONDS", 0)
    answer = CliRunner().invoke(main, ["demo", "--port", "8765"])
    assert answer.exit_code == 1
    assert "make run PORT=8123" in answer.stderr
    assert "Traceback" not in answer.output


@pytest.fixture
def child(tmp_path):
    def make(*arguments):
        return Child("probe", list(arguments), os.environ, tmp_path / "probe.log")

    return make


def test_a_process_that_keeps_dying_is_given_up_with_its_last_words(child, monkeypatch):
    monkeypatch.setattr(children.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(children, "FAST_DEATHS", 2)
    with child("no-such-command") as probe, pytest.raises(KeepsDying, match="no-such-command"):
        _keep_alive_for_a_while(probe)


def _keep_alive_for_a_while(child):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        child.keep_alive()


def test_a_web_server_ends_with_whoever_started_it(child, monkeypatch):
    for name, value in {
        "DATABASE_URL": "postgresql:///none", "SECRET_KEY": "x" * 32, "MASTER_KEY": "A" * 43 + "=",
        "BASE_URL": "http://localhost:1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with child("serve", "--port", str(port)) as web:
        _await(lambda: not run.is_free(port))
        web._process.stdin.close()  # as when we are killed
        assert web._process.wait(30) == 0
    assert run.is_free(port)


def _await(happened):
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
