"""`demo`: the whole house under one command."""

import click

from app.cli.faults import told_plainly
from app.demo.extent import Extent
from app.demo.folder import DemoFolder
from app.demo.run import CannotRun, build_demo, reset_demo, run_demo
from config.settings import ROOT
from tenants.embedded import CannotStart


@click.command(short_help="Run the demo: database, web server and worker, until Ctrl-C.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--nation", is_flag=True, help="All 76 networks of the country instead of three, in var/nation/."
)
@click.option("--build-only", is_flag=True, help="Make the data, and stop there.")
@click.option("--reset", is_flag=True, help="Throw the demo's data away, and stop there.")
@told_plainly()
def demo(port: int, nation: bool, build_only: bool, reset: bool) -> None:
    """Run a demo of three real networks with invented people: database, web server and worker, until Ctrl-C.

    Everything is kept in var/; the next run goes on with the same data.

    With --nation: every school of the country, and everybody who works there. A build that was broken off goes on where it stopped.
    """
    folder = DemoFolder(ROOT / "var" / "nation" if nation else ROOT / "var")
    try:
        if reset:
            reset_demo(folder)
        elif build_only:
            build_demo(folder, Extent(nation))
        else:
            run_demo(folder, port, Extent(nation))
    except (CannotRun, CannotStart) as error:
        raise click.ClickException(str(error)) from error
