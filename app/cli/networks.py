"""`networks`: make, list, stop, resume, export and restore networks, and let in the first coordinator."""

import click

from app.cli.access import installation
from app.cli.archives import export, restore
from app.cli.faults import told_plainly
from app.expertise.services.shipping import ship_taxonomy
from app.kernel.actor import SYSTEM
from app.kernel.errors import Invalid
from app.kernel.permissions import Role
from app.organisation import register
from app.organisation.networks import make_network
from app.organisation.schemas import NewPersonSchema
from app.organisation.services.people import add_person
from app.web.forms import read
from tenants.models import Standing
from tenants.provision import SlugTaken, UnknownNetwork, all_tenants, set_standing, tenant_with


@click.group()
def networks() -> None:
    """Make, list, suspend, resume, export and restore networks."""


networks.add_command(export)
networks.add_command(restore)


@networks.command()
@click.argument("code")
@click.option("--slug", help="Its part of the URL, for ever; by default the code in small letters.")
@click.option("--name", help="Its name; by default that of the national register.")
@told_plainly()
def create(code: str, slug: str | None, name: str | None) -> None:
    """Make the network with this CODE of the national register (such as PO2601), with its boards and schools."""
    with installation() as (settings, database):
        try:
            tenant = make_network(database, settings.master_key, code.upper(), slug=slug, name=name)
            with database.unit_of_work(tenant.opened(settings.master_key)):
                ship_taxonomy()
        except register.UnknownNetwork as error:
            raise click.ClickException(f"{error} A code looks like PO2601.") from error
        except SlugTaken as error:
            taken = (
                f"The code {code.upper()} or the slug {error} is in use, or the slug is one of our own URLs."
            )
            raise click.ClickException(f"{taken} Choose another with --slug.") from error
        click.echo(f"Made {tenant.name}: {settings.base_url}/{tenant.slug}/")


@networks.command()
@click.argument("slug")
@click.argument("first_name")
@click.argument("last_name")
@click.argument("email")
@told_plainly()
def invite(slug: str, first_name: str, last_name: str, email: str) -> None:
    """Add a coordinator to the network SLUG and mail her an invitation: from then on she lets others in."""
    person = {"first_name": first_name, "last_name": last_name, "email": email}
    with installation() as (settings, database):
        try:
            with database.global_unit(read_only=True):
                network = tenant_with(slug).opened(settings.master_key)
            data = read(NewPersonSchema(), {**person, "role": Role.COORDINATOR, "invite": True})
            with database.unit_of_work(network):
                add_person(SYSTEM, data)
        except UnknownNetwork as error:
            raise click.ClickException(_no_network(slug)) from error
        except Invalid as error:
            raise click.ClickException(
                " ".join(text for texts in error.fields.values() for text in texts)
            ) from error
    click.echo(f"The worker mails an invitation to {email}.")


@networks.command("list")
@told_plainly()
def list_networks() -> None:
    """List the networks: code, slug, standing, name."""
    with installation() as (_, database), database.global_unit(read_only=True):
        tenants = all_tenants()
    for tenant in tenants:
        click.echo(f"{tenant.code}  {tenant.slug:<20}  {tenant.standing:<9}  {tenant.name}")
    if not tenants:
        click.echo("There are no networks yet. Make one with `vreemdeogen networks create CODE`.", err=True)


@networks.command()
@click.argument("slug")
@told_plainly()
def suspend(slug: str) -> None:
    """Stop the network SLUG: nobody gets in until it is resumed; nothing is deleted."""
    _set_standing(slug, Standing.SUSPENDED)
    click.echo(f"{slug} is suspended.")


@networks.command()
@click.argument("slug")
@told_plainly()
def resume(slug: str) -> None:
    """Let the network SLUG work again."""
    _set_standing(slug, Standing.ACTIVE)
    click.echo(f"{slug} is active.")


def _set_standing(slug: str, standing: Standing) -> None:
    try:
        with installation() as (_, database), database.global_unit():
            set_standing(slug, standing)
    except UnknownNetwork as error:
        raise click.ClickException(_no_network(slug)) from error


def _no_network(slug: str) -> str:
    return f'There is no network "{slug}". `vreemdeogen networks list` shows those that there are.'
