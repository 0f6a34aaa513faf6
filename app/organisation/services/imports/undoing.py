"""Undo an import, as long as nothing was built on it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, Table, delete, select, union

from app.jobs.progress import finish_work
from app.kernel.actor import Actor
from app.kernel.audit import record, record_each
from app.kernel.clock import now
from app.kernel.errors import NotFound
from app.organisation.models import Assignment, Invitation, PeopleImport, Person
from app.organisation.queries.imports import import_with, last_applied_id
from app.organisation.queries.people import SUBJECT as PERSON
from app.organisation.queries.roles import people_by_id
from app.organisation.services.imports.effects import PERSON_FIELDS, Effects, Fields, days, effects_from
from app.organisation.services.imports.judging import Report, locked_import
from app.organisation.services.imports.rows import change_people, change_roles, lock_people
from app.organisation.services.imports.starting import SUBJECT
from tenants.base import Base
from tenants.context import current_network_id
from tenants.session import session

OWN_TABLES = {Assignment.__tablename__, Invitation.__tablename__}
"""What belongs to somebody without her having done anything: it goes with her."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Who stands in the way of undoing, and why: `access`, `used`, `edited`, `roles`, `gone` or `address`."""

    person_id: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undo:
    """What undoing would do, or what keeps it from being done."""

    effects: Effects
    obstacles: list[Obstacle]


def undo_of(actor: Actor, import_id: int) -> Undo:
    """What undoing this import would mean at this moment. Raises NotFound unless it is the last that was applied."""
    row = import_with(actor, import_id)
    if row.effects is None or row.id != last_applied_id():
        raise NotFound
    effects = effects_from(row.effects)
    return Undo(effects, list(_obstacles(effects)))


def undo_import(work_id: int, report: Report) -> None:
    """Take back all that an import did, and end the work; with something in the way, or a second time, nothing."""
    work, row = locked_import(work_id)
    if work.has_ended:
        return
    report("reading", 0.0)
    lock_people()
    effects = effects_from(row.effects) if _can_be_undone(row) and row.effects else None
    if effects and not any(_obstacles(effects)):
        report("undoing", 0.3)
        _take_back(effects)
        row.undone_at = now()
        actor = Actor(work.person_id, "", frozenset())
        record(actor, "undo list of people", SUBJECT, row.id)
        record_each(actor, "undo import", PERSON, effects.person_ids - effects.new_people.keys())
    finish_work(work)


def _can_be_undone(row: PeopleImport) -> bool:
    return row.undone_at is None and row.id == last_applied_id()


def _take_back(effects: Effects) -> None:
    """New roles go before old ones get their days back: the two may be at the same place."""
    new_roles = [role.id for role in effects.new_roles]
    session().execute(
        delete(Assignment).where(Assignment.id.in_(new_roles)).execution_options(synchronize_session=False)
    )
    new_people = list(effects.new_people)
    session().execute(
        delete(Person).where(Person.id.in_(new_people)).execution_options(synchronize_session=False)
    )
    change_people({change.id: change.before for change in effects.changed_people})
    change_roles({change.id: _dates(change.before) for change in effects.changed_roles})


def _obstacles(effects: Effects) -> Iterator[Obstacle]:
    """Whatever was done since with those whom the import touched, one reason for each of them."""
    people = people_by_id(effects.person_ids)
    roles = _roles_of(effects.person_ids)
    given = defaultdict(set[tuple[int, tuple[str, str | None]]])
    for role in effects.new_roles:
        given[role.person_id].add((role.id, (role.since, role.until)))
    for change in effects.changed_roles:
        given[change.person_id].add((change.id, change.after))
    after = {change.id: change.after for change in effects.changed_people} | effects.new_people
    used = _used(effects.new_people)
    taken = _taken_addresses(effects)
    for person_id in sorted(effects.person_ids):
        person = people.get(person_id)
        if person is None:
            yield Obstacle(person_id, "", "gone")
            continue
        is_new = person_id in effects.new_people
        has_other_roles = (
            roles[person_id] != given[person_id] if is_new else not given[person_id] <= roles[person_id]
        )
        reasons = (
            ("access", is_new and person.identity_id is not None),
            ("used", person_id in used),
            ("edited", person_id in after and _fields_of(person) != after[person_id]),
            ("roles", has_other_roles),
            ("address", person_id in taken),
        )
        reason = next((reason for reason, holds in reasons if holds), None)
        if reason:
            yield Obstacle(person_id, person.name, reason)


def _roles_of(person_ids: Collection[int]) -> defaultdict[int, set[tuple[int, tuple[str, str | None]]]]:
    held = select(Assignment.person_id, Assignment.id, Assignment.since, Assignment.until)
    found: defaultdict[int, set[tuple[int, tuple[str, str | None]]]] = defaultdict(set)
    for person_id, role_id, since, until in session().execute(
        held.where(Assignment.person_id.in_(person_ids))
    ):
        found[person_id].add((role_id, days(since, until)))
    return found


def _used(person_ids: Collection[int]) -> set[int]:
    """Who accepted an invitation, or whom a row of whatever room names: rooms above this one are found by their keys."""
    accepted = select(Invitation.person_id).where(Invitation.accepted_at.is_not(None))
    named = (
        select(column).where(table.c.tenant_id == current_network_id(), column.in_(person_ids))
        for table, column in _references()
    )
    return {
        *session().scalars(accepted.where(Invitation.person_id.in_(person_ids))),
        *session().scalars(union(*named)),
    }


def _references() -> Iterator[tuple[Table, Column[int]]]:
    """Every column that refers to a person, but for those of this room."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if key.referred_table is Person.__table__ and table.name not in OWN_TABLES:
                yield table, next(column for column in key.columns if column.name != "tenant_id")


def _taken_addresses(effects: Effects) -> set[int]:
    """Whose old address somebody else has by now."""
    before = {
        change.before["email"]: change.id for change in effects.changed_people if change.before["email"]
    }
    holders = session().execute(select(Person.email, Person.id).where(Person.email.in_(before)))
    return {before[row.email] for row in holders if before[row.email] != row.id}


def _fields_of(person: Person) -> Fields:
    return {name: getattr(person, name) for name in PERSON_FIELDS}


def _dates(kept: tuple[str, str | None]) -> tuple[date, date | None]:
    since, until = kept
    return date.fromisoformat(since), date.fromisoformat(until) if until else None
