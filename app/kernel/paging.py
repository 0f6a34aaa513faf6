"""Long lists, a part at a time: the next part begins after a row, not at a number (keyset paging)."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from tenants.session import session

PAGE_SIZE = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Position:
    """Where a part begins: after the row with this id, or before it; without either at the top."""

    after: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list, how long the list is, and where its neighbours begin."""

    rows: list[T]
    total: int
    next: Position | None
    previous: Position | None


def paged(
    statement: Select[*tuple[Any, ...]],
    identifier: InstrumentedAttribute[int],
    order: Any,
    position: Position,
    size: int = PAGE_SIZE,
) -> Page[Row[*tuple[Any, ...]]]:
    """A part of what `statement` gives, by `order` and then `identifier`, which it gives as `id` first.

    A row that is gone since, or that never was, begins at the top. Takes three queries at most.
    """
    keys = (order, identifier)
    anchor = _anchor(keys, identifier, position)
    backwards = anchor is not None and position.after is None
    part = statement.order_by(*(key.desc() if backwards else key for key in keys)).limit(size + 1)
    if anchor is not None:
        part = part.where(tuple_(*keys) < anchor if backwards else tuple_(*keys) > anchor)
    rows = list(session().execute(part))
    goes_on, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    total = session().scalar(
        select(func.count()).select_from(statement.with_only_columns(identifier).subquery())
    )
    has_next, has_previous = (True, goes_on) if backwards else (goes_on, anchor is not None)
    return Page(
        rows,
        total or 0,
        next=Position(after=rows[-1].id) if rows and has_next else None,
        previous=Position(before=rows[0].id) if rows and has_previous else None,
    )


def _anchor(keys: tuple[Any, ...], identifier: InstrumentedAttribute[int], position: Position) -> Any:
    row_id = position.after or position.before
    if row_id is None:
        return None
    values = session().execute(select(*keys).where(identifier == row_id)).first()
    return tuple_(*values) if values else None
