"""Who agreed to keep things inside, and how safe a session felt: of enough people together, once it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, select

from app.agenda.models import Appointment
from app.intervision.models import (
    PULSE_ANSWERS,
    PULSE_STATEMENTS,
    Booking,
    BookingState,
    Pledge,
    Presence,
    PulseCount,
    PulseGiven,
    Reminding,
    SessionReminder,
)
from app.intervision.queries.groups import members_of
from app.intervision.queries.harvest import day_of
from app.intervision.queries.joins import appointment_of_session, session_of
from app.intervision.queries.sessions import DatedSession, seated_in
from app.kernel.clock import AMSTERDAM, today
from app.kernel.privacy import spread_of
from tenants.session import session

PULSE_OPEN = timedelta(days=7)
"""For so long after a session its pulse can be given."""
ASKED_WITHIN = timedelta(days=3)
"""Who has a seat is asked for it the day after; a worker that was away makes up for it until so long after."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """The safety pulse of a session: open, or closed with what came of it. Once closed it never changes."""

    is_open: bool
    is_closed: bool
    until: date | None
    """The last day on which it can be given."""
    spread: Sequence[Sequence[int]] | None
    """For each statement how many gave which answer; None as long as it is open, and of too few people."""


def pulse_of(dated: DatedSession) -> Pulse:
    """The pulse of a session. For who belongs to it, and the coordinator."""
    if dated.appointment is None or dated.is_cancelled or not dated.is_over:
        return Pulse(is_open=False, is_closed=False, until=None, spread=None)
    until = day_of(dated.appointment.ends_at) + PULSE_OPEN
    seated = set(seated_in([dated.id])[dated.id])
    is_closed = today() > until or seated <= _givers(dated.id)
    spread = spread_of(_counts(dated.id)) if is_closed else None
    return Pulse(is_open=not is_closed, is_closed=is_closed, until=until, spread=spread)


def has_given_pulse(session_id: int, person_id: int) -> bool:
    """Whether somebody answered the pulse of a session."""
    return person_id in _givers(session_id)


def pulses_to_ask() -> list[tuple[int, int]]:
    """Of which session whose pulse was not given nor asked for yet, from the day after: ids of session and person."""
    first, last = (datetime.combine(day, time.min, AMSTERDAM) for day in (today() - ASKED_WITHIN, today()))
    of_booking = (Booking.tenant_id, Booking.session_id, Booking.person_id)
    absent, given, asked = (
        exists().where(
            *(
                one == other
                for one, other in zip((row.tenant_id, row.session_id, row.person_id), of_booking, strict=True)
            ),
            *conditions,
        )
        for row, conditions in (
            (Presence, [Presence.was_there.is_(False)]),
            (PulseGiven, []),
            (SessionReminder, [SessionReminder.about == Reminding.PULSE]),
        )
    )
    rows = session().execute(
        select(Booking.session_id, Booking.person_id)
        .join(*session_of(Booking))
        .join(*appointment_of_session())
        .where(
            Appointment.ends_at >= first,
            Appointment.ends_at < last,
            Appointment.cancelled_at.is_(None),
            Booking.state == BookingState.BOOKED,
            ~absent,
            ~given,
            ~asked,
        )
        .order_by(Booking.session_id, Booking.person_id)
    )
    return [(session_id, person_id) for session_id, person_id in rows]


def pledged_in(dated: DatedSession) -> dict[int, bool]:
    """Who of the group and of those with a seat agreed to keep things inside: ids of people."""
    everybody = dict.fromkeys(
        [*members_of([dated.group.id])[dated.group.id], *seated_in([dated.id])[dated.id]]
    )
    agreed = set(session().scalars(select(Pledge.person_id).where(Pledge.group_id == dated.group.id)))
    return {person_id: person_id in agreed for person_id in everybody}


def _givers(session_id: int) -> set[int]:
    return set(session().scalars(select(PulseGiven.person_id).where(PulseGiven.session_id == session_id)))


def _counts(session_id: int) -> list[list[int]]:
    table = [[0] * PULSE_ANSWERS for _statement in range(PULSE_STATEMENTS)]
    for count in session().scalars(select(PulseCount).where(PulseCount.session_id == session_id)):
        table[count.statement - 1][count.answer - 1] = count.number
    return table
