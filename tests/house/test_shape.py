"""The shape of the tables lets one network live on one machine, and another on the next."""

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
    "a reference is emptied when its row goes": """
        SELECT conrelid::regclass || '.' || conname FROM pg_constraint
        WHERE contype = 'f' AND confdeltype IN ('n', 'd') AND connamespace = 'public'::regnamespace""",
    "an id is too small": """
        SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
          AND (a.attname = 'id' OR a.attname LIKE '%\\_id') AND a.atttypid <> 'bigint'::regtype""",
    "a trigger does something unseen": """
        SELECT c.relname || '.' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal""",
}
PLANTED = {
    "a key does not begin with the network": "ALTER TABLE school ADD CONSTRAINT planted UNIQUE (code, tenant_id)",
    "a unique index does not begin with the network": "CREATE UNIQUE INDEX planted ON school (code, tenant_id)",
    "a reference can leave the network": "ALTER TABLE board ADD planted bigint REFERENCES identity (id)",
    "a reference is emptied when its row goes": (
        "ALTER TABLE membership ADD planted bigint REFERENCES identity (id) ON DELETE SET NULL"
    ),
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
