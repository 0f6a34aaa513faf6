"""One network leaves an installation and comes back into another, row by row equal."""

import io
import json
import zipfile

import pytest
from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, MetaData, text
from sqlalchemy.types import TypeDecorator

from app.coaching.models import CoachingRequest
from app.identity.models import Login
from app.organisation.models import Person
from tenants.archive import Refused
from tenants.archive.readme import words
from tenants.archive.tables import tables_of
from tenants.base import Base
from tests.tenants.full_network import PLAIN, SECRET, empty_tables
from tests.tenants.moves import export, restore
from tests.world import build_world


def test_no_table_of_the_network_is_empty_in_these_tests(source):
    assert empty_tables(*source) == []


def test_every_table_has_words_for_the_readme(source):
    app, cast = source
    with app.database.unit_of_work(cast.network) as unit:
        tables = tables_of(Base.metadata, unit.connection())
    assert [table.name for table in tables if table.name not in words()] == []


def test_every_reference_to_a_network_is_in_the_archive_or_of_the_installation():
    """Tables without `tenant_id` that are about a network: archives must know them, or say why they do not."""
    known = {"membership"}
    about = {
        table.name
        for table in Base.metadata.tables.values()
        if "tenant_id" not in table.columns
        and any(key.column.table.name == "tenant" for key in table.foreign_keys)
    }
    assert about == known


def test_no_number_of_a_login_leaves_an_installation(source):
    """Also one without a foreign key would be somebody else's elsewhere."""
    app, cast = source
    with app.database.unit_of_work(cast.network) as unit:
        tables = tables_of(Base.metadata, unit.connection())
    assert [table.name for table in tables if any(name.endswith("identity_id") for name in table.plain)] == []
    assert {table.name for table in tables if table.logins} == {"person"}


class EncryptedNumber(TypeDecorator):
    """A type that somebody adds without telling the archive."""

    impl = LargeBinary
    cache_ok = True


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (Column("planted", EncryptedNumber), "planted is of a type"),
        (Column("planted", ForeignKey("register_edition.id")), "refers to register_edition"),
        (Column("planted", BigInteger), "not of this version"),
    ],
)
def test_a_column_that_archives_do_not_know_is_refused(source, column, told):
    app, cast = source
    planted = MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(planted)
    planted.tables["board"].append_column(column)
    with app.database.unit_of_work(cast.network) as unit, pytest.raises(Refused, match=told):
        tables_of(planted, unit.connection())


def test_a_restored_network_is_exported_with_the_same_hashes(source, exported, target):
    content, manifest, key = exported
    network = restore(target, content, key)
    _, again, _ = export(target, network)
    assert (again.sha256, again.parts) == (manifest.sha256, manifest.parts)
    assert sum(manifest.rows.values()) > 50


def test_it_takes_another_number_among_other_networks(source, exported, target):
    content, manifest, key = exported
    build_other = build_world(target.database, target.master_key)
    with target.database.global_unit() as unit:
        unit.execute(text("UPDATE tenant SET slug = 'elders', code = 'PO0001' WHERE slug = 'waterland'"))
    before = export(target, build_other.other_network)[1].sha256
    network = restore(target, content, key)
    assert network.id not in {build_other.network.id, build_other.other_network.id}
    assert export(target, network)[1].sha256 == manifest.sha256
    assert export(target, build_other.other_network)[1].sha256 == before


def test_confidential_texts_are_read_again_in_the_new_place(source, exported, target):
    content, _, key = exported
    network = restore(target, content, key)
    with target.database.unit_of_work(network) as unit:
        questions = unit.query(CoachingRequest.question).all()
    assert (SECRET,) in questions


def test_new_rows_go_on_after_the_highest_number(source, exported, target):
    content, _, key = exported
    network = restore(target, content, key)
    with target.database.unit_of_work(network) as unit:
        highest = max(row.id for row in unit.query(Person.id))
        person = Person(first_name="Nieuw", last_name="Gezicht", email=None)
        unit.add(person)
        unit.flush()
        assert person.id > highest


def test_members_are_joined_by_address_and_have_no_password_yet(source, exported, target):
    _, cast = source
    content, _, key = exported
    with target.database.global_unit() as unit:
        known = Login(email=cast["ib"].email, password_hash="$argon2id$of her own")
        unit.add(known)
    network = restore(target, content, key)
    with target.database.unit_of_work(network, with_identities=True) as unit:
        logins = dict(unit.query(Login.email, Login.password_hash).all())
        tied = unit.query(Person.identity_id).filter_by(email=cast["ib"].email).scalar()
    assert logins.pop(cast["ib"].email) == "$argon2id$of her own"
    assert tied == known.id
    assert set(logins.values()) == {"!"}
    assert cast["stranger"].email not in logins


def test_what_was_queued_is_queued_again_for_the_new_number(source, exported, target):
    content, _, key = exported
    network = restore(target, content, key)
    with target.database.global_unit() as unit:
        jobs = unit.execute(text("SELECT task_name, args FROM procrastinate_jobs")).all()
    assert ("organisation.send_invitation", {"tenant_id": network.id, "invitation_id": 1}) in jobs


def test_only_rows_of_this_network_are_in_it(source, exported):
    _, cast = source
    with zipfile.ZipFile(io.BytesIO(exported[0])) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "heuvelrug" not in everything
    assert "argon2" not in everything
    assert cast["ib"].email in everything  # the positive control: what is there, is found


def test_a_sealed_archive_shows_no_confidential_text(source, exported):
    app, cast = source
    readable, _, _ = export(app, cast.network, readable=True)

    def texts(content):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read("tables/coaching_request.jsonl").decode()

    assert SECRET not in texts(exported[0])
    assert SECRET in texts(readable)


def test_a_readable_archive_comes_back_without_a_key(source, target):
    app, cast = source
    content, manifest, key = export(app, cast.network, readable=True)
    assert key is None
    network = restore(target, content, None)
    assert export(target, network, readable=True)[1].sha256 == manifest.sha256
    with target.database.unit_of_work(network) as unit:
        assert (SECRET,) in unit.query(CoachingRequest.question).all()


def test_the_export_sees_one_moment_while_people_work(source):
    app, cast = source
    with app.database.unit_of_work(cast.network, read_only=True, snapshot=True) as unit:
        before = unit.query(Person).count()
        with app.database.unit_of_work(cast.network) as other:
            other.add(Person(first_name="Later", last_name="Gekomen", email=None))
        assert unit.query(Person).count() == before
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(Person).count() == before + 1
        unit.query(Person).filter_by(last_name="Gekomen").delete()


def test_every_file_is_json_lines(exported):
    content, manifest, _ = exported
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert json.loads(archive.read("manifest.json"))["sha256"] == manifest.sha256
        for part in manifest.parts:
            rows = [json.loads(line) for line in archive.read(part.file).decode().split("\n")[:-1]]
            assert len(rows) == part.rows
            assert not any("tenant_id" in row for row in rows)
        people = [json.loads(line) for line in archive.read("tables/person.jsonl").decode().split("\n")[:-1]]
        readme = archive.read("README.txt").decode()
    assert PLAIN in {person["last_name"] for person in people}
    assert all(part.file in readme for part in manifest.parts)
