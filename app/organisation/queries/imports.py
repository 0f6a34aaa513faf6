"""Lists of people that were sent, what became of them, and the network as they are judged against it."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.errors import NotFound
from app.kernel.permissions import Role
from app.organisation.importing import (
    KeptEntries,
    KnownPerson,
    KnownRole,
    KnownSchool,
    NetworkFacts,
    SheetRow,
)
from app.organisation.importing.judgement import Entry, RowState
from app.organisation.models import Assignment, PeopleImport, Person, School
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries.roles import people_by_id
from app.organisation.queries.schools import is_open
from tenants.session import session

IMPORTS_SHOWN = 10
REMEMBERED = 20
"""So many of the latest imports are looked through for what somebody chose for a header."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of a file, as it is kept."""

    columns: Sequence[str]
    rows: Sequence[SheetRow]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What the columns hold, and what holds for everybody where no column tells it."""

    columns: dict[str, int] = field(default_factory=dict[str, int])
    role: Role | None = None
    school_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListedImport:
    """An import with the name of who sent it; None when she is gone."""

    row: PeopleImport
    by: str | None


def import_with(actor: Actor, import_id: int) -> PeopleImport:
    """An import of this network. Raises NotFound."""
    actor.require(MANAGE_PEOPLE)
    found = session().scalar(select(PeopleImport).where(PeopleImport.id == import_id))
    if found is None:
        raise NotFound
    return found


def latest_imports(actor: Actor) -> list[ListedImport]:
    """What was sent lately, the latest first."""
    actor.require(MANAGE_PEOPLE)
    rows = session().scalars(select(PeopleImport).order_by(PeopleImport.id.desc()).limit(IMPORTS_SHOWN)).all()
    names = people_by_id({row.by_id for row in rows})
    return [ListedImport(row, names[row.by_id].name if row.by_id in names else None) for row in rows]


def last_applied_id() -> int | None:
    """The import that was applied last and is not undone: only that one can be."""
    applied = select(PeopleImport.id).where(
        PeopleImport.applied_at.is_not(None), PeopleImport.undone_at.is_(None)
    )
    return session().scalar(applied.order_by(PeopleImport.applied_at.desc(), PeopleImport.id.desc()).limit(1))


def sheet_of(row: PeopleImport) -> Sheet:
    """The table that was sent. Raises NotFound when it has been forgotten."""
    if row.sheet is None:
        raise NotFound
    kept = json.loads(row.sheet)
    return Sheet(kept["columns"], [SheetRow(number, cells) for number, cells in kept["rows"]])


def choice_of(row: PeopleImport) -> ColumnChoice:
    """What the columns hold; of an import for which nobody chose yet, nothing."""
    if row.choice is None:
        return ColumnChoice()
    kept = json.loads(row.choice)
    return ColumnChoice(kept["columns"], Role(kept["role"]) if kept["role"] else None, kept["school_id"])


def entries_of(row: PeopleImport, state: RowState | None = None) -> Sequence[Entry]:
    """The judged rows, wrong ones first, or those of one state; none when they have been forgotten."""
    return KeptEntries(row.entries, state) if row.entries else []


def chosen_before() -> dict[str, str | None]:
    """What somebody in this network chose for a header that the house does not know, or knows otherwise."""
    chosen = select(PeopleImport.headers).where(PeopleImport.headers.is_not(None))
    latest = session().scalars(chosen.order_by(PeopleImport.id.desc()).limit(REMEMBERED)).all()
    return {
        header: held
        for headers in reversed(latest)
        if headers
        for header, held in json.loads(headers).items()
    }


def network_facts() -> NetworkFacts:
    """Schools that are open, people and roles of the network, in three queries."""
    schools = session().execute(
        select(School.id, School.code, School.name, School.city).where(is_open()).order_by(School.code)
    )
    roles: defaultdict[int, list[KnownRole]] = defaultdict(list)
    held = select(
        Assignment.person_id,
        Assignment.id,
        Assignment.role,
        Assignment.school_id,
        Assignment.since,
        Assignment.until,
    )
    for person_id, role_id, role, school_id, since, until in session().execute(held.order_by(Assignment.id)):
        roles[person_id].append(KnownRole(role_id, Role(role), school_id, since, until))
    people = session().execute(
        select(Person.id, Person.first_name, Person.infix, Person.last_name, Person.email).order_by(Person.id)
    )
    return NetworkFacts(
        today(),
        tuple(KnownSchool(*school) for school in schools),
        tuple(KnownPerson(*person, roles=tuple(roles[person.id])) for person in people),
    )
