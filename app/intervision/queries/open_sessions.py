"""Which sessions somebody can go to: her own, and those of other groups that take guests."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, or_

from app.agenda.models import Appointment
from app.intervision.models import (
    Booking,
    BookingState,
    GroupMember,
    IntervisionSession,
    Season,
    SessionCancellation,
)
from app.intervision.queries.groups import has_member, is_published
from app.intervision.queries.seats import HELD
from app.intervision.queries.sessions import DatedSession, has_booking, sessions_where
from app.intervision.queries.strangers import kept_apart_from
from app.kernel.actor import Actor
from app.kernel.clock import now

GOING = (BookingState.BOOKED, BookingState.OFFERED, BookingState.WAITING)


def sessions_ahead(actor: Actor) -> list[DatedSession]:
    """The sessions still to come, or going on, in which the actor has a seat, was offered one or waits for one."""
    return sessions_where(
        is_published(),
        has_booking(actor.person_id, GOING),
        Appointment.ends_at > now(),
        SessionCancellation.at.is_(None),
    )


def open_sessions(actor: Actor, most: int) -> list[DatedSession]:
    """Sessions of other groups that the actor could go to, full or not, the first first.

    Left out are those where she would meet somebody of her school, her coach or whom she avoids.
    """
    found = [
        is_published(),
        Season.open_seats > 0,
        Appointment.starts_at > now(),
        SessionCancellation.at.is_(None),
        ~has_member(actor.person_id),
        ~has_booking(actor.person_id, GOING),
    ]
    apart = kept_apart_from(actor.person_id).everybody
    if apart:
        found.append(~_has_somebody_of(apart))
    return sessions_where(*found, most=most)


def _has_somebody_of(people: Collection[int]) -> ColumnElement[bool]:
    in_group = exists().where(
        GroupMember.tenant_id == IntervisionSession.tenant_id,
        GroupMember.group_id == IntervisionSession.group_id,
        GroupMember.left_at.is_(None),
        GroupMember.person_id.in_(people),
    )
    seated = exists().where(
        Booking.tenant_id == IntervisionSession.tenant_id,
        Booking.session_id == IntervisionSession.id,
        Booking.state.in_(HELD),
        Booking.person_id.in_(people),
    )
    return or_(in_group, seated)
