"""`backup`, `restore` and `drill`: a dump of the whole installation, and the proof that it can be restored."""

import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import URL

from app.cli.faults import told_plainly
from app.cli.installation import prepare_cluster, psycopg_url
from config.settings import read_settings
from tenants.backup import BackupFailed
from tenants.backup.drill import Outcome
from tenants.backup.drill import drill as run_drill
from tenants.backup.dump import dump, list_of, read_list
from tenants.backup.dump import restore as restore_dump
from tenants.backup.inventory import Held

STEPS = 1000


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@told_plainly()
def backup(file: Path) -> None:
    """Dump the whole installation to FILE while people work, and its list of contents to FILE.json.

    FILE holds names and addresses; confidential texts stay sealed. Keep it apart from MASTER_KEY. Needs pg_dump.
    """
    if file.exists():
        raise click.ClickException(f"{file} exists already. Nothing was written.")
    address = psycopg_url(read_settings().migrate_url)
    with _failures(), _bar("Dumping, and counting") as report:
        held = dump(address, file, report=report)
    rows = sum(each.rows for each in held.values())
    size = file.stat().st_size
    click.echo(f"{file}: {rows} rows of {len(held)} tables, {size} bytes. List of contents: {list_of(file)}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--prepare",
    metavar="URL",
    help="First make the roles and the database, as the superuser of this URL (such as postgresql://postgres@host/postgres).",
)
@told_plainly()
def restore(file: Path, prepare: str | None) -> None:
    """Put the dump FILE into the database of DATABASE_MIGRATE_URL, which must be empty. Needs pg_restore."""
    settings = read_settings()
    if prepare:
        prepare_cluster(settings, prepare)
    with _failures():
        restore_dump(psycopg_url(settings.migrate_url), file)
    click.echo(f"{file} is restored. Now run `vreemdeogen migrate`, and `vreemdeogen key check`.")


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@told_plainly()
def drill(file: Path | None) -> None:
    """Show that a backup can be restored: the dump FILE, or one that is made for it. Exit code 1 when it can't.

    It goes into a database of its own on the same server, which is dropped afterwards: every table is compared with
    what was dumped, the walls between networks are looked at, and confidential texts are opened with MASTER_KEY.
    """
    from app.factory import create_app  # noqa: F401, PLC0415 - the whole house: it knows which texts are confidential

    settings = read_settings()
    address = psycopg_url(settings.migrate_url)
    with _failures(), _dumped(address, file) as (dumped, held), _bar("Comparing") as report:
        outcome = run_drill(address, dumped, held, settings.master_key, report)
    for line in _told(outcome):
        click.echo(line)
    if not outcome.is_good:
        raise click.ClickException("This backup can not be relied on.")
    click.echo("This backup can be restored.")


@contextmanager
def _dumped(address: URL, file: Path | None) -> Generator[tuple[Path, Mapping[str, Held]]]:
    """The dump to try, with its list of contents: as given, or made now in a folder that goes."""
    if file:
        yield file, read_list(file)
        return
    with tempfile.TemporaryDirectory(prefix="vreemdeogen-drill-") as folder:
        made = Path(folder) / "dump"
        with _bar("Dumping, and counting") as report:
            held = dump(address, made, report=report)
        yield made, held


def _told(outcome: Outcome) -> Iterator[str]:
    nothing = Held(0, "")
    yield f"{'table':<40} {'dumped':>10} {'restored':>10}"
    for name in sorted({*outcome.expected, *outcome.restored}):
        was, came = outcome.expected.get(name, nothing), outcome.restored.get(name, nothing)
        yield f"{name:<40} {was.rows:>10} {came.rows:>10}  {'DIFFERS' if name in outcome.differing else 'equal'}"
    yield f"{outcome.texts} confidential texts opened, of each network and kind one."
    yield from outcome.faults


@contextmanager
def _failures() -> Generator[None]:
    try:
        yield
    except BackupFailed as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _bar(label: str) -> Generator[Callable[[float], None]]:
    with click.progressbar(length=STEPS, label=label, file=sys.stderr) as bar:
        yield lambda done: bar.update(max(0, int(done * STEPS) - bar.pos))
