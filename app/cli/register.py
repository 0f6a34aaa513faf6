"""`register`: bring the national register up to date with a file of DUO."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click

from app.cli.access import installation
from app.cli.faults import told_plainly
from app.kernel.errors import Conflict, Invalid
from app.kernel.tables import UnreadableTable, read_table
from app.organisation.queries.register import current_register, listed_editions
from app.organisation.register.duo import NotTheFile, WrongRows
from app.organisation.services.register import (
    Consent,
    Preview,
    keep_edition,
    read_file,
    take_into_use,
)

ROWS_NAMED = 10


@click.group()
def register() -> None:
    """Look at the national register of schools, and bring it up to date."""


@register.command()
@told_plainly()
def show() -> None:
    """List the editions, with the one in use."""
    with installation() as (_, database), database.global_unit(read_only=True):
        for edition in listed_editions():
            sign = "*" if edition.is_in_use else " "
            origin = f"edition {edition.id}" if edition.id else "came with the software"
            click.echo(f"{sign} {edition.dated_on}  {edition.school_count} schools  {origin}")


@register.command("update")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--date", "dated_on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the file; today by default."
)
@click.option("--check", is_flag=True, help="Only tell what would change; nothing is kept.")
@click.option("--older", is_flag=True, help="Take it although the edition in use is of a later day.")
@click.option("--closing", type=int, metavar="N", help="Say that it is right that N schools close.")
@told_plainly()
def update(file: Path, dated_on: datetime | None, *, check: bool, older: bool, closing: int | None) -> None:
    """Take FILE into use: DUO's "02. Alle schoolvestigingen basisonderwijs", as it is, or saved as XLSX.

    Networks see what changes for them, and take that over themselves.
    """
    day = dated_on.replace(tzinfo=UTC).date() if dated_on else date.today()  # noqa: DTZ011 - of this machine
    content = file.read_bytes()
    with installation() as (_, database), _refusals(), database.global_unit():
        taken = read_file(read_table(content), day)
        _tell(Preview(current_register(), taken.register))
        for school in taken.left_out:
            click.echo(
                f"Left out, of no network that we know: {school.code} {school.name}, {school.postcode}",
                err=True,
            )
        if check:
            click.echo("Nothing was changed.")
            return
        take_into_use(None, keep_edition(None, taken, content), Consent(older, closing))
    click.echo("The edition is in use.")


def _tell(preview: Preview) -> None:
    counts = Counter(change.kind for change in preview.changes)
    click.echo(f"In use: {preview.now.dated_on}, {len(preview.now.schools)} schools")
    click.echo(f"File:   {preview.then.dated_on}, {len(preview.then.schools)} schools")
    click.echo(", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "Nothing changes.")


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except UnreadableTable as error:
        raise click.ClickException(f"This file can't be read as a table: {error}.") from error
    except NotTheFile as error:
        raise click.ClickException(f"This is not the file of DUO. Missing columns: {error}.") from error
    except WrongRows as error:
        rows = "; ".join(f"row {row.number}, {row.column}: {row.text!r}" for row in error.rows[:ROWS_NAMED])
        raise click.ClickException(f"{len(error.rows)} cells are wrong. {rows}") from error
    except Invalid as error:
        words = " ".join(text for texts in error.fields.values() for text in texts)
        raise click.ClickException(f"{words} See --older and --closing.") from error
    except Conflict as error:
        raise click.ClickException(error.message) from error
