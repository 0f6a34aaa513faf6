"""`serve` and `worker`: the two kinds of process of an installation."""

import os
import signal
import sys
from threading import Thread

import click

from app.cli.faults import told_plainly
from config.settings import ROOT, read_settings

GUNICORN_SETTINGS = ROOT / "config" / "gunicorn.py"

with_parent = click.option(
    "--with-parent",
    is_flag=True,
    hidden=True,
    help="Stop when standard input ends: whoever started us is gone.",
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@with_parent
@told_plainly()
def serve(host: str, port: int, with_parent: bool) -> None:
    """Run the web server (gunicorn, with config/gunicorn.py)."""
    from gunicorn.app.wsgiapp import WSGIApplication  # noqa: PLC0415 - only this command needs it

    read_settings()
    if with_parent:
        _stop_when_input_ends()
    sys.argv = ["gunicorn", "--config", str(GUNICORN_SETTINGS), "--chdir", str(ROOT), "--bind", f"{host}:{port}", "wsgi:app"]  # fmt: skip
    WSGIApplication("%(prog)s").run()


@click.command()
@with_parent
@told_plainly()
def worker(with_parent: bool) -> None:
    """Run the worker, which does the jobs of the queue. More than one may run."""
    from app.factory import create_app, create_queue  # noqa: PLC0415 - `serve` is not to wait for it
    from app.jobs.worker import run_worker  # noqa: PLC0415 - as above

    queue = create_queue(create_app())
    if with_parent:
        _stop_when_input_ends()
    run_worker(queue)


def _stop_when_input_ends() -> None:
    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, daemon=True, name="parent watch").start()
