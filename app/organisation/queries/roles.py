"""Who holds which role where, on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select, true

from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.clock import today
from app.kernel.errors import NotFound
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Board, Person, School
from tenants.session import session


class Workplace(NamedTuple):
    """A role that somebody holds, with the school where she holds it; a role in the network has no school."""

    assignment_id: int
    role: Role
    since: date
    until: date | None
    school_id: int | None = None
    school_code: str | None = None
    school_name: str | None = None
    city: str | None = None
    kinds: frozenset[str] = frozenset()
    concept: str | None = None
    board_number: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def actor_of(identity_id: int) -> Actor | None:
    """The person of this network behind an identity, with today's roles; None without any role today."""
    rows = (
        session()
        .execute(
            select(Person, Assignment.role, Assignment.school_id)
            .join(Assignment, _of_person())
            .where(Person.identity_id == identity_id, holds(today()))
        )
        .all()
    )
    if not rows:
        return None
    return Actor(
        person_id=rows[0].Person.id,
        name=rows[0].Person.name,
        roles=frozenset(Role(row.role) for row in rows),
        schools=frozenset(row.school_id for row in rows if row.school_id is not None),
    )


def people_by_id(ids: Iterable[int]) -> dict[int, Person]:
    """People by their ids; who does not exist is left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {person.id: person for person in session().scalars(select(Person).where(among(Person.id, wanted)))}


class PersonName(NamedTuple):
    """Somebody in a long list: enough to show, search and sort."""

    name: str
    sort_name: str


def names_by_id(ids: Iterable[int]) -> dict[int, PersonName]:
    """Names by id, for lists of hundreds: whole people would be read for nothing."""
    parts = (Person.first_name, Person.infix, Person.last_name)
    rows = session().execute(select(Person.id, Person.sort_name, *parts).where(among(Person.id, ids)))
    return {row[0]: PersonName(" ".join(filter(None, row[2:])), row[1]) for row in rows}


def workplaces(person_ids: Collection[int] | None, *, on: date | None = None) -> dict[int, list[Workplace]]:
    """The roles of these people (None: of everybody) that hold on a day, today unless said otherwise.

    Roles at a school come by the school's name, after those in the network. Who holds no role is left out.
    """
    if person_ids is not None and not person_ids:
        return {}
    found: defaultdict[int, list[Workplace]] = defaultdict(list)
    for person_id, workplace in _workplaces(holds(on or today()), person_ids):
        found[person_id].append(workplace)
    return dict(found)


def all_workplaces(person: Person) -> list[Workplace]:
    """Every role that this person holds, held or will hold; the latest first."""
    found = [workplace for _, workplace in _workplaces(true(), [person.id])]
    return sorted(found, key=lambda workplace: workplace.since, reverse=True)


def workplace_with(person: Person, assignment_id: int) -> Workplace:
    """One role of this person. Raises NotFound."""
    found = [place for place in all_workplaces(person) if place.assignment_id == assignment_id]
    if not found:
        raise NotFound
    return found[0]


def holders(role: Role, *, on: date | None = None) -> list[Person]:
    """Everybody who holds the role on a day, today unless said otherwise, by family name."""
    holding = select(Assignment.person_id).where(Assignment.role == role, holds(on or today()))
    people = select(Person).where(Person.id.in_(holding)).order_by(Person.sort_name, Person.id)
    return list(session().scalars(people))


def holder_ids(role: Role, *, on: date | None = None) -> set[int]:
    """The ids of everybody who holds the role on a day, today unless said otherwise."""
    return set(
        session().scalars(select(Assignment.person_id).where(Assignment.role == role, holds(on or today())))
    )


def holder_ids_by_name(role: Role) -> Sequence[int]:
    """The ids of everybody who holds the role today, by family name: `holders` for who needs no more of them."""
    holding = select(Assignment.person_id).where(Assignment.role == role, holds(today()))
    ids = select(Person.id).where(Person.id.in_(holding)).order_by(Person.sort_name, Person.id)
    return session().scalars(ids).all()


def holds(day: date) -> ColumnElement[bool]:
    """That an assignment holds on a day: its last day counts."""
    return and_(Assignment.since <= day, or_(Assignment.until.is_(None), Assignment.until >= day))


def _workplaces(
    which: ColumnElement[bool], person_ids: Collection[int] | None
) -> Iterable[tuple[int, Workplace]]:
    rows = (
        select(
            Assignment.person_id,
            Assignment.id.label("assignment_id"),
            Assignment.role,
            Assignment.since,
            Assignment.until,
            Assignment.school_id,
            School.code,
            School.name,
            School.city,
            School.kinds,
            School.concept,
            Board.number,
            School.latitude,
            School.longitude,
        )
        .outerjoin(School, and_(School.tenant_id == Assignment.tenant_id, School.id == Assignment.school_id))
        .outerjoin(Board, and_(Board.tenant_id == School.tenant_id, Board.id == School.board_id))
        .where(which)
        .order_by(Assignment.person_id, School.name.nulls_first(), Assignment.role, Assignment.id)
    )
    if person_ids is not None:
        rows = rows.where(among(Assignment.person_id, person_ids))
    for (
        person_id,
        assignment_id,
        role,
        since,
        until,
        school_id,
        code,
        name,
        city,
        kinds,
        *place,
    ) in session().execute(rows):
        known = frozenset(kinds or ())
        work = Workplace(assignment_id, Role(role), since, until, school_id, code, name, city, known, *place)
        yield person_id, work


def _of_person() -> ColumnElement[bool]:
    return and_(Assignment.tenant_id == Person.tenant_id, Assignment.person_id == Person.id)
