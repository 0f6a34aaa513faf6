"""What is done by itself about dates: remind of tomorrow's session, of a poll that closes, and close polls."""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.agenda.models import Appointment
from app.intervision.models import (
    Booking,
    BookingState,
    IntervisionSession,
    Poll,
    Reminding,
    SessionReminder,
)
from app.intervision.policy import PLAN_SESSIONS
from app.intervision.poll_rules import silent_in
from app.intervision.queries import members_of, session_by_id
from app.intervision.queries.joins import appointment_of_session
from app.intervision.queries.planning import open_polls, poll_of
from app.intervision.services.polls import poll_inside, who_asked
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import AMSTERDAM, now, today
from app.kernel.errors import Conflict
from tenants.context import current_network_id
from tenants.session import session

POLL_DAYS_LEFT = timedelta(days=1)
"""So long before the last day of a poll who is silent is reminded; a worker that was away makes up for it."""


def remind_of_sessions() -> None:
    """Queue a mail to who has a seat in a session of tomorrow, once for each time that it is planned."""
    begin, end = (
        datetime.combine(today() + timedelta(days=days), time.min, AMSTERDAM).astimezone(UTC)
        for days in (1, 2)
    )
    tomorrow = (
        (Appointment.starts_at >= begin) & (Appointment.starts_at < end) & Appointment.cancelled_at.is_(None)
    )
    rows = session().execute(
        select(IntervisionSession.id, Appointment.revision, Booking.person_id)
        .join(*appointment_of_session())
        .join(
            Booking,
            (Booking.tenant_id == IntervisionSession.tenant_id)
            & (Booking.session_id == IntervisionSession.id),
        )
        .where(tomorrow, Booking.state == BookingState.BOOKED)
        .order_by(IntervisionSession.id, Booking.seat)
    )
    for session_id, revision, person_id in rows.all():
        if _mark(session_id, [person_id], Reminding.SESSION, revision):
            enqueue(
                "intervision.remind_of_session",
                session_id=session_id,
                person_id=person_id,
                revision=revision,
            )


def remind_of_polls() -> None:
    """Queue a mail to who has not answered a poll that closes tomorrow, once; never on the day on which it was asked."""
    for poll in open_polls(until=today() + POLL_DAYS_LEFT):
        if poll.closes_on >= today() and poll.asked_at.astimezone(AMSTERDAM).date() < today():
            _remind_silent(poll, 0)


def remind_at_once(actor: Actor, session_id: int) -> int:
    """Remind who has not answered, at most once a day; gives how many. Raises Conflict when the poll is closed."""
    actor.require(PLAN_SESSIONS)
    _dated, poll = poll_inside(actor, session_id)
    if not poll.is_open:
        raise Conflict(_("This poll is closed."))
    reminded = _remind_silent(poll.poll, today().toordinal())
    if reminded:
        record(actor, "remind of poll", "intervision_session", session_id)
    return reminded


def close_polls() -> None:
    """Close each poll whose last day is past, and tell who asked what came of it, or what else can be done."""
    for poll in open_polls(until=today() - timedelta(days=1)):
        poll.closed_at = now()
        dated = session_by_id(poll.session_id)
        for person_id in who_asked(dated, poll) if dated else ():
            enqueue(
                "intervision.tell_poll_closed",
                session_id=poll.session_id,
                person_id=person_id,
                poll_id=poll.id,
            )


def _remind_silent(poll: Poll, occasion: int) -> int:
    """`occasion` keeps that somebody is reminded once for each."""
    full, dated = poll_of(poll.session_id), session_by_id(poll.session_id)
    if full is None or dated is None:
        return 0
    silent = silent_in(full.answers, members_of([dated.group.id])[dated.group.id])
    reminded = _mark(poll.session_id, silent, Reminding.POLL, occasion)
    for person_id in reminded:
        enqueue(
            "intervision.remind_of_poll",
            session_id=poll.session_id,
            person_id=person_id,
            poll_id=poll.id,
            occasion=occasion,
        )
    return len(reminded)


def _mark(session_id: int, people: Collection[int], about: Reminding, revision: int) -> list[int]:
    """Note who is reminded; gives who was not before."""
    rows = [
        {
            "tenant_id": current_network_id(),
            "session_id": session_id,
            "person_id": person_id,
            "about": about.value,
            "revision": revision,
        }
        for person_id in people
    ]
    if not rows:
        return []
    marking = (
        insert(SessionReminder).values(rows).on_conflict_do_nothing().returning(SessionReminder.person_id)
    )
    return list(session().scalars(marking))
