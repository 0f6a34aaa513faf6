"""The lines of an archive, read from a database: the same rows give the same bytes wherever they are."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from tenants.archive import Contents, Upstairs
from tenants.archive.tables import NETWORKS, OwnedTable
from tenants.archive.texts import Texts
from tenants.base import unseal_text
from tenants.context import current_network_id
from tenants.models import Tenant
from tenants.rendering import render_alike

NETWORK_PART, LOGINS_PART, JOBS_PART = "network.jsonl", "logins.jsonl", "waiting_jobs.jsonl"
OF_INSTALLATION = frozenset({"id", "wrapped_data_key"})
"""Columns of a network that mean nothing elsewhere."""

ROWS_AT_ONCE = 500


@dataclass(slots=True)
class Tally:
    """Counts and digests what is written to, or read from, one file of an archive."""

    rows: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, line: bytes) -> None:
        """Count one line."""
        self.rows += 1
        self._digest.update(line)

    @property
    def sha256(self) -> str:
        """The digest so far."""
        return self._digest.hexdigest()


def file_of(table: OwnedTable) -> str:
    """The name of a table's file in an archive."""
    return f"tables/{table.name}.jsonl"


def network_columns() -> tuple[str, ...]:
    """What an archive tells of the network itself."""
    return tuple(
        name
        for name in Tenant.__table__.columns.keys()  # noqa: SIM118 - the columns of a table are no dict
        if name not in OF_INSTALLATION
    )


def parts(
    unit: Session, tables: Sequence[OwnedTable], texts: Texts, upstairs: Upstairs
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file of the archive with its lines, of the network that was entered, in the order of restoring.

    What an iterator of lines is not asked for is not read: the network never is in memory as a whole.
    """
    network_id = current_network_id()
    render_alike(unit.connection())
    yield NETWORK_PART, _network_line(unit, network_id)
    emails = upstairs.emails(network_id)
    yield LOGINS_PART, _json_lines({"email": email} for email in sorted(emails.values()))
    for table in tables:
        yield file_of(table), _table_lines(unit, table, texts, emails)
    yield JOBS_PART, _json_lines(upstairs.waiting_jobs())


def contents(unit: Session, tables: Sequence[OwnedTable], texts: Texts, upstairs: Upstairs) -> Contents:
    """What an archive of the network that was entered would hold."""
    tallies: dict[str, Tally] = {}
    for name, lines in parts(unit, tables, texts, upstairs):
        tally = tallies[name] = Tally()
        for line in lines:
            tally.add(line)
    return summed(tallies)


def summed(tallies: Mapping[str, Tally]) -> Contents:
    """The contents as counts, and one digest over all."""
    listed = [[name, tally.rows, tally.sha256] for name, tally in tallies.items()]
    digest = hashlib.sha256(json.dumps(listed).encode()).hexdigest()
    return Contents({name: tally.rows for name, tally in tallies.items()}, digest)


def count_rows(unit: Session, tables: Sequence[OwnedTable]) -> int:
    """How many rows the tables of the network that was entered have together."""
    network = {"network": current_network_id()}
    questions = [f"SELECT count(*) FROM {quoted(table.name)} WHERE tenant_id = :network" for table in tables]
    return sum(unit.scalar(text(question), network) or 0 for question in questions)


def quoted(*names: str) -> str:
    """Names of tables or columns, parted by commas, as SQL wants them."""
    return ", ".join(_QUOTE(name) for name in names)


_QUOTE = postgresql.dialect().identifier_preparer.quote


def _network_line(unit: Session, network_id: int) -> Iterator[bytes]:
    query = f"SELECT row_to_json(p)::text FROM (SELECT {quoted(*network_columns())} FROM {NETWORKS} WHERE id = :id) p"
    yield f"{unit.scalars(text(query), {'id': network_id}).one()}\n".encode()


def _table_lines(
    unit: Session, table: OwnedTable, texts: Texts, emails: Mapping[int, str]
) -> Iterator[bytes]:
    """A row is written by PostgreSQL, so that it comes back exactly; texts and logins are put behind it."""
    own = ", ".join(f"t.{quoted(name)}" for name in table.plain)
    special = "".join(f", t.{quoted(name)}" for name in (*table.sealed, *table.logins))
    query = f"""
        SELECT (SELECT row_to_json(p)::text FROM (SELECT {own}) p){special}, t.id
        FROM {quoted(table.name)} t WHERE t.tenant_id = :network ORDER BY t.id"""
    rows = unit.execute(
        text(query), {"network": current_network_id()}, execution_options={"yield_per": ROWS_AT_ONCE}
    )
    for plain, *values, row_id in rows:
        sealed, logins = values[: len(table.sealed)], values[len(table.sealed) :]
        written = [
            None if value is None else texts.write(unseal_text(value), f"{table.name}.{name}:{row_id}")
            for name, value in zip(table.sealed, sealed, strict=True)
        ]
        written += [None if login is None else emails[login] for login in logins]
        ending = "".join(
            f",{json.dumps(name)}:{json.dumps(value, ensure_ascii=False)}"
            for name, value in zip((*table.sealed, *table.logins), written, strict=True)
        )
        yield f"{plain[:-1]}{ending}}}\n".encode()


def _json_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    for row in rows:
        yield f"{json.dumps(row, ensure_ascii=False, sort_keys=True)}\n".encode()
