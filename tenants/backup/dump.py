"""Dump a database while people work in it, and restore a dump into an empty one."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import NullPool

from tenants.backup import BackupFailed
from tenants.backup.inventory import Held, inventory
from tenants.backup.tools import major_of, run_tool
from tenants.provision import OWNER

LIST_ENDING = ".json"
LOCK_MILLISECONDS = 60_000
"""So long a dump waits for a migration that holds a table."""


def dump(
    address: URL, file: Path, *, compress: bool = True, report: Callable[[float], None] = lambda _: None
) -> Mapping[str, Held]:
    """Write FILE and FILE.json, both of one moment; gives what is in them. Raises BackupFailed.

    `address` is that of the role that bypasses row level security.
    """
    half = file.with_name(f"{file.name}.half")
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    engine = create_engine(address, poolclass=NullPool, isolation_level="REPEATABLE READ")
    try:
        with engine.connect() as connection:
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            arguments = ["--format=custom", f"--snapshot={snapshot}", f"--file={half}"]
            arguments += [f"--lock-wait-timeout={LOCK_MILLISECONDS}", *([] if compress else ["--compress=0"])]
            run_tool("pg_dump", major_of(connection), address, *arguments)
            held = inventory(connection, report)
        _write_list(file, held)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    return held


def read_list(file: Path) -> Mapping[str, Held]:
    """What a dump held when it was made. Raises BackupFailed."""
    listed = list_of(file)
    try:
        return {name: Held(**held) for name, held in json.loads(listed.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise BackupFailed(
            f"{listed}, the list of contents that `backup` wrote beside the dump, can't be read: without it nobody"
            " can say whether everything came back."
        ) from error


def list_of(file: Path) -> Path:
    """Where the list of contents of a dump stands."""
    return file.with_name(file.name + LIST_ENDING)


def restore(address: URL, file: Path) -> None:
    """Put a dump into a database without tables: whole, or not at all. Raises BackupFailed."""
    engine = create_engine(address, poolclass=NullPool)
    with engine.connect() as connection:
        if inventory(connection):
            raise BackupFailed(f"The database {address.database} is not empty. Nothing was changed.")
        major = major_of(connection)
    run_tool(
        "pg_restore", major, address, "--single-transaction", "--exit-on-error", f"--role={OWNER}", str(file)
    )


def _write_list(file: Path, held: Mapping[str, Held]) -> None:
    listed = {name: asdict(each) for name, each in held.items()}
    list_of(file).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
