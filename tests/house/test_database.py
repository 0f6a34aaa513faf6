"""The database keeps the walls: row level security on every table, models equal to migrations."""

import pytest
from sqlalchemy import create_engine, text

from tenants.migrate import differences
from tenants.provision import MIGRATE
from tenants.rls import unguarded_tables
from tests.conftest import address, clone


@pytest.fixture
def own_database(worker_id):
    engine = create_engine(address(clone(f"house_{worker_id}"), MIGRATE))
    yield engine
    engine.dispose()


def test_every_table_has_forced_row_level_security(own_database):
    with own_database.connect() as connection:
        assert unguarded_tables(connection) == []


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("ALTER TABLE school NO FORCE ROW LEVEL SECURITY", "not forced"),
        ("ALTER TABLE school DISABLE ROW LEVEL SECURITY", "not enabled"),
        ("ALTER POLICY school_wall ON school USING (true)", "policies"),
        ("CREATE POLICY second ON school USING (true)", "policies"),
        ("DROP POLICY school_wall ON school; CREATE POLICY less ON school AS RESTRICTIVE", "policies"),
        ("CREATE TABLE forgotten (tenant_id bigint)", "not enabled"),
    ],
)
def test_the_check_finds_a_planted_fault(own_database, fault, named):
    with own_database.connect() as connection:
        connection.execute(text("SET ROLE vo_owner"))
        connection.execute(text(fault))
        found = unguarded_tables(connection)
    assert len(found) == 1
    assert named in found[0]


def test_models_equal_migrations(own_database):
    with own_database.connect() as connection:
        assert differences(connection) == ""


def test_models_equal_migrations_finds_a_planted_fault(own_database):
    with own_database.connect() as connection:
        connection.execute(text("SET ROLE vo_owner"))
        connection.execute(text("ALTER TABLE school DROP COLUMN denomination"))
        connection.commit()
        assert "denomination" in differences(connection)
