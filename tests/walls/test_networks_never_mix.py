"""Wall 2: networks are kept apart by the database, whatever the code forgets."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.organisation.models import Assignment, Person, School
from tenants.context import NoNetwork


def test_the_app_connects_as_a_role_that_security_binds(database):
    query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    assert database.connection.scalar(text(query)) is False


def test_without_a_network_there_is_no_row_but_an_error(database):
    with pytest.raises(DBAPIError, match=r"app.tenant_id|bigint"), database.global_unit() as unit:
        unit.execute(text("SELECT count(*) FROM school"))


def test_a_network_sees_its_own_schools_only(database, cast):
    with database.unit_of_work(cast.network) as unit:
        assert unit.scalar(text("SELECT count(*) FROM school")) == 3
    with database.unit_of_work(cast.other_network) as unit:
        assert unit.scalar(text("SELECT count(*) FROM school")) == 0


def test_statements_name_the_network_too(database, cast):
    with database.unit_of_work(cast.network) as unit:
        statements = []
        listen(unit.get_bind(), "before_cursor_execute", lambda *call: statements.append(call[2]))
        unit.scalars(select(School)).all()
    assert any("WHERE school.tenant_id = " in statement for statement in statements)


def test_a_network_does_not_see_identities(database, cast):
    with database.unit_of_work(cast.network) as unit:
        assert unit.scalar(text("SELECT count(*) FROM identity")) == 0


def test_a_row_cannot_be_written_into_another_network(database, cast):
    row = Person(tenant_id=cast.other_network.id, first_name="A", last_name="B")
    with pytest.raises(DBAPIError, match="row-level security"):
        _write(database, cast.network, row)


def test_a_row_cannot_refer_to_another_network(database, cast):
    row = Assignment(person_id=cast["stranger"].person_id, role="coach", since="2026-08-01")
    with pytest.raises(IntegrityError):
        _write(database, cast.network, row)


def _write(database, network, row):
    with database.unit_of_work(network) as unit:
        unit.add(row)


def test_a_network_session_outside_its_network_is_refused(database, cast):
    with database.unit_of_work(cast.network) as unit:
        kept = unit
    with pytest.raises(NoNetwork):
        kept.scalars(select(School)).all()


def test_a_thousand_alternating_units_on_one_connection_never_mix(committed):
    app, cast = committed
    engine = app.database.engine
    seen = set()
    for turn in range(1000):
        network, schools = ((cast.network, 3), (cast.other_network, 0))[turn % 2]
        try:
            with app.database.unit_of_work(network) as unit:
                seen.add((schools, unit.scalar(text("SELECT count(*) FROM school"))))
                if turn % 5 == 0:
                    unit.execute(text("SELECT 1 / 0"))
        except DBAPIError:
            pass
    assert seen == {(3, 3), (0, 0)}
    assert engine.pool.checkedout() == 0
