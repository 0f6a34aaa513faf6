"""When those who were asked stay silent: each is reminded once, and who asked is told when nobody answers."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from app.expertise.models import Answer, AskedColleague, ConsultationEnd
from app.expertise.queries import consultation_by_id
from app.expertise.services.consultations import end_without_help
from app.jobs.queue import enqueue
from app.kernel.clock import now
from tenants.session import session

REMINDED_AFTER = timedelta(days=7)
GIVEN_UP_AFTER = timedelta(days=14)


def remind_asked() -> None:
    """Queue a mail for each who has been silent for a week on a question that still waits."""
    silent = session().scalars(
        select(AskedColleague)
        .where(
            AskedColleague.answer.is_(None),
            AskedColleague.reminded_at.is_(None),
            AskedColleague.asked_at <= now() - REMINDED_AFTER,
            _is_open(),
        )
        .order_by(AskedColleague.id)
        .with_for_update(skip_locked=True)
    )
    for asked in silent.all():
        asked.reminded_at = now()
        enqueue("expertise.remind_asked", asked_id=asked.id)


def give_up_silent() -> None:
    """End each question on which nobody has answered for two weeks, and tell who asked."""
    for consultation_id in session().scalars(_unanswered_since(now() - GIVEN_UP_AFTER)).all():
        asked = consultation_by_id(consultation_id, locked=True)
        if asked is not None and asked.is_open:
            end_without_help(asked)


def _unanswered_since(moment: datetime) -> Select[int]:
    return (
        select(AskedColleague.consultation_id)
        .where(AskedColleague.answer.is_(None), _is_open())
        .group_by(AskedColleague.consultation_id)
        .having(func.max(AskedColleague.asked_at) <= moment)
        .order_by(AskedColleague.consultation_id)
    )


def _is_open() -> ColumnElement[bool]:
    """That the question of a row of `AskedColleague` neither ended nor was taken."""
    other = aliased(AskedColleague)
    ended = exists().where(
        ConsultationEnd.tenant_id == AskedColleague.tenant_id,
        ConsultationEnd.consultation_id == AskedColleague.consultation_id,
    )
    taken = exists().where(
        other.tenant_id == AskedColleague.tenant_id,
        other.consultation_id == AskedColleague.consultation_id,
        other.answer == Answer.ACCEPTED,
    )
    return and_(~ended, ~taken)
