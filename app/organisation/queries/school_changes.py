"""Where the schools of this network differ from the register that is in use."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.kernel.actor import Actor
from app.kernel.clock import today
from app.organisation.models import Assignment, Board, RegisterReview, School, SchoolClosure
from app.organisation.policy import MANAGE_SCHOOLS
from app.organisation.queries.register import current_register
from app.organisation.register import ChangeKind, Register, RegisteredSchool, network, shipped
from app.organisation.register.changes import Change, of_same_school
from app.organisation.register.networks import UnknownNetwork
from tenants.context import current_network_id
from tenants.models import Tenant
from tenants.session import separately, session


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """One thing that the register has otherwise than the network."""

    kind: ChangeKind
    school_id: int | None
    """None of a school that the network has not."""
    before: RegisteredSchool | None
    """As the network has it."""
    after: RegisteredSchool | None
    """As the register has it; None where it closed."""
    is_own: bool = False
    """Whether the network chose by itself what would be overwritten."""
    people: int = 0
    """How many work at a school that closes or leaves."""

    @property
    def school(self) -> RegisteredSchool:
        """The school as the network knows it, or as it is if it is new."""
        found = self.before or self.after
        assert found is not None
        return found

    @property
    def key(self) -> str:
        """Names the change in a form."""
        return f"{self.kind}-{self.school.code}"


@dataclass(frozen=True, slots=True)
class SchoolChanges:
    """All that differs, and whether somebody looked at it already."""

    register: Register
    rows: tuple[SchoolChange, ...]
    is_reviewed: bool
    """Whether a coordinator took over what she wanted of this edition."""


@dataclass(frozen=True, slots=True)
class ClosedSchool:
    """A school that is not of this network any more, with how many still have a role there."""

    school_id: int
    name: str
    closure: SchoolClosure
    people: int


def school_changes(actor: Actor) -> SchoolChanges:
    """What the register has otherwise, by kind and name of the school."""
    actor.require(MANAGE_SCHOOLS)
    register = current_register()
    rows = sorted(_changes(register), key=_in_order)
    seen = select(RegisterReview.id).where(RegisterReview.digest == register.digest)
    return SchoolChanges(register, tuple(rows), session().scalar(seen) is not None)


def counts_of(changes: SchoolChanges) -> Mapping[ChangeKind, int]:
    """How many changes of each kind, in the order of the kinds."""
    counts = Counter(change.kind for change in changes.rows)
    return {kind: counts[kind] for kind in ChangeKind if counts[kind]}


def closed_schools_with_roles(actor: Actor) -> list[ClosedSchool]:
    """Closed schools at which somebody still has a role that goes on, by name."""
    actor.require(MANAGE_SCHOOLS)
    people = func.count(func.distinct(Assignment.person_id))
    rows = session().execute(
        select(School.id, School.name, SchoolClosure, people)
        .join(
            SchoolClosure,
            and_(SchoolClosure.tenant_id == School.tenant_id, SchoolClosure.school_id == School.id),
        )
        .join(Assignment, and_(Assignment.tenant_id == School.tenant_id, Assignment.school_id == School.id))
        .where(_goes_on())
        .group_by(School.tenant_id, School.id, SchoolClosure.tenant_id, SchoolClosure.id)
        .order_by(func.unaccent(func.lower(School.name)), School.id)
    )
    return [ClosedSchool(*row) for row in rows]


def _changes(register: Register) -> Iterator[SchoolChange]:
    code = _network_code()
    try:
        network(code)
    except UnknownNetwork:
        return
    people = _people_by_school()
    listed = {school.code: school for school in register.schools_of(code)}
    known = set[str]()
    for school, board_number, is_closed in session().execute(_schools()):
        known.add(school.code)
        after = listed.get(school.code)
        before = _as_registered(school, board_number, code, after)
        if after is None and not is_closed:
            elsewhere = register.by_code.get(school.code)
            kind = ChangeKind.LEFT if elsewhere else ChangeKind.CLOSED
            yield SchoolChange(kind, school.id, before, elsewhere, people=people.get(school.id, 0))
        elif after is not None:
            if is_closed:
                yield SchoolChange(ChangeKind.REOPENED, school.id, before, after)
            for change in of_same_school(before, after):
                yield _seen_here(change, school)
    for school in listed.values():
        if school.code not in known:
            yield SchoolChange(ChangeKind.NEW, None, None, school)


def _seen_here(change: Change, school: School) -> SchoolChange:
    is_own = change.kind is ChangeKind.RENAMED and school.name != _registered_name(school)
    return SchoolChange(change.kind, school.id, change.before, change.after, is_own=is_own)


def _registered_name(school: School) -> str | None:
    """The name that the register gave it; of before that was kept, as the software came with it."""
    of_house = shipped().by_code.get(school.code)
    return school.registered_name or (of_house.name if of_house else None)


def _network_code() -> str:
    """The SWV code of this network, which stands where networks are told apart."""
    network_id = current_network_id()
    with separately() as unit:
        return unit.get_one(Tenant, network_id).code


def _schools() -> Select[School, str, bool]:
    closed = SchoolClosure.id.is_not(None).label("is_closed")
    return (
        select(School, Board.number, closed)
        .join(Board, and_(Board.tenant_id == School.tenant_id, Board.id == School.board_id))
        .outerjoin(
            SchoolClosure,
            and_(SchoolClosure.tenant_id == School.tenant_id, SchoolClosure.school_id == School.id),
        )
    )


def _as_registered(
    school: School, board_number: str, network_code: str, after: RegisteredSchool | None
) -> RegisteredSchool:
    """A school of the network in the words of the register; what the network does not keep is as the register has it."""
    return RegisteredSchool(
        code=school.code,
        network_code=network_code,
        board_number=board_number,
        kinds=frozenset(school.kinds),
        concept=school.concept,
        pupils=school.pupils,
        latitude=school.latitude,
        longitude=school.longitude,
        name=school.name,
        denomination=school.denomination or "",
        street=school.street or "",
        house_number=school.house_number or "",
        postcode=school.postcode or "",
        city=school.city,
        municipality=school.municipality or "",
        province=after.province if after else "",
    )


def _people_by_school() -> Mapping[int | None, int]:
    people = func.count(func.distinct(Assignment.person_id)).label("people")
    rows = select(Assignment.school_id, people).where(_goes_on()).group_by(Assignment.school_id)
    return {row.school_id: row.people for row in session().execute(rows)}


def _goes_on() -> ColumnElement[bool]:
    return or_(Assignment.until.is_(None), Assignment.until >= today())


def _in_order(change: SchoolChange) -> tuple[int, str, str]:
    return list(ChangeKind).index(change.kind), change.school.name.casefold(), change.school.code
