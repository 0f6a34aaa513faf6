"""Who knows something: people by what they opened to the actor, the nearest first."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    and_,
    any_,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from app.expertise.models import ExpertiseRecord, Reachability, RecordKind
from app.expertise.policy import FIND_COLLEAGUES
from app.expertise.queries.map_schools import MapSchool
from app.expertise.queries.records import opened_to
from app.expertise.queries.sought_items import items_kept_under, items_meant, query_of, suggestions
from app.expertise.queries.taxonomy import Item, taxonomy
from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.clock import today
from app.kernel.permissions import AT_SCHOOL
from app.organisation.models import Assignment, Person
from app.organisation.queries.roles import holds
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for, and what narrows it."""

    words: str | None = None
    within_km: int | None = None
    school_kind: str | None = None
    level: int | None = None
    halfday: int | None = None
    kind: RecordKind | None = None


class FoundPerson(NamedTuple):
    """Somebody who was found, with her nearest school."""

    person_id: int
    school_id: int
    is_willing: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found, the nearest first; what the words were taken for, and what might have been meant."""

    people: Sequence[FoundPerson]
    items: Sequence[Item]
    suggestions: Sequence[str]


def find_colleagues(actor: Actor, sought: Sought, schools: dict[int, MapSchool]) -> Found:
    """Look somebody up among colleagues of her own schools and of the network; nobody without words."""
    actor.require(FIND_COLLEAGUES)
    if not sought.words:
        return Found((), (), ())
    items = items_meant(taxonomy(), sought.words)
    within = [school for school in schools.values() if _fits(school, sought)]
    meant = () if items else suggestions(taxonomy(), sought.words)
    return Found(_people(actor, sought, items, within), items, meant)


def reasons_to_find(
    actor: Actor, sought: Sought, items: Collection[Item], person_ids: Collection[int]
) -> dict[int, list[ExpertiseRecord]]:
    """The records for which these people were found, those of the highest level first."""
    found = session().scalars(
        select(ExpertiseRecord)
        .where(
            among(ExpertiseRecord.person_id, person_ids),
            or_(_is_about(items), _mentions(sought)),
            *_narrowing(actor, sought),
        )
        .order_by(ExpertiseRecord.level.desc().nulls_last(), ExpertiseRecord.kind, ExpertiseRecord.id)
    )
    by_person: defaultdict[int, list[ExpertiseRecord]] = defaultdict(list)
    for record in found:
        by_person[record.person_id].append(record)
    return by_person


def _fits(school: MapSchool, sought: Sought) -> bool:
    near = (
        sought.within_km is None
        or school.is_own
        or (school.kilometres is not None and school.kilometres <= sought.within_km)
    )
    return near and (sought.school_kind is None or sought.school_kind in school.kinds)


def _people(
    actor: Actor, sought: Sought, items: Collection[Item], schools: Sequence[MapSchool]
) -> list[FoundPerson]:
    """Each person once: at her nearest school, by distance, level, whether she may be asked, and name."""
    columns = [ExpertiseRecord.person_id, ExpertiseRecord.level, ExpertiseRecord.willing]
    hits = _hits(actor, sought, items, columns).subquery()
    of_one = select(
        hits.c.person_id,
        func.coalesce(func.max(hits.c.level), 0).label("level"),
        func.bool_or(hits.c.willing).label("willing"),
    )
    person = of_one.group_by(hits.c.person_id).subquery()
    at_work = (
        select(person, Assignment.school_id, Person.sort_name)
        .join(Assignment, Assignment.person_id == person.c.person_id)
        .join(Person, Person.id == person.c.person_id)
        .where(Assignment.role.in_(AT_SCHOOL), holds(today()))
    )
    place_of = {school.id: school.order for school in schools}
    nearest: dict[int, tuple[Any, ...]] = {}
    for person_id, level, willing, school_id, sort_name in session().execute(at_work):
        if school_id in place_of:
            place = (place_of[school_id], -level, not willing, sort_name, person_id, school_id)
            nearest[person_id] = min(place, nearest.get(person_id, place))
    return [
        FoundPerson(person_id, school_id, not unwilling)
        for _place, _level, unwilling, _name, person_id, school_id in sorted(nearest.values())
    ]


def _hits(actor: Actor, sought: Sought, items: Collection[Item], columns: Sequence[Any]) -> Any:
    """The records of others that fit, by item or by text; one that fits both ways comes twice.

    Apart, because each has an index of its own. What matches a text can't be looked up in one under row level security:
    all records with a text are read.
    """
    narrowed = _narrowing(actor, sought)
    return union_all(
        select(*columns).where(_is_about(items), *narrowed),
        select(*columns).where(_mentions(sought), *narrowed),
    )


def _is_about(items: Collection[Item]) -> ColumnElement[bool]:
    return among(ExpertiseRecord.item_id, items_kept_under(taxonomy(), items))


def _mentions(sought: Sought) -> ColumnElement[bool]:
    has_text = or_(ExpertiseRecord.own_words.is_not(None), ExpertiseRecord.course_title.is_not(None))
    return and_(has_text, ExpertiseRecord.searched.op("@@")(query_of(sought.words or "")))


def _narrowing(actor: Actor, sought: Sought) -> list[ColumnElement[bool]]:
    narrowing = [ExpertiseRecord.person_id != actor.person_id, opened_to(actor)]
    if sought.kind:
        narrowing.append(ExpertiseRecord.kind == sought.kind)
    if sought.level:
        narrowing.append(ExpertiseRecord.level >= sought.level)
    if sought.halfday is not None:
        reached = and_(
            Reachability.tenant_id == ExpertiseRecord.tenant_id,
            Reachability.person_id == ExpertiseRecord.person_id,
            literal(sought.halfday) == any_(Reachability.halfdays),
        )
        narrowing.append(exists().where(reached))
    return narrowing
