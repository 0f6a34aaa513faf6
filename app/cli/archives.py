"""`networks export` and `networks restore`: one network out of an installation, and into another."""

import base64
import binascii
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from app.cli.access import installation
from app.cli.faults import told_plainly
from app.identity.moving import addresses_of_members, join_by_address
from app.jobs.moving import queue_again, waiting_jobs
from app.kernel.mail import open_postbox
from config.settings import Settings
from tenants.archive import Refused, Report, Upstairs
from tenants.archive.export import export_network
from tenants.archive.packed import PackedArchive
from tenants.archive.restore import restore_network
from tenants.provision import SlugTaken, UnknownNetwork, tenant_with
from tenants.session import Database

STEPS = 1000
KEY_ENDING = ".key"


@click.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--readable", is_flag=True, help="Write the confidential texts out: for a network that leaves.")
@told_plainly()
def export(slug: str, file: Path, readable: bool) -> None:
    """Write the network SLUG to FILE, a zip of open formats, as it is at this moment; people may go on working.

    Confidential texts are sealed. The key is written to FILE.key: keep the two apart. FILE holds names and addresses:
    only you may read it.
    """
    key_file = _key_file(file)
    for new in (file, *([] if readable else [key_file])):
        if new.exists():
            raise click.ClickException(f"{new} exists already. Nothing was written.")
    if readable:
        click.echo("Confidential texts will stand in the file for everybody who opens it.", err=True)
    with installation(as_app=True) as (settings, database), _refusals(), _bar("Exporting") as report:
        try:
            with database.global_unit(read_only=True):
                network = tenant_with(slug).opened(settings.master_key)
        except UnknownNetwork as error:
            told = f'There is no network "{slug}". `vreemdeogen networks list` shows those that there are.'
            raise click.ClickException(told) from error
        upstairs = upstairs_of(settings, database)
        with (
            _whole_or_nothing(file) as target,
            database.unit_of_work(network, read_only=True, with_identities=True, snapshot=True) as unit,
        ):
            manifest, key = export_network(unit, target, upstairs, readable=readable, report=report)
            if key:
                with _whole_or_nothing(key_file) as output:
                    output.write(base64.b64encode(key) + b"\n")
    rows = sum(manifest.rows.values())
    click.echo(f"{manifest.code} {manifest.name}: {rows} rows, sha256 {manifest.sha256}")
    if key:
        click.echo(f"The texts in it can be opened with {key_file} only. Keep it apart from {file}.")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    "key_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The key file that was made with it; FILE.key by default.",
)
@told_plainly()
def restore(file: Path, key_file: Path | None) -> None:
    """Make the network of FILE in this installation, which must not have it yet.

    Its people sign in with the password that they have here; who has none asks for one with "forgot password".
    """
    if key_file is None and _key_file(file).exists():
        key_file = _key_file(file)
    with installation() as (settings, database), _refusals(), _bar("Restoring") as report:
        key = _read_key(key_file) if key_file else None
        with file.open("rb") as source, PackedArchive(source, key) as archive:
            try:
                upstairs = upstairs_of(settings, database)
                tenant = restore_network(database, settings.master_key, archive, upstairs, report)
            except SlugTaken as error:
                told = f"There is a network already with the slug {error}, or with the same code."
                raise click.ClickException(told) from error
    click.echo(f"Restored {tenant.name}, row by row equal: {settings.base_url}/{tenant.slug}/")


def upstairs_of(settings: Settings, database: Database) -> Upstairs:
    """What this house has of a network outside its tables."""
    from app.factory import handlers  # noqa: PLC0415 - the whole house, with every table; other commands need it not

    every_job = handlers(settings, database, open_postbox(settings, database))
    return Upstairs(
        emails=addresses_of_members,
        join=join_by_address,
        jobs=frozenset(handler.name for handler in every_job if handler.in_network),
        waiting_jobs=waiting_jobs,
        queue_again=queue_again,
    )


def _key_file(file: Path) -> Path:
    return file.with_name(file.name + KEY_ENDING)


def _read_key(file: Path) -> bytes:
    try:
        key = base64.b64decode(file.read_bytes()[:1000].strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise Refused(f"{file} is not a key file.")
    return key


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except Refused as error:
        raise click.ClickException(f"{error} Nothing was changed.") from error


@contextmanager
def _whole_or_nothing(file: Path) -> Iterator[IO[bytes]]:
    """A file for the eyes of the user alone, under its name when all of it is written."""
    half = file.with_name(f"{file.name}.{os.getpid()}.half")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
            yield output
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


@contextmanager
def _bar(label: str) -> Iterator[Report]:
    with click.progressbar(length=STEPS, label=label, file=sys.stderr) as bar:
        yield lambda done: bar.update(max(0, int(done * STEPS) - bar.pos))
