"""`serve` and `worker`: the two kinds of process of an installation."""

import http.client
import os
import signal
import sys
from tempfile import mkdtemp
from threading import Thread

import click

from app.cli.faults import told_plainly
from config.logging import configure_logging
from config.settings import ROOT, read_settings

CHECK_SECONDS = 4
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
@click.option(
    "--check", is_flag=True, help="Only tell whether the web server lives: exit code 0, otherwise 1."
)
@with_parent
@told_plainly()
def serve(host: str, port: int, check: bool, with_parent: bool) -> None:
    """Run the web server (gunicorn, with config/gunicorn.py)."""
    if check:
        _check_web(port)
        return
    from gunicorn.app.wsgiapp import WSGIApplication  # noqa: PLC0415 - only this command needs it

    settings = read_settings()
    configure_logging(settings.log_level)
    if settings.metrics_token:
        # Before the library of the metrics is imported; config/gunicorn.py removes it.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="vreemdeogen-metrics-")
    if with_parent:
        _stop_when_input_ends()
    sys.argv = ["gunicorn", "--config", str(GUNICORN_SETTINGS), "--chdir", str(ROOT), "--bind", f"{host}:{port}", "wsgi:app"]  # fmt: skip
    WSGIApplication("%(prog)s").run()


@click.command()
@click.option("--check", is_flag=True, help="Only tell whether a worker is alive: exit code 0, otherwise 1.")
@with_parent
@told_plainly()
def worker(check: bool, with_parent: bool) -> None:
    """Run the worker, which does the jobs of the queue. More than one may run."""
    if check:
        _check_worker()
        return
    from prometheus_client import start_http_server  # noqa: PLC0415 - `serve` has to say first where it counts

    from app.factory import create_app, create_queue  # noqa: PLC0415 - `serve` is not to wait for it
    from app.jobs.worker import run_worker  # noqa: PLC0415 - as above

    app = create_app()
    if app.settings.worker_metrics_address:
        host, port = app.settings.worker_metrics_address.rsplit(":", 1)
        start_http_server(int(port), host)
    queue = create_queue(app)
    if with_parent:
        _stop_when_input_ends()
    run_worker(queue)


def _check_web(port: int) -> None:
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=CHECK_SECONDS)
    try:
        web.request("GET", "/gezond", headers={"Host": read_settings().host})
        status = web.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise click.ClickException(f"The web server does not answer: {type(error).__name__}.") from error
    finally:
        web.close()
    if status != http.HTTPStatus.OK:
        raise click.ClickException(f"The web server answers {status}.")
    click.echo("The web server lives.")


def _check_worker() -> None:
    from app.health.probe import Probe  # noqa: PLC0415 - `serve` has to say first where it counts
    from app.jobs.state import SILENT_AFTER_SECONDS  # noqa: PLC0415 - as above

    seconds = Probe(read_settings().database_url).heartbeat()
    if seconds > SILENT_AFTER_SECONDS:
        raise click.ClickException(f"No worker has been heard for {SILENT_AFTER_SECONDS} seconds.")
    click.echo(f"A worker was heard {seconds:.0f} seconds ago.")


def _stop_when_input_ends() -> None:
    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, daemon=True, name="parent watch").start()
