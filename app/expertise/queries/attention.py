"""What a school leader wants to know of her team, item by item; and which schools near can help."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select

from app.expertise.models import (
    HELPS_OTHERS,
    CourseState,
    ExpertiseRecord,
    RecordKind,
    SchoolNeed,
    Visibility,
)
from app.expertise.queries.counts import of_worker, plan_for_these_values, seen_at, works
from app.expertise.queries.map_schools import MapSchool
from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.clock import today
from app.organisation.distance import kilometres
from app.organisation.models import Assignment
from tenants.session import session

SOON = timedelta(days=365)
"""Who leaves within a year leaves soon."""
NEAR = 40
"""Among so many of the nearest schools somebody is looked for."""
NEXT_DOOR = 2
"""So many of them are named."""


@dataclass(slots=True)
class InTeam:
    """What the team of a school has of one item, as far as it was opened to the school."""

    school_id: int
    item_id: int
    helpers: dict[int, date | None] = field(default_factory=dict[int, date | None])
    """Who can help others, each with her last day at the school; None while it goes on."""
    learning: set[int] = field(default_factory=set[int])
    """Who follows a course, or is going to."""
    aspiring: set[int] = field(default_factory=set[int])
    """Whose ambition it is."""
    at_least: int | None = None
    """How many the leader wants; None when she said nothing of it."""

    @property
    def missing(self) -> int:
        """How many are missing to what the leader wants."""
        return max(0, (self.at_least or 0) - len(self.helpers))

    @property
    def is_gap(self) -> bool:
        """Whether nobody can help."""
        return not self.helpers

    @property
    def hangs_on(self) -> int | None:
        """The only one who can help; None when there are more, or none."""
        return next(iter(self.helpers)) if len(self.helpers) == 1 else None

    @property
    def leaves_on(self) -> date | None:
        """The last day of the only one, when that is soon."""
        last_day = self.helpers[self.hangs_on] if self.hangs_on is not None else None
        return last_day if last_day is not None and last_day <= today() + SOON else None

    @property
    def in_the_making(self) -> set[int]:
        """Who is on the way to it and not there yet."""
        return (self.learning | self.aspiring) - self.helpers.keys()


class Neighbour(NamedTuple):
    """A school near, with how many there opened it to the network."""

    school: MapSchool
    kilometres: float
    people: int


def teams(actor: Actor, items: Sequence[int]) -> list[InTeam]:
    """Each item at each school where the actor works, in the order of the items."""
    plan_for_these_values()
    found = {
        (school_id, item_id): InTeam(school_id, item_id)
        for school_id in sorted(actor.schools)
        for item_id in items
    }
    for school_id, item_id, person_id, kind, last_day, goes_on in session().execute(_in_teams(actor, items)):
        team = found[school_id, item_id]
        if kind == RecordKind.EXPERTISE:
            team.helpers[person_id] = None if goes_on else last_day
        else:
            (team.learning if kind == RecordKind.COURSE else team.aspiring).add(person_id)
    for need in needs_of(actor.schools):
        if team := found.get((need.school_id, need.item_id)):
            team.at_least = need.at_least
    return list(found.values())


def needs_of(schools: Collection[int]) -> Sequence[SchoolNeed]:
    """What these schools want in their teams, in the order in which it was said."""
    wanted = select(SchoolNeed).where(among(SchoolNeed.school_id, schools))
    return session().scalars(wanted.order_by(SchoolNeed.id)).all()


def next_door(
    schools: Iterable[MapSchool], wanted: Mapping[int, Collection[int]]
) -> Mapping[tuple[int, int], Sequence[Neighbour]]:
    """By own school and item: the nearest schools where somebody opened that item to the network."""
    everywhere = list(schools)
    near = {own.id: _nearest(own, everywhere) for own in everywhere if own.is_own and wanted.get(own.id)}
    people = _opened_to_network(
        {school.id for found in near.values() for _, school in found},
        {item for items in wanted.values() for item in items},
    )
    return {
        (own_id, item): [
            Neighbour(school, far, people[school.id, item])
            for far, school in found
            if (school.id, item) in people
        ][:NEXT_DOOR]
        for own_id, found in near.items()
        for item in wanted[own_id]
    }


def _nearest(own: MapSchool, schools: Iterable[MapSchool]) -> list[tuple[float, MapSchool]]:
    others = [
        (far, school)
        for school in schools
        if not school.is_own and (far := kilometres(own.place, school.place)) is not None
    ]
    return sorted(others, key=lambda other: (other[0], other[1].id))[:NEAR]


def _opened_to_network(schools: Collection[int], items: Collection[int]) -> Mapping[tuple[int, int], int]:
    if not schools or not items:
        return {}
    plan_for_these_values()
    rows = session().execute(
        select(
            Assignment.school_id, ExpertiseRecord.item_id, func.count(ExpertiseRecord.person_id.distinct())
        )
        .join(ExpertiseRecord, of_worker())
        .where(
            among(Assignment.school_id, schools),
            works(),
            among(ExpertiseRecord.item_id, items),
            ExpertiseRecord.kind == RecordKind.EXPERTISE,
            ExpertiseRecord.level >= HELPS_OTHERS,
            ExpertiseRecord.visibility == Visibility.NETWORK,
        )
        .group_by(Assignment.school_id, ExpertiseRecord.item_id)
    )
    return {(school_id, item_id): people for school_id, item_id, people in rows if school_id is not None}


def _in_teams(actor: Actor, items: Iterable[int]) -> Select[*tuple[Any, ...]]:
    on_the_way = or_(
        ExpertiseRecord.kind == RecordKind.AMBITION,
        and_(
            ExpertiseRecord.kind == RecordKind.COURSE,
            ExpertiseRecord.course_state.in_((CourseState.PLANNED, CourseState.RUNNING)),
        ),
    )
    can_help = and_(ExpertiseRecord.kind == RecordKind.EXPERTISE, ExpertiseRecord.level >= HELPS_OTHERS)
    return (
        select(
            Assignment.school_id,
            ExpertiseRecord.item_id,
            ExpertiseRecord.person_id,
            ExpertiseRecord.kind,
            func.max(Assignment.until),
            func.bool_or(Assignment.until.is_(None)),
        )
        .join(ExpertiseRecord, of_worker())
        .where(
            among(Assignment.school_id, actor.schools),
            works(),
            among(ExpertiseRecord.item_id, items),
            seen_at(Assignment.school_id, actor),
            or_(can_help, on_the_way),
        )
        .group_by(
            Assignment.school_id, ExpertiseRecord.item_id, ExpertiseRecord.person_id, ExpertiseRecord.kind
        )
    )
