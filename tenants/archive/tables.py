"""Which tables and columns a network has: from the models, and compared with what the database really has."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Connection, MetaData, Table, text
from sqlalchemy.types import TypeDecorator

from tenants.archive import Refused
from tenants.base import EncryptedText

NETWORKS, LOGINS = "tenant", "identity"

_OWNED_COLUMNS = text("""
    SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      AND EXISTS (SELECT FROM pg_attribute o
                  WHERE o.attrelid = c.oid AND o.attname = 'tenant_id' AND NOT o.attisdropped)
""")


@dataclass(frozen=True, slots=True)
class OwnedTable:
    """A table of a network, with its columns by how they are written; `tenant_id` and what is computed are not."""

    name: str
    plain: tuple[str, ...]
    """Written and read by PostgreSQL itself."""
    sealed: tuple[str, ...]
    """Confidential texts, tied to the number of their network."""
    logins: tuple[str, ...]
    """References to a login."""


def tables_of(metadata: MetaData, connection: Connection) -> Sequence[OwnedTable]:
    """Every table with `tenant_id`, what is referred to first. Raises Refused when models and database differ."""
    owned = [table for table in metadata.sorted_tables if "tenant_id" in table.columns]
    familiar = [_owned_table(table) for table in owned]
    known = {(table.name, column.name) for table in owned for column in table.columns}
    real = {(row.relname, row.attname) for row in connection.execute(_OWNED_COLUMNS)}
    if known != real:
        strange = ", ".join(sorted(f"{table}.{column}" for table, column in known ^ real))
        raise Refused(f"The database is not of this version: {strange}. Run `vreemdeogen migrate` first.")
    return familiar


def _owned_table(table: Table) -> OwnedTable:
    written = [column for column in table.columns if column.name != "tenant_id" and column.computed is None]
    for column in written:
        _refuse_unfamiliar(column)
    sealed = tuple(column.name for column in written if isinstance(column.type, EncryptedText))
    logins = tuple(column.name for column in written if _is_login(column))
    special = {*sealed, *logins}
    plain = tuple(column.name for column in written if column.name not in special)
    return OwnedTable(table.name, plain, sealed, logins)


def _is_login(column: Column[object]) -> bool:
    """Whether it holds the id of a login: it refers to one, or to what refers to one."""
    targets = [key.column for key in column.foreign_keys]
    return any(target.table.name == LOGINS or _is_login(target) for target in targets)


def _refuse_unfamiliar(column: Column[object]) -> None:
    """Whoever adds a new kind of column must say here how it leaves an installation."""
    name = f"{column.table.name}.{column.name}"
    if isinstance(column.type, TypeDecorator) and not isinstance(column.type, EncryptedText):
        raise Refused(f"{name} is of a type that archives do not know.")
    for key in column.foreign_keys:
        if "tenant_id" not in key.column.table.columns and not _is_login(column):
            raise Refused(f"{name} refers to {key.column.table.name}, which archives do not know.")
