"""Appointments of a person, for herself alone; and the feed by which her calendar reads them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from app.agenda.models import Appointment, Attendance, CalendarFeed
from app.identity.secrets import digest
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.organisation.queries import workplaces
from tenants.session import session


def agenda_of(person_id: int, since: datetime) -> Sequence[Appointment]:
    """What somebody has in her agenda from a moment on, what comes first first."""
    found = _of(person_id).where(Appointment.ends_at > since, Appointment.cancelled_at.is_(None))
    return session().scalars(found).all()


def calendar_of(person_id: int, since: datetime) -> Sequence[Appointment]:
    """As `agenda_of`, with what was cancelled: calendars want to be told."""
    return session().scalars(_of(person_id).where(Appointment.ends_at > since)).all()


def appointment_with(actor: Actor, appointment_id: int) -> Appointment:
    """An appointment in which the actor takes part. Raises NotFound."""
    found = session().scalar(_of(actor.person_id).where(Appointment.id == appointment_id))
    if found is None:
        raise NotFound
    return found


def feed_of(person_id: int) -> CalendarFeed | None:
    """The feed that somebody made, if she did."""
    return session().scalar(select(CalendarFeed).where(CalendarFeed.person_id == person_id))


def reader_with(token: str) -> int:
    """Whose agenda a feed shows. Raises NotFound, also for somebody who holds no role in the network any more."""
    feed = session().scalar(select(CalendarFeed).where(CalendarFeed.token_hash == digest(token)))
    if feed is None or not workplaces({feed.person_id}):
        raise NotFound
    return feed.person_id


def _of(person_id: int) -> Select[Appointment]:
    return (
        select(Appointment)
        .join(
            Attendance,
            (Attendance.tenant_id == Appointment.tenant_id) & (Attendance.appointment_id == Appointment.id),
        )
        .where(Attendance.person_id == person_id)
        .order_by(Appointment.starts_at, Appointment.id)
    )
