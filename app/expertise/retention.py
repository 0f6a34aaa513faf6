"""How long questions to colleagues are kept, in one place: what is too old is deleted each night.

A question and its thanks go so many school years after it was closed as the network chose; one that nobody closed
counts from the day on which it was asked. That it was asked, and the hours that it took, stay.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.expertise.models import Consultation, ConsultationEnd
from app.kernel.clock import AMSTERDAM, today
from app.kernel.privacy.retention import over_since
from app.organisation.queries import years_kept
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Confidential:
    """A confidential column, and what says of which question a row of it is."""

    column: InstrumentedAttribute[Any]
    consultation_id: InstrumentedAttribute[Any]


CONFIDENTIAL = (
    Confidential(Consultation.question, Consultation.id),
    Confidential(ConsultationEnd.thanks, ConsultationEnd.consultation_id),
)
"""Every confidential column of a question."""


def forget_expired() -> None:
    """Delete what is too old, and nothing else."""
    for kept in CONFIDENTIAL:
        statement = (
            update(kept.column.class_)
            .where(kept.column.is_not(None), _is_too_old(kept.consultation_id, today()))
            .values({kept.column.key: None})
        )
        session().execute(statement.execution_options(synchronize_session=False))


def _is_too_old(consultation_id: InstrumentedAttribute[Any], day: date) -> ColumnElement[bool]:
    kept_since = datetime.combine(over_since(day, years_kept()), time(), AMSTERDAM)
    over_at = func.coalesce(ConsultationEnd.ended_at, Consultation.asked_at)
    old = select(Consultation.id).outerjoin(
        ConsultationEnd,
        and_(
            ConsultationEnd.tenant_id == Consultation.tenant_id,
            ConsultationEnd.consultation_id == Consultation.id,
        ),
    )
    return consultation_id.in_(old.where(over_at < kept_since))
