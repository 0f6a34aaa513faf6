"""A backup holds everything, shows nothing confidential, and is restored for real: the drill says so, or says what lacks."""

import stat

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from app.organisation.models import Person
from config.settings import MasterKey
from tenants.backup import BackupFailed, tools
from tenants.backup.drill import drill
from tenants.backup.dump import dump, list_of, read_list, restore
from tenants.backup.inventory import inventory, lagging_sequences
from tenants.migrate import migrate
from tenants.provision import MIGRATE, OWNER
from tenants.rls import unguarded_tables
from tests.conftest import address
from tests.tenants.full_network import SECRET


@pytest.fixture
def whole(source):
    """The address of an installation with rows in every table, as the role that makes backups."""
    app, _ = source
    return make_url(address(app.database.engine.url.database, MIGRATE))


@pytest.fixture
def dumped(whole, tmp_path):
    file = tmp_path / "vreemdeogen.dump"
    return file, dump(whole, file)


@pytest.fixture
def empty(worker_id):
    """An empty database."""
    name = f"restored_{worker_id}"
    engine = create_engine(address("postgres", "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as superuser:
        superuser.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        superuser.execute(text(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0"))
    return make_url(address(name, MIGRATE))


def connected(url):
    return create_engine(url, poolclass=NullPool).connect()


def databases(url):
    """Those with the name of this one or one made from it: other tests make theirs at the same moment."""
    made_from_it = text(
        "SELECT datname FROM pg_database WHERE starts_with(datname, current_database()) ORDER BY 1"
    )
    with connected(url) as connection:
        return connection.scalars(made_from_it).all()


def test_a_restored_dump_holds_every_row_of_every_table(dumped, empty):
    file, held = dumped
    restore(empty, file)
    with connected(empty) as connection:
        assert inventory(connection) == held
        assert unguarded_tables(connection) == []
        assert lagging_sequences(connection) == []
    assert held["jobs.procrastinate_jobs"].rows > 0
    assert held["public.person"].rows > 9
    assert "public.alembic_version" in held


def test_the_app_works_on_what_was_restored(source, dumped, empty):
    """The rights of its role came back too."""
    _, cast = source
    restore(empty, dumped[0])
    with connected(make_url(address(empty.database))) as connection:
        connection.execute(text(f"SET LOCAL app.tenant_id = '{cast.network.id}'"))
        assert connection.scalar(text("SELECT count(*) FROM person")) > 9
        connection.execute(
            text("INSERT INTO board (tenant_id, number) VALUES (:id, '7')"), {"id": cast.network.id}
        )


def test_a_dump_and_its_list_are_of_one_moment_while_people_work(source, whole, tmp_path, monkeypatch):
    """Somebody is added between the dump and the counting."""
    app, cast = source
    run = tools.run_tool

    def run_and_add(*arguments):
        run(*arguments)
        with app.database.unit_of_work(cast.network) as unit:
            unit.add(Person(first_name="Tussen", last_name="Door", email=None))

    monkeypatch.setattr("tenants.backup.dump.run_tool", run_and_add)
    file = tmp_path / "busy.dump"
    held = dump(whole, file)
    monkeypatch.undo()
    with connected(whole) as connection:
        assert inventory(connection)["public.person"].rows == held["public.person"].rows + 1
    assert drill(whole, file, held, app.master_key).is_good
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(Person).filter_by(first_name="Tussen").delete()


def test_a_dump_shows_no_confidential_text(source, whole, tmp_path):
    file = tmp_path / "open.dump"
    dump(whole, file, compress=False)
    content = file.read_bytes()
    assert b"De Muur" in content  # the positive control: what is not confidential, is found
    for encoding in ("utf-8", "utf-16-le"):
        assert SECRET.encode(encoding) not in content
        assert SECRET[:12].encode(encoding) not in content
    assert SECRET.encode().hex().encode() not in content


def test_only_the_user_may_read_a_dump(dumped):
    file, _ = dumped
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in sorted(file.parent.iterdir())] == [file.name, list_of(file).name]


def test_a_dump_that_fails_leaves_no_file(source, whole, tmp_path):
    with pytest.raises(BackupFailed, match="pg_dump"):
        dump(make_url(address(whole.database)), tmp_path / "as_app.dump")
    assert list(tmp_path.iterdir()) == []


def test_a_database_with_tables_is_not_restored_into(dumped, whole):
    with connected(whole) as connection:
        before = inventory(connection)
    with pytest.raises(BackupFailed, match="not empty"):
        restore(whole, dumped[0])
    with connected(whole) as connection:
        assert inventory(connection) == before


def test_half_a_dump_is_not_restored_at_all(dumped, empty):
    file, _ = dumped
    file.write_bytes(file.read_bytes()[:-4000])
    with pytest.raises(BackupFailed, match="pg_restore"):
        restore(empty, file)
    with connected(empty) as connection:
        assert inventory(connection) == {}


def test_a_good_backup_passes_the_drill_and_leaves_nothing_behind(source, whole, dumped):
    app, _ = source
    before = databases(whole)
    outcome = drill(whole, *dumped, app.master_key)
    assert outcome.is_good
    assert outcome.texts >= 1
    assert len(outcome.expected) > 30
    assert databases(whole) == before


def test_a_dump_of_an_older_release_passes_the_drill(source, empty, tmp_path):
    app, _ = source
    with connected(empty) as connection:
        migrate(connection, "0001")
    file = tmp_path / "older.dump"
    assert drill(empty, file, dump(empty, file), app.master_key).is_good


def test_the_list_beside_a_dump_is_what_was_dumped(dumped):
    file, held = dumped
    assert read_list(file) == held


@pytest.mark.parametrize("content", [None, "{", "[1]", '{"public.person": {"rows": 1}}'])
def test_a_drill_without_the_list_is_refused(dumped, content):
    file, _ = dumped
    list_of(file).unlink() if content is None else list_of(file).write_text(content)
    with pytest.raises(BackupFailed, match="list of contents"):
        read_list(file)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("DELETE FROM audit_entry WHERE id = (SELECT min(id) FROM audit_entry)", "public.audit_entry"),
        ("UPDATE school SET city = 'Edam ' WHERE code = '01AA00'", "public.school"),
        ("UPDATE jobs.procrastinate_jobs SET priority = 7", "jobs.procrastinate_jobs"),
        ("ALTER TABLE person NO FORCE ROW LEVEL SECURITY", "wall: person"),
        ("DROP POLICY match_wall ON match", "wall: match"),
        ("ALTER TABLE board ALTER id RESTART WITH 1", "numbers: the next row of board"),
        ("UPDATE coaching_request SET question = question || '\\x00'::bytea", "key: network"),
        ("DROP TABLE pin", "public.pin"),
    ],
)
def test_the_drill_finds_a_planted_fault(source, whole, dumped, tmp_path, worker_id, fault, told):
    """The dump of a database that lacks something, against the list of the whole one."""
    app, _ = source
    _, held = dumped
    name = clone_of(whole, f"faulty_{worker_id}")
    with connected(name) as connection:
        connection.execute(text(fault))
        connection.commit()
    faulty = tmp_path / "faulty.dump"
    dump(name, faulty)
    outcome = drill(name, faulty, held, app.master_key)
    assert not outcome.is_good
    assert any(told in found for found in [*outcome.differing, *outcome.faults])


def clone_of(url, name):
    """A copy of a database as it is, which nobody may be using."""
    engine = create_engine(address("postgres", "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as superuser:
        superuser.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"
        superuser.execute(text(end), {"name": url.database})
        superuser.execute(text(f"CREATE DATABASE {name} TEMPLATE {url.database} OWNER {OWNER}"))
    return url.set(database=name)


def test_the_drill_finds_that_the_master_key_is_another(whole, dumped):
    outcome = drill(whole, *dumped, MasterKey(bytes(32)))
    assert not outcome.differing
    assert any("no master key opens" in fault for fault in outcome.faults)


def test_two_drills_do_not_get_in_each_others_way(source, whole, dumped):
    app, _ = source
    with connected(whole) as holder:
        holder.execute(text("SELECT pg_advisory_lock(hashtextextended('drill of a restore', 0))"))
        with pytest.raises(BackupFailed, match="Another drill"):
            drill(whole, *dumped, app.master_key)
    assert drill(whole, *dumped, app.master_key).is_good


def test_a_role_that_may_make_no_database_is_told_what_to_do(source, whole, dumped, monkeypatch):
    app, _ = source
    with pytest.raises(BackupFailed, match="CREATEDB"):
        drill(make_url(address(whole.database)), *dumped, app.master_key)


class Tools:
    """What a machine may have, and what is chosen for a server."""

    def __init__(self, monkeypatch, majors):
        monkeypatch.setattr(tools, "_candidates", lambda _name: iter(majors))
        monkeypatch.setattr(tools, "_major", lambda major: major)

    def choose(self, server):
        return tools._fitting("pg_dump", server)


@pytest.mark.parametrize(
    ("there", "server", "chosen"),
    [([18, 15], 15, 15), ([18, 16], 15, 16), ([18, 15], 18, 18), ([18], 17, 18), ([19, 18], 18, 18)],
)
def test_the_programs_of_the_servers_version_are_used_or_newer_ones(monkeypatch, there, server, chosen):
    assert Tools(monkeypatch, there).choose(server) == chosen


@pytest.mark.parametrize(("there", "server"), [([18], 15), ([15], 18), ([], 18)])
def test_programs_that_do_not_fit_are_told(monkeypatch, there, server):
    with pytest.raises(BackupFailed, match=f"postgresql-client-{server}"):
        Tools(monkeypatch, there).choose(server)


def test_no_password_stands_in_the_arguments():
    said = tools._conninfo(
        make_url("postgresql+psycopg://vo_migrate:geheim@db.example:6432/vo?sslmode=require")
    )
    assert "geheim" not in said
    assert "sslmode=require" in said
    assert "port=6432" in said
