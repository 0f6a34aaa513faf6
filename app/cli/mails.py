"""`mails`: what a mail server hands back to us."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click

from app.cli.faults import told_plainly
from app.kernel.returned_mail import Refusal, read_returned_mail
from app.organisation.mail_keys import MailedInvitation, mailed_invitation
from app.organisation.services.invitations import note_returned
from config.settings import Settings, read_settings
from tenants.keys import CannotOpen
from tenants.models import Tenant
from tenants.session import Database, open_engine

LONGEST = 256 * 1024
"""So many bytes of a mail are looked at. A report is a few kilobytes, and what comes first says what came back."""


class TryAgain(click.ClickException):
    """The mail can't be dealt with now: the mail server keeps it and comes back (EX_TEMPFAIL)."""

    exit_code = 75


@click.group()
def mails() -> None:
    """Take in what mail servers send back."""


@mails.command()
@click.argument("address", required=False)
def bounced(address: str | None) -> None:
    """Read a mail from standard input, and if it says that an invitation could not be delivered, keep that.

    A mail server pipes into it what arrives at BOUNCE_ADDRESS; ADDRESS is the one it arrived at, if the server tells.
    Everything else (automatic replies, delays, other mails, junk) is ignored, with exit code 0 too. Exit code 75: try
    again later.
    """
    returned = read_returned_mail(_read(sys.stdin.buffer))
    if returned is None:
        click.echo("Ignored: this is no report of a mail that failed.", err=True)
        return
    with _or_try_again():
        settings = read_settings()
        secrets = (settings.secret_key, *settings.older_secret_keys)
        mailed = mailed_invitation(secrets, [*returned.identifiers, address or ""])
        if mailed is None:
            click.echo("Ignored: this is not about an invitation of ours.", err=True)
            return
        click.echo(_keep(settings, mailed, returned.refusal), err=True)


def _read(stream: BinaryIO) -> bytes:
    """The beginning of the mail; the rest is read and forgotten, so that the mail server need not wonder."""
    beginning = stream.read(LONGEST)
    while stream.read(LONGEST):
        pass
    return beginning


def _keep(settings: Settings, mailed: MailedInvitation, refusal: Refusal) -> str:
    """Keep that the invitation came back; gives what was done, in ids."""
    engine = open_engine(settings.database_url, pool_size=1)
    try:
        database = Database(engine)
        with database.global_unit(read_only=True) as unit:
            tenant = unit.get(Tenant, mailed.network_id)
        if tenant is None:
            return "Ignored: the network is gone."
        with database.unit_of_work(tenant.opened(settings.master_key)):
            is_kept = note_returned(mailed.invitation_id, refusal)
    finally:
        engine.dispose()
    done = "Kept" if is_kept else "Known already, or of no use any more"
    return f"{done}: invitation {mailed.invitation_id} of network {mailed.network_id} came back ({refusal})."


@contextmanager
def _or_try_again() -> Iterator[None]:
    try:
        with told_plainly():
            yield
    except click.ClickException as fault:
        raise TryAgain(fault.message) from fault
    except CannotOpen as fault:
        raise TryAgain("The setting MASTER_KEY does not open the network.") from fault
