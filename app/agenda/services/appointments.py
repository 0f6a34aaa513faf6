"""Book people for an appointment, move it, cancel it. Called by the rooms above, which know who may."""

from collections.abc import Collection, Generator
from contextlib import contextmanager
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from app.agenda.models import Appointment, Attendance, Status
from app.kernel.clock import AMSTERDAM, now, today
from app.kernel.errors import Conflict
from app.kernel.privacy.retention import over_since
from app.organisation.queries import years_kept
from tenants.session import session
from tenants.turns import take_turn

ONE_AT_A_TIME = "ex_attendance_one_at_a_time"
CLASH = _l("One of you has another appointment at that time. Choose another time.")
"""Without saying who has it, what it is or with whom."""


class Clash(Conflict):
    """Somebody is booked at that time already."""


def hold_agendas(people: Collection[int]) -> None:
    """Wait until nobody else books these people; always in the same order, so that no two wait for each other.

    Who books, moves or cancels several appointments in one go holds everybody in them first.
    """
    for person_id in sorted(set(people)):
        take_turn(f"agenda of {person_id}")


def book(
    people: Collection[int], starts_at: datetime, ends_at: datetime, place: str | None, kind: str
) -> Appointment:
    """Make an appointment for these people. Raises Clash when one of them is booked at that time."""
    hold_agendas(people)
    appointment = Appointment(kind=kind, starts_at=starts_at, ends_at=ends_at, place=place)
    with _one_at_a_time():
        session().add(appointment)
        session().flush()
        during = Range(starts_at, ends_at)
        session().add_all(
            Attendance(appointment_id=appointment.id, person_id=person_id, during=during)
            for person_id in people
        )
    return appointment


def move_appointment(
    appointment_id: int,
    starts_at: datetime,
    ends_at: datetime,
    place: str | None,
    *,
    without: Collection[int] = (),
) -> Appointment:
    """Give an appointment another time or place; who is left out (`without`) gets her time back.

    Raises Clash when somebody in it is booked at that time, Conflict when it was cancelled.
    """
    appointment = _held_for_us(appointment_id)
    if appointment.cancelled_at is not None:
        raise Conflict(_("This appointment has been cancelled."))
    with _one_at_a_time():
        _leave(appointment_id, without)
        _change_attendances(appointment_id, during=Range(starts_at, ends_at))
    appointment.starts_at, appointment.ends_at, appointment.place = starts_at, ends_at, place
    _revise(appointment)
    return appointment


def cancel_appointment(appointment_id: int) -> Appointment:
    """Give everybody in an appointment her time back. Once is enough: a second time changes nothing."""
    appointment = _held_for_us(appointment_id)
    if appointment.cancelled_at is None:
        _change_attendances(appointment_id, status=Status.CANCELLED)
        appointment.cancelled_at = now()
        _revise(appointment)
    return appointment


def join_appointment(appointment: Appointment, person_id: int) -> None:
    """Let somebody take part in an appointment, as she may have before. Raises Clash when she is booked at that time."""
    hold_agendas([person_id])
    during = Range(appointment.starts_at, appointment.ends_at)
    mine = (Attendance.appointment_id == appointment.id) & (Attendance.person_id == person_id)
    with _one_at_a_time():
        taken_up = update(Attendance).where(mine).values(status=Status.BOOKED, during=during)
        if not session().execute(taken_up.returning(Attendance.id)).first():
            session().add(Attendance(appointment_id=appointment.id, person_id=person_id, during=during))


def leave_appointment(appointment_id: int, person_id: int) -> None:
    """Give one person in an appointment her time back."""
    hold_agendas([person_id])
    _leave(appointment_id, [person_id])


def forget_places() -> None:
    """Delete the places of appointments that were long enough ago; that and when people met stays."""
    limit = datetime.combine(over_since(today(), years_kept()), datetime.min.time(), AMSTERDAM)
    too_old = (Appointment.ends_at < limit) & Appointment.place.is_not(None)
    statement = update(Appointment).where(too_old).values(place=None)
    session().execute(statement.execution_options(synchronize_session=False))


def _held_for_us(appointment_id: int) -> Appointment:
    """An appointment that nobody else changes until we are done."""
    people = select(Attendance.person_id).where(Attendance.appointment_id == appointment_id)
    hold_agendas(session().scalars(people).all())
    appointment = select(Appointment).where(Appointment.id == appointment_id)
    as_it_is_now = {"populate_existing": True}
    return session().execute(appointment.with_for_update(), execution_options=as_it_is_now).scalar_one()


def _leave(appointment_id: int, people: Collection[int]) -> None:
    theirs = (Attendance.appointment_id == appointment_id) & Attendance.person_id.in_(people)
    session().execute(update(Attendance).where(theirs).values(status=Status.CANCELLED))


def _change_attendances(appointment_id: int, **values: object) -> None:
    mine = Attendance.appointment_id == appointment_id
    session().execute(update(Attendance).where(mine).values(**values))


def _revise(appointment: Appointment) -> None:
    appointment.revision += 1
    appointment.changed_at = now()


@contextmanager
def _one_at_a_time() -> Generator[None]:
    """Let the database judge; what it refuses is undone, and the rest of the unit of work goes on."""
    try:
        with session().begin_nested():
            yield
    except IntegrityError as error:
        if getattr(getattr(error.orig, "diag", None), "constraint_name", None) != ONE_AT_A_TIME:
            raise
        raise Clash(str(CLASH)) from error
