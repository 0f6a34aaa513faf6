"""Make a network with everything that the national register knows of it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import insert

from app.organisation import register
from app.organisation.models import Board, School
from app.organisation.queries.register import current_register
from app.organisation.register import RegisteredSchool
from config.settings import MasterKey
from tenants.models import Tenant
from tenants.provision import create_network
from tenants.session import Database, session


def make_network(
    database: Database, master_key: MasterKey, code: str, *, slug: str | None = None, name: str | None = None
) -> Tenant:
    """Make the network with this code of the register, with its boards and schools.

    Raises UnknownNetwork for a code that the register does not have, and SlugTaken.
    """
    found = register.network(code)
    tenant = create_network(
        database, master_key, slug=slug or code.lower(), code=code, name=name or found.name
    )
    with database.unit_of_work(tenant.opened(master_key)):
        add_registered_schools(code)
    return tenant


def add_registered_schools(code: str) -> None:
    """Give the network that was entered the boards and schools that the edition in use has for this code."""
    newest = current_register()
    board_ids = add_boards(newest.boards_of(code))
    session().execute(
        insert(School),
        [school_row(school, board_ids) for school in newest.schools_of(code)],
        execution_options={"render_nulls": True},  # one statement, whatever the register does not know
    )


def add_boards(numbers: Collection[str]) -> Mapping[str, int]:
    """Add boards that the network has not; gives their ids by number."""
    added = session().execute(
        insert(Board).returning(Board.number, Board.id), [{"number": number} for number in numbers]
    )
    return {row.number: row.id for row in added}


def school_row(school: RegisteredSchool, board_ids: Mapping[str, int]) -> dict[str, Any]:
    """A school of the register as the columns of a network's school."""
    return {
        "board_id": board_ids[school.board_number],
        "code": school.code,
        "name": school.name,
        "registered_name": school.name,
        "kinds": sorted(school.kinds),
        "concept": school.concept,
        "denomination": school.denomination or None,
        "street": school.street or None,
        "house_number": school.house_number or None,
        "postcode": school.postcode or None,
        "city": school.city,
        "municipality": school.municipality or None,
        "pupils": school.pupils,
        "latitude": school.latitude,
        "longitude": school.longitude,
    }
