"""What every step of filling a network is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random
from typing import Any, TypeVar

from psycopg import sql
from sqlalchemy import insert

from app.demo.plan import NetworkPlan, seed_of
from app.kernel.clock import AMSTERDAM
from tenants.base import Base
from tenants.context import current_network_id
from tenants.session import session

Row = TypeVar("Row", bound=Base)

IN_ONE_GO = {"render_nulls": True}
"""For bulk inserts: otherwise rows with and without a value go in turns, each turn as a statement of its own."""

SESSION_HOURS = {0: (time(9, 30), time(10, 15)), 1: (time(13, 15), time(14))}
"""When groups meet, in the morning and in the afternoon."""


@dataclass(frozen=True, slots=True)
class Seeding:
    """A network while it is being filled."""

    plan: NetworkPlan
    people: dict[str, int] = field(default_factory=dict)
    """The id of each person by address, from the step on that adds the people."""

    def chance(self, room: str) -> Random:
        """Draws of a room's own: what it invents changes nothing of another room, nor of another network."""
        return Random(f"{room} {seed_of(self.plan.code)}")  # noqa: S311 - nothing of this is secret


def at_hour(day: date | None, hour: time) -> datetime:
    """An hour of a day, in Dutch time."""
    if day is None:
        raise ValueError(day)
    return datetime.combine(day, hour, AMSTERDAM)


def add_rows(model: type[Row], rows: Sequence[dict[str, Any]]) -> None:
    """Add rows in one go; much faster than `inserted`, which asks for their ids."""
    if rows:
        session().execute(insert(model), rows, execution_options=IN_ONE_GO)


def inserted(model: type[Row], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Add rows in one go; gives their ids in the same order."""
    if not rows:
        return []
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)  # type: ignore[attr-defined]  # every row of a network has one
    return list(session().scalars(statement, rows, execution_options=IN_ONE_GO))


def copy_rows(model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add very many rows as a stream, without confidential columns; row level security wants the detour."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    table, arriving = sql.Identifier(model.__tablename__), sql.Identifier("arriving")
    connection = session().connection().connection.driver_connection
    if connection is None:
        raise LookupError(model.__tablename__)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                arriving, names, table
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(arriving, names)) as stream:
            for row in rows:
                stream.write_row(row)
        cursor.execute(
            sql.SQL("INSERT INTO {} (tenant_id, {}) SELECT {}, {} FROM {}").format(
                table, names, sql.Literal(current_network_id()), names, arriving
            )
        )
        cursor.execute(sql.SQL("DROP TABLE {}").format(arriving))
