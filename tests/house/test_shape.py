"""The shape of the tables lets one network live on one machine, and another on the next (docs/operations.md).

A table with `tenant_id` is spread over machines by it; one without is on each of them. `membership` says which
identity belongs to which network and is read before the network is known: it has `network_id`, and is no row *of* one.
"""

import pytest
from sqlalchemy import create_engine, text

from tenants.provision import MIGRATE
from tests.conftest import address, clone

OWNED = """
    SELECT c.oid, c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND a.attname = 'tenant_id' AND NOT a.attisdropped
"""
FAULTS = {
    "the network of a row is missing or no bigint": f"""
        SELECT owned.relname FROM ({OWNED}) owned
        JOIN pg_attribute a ON a.attrelid = owned.oid AND a.attname = 'tenant_id'
        WHERE NOT a.attnotnull OR a.atttypid <> 'bigint'::regtype""",
    "a table has no primary key": """
        SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')""",
    "a key does not begin with the network": f"""
        SELECT owned.relname || '.' || k.conname FROM ({OWNED}) owned
        JOIN pg_constraint k ON k.conrelid = owned.oid AND k.contype IN ('p', 'u', 'x')
        JOIN pg_attribute a ON a.attrelid = owned.oid AND a.attnum = k.conkey[1]
        WHERE a.attname <> 'tenant_id'""",
    "a unique index does not begin with the network": f"""
        SELECT owned.relname || '.' || i.relname FROM ({OWNED}) owned
        JOIN pg_index x ON x.indrelid = owned.oid AND x.indisunique
        JOIN pg_class i ON i.oid = x.indexrelid
        LEFT JOIN pg_attribute a ON a.attrelid = owned.oid AND a.attnum = x.indkey[0]
        WHERE a.attname IS DISTINCT FROM 'tenant_id'""",
    "a reference can leave the network": f"""
        SELECT owned.relname || '.' || k.conname FROM ({OWNED}) owned
        JOIN pg_constraint k ON k.conrelid = owned.oid AND k.contype = 'f'
        JOIN pg_attribute mine ON mine.attrelid = owned.oid AND mine.attname = 'tenant_id'
        WHERE NOT mine.attnum = ANY (k.conkey)""",
    "a reference pairs two networks": f"""
        SELECT owned.relname || '.' || k.conname FROM ({OWNED}) owned
        JOIN pg_constraint k ON k.conrelid = owned.oid AND k.contype = 'f'
        CROSS JOIN unnest(k.conkey, k.confkey) AS pair (mine, theirs)
        JOIN pg_attribute mine ON mine.attrelid = k.conrelid AND mine.attnum = pair.mine
        JOIN pg_attribute theirs ON theirs.attrelid = k.confrelid AND theirs.attnum = pair.theirs
        WHERE k.confrelid IN (SELECT oid FROM ({OWNED}) b)
          AND (mine.attname = 'tenant_id') <> (theirs.attname = 'tenant_id')""",
    "a table of no network refers to one of a network": f"""
        SELECT k.conrelid::regclass || '.' || k.conname FROM pg_constraint k
        WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
          AND k.confrelid IN (SELECT oid FROM ({OWNED}) a) AND k.conrelid NOT IN (SELECT oid FROM ({OWNED}) b)""",
    "a key follows when another changes": """
        SELECT conrelid::regclass || '.' || conname FROM pg_constraint
        WHERE contype = 'f' AND confupdtype <> 'a' AND connamespace = 'public'::regnamespace""",
    "an exclusion compares networks by something else than equality": f"""
        SELECT owned.relname || '.' || k.conname FROM ({OWNED}) owned
        JOIN pg_constraint k ON k.conrelid = owned.oid AND k.contype = 'x'
        JOIN pg_operator o ON o.oid = k.conexclop[1] WHERE o.oprname <> '='""",
    "a policy asks another table": r"""
        SELECT tablename || '.' || policyname FROM pg_policies
        WHERE schemaname = 'public' AND (qual ~* '\mfrom\M' OR with_check ~* '\mfrom\M')""",
    "a view or a function sees more than who asks": """
        SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
          AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT 'security_invoker=true' = ANY (coalesce(c.reloptions, '{}')))
        UNION ALL
        SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef""",
    "a reference is emptied when its row goes": """
        SELECT conrelid::regclass || '.' || conname FROM pg_constraint
        WHERE contype = 'f' AND confdeltype IN ('n', 'd') AND connamespace = 'public'::regnamespace""",
    "rows that go with another are looked for in a whole table": """
        SELECT k.conrelid::regclass || '.' || k.conname FROM pg_constraint k
        WHERE k.contype = 'f' AND k.confdeltype = 'c' AND k.connamespace = 'public'::regnamespace
          AND NOT EXISTS (
            SELECT FROM pg_index x WHERE x.indrelid = k.conrelid AND x.indpred IS NULL
              AND x.indnkeyatts >= least(cardinality(k.conkey), 2)
              AND (x.indkey::int2[])[0:least(cardinality(k.conkey), 2) - 1] <@ k.conkey)""",
    "an id is too small": """
        SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
          AND (a.attname = 'id' OR a.attname LIKE '%\\_id') AND a.atttypid NOT IN ('bigint'::regtype, 'uuid'::regtype)""",
    "a trigger does something unseen": """
        SELECT c.relname || '.' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal""",
}
PLANTED = {
    "the network of a row is missing or no bigint": (
        "CREATE TABLE planted (tenant_id integer NOT NULL, id bigint, PRIMARY KEY (tenant_id, id))"
    ),
    "a table has no primary key": "CREATE TABLE planted (tenant_id bigint NOT NULL)",
    "a reference pairs two networks": """
        ALTER TABLE board ADD planted bigint,
        ADD FOREIGN KEY (planted, tenant_id) REFERENCES board (tenant_id, id)""",
    "a table of no network refers to one of a network": """
        ALTER TABLE membership ADD planted bigint,
        ADD FOREIGN KEY (network_id, planted) REFERENCES board (tenant_id, id)""",
    "a key follows when another changes": (
        "ALTER TABLE membership ADD planted bigint REFERENCES identity (id) ON UPDATE CASCADE"
    ),
    "an exclusion compares networks by something else than equality": (
        "ALTER TABLE school ADD EXCLUDE USING gist (tenant_id WITH <>, name WITH =)"
    ),
    "a policy asks another table": (
        "CREATE POLICY planted ON school USING (tenant_id IN (SELECT id FROM tenant))"
    ),
    "a view or a function sees more than who asks": "CREATE VIEW planted AS SELECT * FROM school",
    "a key does not begin with the network": "ALTER TABLE school ADD CONSTRAINT planted UNIQUE (code, tenant_id)",
    "a unique index does not begin with the network": "CREATE UNIQUE INDEX planted ON school (code, tenant_id)",
    "a reference can leave the network": "ALTER TABLE board ADD planted bigint REFERENCES identity (id)",
    "a reference is emptied when its row goes": (
        "ALTER TABLE membership ADD planted bigint REFERENCES identity (id) ON DELETE SET NULL"
    ),
    "rows that go with another are looked for in a whole table": """
        ALTER TABLE board ADD planted bigint,
        ADD FOREIGN KEY (tenant_id, planted) REFERENCES person (tenant_id, id) ON DELETE CASCADE""",
    "an id is too small": "ALTER TABLE school ADD planted_id integer",
    "a trigger does something unseen": (
        "CREATE TRIGGER planted BEFORE UPDATE ON school"
        " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
}


@pytest.fixture(scope="module")
def own_database(worker_id):
    engine = create_engine(address(clone(f"shape_{worker_id}"), MIGRATE))
    yield engine
    engine.dispose()


@pytest.mark.parametrize("fault", FAULTS)
def test_no_table_has_this_fault(own_database, fault):
    with own_database.connect() as connection:
        assert connection.scalars(text(FAULTS[fault])).all() == []


@pytest.mark.parametrize("fault", FAULTS)
def test_the_fault_would_be_found(own_database, fault):
    with own_database.connect() as connection:
        connection.execute(text("SET ROLE vo_owner"))
        connection.execute(
            text("SET LOCAL app.tenant_id = '0'")
        )  # a new reference looks at the rows that there are
        connection.execute(text(PLANTED[fault]))
        assert connection.scalars(text(FAULTS[fault])).all() != []
        connection.rollback()


def test_the_app_can_neither_change_tables_nor_leave_its_network(own_database):
    with own_database.connect() as connection:
        role = connection.execute(
            text(
                "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'vo_app'"
            )
        ).one()
        assert not any(role)
        owned = "SELECT count(*) FROM pg_class WHERE relowner = 'vo_app'::regrole"
        assert connection.scalar(text(owned)) == 0
