"""`operators`: who runs the platform."""

import click
from email_validator import EmailNotValidError, validate_email

from app.cli.access import installation
from app.cli.faults import told_plainly
from app.identity.queries import operators as all_operators
from app.identity.services import add_operator, remove_operator
from app.kernel.errors import NotFound


@click.group()
def operators() -> None:
    """Say who runs the platform: makes no part of any network by that, and sees none from within."""


@operators.command()
@click.argument("email")
@told_plainly()
def add(email: str) -> None:
    """Let EMAIL run the platform. Who has no login yet is mailed a link to choose a password."""
    try:
        address = validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise click.ClickException(f"{email} is not an e-mail address. {error}") from error
    with installation() as (settings, database):
        with database.global_unit():
            is_new = add_operator(address)
        click.echo(f"{address} runs the platform: {settings.base_url}/beheer/")
        if is_new:
            click.echo(
                "The worker mails a link to choose a password. It works for an hour;"
                f" afterwards {settings.base_url}/wachtwoord-vergeten gives another."
            )


@operators.command()
@click.argument("email")
@told_plainly()
def remove(email: str) -> None:
    """Let EMAIL run the platform no longer, from this moment. The login stays."""
    try:
        with installation() as (_, database), database.global_unit():
            remove_operator(email)
    except NotFound as error:
        raise click.ClickException(f"{email} does not run the platform.") from error
    click.echo(f"{email} runs the platform no longer.")


@operators.command("list")
@told_plainly()
def list_operators() -> None:
    """List who run the platform, and since when."""
    with installation() as (_, database), database.global_unit(read_only=True):
        found = all_operators()
    for email, since in found:
        click.echo(f"{since:%Y-%m-%d}  {email}")
    if not found:
        click.echo("Nobody runs the platform yet. Say who with `vreemdeogen operators add EMAIL`.", err=True)
