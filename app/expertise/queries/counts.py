"""How many people can help others with what: exactly, as far as it was opened to who looks; the rest in whole groups.

A cell is a school with an item, or with all items of a domain. At one's own school it counts what was opened to the
school or the network, elsewhere only what was opened to the network. What others keep within their own school is in
one number for each item, of the whole network, that no filter and no date changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    and_,
    column,
    func,
    literal,
    null,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.expertise.models import HELPS_OTHERS, ExpertiseRecord, RecordKind, Visibility
from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.clock import today
from app.kernel.permissions import AT_SCHOOL
from app.kernel.privacy import in_whole_groups
from app.organisation.models import Assignment
from app.organisation.queries.roles import holds
from tenants.session import session

PLANNED = "expertise.planned_for_values"


@dataclass(frozen=True, slots=True)
class Counts:
    """People by school and column, and by column alone: who works at two schools is one person in a total."""

    cells: Mapping[tuple[int, int], int]
    totals: Mapping[int, int]

    def at(self, school_id: int, column: int) -> int:
        """How many at a school."""
        return self.cells.get((school_id, column), 0)

    def total(self, column: int) -> int:
        """How many at all these schools together."""
        return self.totals.get(column, 0)


@dataclass(frozen=True, slots=True)
class ItemTotal:
    """An item in the whole network."""

    seen: int = 0
    """People whom the actor may see, one by one."""
    others_at_least: int = 0
    """And so many who share it with their own school alone; in whole groups, 0 also stands for a few."""
    school_id: int | None = None
    """A school where somebody is seen."""


def counts_by_item(
    actor: Actor, items: Iterable[int], schools: Iterable[int] | None = None, since: date | None = None
) -> Counts:
    """For each of these items; None for all schools. `since`: only what was so on that day already."""
    return _counts(actor, {item: item for item in items}, schools, since)


def counts_by_domain(
    actor: Actor,
    items: Mapping[int, int],
    schools: Iterable[int] | None = None,
    since: date | None = None,
) -> Counts:
    """For each domain of these items, given by item: people who can help with one or more of its items."""
    return _counts(actor, items, schools, since)


def counts_together(actor: Actor, items: Iterable[int], since: date | None = None) -> Counts:
    """For all these items together, as column 0: people who can help with one or more of them."""
    return _counts(actor, dict.fromkeys(items, 0), None, since)


def item_totals(actor: Actor, items: Iterable[int]) -> Mapping[int, ItemTotal]:
    """Each of these items in the whole network, today. A person has one record of expertise of an item at most."""
    plan_for_these_values()
    school_id = Assignment.school_id
    worker = (
        select(
            Assignment.person_id,
            func.min(school_id).label("school_id"),
            func.bool_or(among(school_id, actor.schools)).label("is_colleague"),
        )
        .where(works())
        .group_by(Assignment.person_id)
        .subquery()
    )
    opened = or_(ExpertiseRecord.visibility == Visibility.NETWORK, worker.c.is_colleague)
    rows = session().execute(
        select(
            ExpertiseRecord.item_id,
            func.count().filter(opened),
            func.count().filter(~opened),
            func.min(worker.c.school_id).filter(opened),
        )
        .join(worker, worker.c.person_id == ExpertiseRecord.person_id)
        .where(counted(items))
        .group_by(ExpertiseRecord.item_id)
    )
    return {item: ItemTotal(seen, in_whole_groups(others), at) for item, seen, others, at in rows}


def counted(items: Iterable[int], since: date | None = None) -> ColumnElement[bool]:
    """Which records the map counts: who can help others with one of these items, and opened that to somebody."""
    counts = and_(
        among(ExpertiseRecord.item_id, items),
        ExpertiseRecord.kind == RecordKind.EXPERTISE,
        ExpertiseRecord.level >= HELPS_OTHERS,
        ExpertiseRecord.visibility != Visibility.PRIVATE,
    )
    return counts if since is None else and_(counts, ExpertiseRecord.since <= since)


def seen_at(
    school_id: SQLColumnExpression[int] | SQLColumnExpression[int | None], actor: Actor
) -> ColumnElement[bool]:
    """Which records the actor sees at a school where their person works: at her own also those for the school alone."""
    to_network = ExpertiseRecord.visibility == Visibility.NETWORK
    to_school = ExpertiseRecord.visibility == Visibility.SCHOOL
    return or_(to_network, and_(to_school, among(school_id, actor.schools)))


def works() -> ColumnElement[bool]:
    """That somebody works at a school today."""
    return and_(Assignment.role.in_(AT_SCHOOL), holds(today()))


def of_worker() -> ColumnElement[bool]:
    """That a record is of who has the assignment."""
    return and_(
        Assignment.tenant_id == ExpertiseRecord.tenant_id, Assignment.person_id == ExpertiseRecord.person_id
    )


def plan_for_these_values() -> None:
    """Let the database plan the next statements for the values that they have, until this unit of work ends.

    After some times it would keep one plan for a list of any length, and guess that it is short: on the largest network
    such a plan takes a minute instead of some tens of milliseconds.
    """
    if PLANNED not in session().info:
        session().execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        session().info[PLANNED] = True


def _counts(
    actor: Actor,
    column_of: Mapping[int, int],
    schools: Iterable[int] | None,
    since: date | None,
) -> Counts:
    plan_for_these_values()
    items = (
        func.unnest(
            literal(list(column_of), ARRAY(BigInteger)), literal(list(column_of.values()), ARRAY(BigInteger))
        )
        .table_valued(column("item_id", BigInteger), column("column_id", BigInteger), name="listed")
        .render_derived()
    )
    worker = select(Assignment.person_id, Assignment.school_id).where(works()).distinct()
    if schools is not None:
        worker = worker.where(among(Assignment.school_id, schools))
    place = worker.subquery()
    known = (
        select(place.c.school_id, ExpertiseRecord.item_id, ExpertiseRecord.person_id)
        .join(place, place.c.person_id == ExpertiseRecord.person_id)
        .where(counted(column_of, since), seen_at(place.c.school_id, actor))
        # Apart: the database does not know how many records an item of the list has, and would look up each by itself.
        .cte("known")
        .prefix_with("MATERIALIZED")
    )
    part = (
        select(known.c.school_id, items.c.column_id, known.c.person_id)
        .join(items, items.c.item_id == known.c.item_id)
        .distinct()
        .cte("part")
    )
    person = select(part.c.column_id, part.c.person_id).distinct().subquery()
    # Two counts of what is distinct already: sorting it all for a count of distinct people takes twice as long.
    rows = session().execute(
        union_all(
            select(part.c.school_id, part.c.column_id, func.count()).group_by(
                part.c.school_id, part.c.column_id
            ),
            select(null(), person.c.column_id, func.count()).group_by(person.c.column_id),
        )
    )
    cells: dict[tuple[int, int], int] = {}
    totals: dict[int, int] = {}
    for school_id, column_id, people in rows:
        if school_id is None:
            totals[column_id] = people
        else:
            cells[school_id, column_id] = people
    return Counts(cells, totals)
