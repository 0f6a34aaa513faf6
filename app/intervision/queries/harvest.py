"""What people take home: an intention for her alone, a learning point for the group."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from app.agenda.models import Appointment
from app.intervision.models import (
    Booking,
    BookingState,
    Intention,
    IntervisionSession,
    LearningPoint,
    Reminding,
    Season,
    SessionCancellation,
    SessionReminder,
)
from app.intervision.queries.joins import appointment_of_session, session_of
from app.intervision.queries.sessions import DatedSession, sessions_of_group
from app.kernel.actor import Actor
from app.kernel.clock import AMSTERDAM, now, today
from app.kernel.errors import NotFound
from app.kernel.privacy.retention import kept_until
from app.organisation.queries import years_kept
from tenants.session import session

WITHOUT_NEXT = timedelta(weeks=4)
"""When to look back if no next session has a date."""
BEFORE_NEXT = timedelta(days=3)
"""So long before her next session somebody is asked what became of her intention."""


def own_intention(session_id: int, person_id: int) -> Intention | None:
    """What somebody means to do after a session."""
    mine = (Intention.session_id == session_id) & (Intention.person_id == person_id)
    return session().scalar(select(Intention).where(mine))


def intention_with(actor: Actor, intention_id: int) -> Intention:
    """An intention of the actor's own that was not forgotten. Raises NotFound."""
    found = session().scalar(
        select(Intention).where(
            Intention.id == intention_id, Intention.person_id == actor.person_id, Intention.text.is_not(None)
        )
    )
    if found is None:
        raise NotFound
    return found


def intention_kept_until(intention: Intention) -> date:
    """The last day on which an intention is kept, and what became of it."""
    of_session = (IntervisionSession.tenant_id == Season.tenant_id) & (
        IntervisionSession.season_id == Season.id
    )
    ends_on = select(Season.ends_on).join(IntervisionSession, of_session)
    return kept_until(
        session().scalars(ends_on.where(IntervisionSession.id == intention.session_id)).one(), years_kept()
    )


def open_intention(intention_id: int) -> Intention | None:
    """An intention of which nobody said yet what became of it, for the system's own mail."""
    waiting = Intention.text.is_not(None) & Intention.outcome.is_(None)
    return session().scalar(select(Intention).where(Intention.id == intention_id, waiting))


def intention_before(dated: DatedSession, person_id: int) -> Intention | None:
    """What somebody meant to do after the last session of hers before this one."""
    if dated.appointment is None:
        return None
    return session().scalar(
        select(Intention)
        .join(*session_of(Intention))
        .join(*appointment_of_session())
        .where(
            Intention.person_id == person_id,
            Intention.text.is_not(None),
            Appointment.ends_at <= dated.appointment.starts_at,
        )
        .order_by(Appointment.starts_at.desc(), Intention.id.desc())
        .limit(1)
    )


def learning_point_of(session_id: int) -> LearningPoint | None:
    """What the group learned in a session. For who belongs to it."""
    return session().scalar(select(LearningPoint).where(LearningPoint.session_id == session_id))


def next_session_day(dated: DatedSession) -> date | None:
    """The day of the next session of the same group, where that is known."""
    assert dated.appointment is not None
    following = (
        other.appointment.starts_at.astimezone(AMSTERDAM).date()
        for other in sessions_of_group(dated.group.id)
        if other.appointment
        and not other.is_cancelled
        and other.appointment.starts_at > dated.appointment.ends_at
    )
    return next(following, None)


def suggested_check(dated: DatedSession) -> date:
    """When it makes sense to look back: at the next session, or else after some weeks."""
    assert dated.appointment is not None
    return next_session_day(dated) or day_of(dated.appointment.starts_at) + WITHOUT_NEXT


def intentions_to_ask() -> list[Intention]:
    """Of which it is time to ask what became of them: on the day that was chosen, or shortly before her next session."""
    first, following, when = Appointment, aliased(IntervisionSession), aliased(Appointment)
    meets_soon = (
        exists()
        .where(
            Booking.tenant_id == Intention.tenant_id,
            Booking.person_id == Intention.person_id,
            Booking.state == BookingState.BOOKED,
            following.tenant_id == Booking.tenant_id,
            following.id == Booking.session_id,
            when.tenant_id == following.tenant_id,
            when.id == following.appointment_id,
            when.starts_at > first.ends_at,
            when.starts_at.between(now(), now() + BEFORE_NEXT),
            ~_was_called_off(following),
        )
        .correlate(Intention, first)
    )
    asked = exists().where(
        SessionReminder.tenant_id == Intention.tenant_id,
        SessionReminder.session_id == Intention.session_id,
        SessionReminder.person_id == Intention.person_id,
        SessionReminder.about == Reminding.INTENTION,
    )
    return list(
        session().scalars(
            select(Intention)
            .join(*session_of(Intention))
            .join(*appointment_of_session())
            .where(
                Intention.text.is_not(None),
                Intention.outcome.is_(None),
                first.ends_at <= now(),
                or_(Intention.check_on <= today(), meets_soon),
                ~asked,
            )
            .order_by(Intention.id)
        )
    )


def day_of(moment: datetime) -> date:
    """The date of a moment in the Netherlands."""
    return moment.astimezone(AMSTERDAM).date()


def _was_called_off(row: type[IntervisionSession]) -> ColumnElement[bool]:
    return exists().where(
        SessionCancellation.tenant_id == row.tenant_id, SessionCancellation.session_id == row.id
    )
