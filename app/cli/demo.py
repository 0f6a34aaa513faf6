"""`demo`: the whole house under one command."""

import click

from app.cli.faults import told_plainly
from app.demo.folder import DemoFolder
from app.demo.run import CannotRun, reset_demo, run_demo
from config.settings import ROOT
from tenants.embedded import CannotStart


@click.command(short_help="Run the demo: database, web server and worker, until Ctrl-C.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--reset", is_flag=True, help="Throw the demo's data away, and stop there.")
@told_plainly()
def demo(port: int, reset: bool) -> None:
    """Run a demo of three real networks with invented people: database, web server and worker, until Ctrl-C.

    Everything is kept in var/; the next run goes on with the same data.
    """
    folder = DemoFolder(ROOT / "var")
    try:
        if reset:
            reset_demo(folder)
        else:
            run_demo(folder, port)
    except (CannotRun, CannotStart) as error:
        raise click.ClickException(str(error)) from error
