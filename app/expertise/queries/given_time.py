"""Hours that schools gave and took, by school year. It names nobody."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, literal, select, union_all

from app.expertise.models import GivenTime
from app.expertise.policy import SEE_MAP
from app.kernel.actor import Actor
from app.kernel.permissions import Role
from app.organisation.models import School
from tenants.session import session


class Balance(NamedTuple):
    """What a school gave to others, and took from them."""

    school_id: int
    school: str
    given: int
    """Minutes."""
    taken: int

    @property
    def left(self) -> int:
        """How many minutes it gave more than it took."""
        return self.given - self.taken


def balances(actor: Actor, school_year: int) -> Sequence[Balance]:
    """By name: of every school that gave or took for the coordinator, of her own schools for anybody else."""
    actor.require(SEE_MAP)
    given = select(
        GivenTime.from_school_id.label("school_id"),
        GivenTime.minutes.label("given"),
        literal(0).label("taken"),
    )
    taken = select(GivenTime.to_school_id, literal(0), GivenTime.minutes)
    moved = union_all(
        *(part.where(GivenTime.school_year == school_year) for part in (given, taken))
    ).subquery()
    sums = select(
        School.id,
        School.name,
        func.coalesce(func.sum(moved.c.given), 0),
        func.coalesce(func.sum(moved.c.taken), 0),
    ).group_by(School.tenant_id, School.id).order_by(School.name, School.id)  # fmt: skip
    if actor.has(Role.COORDINATOR):
        sums = sums.join(moved, moved.c.school_id == School.id)
    else:
        sums = sums.outerjoin(moved, moved.c.school_id == School.id).where(School.id.in_(actor.schools))
    return [Balance(*row) for row in session().execute(sums)]


def years_with_given_time() -> list[int]:
    """The school years of which something is known, the latest first."""
    years = select(GivenTime.school_year).distinct().order_by(GivenTime.school_year.desc())
    return list(session().scalars(years))
