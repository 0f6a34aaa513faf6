"""A migration does not stop the shop: data of the last release are kept, its code goes on working, nobody waits long.

Every migration after the release is walked, so a next one is tested by being there.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg.errors import LockNotAvailable
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.pool import NullPool

from config.settings import ROOT
from tenants.migrate import differences, migrate, revision_of
from tenants.provision import MIGRATE, OWNER
from tenants.rls import unguarded_tables
from tests.conftest import address
from tests.migrations.release_0001 import REVISION, ROWS, deletes, inserts, selects, updates

KEPT, MEANWHILE = 1, 2
"""A network of before the migrations, and one that the old code makes while they run."""
MIGRATIONS = [
    script.revision
    for script in reversed(list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions()))
    if script.revision > REVISION
]

UNKEPT_TABLES = text("""
    SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'jobs') AND c.relname <> 'alembic_version' ORDER BY 1
""")
CHECKED = text("""
    SELECT conrelid::regclass::text AS table_name, conname FROM pg_constraint
    WHERE contype IN ('f', 'c') AND connamespace IN ('public'::regnamespace, 'jobs'::regnamespace)
""")


@pytest.fixture(scope="module")
def release(worker_id):
    """The name of a database of the last release, with its data."""
    name = make_database(f"release_{worker_id}")
    with connected(name) as migrating:
        migrate(migrating, REVISION)
    with connected(name, "vo_app") as app:
        run_as_app(app, KEPT, inserts(KEPT))
        app.commit()
    return name


@pytest.fixture
def database(release, worker_id):
    """The name of a copy of it."""
    return make_database(f"from_release_{worker_id}", template=release)


def make_database(name, template="template0"):
    engine = create_engine(address("postgres", "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as superuser:
        superuser.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        superuser.execute(text(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}"))
    return name


def connected(name, role=MIGRATE):
    return create_engine(address(name, role), poolclass=NullPool).connect()


def run_as_app(connection, network, statements):
    """As the role that row level security binds, in a network and with identities."""
    cursor = connection.connection.cursor()
    cursor.execute(f"SET LOCAL app.tenant_id = '{network}'; SET LOCAL app.identities = 'on'")
    cursor.execute("SET LOCAL search_path = public, jobs")
    for statement in statements:
        connection.exec_driver_sql(statement)


def read(name):
    """All that the old code reads, as the role that sees every network."""
    with connected(name) as connection:
        return {table: connection.scalars(text(question)).all() for table, question in selects().items()}


def old_code_works(name):
    """Insert, read, change and delete, as the code of the last release does; nothing of it stays."""
    with connected(name, "vo_app") as app:
        run_as_app(
            app, MEANWHILE, [*inserts(MEANWHILE), *selects().values(), *updates(), *deletes(MEANWHILE)]
        )
        app.rollback()


def validate_again(name):
    """Check every constraint on every row: one that was made blindfolded is found."""
    with connected(name, "postgres") as superuser:
        superuser.execute(text("SET allow_system_table_mods = on"))
        superuser.execute(text("UPDATE pg_constraint SET convalidated = false WHERE contype IN ('f', 'c')"))
        superuser.commit()
        for table, constraint in superuser.execute(CHECKED).all():
            superuser.execute(text(f'ALTER TABLE {table} VALIDATE CONSTRAINT "{constraint}"'))
        superuser.rollback()


def test_the_data_of_the_release_are_in_every_table_and_column(database):
    with connected(database) as connection:
        tables = connection.scalars(UNKEPT_TABLES).all()
        empty = [table for table in tables if not connection.scalar(text(f"SELECT count(*) FROM {table}"))]
        columns = connection.execute(
            text("""SELECT table_name, column_name FROM information_schema.columns
                    WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name <> 'alembic_version'""")
        ).all()
    assert empty == []
    assert [column for column in columns if column[1] not in ROWS[column[0]][0]] == []


def test_every_migration_keeps_the_data_and_lets_the_old_code_work(database):
    before = read(database)
    assert MIGRATIONS
    for revision in MIGRATIONS:
        with connected(database) as migrating:
            migrate(migrating, revision)
        assert read(database) == before, revision
        old_code_works(database)
    with connected(database) as connection:
        assert revision_of(connection) == MIGRATIONS[-1]
        assert unguarded_tables(connection) == []
        assert differences(connection) == ""
    validate_again(database)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (
            "ALTER TABLE school ADD planted bigint NOT NULL DEFAULT 1; ALTER TABLE school ALTER planted DROP DEFAULT",
            IntegrityError,
        ),
        ("ALTER TABLE board RENAME COLUMN name TO title", DBAPIError),
        ("ALTER TABLE school DROP COLUMN denomination", DBAPIError),
        ("ALTER TABLE school ADD CHECK (pupils > 200) NOT VALID", IntegrityError),
        ("REVOKE UPDATE ON person FROM vo_app", DBAPIError),
        ("DROP TABLE pin", DBAPIError),
    ],
)
def test_a_migration_that_the_old_code_does_not_survive_is_found(database, fault, kind):
    old_code_works(database)
    with connected(database) as migrating:
        migrating.execute(text(f"SET ROLE {OWNER}"))
        migrating.connection.cursor().execute(fault)
        migrating.commit()
    with pytest.raises(kind):
        old_code_works(database)


def test_a_constraint_that_was_made_blindfolded_is_found(database):
    """Under row level security a foreign key is checked against the rows that are seen: none."""
    validate_again(database)
    with connected(database) as migrating:
        migrating.execute(text(f"SET ROLE {OWNER}"))
        migrating.execute(text("SET LOCAL app.tenant_id = '0'"))
        migrating.execute(text("ALTER TABLE preference ADD planted bigint DEFAULT 99"))
        migrating.execute(
            text(
                "ALTER TABLE preference ADD FOREIGN KEY (tenant_id, planted) REFERENCES person (tenant_id, id)"
            )
        )
        migrating.commit()
    with pytest.raises(IntegrityError):
        validate_again(database)


PLANTED = """
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.execute("CREATE TABLE half_done (id bigint)")
    op.execute("ALTER TABLE school ADD planted bigint")
"""


@pytest.fixture
def upgrade_with_planted(tmp_path):
    """Run the real migrations and one more, which changes a table that everybody uses."""
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "20990101_0000_9999_planted.py").write_text(PLANTED.format(head=MIGRATIONS[-1]))

    def upgrade(connection):
        configuration = Config()
        configuration.set_main_option("script_location", str(folder))
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")

    return upgrade


def test_a_migration_that_would_wait_gives_up_and_people_go_on(database, upgrade_with_planted):
    with connected(database) as migrating:
        migrate(migrating)
    with connected(database, "vo_app") as reader, ThreadPoolExecutor() as pool:
        run_as_app(reader, KEPT, ["SELECT count(*) FROM school"])  # a long report holds the table
        with connected(database) as migrating:
            waiting = pool.submit(upgrade_with_planted, migrating)
            old_code_works(database)  # waits behind the migration at most, and goes on
            with pytest.raises(OperationalError) as given_up:
                waiting.result()
        assert isinstance(given_up.value.orig, LockNotAvailable)
    with connected(database) as connection:
        assert revision_of(connection) == MIGRATIONS[-1]
        assert connection.scalar(text("SELECT to_regclass('half_done')")) is None
    with connected(database) as migrating:  # when the report is done, it runs
        upgrade_with_planted(migrating)
    with connected(database) as connection:
        assert revision_of(connection) == "9999"
    old_code_works(database)
