"""Restore one network from an archive, into an installation that does not have it: whole, or not at all."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from config.settings import MasterKey
from tenants.archive import Contents, Job, Refused, Report, Upstairs
from tenants.archive.lines import (
    JOBS_PART,
    LOGINS_PART,
    NETWORK_PART,
    contents,
    file_of,
    network_columns,
    quoted,
)
from tenants.archive.manifest import READABLE
from tenants.archive.packed import PackedArchive
from tenants.archive.tables import NETWORKS, OwnedTable, tables_of
from tenants.archive.texts import ReadableTexts, SealedTexts, Texts
from tenants.base import Base, seal_text
from tenants.context import entered
from tenants.keys import CannotOpen, new_key, unseal, wrap_data_key
from tenants.migrate import revision_of
from tenants.models import Tenant
from tenants.provision import refuse_taken
from tenants.session import Database

_OF_QUEUE = frozenset({"tenant_id", "name", "priority"})
"""Arguments that the queue gives itself."""

_WRONG_ROWS = (psycopg.IntegrityError, psycopg.DataError, psycopg.errors.StatementTooComplex)


def restore_network(
    database: Database, master_key: MasterKey, archive: PackedArchive, upstairs: Upstairs, report: Report
) -> Tenant:
    """Make the network of the archive; what came out is read again and compared before it counts.

    As the role that makes networks. Raises Refused, and SlugTaken when the network, or its slug, is there already.
    """
    try:
        with database.global_unit() as unit:
            return _Restoring(unit, archive, upstairs).run(master_key, report)
    except DBAPIError as error:
        if isinstance(error.orig, _WRONG_ROWS):
            raise Refused(f"The database does not take what is in it: {_first_line(error.orig)}") from error
        raise
    except _WRONG_ROWS as error:
        raise Refused(f"The database does not take what is in it: {_first_line(error)}") from error


class _Restoring:
    """One restore, in one transaction."""

    def __init__(self, unit: Session, archive: PackedArchive, upstairs: Upstairs) -> None:
        self._unit = unit
        self._archive = archive
        self._manifest = archive.manifest
        self._upstairs = upstairs
        self._tables = tables_of(Base.metadata, unit.connection())

    def run(self, master_key: MasterKey, report: Report) -> Tenant:
        """Check, make, compare."""
        self._refuse_other_shape()
        refuse_taken(self._manifest.slug, self._manifest.code)
        self._archive.check(report=lambda done: report(done / 3))
        data_key = self._data_key()
        texts = ReadableTexts() if self._manifest.texts == READABLE else SealedTexts(data_key)
        tenant = self._make_network(master_key, data_key)
        with entered(tenant.opened(master_key)):
            self._fill(tenant, texts, lambda done: report((1 + done) / 3))
            self._compare(contents(self._unit, self._tables, texts, self._upstairs))
        self._number_on(tenant)
        report(1.0)
        return tenant

    def _refuse_other_shape(self) -> None:
        revision = revision_of(self._unit.connection())
        if self._manifest.revision != revision:
            raise Refused(
                f"The archive was made with tables of version {self._manifest.revision}, and this installation has"
                f" version {revision}. Restore it into an installation of version {self._manifest.revision}, and"
                " migrate that."
            )
        expected = [NETWORK_PART, LOGINS_PART, *(file_of(table) for table in self._tables), JOBS_PART]
        if [part.file for part in self._manifest.parts] != expected:
            raise Refused("The archive has not the files that a network has.")

    def _data_key(self) -> bytes:
        """The network's own key from a sealed archive; a new one when the texts are readable."""
        if self._manifest.texts == READABLE:
            return new_key()
        if self._archive.key is None:
            raise Refused("The texts in this archive are sealed: give the key file that was made with it.")
        try:
            return unseal(
                self._archive.key, bytes.fromhex(self._manifest.data_key or ""), self._manifest.bound
            )
        except (CannotOpen, ValueError) as error:
            raise Refused("The key is not that of this archive, or the archive was changed.") from error

    def _make_network(self, master_key: MasterKey, data_key: bytes) -> Tenant:
        line = self._only_line(NETWORK_PART)
        said = {"slug": self._manifest.slug, "code": self._manifest.code, "name": self._manifest.name}
        if said != {name: _object(line).get(name) for name in said}:
            raise Refused(f"{NETWORK_PART} and the list of contents do not name the same network.")
        wrapped = wrap_data_key(master_key, data_key, self._manifest.slug)
        columns = (*network_columns(), "wrapped_data_key")
        self._stage(iter([(line, json.dumps({"wrapped_data_key": _hex(wrapped)}))]))
        self._insert(NETWORKS, columns, {})
        return self._unit.query(Tenant).filter_by(slug=self._manifest.slug).one()

    def _only_line(self, name: str) -> str:
        if self._manifest.rows[name] != 1:
            raise Refused(f"{name} has not one row.")
        return next(self._archive.lines(name))

    def _fill(self, tenant: Tenant, texts: Texts, report: Report) -> None:
        addresses = [_text(_object(line), "email") for line in self._archive.lines(LOGINS_PART)]
        logins = self._upstairs.join(tenant.id, addresses)
        total, done = sum(self._manifest.rows.values()) or 1, 0
        for table in self._tables:
            self._stage(self._rows(table, texts, logins))
            columns = (*table.plain, *table.sealed, *table.logins)
            self._insert(table.name, columns, {"tenant_id": tenant.id})
            done += self._manifest.rows[file_of(table)]
            report(done / total)
        self._upstairs.queue_again(self._job(line) for line in self._archive.lines(JOBS_PART))

    def _rows(self, table: OwnedTable, texts: Texts, logins: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        """Each line, and what stands in the database for its texts and logins."""
        for line in self._archive.lines(file_of(table)):
            extra: dict[str, Any] = {}
            if table.sealed or table.logins:
                row = _object(line)
                for name in table.sealed:
                    if row.get(name) is not None:
                        place = f"{table.name}.{name}:{row.get('id')}"
                        extra[name] = _hex(seal_text(texts.read(_text(row, name), place)))
                for name in table.logins:
                    if row.get(name) is not None:
                        extra[name] = _login(logins, _text(row, name))
            yield line, json.dumps(extra)

    def _stage(self, rows: Iterator[tuple[str, str]]) -> None:
        """Where PostgreSQL reads the lines from: it knows its own types best."""
        cursor: psycopg.Cursor[Any] = self._unit.connection().connection.cursor()  # pyright: ignore[reportAssignmentType]
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS staged (line jsonb, extra jsonb) ON COMMIT DROP")
        cursor.execute("TRUNCATE staged")
        with cursor.copy("COPY staged FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def _insert(self, table: str, columns: Sequence[str], same: Mapping[str, int]) -> None:
        """One statement for a table: its rows may refer to each other."""
        values = ", ".join([*(f":{name}" for name in same), *(f"r.{quoted(name)}" for name in columns)])
        self._unit.execute(
            text(f"""
                INSERT INTO {quoted(table)} ({quoted(*same, *columns)}) SELECT {values}
                FROM staged, jsonb_populate_record(NULL::{quoted(table)}, line || extra) r"""),
            same,
        )

    def _job(self, line: str) -> Job:
        """A job with ids of this network alone: which network that is, is not for the archive to say."""
        job = _object(line)
        task, priority, arguments = _text(job, "task"), job.get("priority"), job.get("arguments")
        if task not in self._upstairs.jobs or type(priority) is not int or not isinstance(arguments, dict):
            raise Refused(f"{JOBS_PART} has a job that is not one of a network.")
        ids = cast("dict[str, Any]", arguments)
        if not _OF_QUEUE.isdisjoint(ids) or not all(type(value) is int for value in ids.values()):
            raise Refused(f"{JOBS_PART} has a job with other arguments than ids.")
        return {"task": task, "priority": priority, "arguments": ids}

    def _compare(self, restored: Contents) -> None:
        if restored.sha256 != self._manifest.sha256:
            expected = self._manifest.rows
            differing = [name for name, count in restored.rows.items() if count != expected.get(name)]
            raise Refused(
                f"What was restored is not what was exported: {', '.join(differing) or 'same counts'}."
            )

    def _number_on(self, tenant: Tenant) -> None:
        """Rows keep their numbers; new ones go on after the highest."""
        for table in self._tables:
            self._unit.execute(
                text(f"""
                    SELECT setval(s.name, m.highest)
                    FROM (SELECT pg_get_serial_sequence(:table, 'id') AS name) s,
                         (SELECT max(id) AS highest FROM {quoted(table.name)} WHERE tenant_id = :network) m
                    WHERE m.highest > coalesce(pg_sequence_last_value(s.name::regclass), 0)"""),
                {"table": f"public.{quoted(table.name)}", "network": tenant.id},
            )


def _object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Refused("A row is not JSON.") from error
    if not isinstance(row, dict):
        raise Refused("A row is not a JSON object.")
    return cast("dict[str, Any]", row)


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise Refused(f"A row has no text as {name}.")
    return value


def _login(logins: Mapping[str, int], address: str) -> int:
    if address not in logins:
        raise Refused(f"A row refers to a login that is not in {LOGINS_PART}.")
    return logins[address]


def _hex(content: bytes) -> str:
    return f"\\x{content.hex()}"


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0]
