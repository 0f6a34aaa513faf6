"""`key`: make a master key, and replace the one that is in use while people work."""

import base64
import sys
from collections import Counter

import click

from app.cli.access import installation
from app.cli.faults import told_plainly
from tenants.keys import CannotOpen, new_key
from tenants.rotation import Wrapping, wrap_anew, wrappings


@click.group(invoke_without_command=True)
@click.pass_context
def key(context: click.Context) -> None:
    """Print a new master key, for the setting MASTER_KEY; or `check` and `rotate` the one that is in use.

    Keep it apart from the backups of the database: without it nobody can read the confidential texts, you included.
    """
    if context.invoked_subcommand is None:
        click.echo(base64.b64encode(new_key()).decode())


@key.command()
@told_plainly()
def check() -> None:
    """Tell how many networks still need a key of MASTER_KEY_OLD. Exit code 1 while there are any."""
    with installation() as (settings, database):
        standing = wrappings(database, settings.master_key)
    counts = Counter(standing.values())
    click.echo(f"{counts[Wrapping.CURRENT]} networks are opened by MASTER_KEY.")
    click.echo(f"{counts[Wrapping.OLDER]} networks still need a key of MASTER_KEY_OLD.")
    lost = [slug for slug, wrapping in standing.items() if wrapping is Wrapping.LOST]
    if lost:
        click.echo(
            f"No key opens {', '.join(lost)}: put the key that they had into MASTER_KEY_OLD.", err=True
        )
    if counts[Wrapping.OLDER] or lost:
        sys.exit(1)
    click.echo("MASTER_KEY_OLD can be left out.")


@key.command()
@told_plainly()
def rotate() -> None:
    """Wrap the data key of every network with MASTER_KEY; those of MASTER_KEY_OLD open it first.

    People go on working, and it can be broken off and run again. First give every process both settings.
    """
    with installation() as (settings, database):
        standing = wrappings(database, settings.master_key)
        lost = []
        with click.progressbar(standing, label="Wrapping", file=sys.stderr) as slugs:
            for slug in slugs:
                try:
                    wrap_anew(database, settings.master_key, slug)
                except CannotOpen:
                    lost.append(slug)
    rewrapped = sum(standing[slug] is Wrapping.OLDER for slug in standing)
    click.echo(f"{rewrapped} networks were wrapped anew, of {len(standing)}.")
    if lost:
        told = f"No key opens {', '.join(lost)}: put the key that they had into MASTER_KEY_OLD, and run this again."
        raise click.ClickException(told)
