"""Appointments of a person, for herself alone; and the feed by which her calendar reads them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import Range

from app.agenda.models import Appointment, Attendance, CalendarFeed, Status
from app.identity.secrets import digest
from app.kernel.actor import Actor
from app.kernel.among import among
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


class Taken(NamedTuple):
    """A time at which somebody has an appointment: not which, and not with whom."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether an appointment of this period would be at the same time."""
        return self.starts_at < ends_at and starts_at < self.ends_at


def taken_times(
    people: Collection[int], since: datetime, until: datetime, *, besides: int | None = None
) -> dict[int, list[Taken]]:
    """When each of these people has an appointment in a period, one of them left out; for rooms that plan.

    Who has none is left out.
    """
    booked = (
        among(Attendance.person_id, people)
        & (Attendance.status == Status.BOOKED)
        & Attendance.during.overlaps(Range(since, until))
    )
    rows = session().execute(
        select(Attendance.person_id, Attendance.during).where(
            booked, Attendance.appointment_id != (besides or 0)
        )
    )
    found: defaultdict[int, list[Taken]] = defaultdict(list)
    for person_id, during in rows:
        if during.lower is not None and during.upper is not None:
            found[person_id].append(Taken(during.lower, during.upper))
    return dict(found)


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
