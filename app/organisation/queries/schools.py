"""The schools and boards of the network, and who works there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, any_, exists, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.errors import NotFound
from app.kernel.paging import Page, Position, paged
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Board, Person, School, SchoolClosure
from app.organisation.policy import sees_staff
from app.organisation.queries.roles import holds
from app.organisation.queries.search import mentions
from tenants.session import session


@dataclass(frozen=True, slots=True)
class SchoolFilter:
    """What narrows the list of schools."""

    words: str | None = None
    kind: str | None = None
    board_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school with its board."""

    school: School
    board: Board
    closure: SchoolClosure | None = None


@dataclass(frozen=True, slots=True)
class ListedBoard:
    """A board with the number of its schools."""

    board: Board
    school_count: int


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody at a school, with the roles that she holds there."""

    person: Person
    roles: tuple[Role, ...]


def schools_page(narrowed: SchoolFilter, position: Position) -> Page[ListedSchool]:
    """A part of the schools, by name."""
    schools = _with_board_and_closure(select(School.id, School, Board, SchoolClosure))
    schools = schools.where(
        mentions(narrowed.words, School.name, School.city, School.code, Board.number, Board.name)
    )
    if narrowed.kind:
        schools = schools.where(literal(narrowed.kind) == any_(School.kinds))
    if narrowed.board_id:
        schools = schools.where(School.board_id == narrowed.board_id)
    page = paged(schools, School.id, func.unaccent(func.lower(School.name)), position)
    listed = [ListedSchool(row.School, row.Board, row.SchoolClosure) for row in page.rows]
    return Page(listed, page.total, page.next, page.previous)


def school_with(school_id: int) -> ListedSchool:
    """A school of this network. Raises NotFound."""
    found = _with_board_and_closure(select(School, Board, SchoolClosure)).where(School.id == school_id)
    row = session().execute(found).first()
    if row is None:
        raise NotFound
    return ListedSchool(row.School, row.Board, row.SchoolClosure)


def school_names() -> list[tuple[int, str]]:
    """Id and name with city of every school that is open, by name, to choose from."""
    schools = select(School.id, School.name, School.city).where(is_open())
    rows = session().execute(schools.order_by(func.unaccent(func.lower(School.name)), School.id))
    return [(school_id, f"{name}, {city}") for school_id, name, city in rows]


def school_names_by_code(codes: Collection[str]) -> dict[str, str]:
    """Name with city of these schools, by code; a school that is not in this network is left out."""
    rows = session().execute(select(School.code, School.name, School.city).where(School.code.in_(codes)))
    return {code: f"{name}, {city}" for code, name, city in rows}


def staff_of(actor: Actor, school_id: int) -> list[StaffMember] | None:
    """Who works at a school today, by family name; None where the actor may not know."""
    if not sees_staff(actor, school_id):
        return None
    rows = session().execute(
        select(Person, func.array_agg(Assignment.role))
        .join(Assignment, and_(Assignment.tenant_id == Person.tenant_id, Assignment.person_id == Person.id))
        .where(Assignment.school_id == school_id, holds(today()))
        .group_by(Person.tenant_id, Person.id)
        .order_by(Person.sort_name, Person.id)
    )
    return [StaffMember(person, tuple(role for role in Role if role in roles)) for person, roles in rows]


def boards() -> list[ListedBoard]:
    """The boards of the network by number, with how many schools each has."""
    rows = session().execute(
        select(Board, func.count(School.id))
        .outerjoin(School, _of_board())
        .group_by(Board.tenant_id, Board.id)
        .order_by(Board.number)
    )
    return [ListedBoard(board, count) for board, count in rows]


def boards_with_schools() -> list[tuple[Board, list[str]]]:
    """The boards of the network by number, each with the names of its schools."""
    name = aggregate_order_by(School.name, func.unaccent(func.lower(School.name)), School.id)
    rows = session().execute(
        select(Board, func.array_agg(name).filter(School.id.is_not(None)))
        .outerjoin(School, _of_board())
        .group_by(Board.tenant_id, Board.id)
        .order_by(Board.number)
    )
    return [(board, list(names or ())) for board, names in rows]


def board_with(board_id: int) -> Board:
    """A board of this network. Raises NotFound."""
    board = session().scalar(select(Board).where(Board.id == board_id))
    if board is None:
        raise NotFound
    return board


def is_open() -> ColumnElement[bool]:
    """That a school has not been closed."""
    return ~exists().where(_of_closure())


def _with_board_and_closure(schools: Any) -> Any:
    return schools.join(Board, _of_board()).outerjoin(SchoolClosure, _of_closure())


def _of_closure() -> ColumnElement[bool]:
    return and_(SchoolClosure.tenant_id == School.tenant_id, SchoolClosure.school_id == School.id)


def _of_board() -> ColumnElement[bool]:
    return and_(School.tenant_id == Board.tenant_id, School.board_id == Board.id)
