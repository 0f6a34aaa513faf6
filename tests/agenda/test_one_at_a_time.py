"""Nobody is booked twice at the same time: not by the services, not past them, not when two press at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError

from app.agenda.models import Appointment, Attendance, CalendarFeed, Status
from app.agenda.services.appointments import Clash, book, cancel_appointment, move_appointment
from app.kernel.errors import Conflict
from tests.agenda.appointments import HOUR, TEN, booked


@pytest.fixture
def two(cast):
    return cast["ib"].person_id, cast["coach"].person_id


def refused(unit, constraint, row):
    unit.connection()  # the network is set as the unit begins
    with pytest.raises(IntegrityError, match=constraint), unit.begin_nested():
        unit.add(row)
        unit.flush()


def attendance(appointment, person_id, begin=TEN, end=TEN + HOUR, **values):
    return Attendance(appointment_id=appointment.id, person_id=person_id, during=Range(begin, end), **values)


def another(unit):
    made = Appointment(kind="coaching", starts_at=TEN, ends_at=TEN + HOUR, place=None)
    unit.add(made)
    unit.flush()
    return made


def test_a_second_booking_that_goes_past_the_services(unit, two):
    booked(*two)
    refused(unit, "ex_attendance_one_at_a_time", attendance(another(unit), two[0]))


def test_the_same_person_twice_in_one_appointment(unit, two):
    row = attendance(booked(*two), two[0], TEN + 2 * HOUR, TEN + 3 * HOUR)
    refused(unit, "uq_attendance_tenant_id_appointment_id_person_id", row)


@pytest.mark.parametrize(
    "during", [Range(TEN, TEN), Range(TEN, None), Range(None, TEN)], ids=["empty", "no end", "no begin"]
)
def test_a_period_that_would_clash_with_nothing_or_everything(unit, two, during):
    row = Attendance(appointment_id=another(unit).id, person_id=two[0], during=during)
    refused(unit, "ck_attendance_during", row)


def test_an_unknown_status(unit, two):
    refused(unit, "ck_attendance_status", attendance(another(unit), two[0], status="perhaps"))


def test_an_appointment_that_ends_before_it_begins(unit):
    refused(unit, "ck_appointment_period", Appointment(kind="coaching", starts_at=TEN, ends_at=TEN))


def test_two_feeds_of_one_person_and_one_token_of_two(unit, two):
    unit.add(CalendarFeed(person_id=two[0], token_hash=b"a" * 32))
    unit.flush()
    refused(
        unit, "uq_calendar_feed_tenant_id_person_id", CalendarFeed(person_id=two[0], token_hash=b"b" * 32)
    )
    refused(
        unit, "uq_calendar_feed_tenant_id_token_hash", CalendarFeed(person_id=two[1], token_hash=b"a" * 32)
    )


def test_a_clash_says_neither_with_whom_nor_what_and_leaves_nothing_behind(unit, cast, two):
    booked(two[0], cast["colleague"].person_id)
    with pytest.raises(Clash) as clash:
        booked(*two, at=TEN + HOUR / 2)
    assert clash.value.message.startswith("Een van jullie heeft dan al een andere afspraak")
    assert "Fatima" not in clash.value.message
    assert len(unit.scalars(select(Appointment)).all()) == 1


def test_one_after_the_other_is_no_clash(unit, two):
    booked(*two)
    booked(*two, at=TEN + HOUR)
    booked(*two, at=TEN - HOUR)


def test_what_is_cancelled_takes_no_time(unit, two):
    first = booked(*two)
    cancel_appointment(first.id)
    booked(*two)
    assert set(unit.scalars(select(Attendance.status).where(Attendance.appointment_id == first.id))) == {
        Status.CANCELLED
    }


def test_moving_clashes_as_booking_does_and_moving_a_little_not_with_itself(unit, two):
    first = booked(*two)
    booked(*two, at=TEN + 3 * HOUR)
    with pytest.raises(Clash):
        move_appointment(first.id, TEN + 2.5 * HOUR, TEN + 3.5 * HOUR, "Online")
    moved = move_appointment(first.id, TEN + HOUR / 2, TEN + 1.5 * HOUR, "Online")
    assert (moved.revision, moved.place, moved.starts_at) == (1, "Online", TEN + HOUR / 2)
    booked(*two, at=TEN - HOUR / 2)


def test_what_is_cancelled_is_not_moved_and_cancelled_but_once(unit, two):
    appointment = booked(*two)
    cancel_appointment(appointment.id)
    assert cancel_appointment(appointment.id).revision == 1
    with pytest.raises(Conflict):
        move_appointment(appointment.id, TEN, TEN + HOUR, None)


def test_of_two_who_book_the_same_person_at_once_one_wins(committed):
    app, cast = committed
    ib, others = cast["ib"].person_id, (cast["coach"].person_id, cast["colleague"].person_id)
    both_are_there = Barrier(2)

    def attempt(other):
        with app.app_context():
            both_are_there.wait()
            try:
                with app.database.unit_of_work(cast.network):
                    book((other, ib), TEN, TEN + HOUR, None, "coaching")
            except Clash:
                return "clash"
            return "booked"

    for _again in range(5):
        with ThreadPoolExecutor(2) as threads:
            assert sorted(threads.map(attempt, others)) == ["booked", "clash"]
        with app.database.unit_of_work(cast.network) as unit:
            made = unit.scalars(select(Appointment).where(Appointment.cancelled_at.is_(None))).one()
            assert (
                len(unit.scalars(select(Attendance).where(Attendance.appointment_id == made.id)).all()) == 2
            )
            cancel_appointment(made.id)
