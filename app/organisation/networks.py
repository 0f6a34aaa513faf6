"""Make a network with everything that the national register knows of it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from app.organisation import register
from app.organisation.models import Board, School
from app.organisation.register import RegisteredSchool
from tenants.models import Tenant
from tenants.provision import create_network
from tenants.session import Database, session


def make_network(
    database: Database, master_key: bytes, code: str, *, slug: str | None = None, name: str | None = None
) -> Tenant:
    """Make the network with this code of the register, with its boards and schools.

    Raises UnknownNetwork for a code that the register does not have, and SlugTaken.
    """
    found = register.network(code)
    tenant = create_network(
        database, master_key, slug=slug or code.lower(), code=code, name=name or found.name
    )
    with database.unit_of_work(tenant.opened(master_key)):
        board_ids = _add_boards(register.boards(code))
        session().execute(insert(School), [_row(school, board_ids) for school in register.schools_of(code)])
    return tenant


def _add_boards(numbers: tuple[str, ...]) -> Mapping[str, int]:
    added = session().execute(
        insert(Board).returning(Board.number, Board.id), [{"number": number} for number in numbers]
    )
    return {row.number: row.id for row in added}


def _row(school: RegisteredSchool, board_ids: Mapping[str, int]) -> dict[str, Any]:
    return {
        "board_id": board_ids[school.board_number],
        "code": school.code,
        "name": school.name,
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
