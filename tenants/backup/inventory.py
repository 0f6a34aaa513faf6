"""What a database holds, as rows and a digest for each table: of the networks, of nobody, and of the queue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from tenants.rendering import render_alike

_TABLES = text("""
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1
""")
_NUMBERED = text("""
    SELECT d.refobjid::regclass::text AS name, quote_ident(a.attname) AS column_name, s.oid::regclass::text AS sequence
    FROM pg_class s
    JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
     AND d.deptype IN ('a', 'i')
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE s.relkind = 'S' ORDER BY 1
""")


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of a table, and a digest that does not depend on their order."""

    rows: int
    digest: str


def inventory(connection: Connection, report: Callable[[float], None] = lambda _: None) -> Mapping[str, Held]:
    """Every table of the database by name, in the transaction that is running; nothing is kept in memory."""
    render_alike(connection)
    names = connection.scalars(_TABLES).all()
    held: dict[str, Held] = {}
    for done, name in enumerate(names, 1):
        held[name] = _held(connection, name)
        report(done / len(names))
    return held


def _held(connection: Connection, name: str) -> Held:
    """The sum of the halves of each row's digest: adding needs no sorting, and no room."""
    rows, first, second = connection.execute(
        text(f"""
            SELECT count(*), coalesce(sum(('x' || left(d, 15))::bit(60)::bigint), 0),
                   coalesce(sum(('x' || right(d, 15))::bit(60)::bigint), 0)
            FROM (SELECT md5(t::text) AS d FROM {name} t) digests""")
    ).one()
    return Held(rows, f"{int(first):x}-{int(second):x}")


def lagging_sequences(connection: Connection) -> list[str]:
    """The tables of which the next row would get a number that is taken."""
    return [
        numbered.name
        for numbered in connection.execute(_NUMBERED).all()
        if connection.scalar(
            text(f"""
                SELECT coalesce(max({numbered.column_name}), 0) > coalesce(pg_sequence_last_value('{numbered.sequence}'), 0)
                FROM {numbered.name}""")
        )
    ]
