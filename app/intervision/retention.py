"""How long the confidential texts of intervision are kept, in one place: what is too old is deleted each night.

Each line names a column and which of its rows are too old. A case goes some days after its session, as the season
says; everything else a school year after the season. That it was stays: a row keeps its place without its text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, case, cast, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.agenda.models import Appointment
from app.goals.models import Goal
from app.goals.services import forget_texts
from app.intervision.models import (
    CaseContribution,
    Intention,
    IntervisionSession,
    LearningPoint,
    Season,
    SessionCancellation,
)
from app.intervision.queries.joins import appointment_of_session, cancellation_of_session, season_of_session
from app.kernel.clock import now, today
from app.kernel.privacy.retention import over_since
from app.organisation.queries import years_kept
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Confidential:
    """A confidential column, and which of its rows are too old on a day."""

    column: InstrumentedAttribute[Any]
    is_too_old: Callable[[date], ColumnElement[bool]]


def _after_season(session_id: InstrumentedAttribute[int]) -> Callable[[date], ColumnElement[bool]]:
    """Rows of sessions of a season that ended too long ago."""

    def is_too_old(day: date) -> ColumnElement[bool]:
        old = select(IntervisionSession.id).join(*season_of_session())
        return session_id.in_(old.where(Season.ends_on < over_since(day, years_kept())))

    return is_too_old


def _case_is_too_old(day: date) -> ColumnElement[bool]:
    """So many days after the session as the season says; after the season where the session was not held."""
    was_held = Appointment.id.is_not(None) & SessionCancellation.id.is_(None)
    over_on = case(
        (was_held, cast(func.timezone("Europe/Amsterdam", Appointment.ends_at), Date)), else_=Season.ends_on
    )
    old = (
        select(IntervisionSession.id)
        .join(*season_of_session())
        .outerjoin(*appointment_of_session())
        .outerjoin(*cancellation_of_session())
        .where(over_on + Season.case_days < day)
    )
    return CaseContribution.session_id.in_(old)


CASE = tuple(
    Confidential(column, _case_is_too_old)
    for column in (
        CaseContribution.happened,
        CaseContribution.question,
        CaseContribution.tried,
        CaseContribution.wanted,
    )
)
CONFIDENTIAL = (
    *CASE,
    Confidential(Intention.text, _after_season(Intention.session_id)),
    Confidential(Intention.reflection, _after_season(Intention.session_id)),
    Confidential(LearningPoint.text, _after_season(LearningPoint.session_id)),
    Confidential(IntervisionSession.link, _after_season(IntervisionSession.id)),
)
"""Every confidential column of this room; goals are kept one storey down, and say less from then on."""


def forget_expired() -> None:
    """Delete what is too old, and nothing else."""
    day = today()
    too_old = _after_season(Intention.session_id)(day)
    forget_texts(Goal.id.in_(select(Intention.goal_id).where(too_old, Intention.goal_id.is_not(None))))
    for kept in CONFIDENTIAL:
        statement = (
            update(kept.column.class_)
            .where(kept.column.is_not(None), kept.is_too_old(day))
            .values({kept.column.key: None})
        )
        session().execute(statement.execution_options(synchronize_session=False))
    forgotten = (
        update(CaseContribution)
        .where(CaseContribution.forgotten_at.is_(None), _case_is_too_old(day))
        .values(forgotten_at=now())
    )
    session().execute(forgotten.execution_options(synchronize_session=False))
