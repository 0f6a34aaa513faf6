"""What row level security must be on every table, and the question to the catalog whether it is.

Migrations write the SQL out, so that they keep meaning what they meant; this module is what they are
checked against.
"""

from typing import Any

from sqlalchemy import Connection, Row, text

NETWORK_RULE = "(tenant_id = (current_setting('app.tenant_id'::text))::bigint)"
"""The strict form: without a network the setting is missing or empty, and the statement is an error."""

IDENTITIES_RULE = "(( SELECT current_setting('app.identities'::text, true) AS current_setting) = 'on'::text)"
"""For the tables without a network: a network's session does not see them unless it asked to.

Within a SELECT it is judged once for a statement: no index helps here, and some of these tables grow with the nation.
"""

_TABLES = text("""
    SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
           EXISTS (SELECT FROM pg_attribute a
                   WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS owned,
           array_agg(p.qual) AS rules, array_agg(p.with_check) AS checks
    FROM pg_class c LEFT JOIN pg_policies p ON p.schemaname = 'public' AND p.tablename = c.relname
                                           AND p.permissive = 'PERMISSIVE'  -- others only take away
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
    GROUP BY c.oid ORDER BY c.relname
""")


def unguarded_tables(connection: Connection) -> list[str]:
    """Name each table whose row level security is not exactly as this module says, with what is wrong."""
    return [f"{table.name}: {fault}" for table in connection.execute(_TABLES) if (fault := _fault(table))]


def _fault(table: Row[Any]) -> str | None:
    rule = [NETWORK_RULE if table.owned else IDENTITIES_RULE]
    if not table.enabled:
        return "row level security is not enabled"
    if not table.forced:
        return "row level security is not forced on its owner"
    if table.rules != rule or table.checks != rule:
        return f"its policies are {table.rules} with check {table.checks}"
    return None
