"""PostgreSQL's own programs: those of this machine that fit the server, called without a password in sight."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Connection, text

from tenants.backup import BackupFailed
from tenants.embedded import CannotStart, package_binaries

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_DEBIAN = Path("/usr/lib/postgresql")
SETS_TRANSACTION_TIMEOUT = 17
"""From this version on, what pg_restore sends can't be read by an older server."""


def major_of(server: Connection) -> int:
    """The version of PostgreSQL that answers."""
    return int(server.scalar(text("SHOW server_version_num")) or 0) // 10_000


def run_tool(name: str, major: int, address: URL, *arguments: str) -> None:
    """Run `pg_dump` or `pg_restore` for a server of this version on a database. Raises BackupFailed."""
    command = [_fitting(name, major), *arguments, "--dbname", _conninfo(address)]
    secret = {"PGPASSWORD": address.password} if address.password else {}
    ran = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise BackupFailed(f"{name}: {ran.stderr.strip()[-1000:]}")


def _fitting(name: str, server_major: int) -> Path:
    """The program of the server's own version, or else the next newer one that it understands."""
    found = {_major(path): path for path in _candidates(name)}
    for major in sorted(found):
        if major == server_major or (major > server_major and _understands(server_major, major)):
            return found[major]
    raise BackupFailed(
        f"The server is PostgreSQL {server_major}, and this machine has no {name} of that version"
        f" (it has: {', '.join(map(str, sorted(found))) or 'none'})."
        f" Debian, Ubuntu: apt install postgresql-client-{server_major}."
    )


def _understands(server_major: int, tool_major: int) -> bool:
    return server_major >= SETS_TRANSACTION_TIMEOUT or tool_major < SETS_TRANSACTION_TIMEOUT


def _candidates(name: str) -> Iterator[Path]:
    """Debian's `pg_dump` on the path chooses a version by itself: its folders say which one it is."""
    folders = [*_DEBIAN.glob("*/bin")]
    with suppress(CannotStart):  # an installation has a PostgreSQL of its own
        folders.insert(0, package_binaries())
    on_path = shutil.which(name)
    if on_path and not _DEBIAN.exists():
        folders.append(Path(on_path).parent)
    yield from (folder / name for folder in folders if (folder / name).exists())


def _major(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = _VERSION.search(said)
    return int(found.group(1)) if found else 0


def _conninfo(address: URL) -> str:
    """As libpq reads it, without the password: everybody on the machine sees the arguments of a process."""
    parts = {"host": address.host, "port": address.port, "user": address.username, "dbname": address.database}
    given = {name: value for name, value in parts.items() if value is not None}
    options = {
        name: value if isinstance(value, str) else ",".join(value) for name, value in address.query.items()
    }
    return make_conninfo("", **given, **options)
