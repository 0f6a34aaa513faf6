"""Add and change many people and roles in one statement each: the rows go in as an array for each column."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    String,
    TableValuedAlias,
    bindparam,
    column,
    func,
    insert,
    literal,
    select,
    update,
)

from app.organisation.models import Assignment, Invitation, Person
from app.organisation.queries.people import is_unanswered
from app.organisation.services.imports.effects import Fields
from app.organisation.services.invitations import move_invitation
from tenants.context import current_network_id
from tenants.session import session

TYPES = {"id": BigInteger, "person_id": BigInteger, "school_id": BigInteger, "since": Date, "until": Date}
"""Of the columns that are no text."""


def lock_people() -> None:
    """Let nobody change a person or a role of this network before this transaction ends.

    Accepting an invitation locks the invitation before the person, and so does this.
    """
    session().execute(select(Invitation.id).where(is_unanswered()).order_by(Invitation.id).with_for_update())
    session().execute(select(Person.id).order_by(Person.id).with_for_update())


def add_rows(kind: type[Person | Assignment], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Add rows, all with the same columns; gives their ids in the order of the rows."""
    given = _as_table(rows, with_order=True)
    names = list(rows[0])
    ordered = select(literal(current_network_id(), BigInteger), *(given.c[name] for name in names))
    added = session().scalars(
        insert(kind)
        .from_select(["tenant_id", *names], ordered.order_by(given.c.place), include_defaults=False)
        .returning(kind.id)
    )
    # Ids are counted in the order of the rows, whatever the order in which they come back.
    return sorted(added)


def change_people(fields: Mapping[int, Fields]) -> None:
    """Give people these names and addresses; what was mailed to another address ends, as it does for one."""
    if not fields:
        return
    known = session().execute(select(Person.id, Person.email).where(Person.id.in_(fields)))
    moved = {row.id: fields[row.id]["email"] for row in known if fields[row.id]["email"] != row.email}
    open_invitations = select(Invitation.person_id).where(Invitation.person_id.in_(moved), is_unanswered())
    for person_id in session().scalars(open_invitations).all():
        move_invitation(person_id, moved[person_id])
    _change(Person, [{"id": person_id, **one} for person_id, one in fields.items()])


def change_roles(periods: Mapping[int, tuple[date, date | None]]) -> None:
    """Give roles these periods."""
    if periods:
        _change(
            Assignment,
            [{"id": role_id, "since": since, "until": until} for role_id, (since, until) in periods.items()],
        )


def _change(kind: type[Person | Assignment], rows: Sequence[Mapping[str, Any]]) -> None:
    given = _as_table(rows)
    session().execute(
        update(kind)
        .where(kind.id == given.c.id)
        .values({name: given.c[name] for name in rows[0] if name != "id"})
        .execution_options(synchronize_session=False)
    )


def _as_table(rows: Sequence[Mapping[str, Any]], *, with_order: bool = False) -> TableValuedAlias:
    """The rows as a table within a statement, with their place in it if wanted."""
    types = {name: TYPES.get(name, String) for name in rows[0]}
    arrays = [bindparam(f"{name}s", [row[name] for row in rows], ARRAY(kind)) for name, kind in types.items()]
    columns = [column(name, kind) for name, kind in types.items()]
    ordinality = {"with_ordinality": "place"} if with_order else {}
    return func.unnest(*arrays).table_valued(*columns, name="given", **ordinality).render_derived()
