"""Who is meant by a number on the map: by name, as far as it was opened to who looks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select

from app.expertise.models import ExpertiseRecord, Reachability, Visibility
from app.expertise.queries.counts import (
    counted,
    of_worker,
    plan_for_these_values,
    seen_at,
    works,
)
from app.kernel.actor import Actor
from app.kernel.among import among
from app.organisation.models import Assignment, Person
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Known:
    """A record of somebody, with who she is, where she works, and how she can be reached."""

    record: ExpertiseRecord
    person: Person
    schools: tuple[int, ...]
    """Schools where who looks may see it of her."""
    reachability: Reachability | None


def helpers(
    actor: Actor, items: Iterable[int], schools: Collection[int] | None = None, since: date | None = None
) -> list[Known]:
    """Who is counted for these items, the specialists first; None for all schools."""
    return _known(actor, counted(items, since), schools)


def on_the_way(actor: Actor, items: Iterable[int], school_id: int) -> list[Known]:
    """Who at a school has something else of these items: a lower level, an interest, a course, an ambition."""
    has_other = and_(
        among(ExpertiseRecord.item_id, items),
        ExpertiseRecord.visibility != Visibility.PRIVATE,
        ~counted(items),
    )
    return _known(actor, has_other, [school_id])


def _known(actor: Actor, which: ColumnElement[bool], schools: Collection[int] | None) -> list[Known]:
    plan_for_these_values()
    at = func.array_agg(Assignment.school_id.distinct())
    rows = (
        select(ExpertiseRecord, Person, Reachability, at)
        .join(Assignment, of_worker())
        .join(Person, and_(Person.tenant_id == ExpertiseRecord.tenant_id, Person.id == ExpertiseRecord.person_id))
        .outerjoin(
            Reachability,
            and_(Reachability.tenant_id == Person.tenant_id, Reachability.person_id == Person.id),
        )
        .where(which, works(), seen_at(Assignment.school_id, actor))
        .group_by(
            ExpertiseRecord.tenant_id, ExpertiseRecord.id, Person.tenant_id, Person.id,
            Reachability.tenant_id, Reachability.id,
        )
        .order_by(ExpertiseRecord.level.desc().nulls_last(), Person.sort_name, Person.id, ExpertiseRecord.id)
    )  # fmt: skip
    if schools is not None:
        rows = rows.where(among(Assignment.school_id, schools))
    return [
        Known(record, person, tuple(sorted(filter(None, where))), reachability)
        for record, person, reachability, where in session().execute(rows)
    ]
