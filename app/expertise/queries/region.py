"""How strong each school is in something: what the picture of the region shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from app.expertise.models import HELPS_OTHERS, ExpertiseRecord, RecordKind, Visibility
from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.permissions import AT_SCHOOL
from app.organisation.models import Assignment, School
from app.organisation.queries.roles import holds
from app.organisation.queries.schools import is_open
from tenants.session import session


@dataclass(frozen=True, slots=True)
class SchoolStrength:
    """A school, and how many people there can help colleagues as far as the actor may know."""

    id: int
    name: str
    city: str
    municipality: str | None
    latitude: float | None
    longitude: float | None
    count: int


def strength_of_schools(actor: Actor, item_ids: Collection[int]) -> Sequence[SchoolStrength]:
    """Every school that is open, by name, with the people who help colleagues with one of these items.

    At the actor's own schools those count who opened it to the school or wider; at others, who opened it to the network.
    """
    opened = or_(
        ExpertiseRecord.visibility == Visibility.NETWORK,
        and_(
            ExpertiseRecord.visibility == Visibility.SCHOOL, Assignment.school_id.in_(sorted(actor.schools))
        ),
    )
    counts = (
        select(Assignment.school_id, func.count(Assignment.person_id.distinct()).label("count"))
        .join(
            ExpertiseRecord,
            and_(
                ExpertiseRecord.tenant_id == Assignment.tenant_id,
                ExpertiseRecord.person_id == Assignment.person_id,
            ),
        )
        .where(
            ExpertiseRecord.item_id.in_(sorted(item_ids)),
            ExpertiseRecord.kind == RecordKind.EXPERTISE,
            ExpertiseRecord.level >= HELPS_OTHERS,
            Assignment.role.in_(AT_SCHOOL),
            holds(today()),
            opened,
        )
        .group_by(Assignment.school_id)
        .subquery()
    )
    rows = session().execute(
        select(
            School.id,
            School.name,
            School.city,
            School.municipality,
            School.latitude,
            School.longitude,
            func.coalesce(counts.c.count, 0),
        )
        .outerjoin(counts, counts.c.school_id == School.id)
        .where(is_open())
        .order_by(func.unaccent(func.lower(School.name)), School.id)
    )
    return [SchoolStrength(*row) for row in rows]
