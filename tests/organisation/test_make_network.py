"""A network is made with everything that the register knows of it."""

import pytest
from sqlalchemy import func, select

from app.organisation import register
from app.organisation.models import Board, School
from app.organisation.networks import make_network
from app.organisation.register import UnknownNetwork
from tenants.provision import SlugTaken, tenant_with
from tests.conftest import MASTER_KEY


def test_a_network_has_its_boards_and_schools_at_once(database):
    tenant = make_network(database, MASTER_KEY, "PO2101")
    assert (tenant.slug, tenant.name) == ("po2101", register.network("PO2101").name)
    with database.unit_of_work(tenant.opened(MASTER_KEY)) as unit:
        assert unit.scalar(select(func.count()).select_from(Board)) == 39
        rows = {school.code: school for school in unit.scalars(select(School))}
        numbers = {board.id: board.number for board in unit.scalars(select(Board))}
    assert len(rows) == 380
    for known in register.schools_of("PO2101"):
        kept = rows[known.code]
        assert (kept.name, kept.city, set(kept.kinds)) == (known.name, known.city, known.kinds)
        assert numbers[kept.board_id] == known.board_number
        assert (kept.latitude, kept.concept) == (known.latitude, known.concept)


def test_a_network_can_have_its_own_slug_and_name(database):
    tenant = make_network(database, MASTER_KEY, "PO2601", slug="utrecht", name="Utrecht samen")
    with database.global_unit():
        assert tenant_with("utrecht").name == "Utrecht samen"
    assert tenant.code == "PO2601"


def test_a_code_that_the_register_lacks_makes_nothing(database):
    with pytest.raises(UnknownNetwork):
        make_network(database, MASTER_KEY, "PO9999")


def test_the_same_network_is_not_made_twice(database):
    make_network(database, MASTER_KEY, "PO2101")
    with pytest.raises(SlugTaken):
        make_network(database, MASTER_KEY, "PO2101", slug="other")
