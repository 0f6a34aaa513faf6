"""The schools as somebody sees them from her own: those first, then the nearest."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, or_, select

from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.distance import Place, kilometres_to_nearest
from app.organisation.models import Assignment, Board, School
from app.organisation.queries.roles import holds
from app.organisation.queries.schools import is_open
from app.organisation.queries.search import mentions
from tenants.session import session

FAR = 100_000
"""Kilometres, for a school of which nobody knows how far it is."""


class MapSchool(NamedTuple):
    """A school as the map shows it."""

    id: int
    name: str
    city: str
    municipality: str | None
    kinds: frozenset[str]
    concept: str | None
    board_id: int
    board_name: str | None
    board_number: str
    place: Place | None
    is_own: bool
    """Whether the actor works there."""
    is_mentioned: bool
    """Whether the words that were asked for stand in its name or place."""
    kilometres: float | None = None
    """From the nearest school of the actor's own; None where a place is not known, and for who works at no school."""

    @property
    def order(self) -> int:
        """Own schools first, then by whole kilometres, then those of which nobody knows."""
        if self.is_own:
            return -1
        return FAR if self.kilometres is None else round(self.kilometres)


@dataclass(frozen=True, slots=True)
class MapFilter:
    """What narrows the schools on the map."""

    words: str | None = None
    board_id: int | None = None
    kind: str | None = None
    concept: str | None = None

    def __bool__(self) -> bool:
        return self != MapFilter()

    def fits(self, school: MapSchool) -> bool:
        """Whether a school stays, that was read with these words."""
        return (
            school.is_mentioned
            and self.board_id in {None, school.board_id}
            and (self.kind is None or self.kind in school.kinds)
            and self.concept in {None, school.concept}
        )


def map_schools(actor: Actor, words: str | None = None) -> list[MapSchool]:
    """Schools that are open, and the actor's own; her own first, then the nearest, then by name."""
    rows = session().execute(
        select(
            School.id,
            School.name,
            School.city,
            School.municipality,
            School.kinds,
            School.concept,
            School.latitude,
            School.longitude,
            Board.id.label("board_id"),
            Board.name.label("board_name"),
            Board.number.label("board_number"),
            mentions(words, School.name, School.city).label("is_mentioned"),
        )
        .join(Board, and_(Board.tenant_id == School.tenant_id, Board.id == School.board_id))
        .where(or_(is_open(), School.id.in_(actor.schools)))
    )
    listed = [
        MapSchool(
            row.id,
            row.name,
            row.city,
            row.municipality,
            frozenset(row.kinds),
            row.concept,
            row.board_id,
            row.board_name,
            row.board_number,
            None if row.latitude is None else (row.latitude, row.longitude),
            row.id in actor.schools,
            row.is_mentioned,
        )
        for row in rows
    ]
    starts = [school.place for school in listed if school.is_own and school.place]
    return sorted(
        (school._replace(kilometres=kilometres_to_nearest(starts, school.place)) for school in listed),
        key=_in_order,
    )


def schools_around(actor: Actor) -> dict[int, MapSchool]:
    """The same schools by id, nearest first."""
    return {school.id: school for school in map_schools(actor)}


def led_schools(actor: Actor) -> frozenset[int]:
    """The schools that the actor leads today."""
    leads = and_(Assignment.person_id == actor.person_id, Assignment.role == Role.LEADER, holds(today()))
    return frozenset(filter(None, session().scalars(select(Assignment.school_id).where(leads))))


def _in_order(school: MapSchool) -> tuple[bool, bool, float, str, int]:
    far = school.kilometres
    return not school.is_own, far is None, far or 0, school.name.casefold(), school.id
