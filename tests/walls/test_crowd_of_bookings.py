"""Two hundred press at once for few seats: never too full, nobody twice, and nobody in two places."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.agenda.models import Attendance, Status
from app.intervision.models import Booking, BookingState
from tests.conftest import signed_in_client
from tests.intervision.guests import an_ib, an_open_session
from tests.intervision.seasons import a_group, a_session

PRESSES, THREADS = 200, 16
GUESTS = 25


@pytest.fixture
def made(committed):
    """Twenty-five guests, and two sessions at the same time with two seats for guests each."""
    app, cast = committed
    app.config["WTF_CSRF_ENABLED"] = False
    with app.database.unit_of_work(cast.network, with_identities=True):
        made = an_open_session(cast.network, guests=GUESTS)
        pair = [an_ib(cast.network, key).person_id for key in ("three", "four")]
        other = a_session(a_group(made.season, pair, "Groep 2"), seats=4)
    return app, made, other.id


def press_all(made, presses):
    """Everybody at once; gives the status of each answer."""
    app, open_session, _other = made
    clients = {key: signed_in_client(app, open_session.people[key]) for key in {who for who, _, _ in presses}}
    with ThreadPoolExecutor(THREADS) as threads:
        pressed = [
            threads.submit(clients[who].post, f"/waterland/intervisie/bijeenkomsten/{session_id}/{button}")
            for who, session_id, button in presses
        ]
        return Counter(one.result().status_code for one in pressed)


def guest(number):
    return f"guest{number % GUESTS}"


def seats_in(made, *session_ids):
    app, open_session, _other = made
    with app.database.unit_of_work(open_session.people["one"].network) as unit:
        held = select(Booking).where(Booking.seat.is_not(None), Booking.session_id.in_(session_ids))
        return unit.scalars(held).all()


def test_two_hundred_presses_for_two_seats(made):
    session_id = made[1].session.id
    statuses = press_all(made, [(guest(number), session_id, "boeking") for number in range(PRESSES)])
    assert set(statuses) == {302, 409}
    held = seats_in(made, session_id)
    assert sorted(booking.seat for booking in held) == [1, 2, 3, 4]
    assert len({booking.person_id for booking in held}) == 4


def test_of_two_sessions_at_one_time_one_wins(made):
    _app, open_session, other = made
    presses = [
        (guest(number // 4), (open_session.session.id, other)[number % 2], "boeking") for number in range(40)
    ]
    assert set(press_all(made, presses)) == {302, 409}
    held = seats_in(made, open_session.session.id, other)
    assert len(held) == len({booking.person_id for booking in held}) == 8


def test_giving_back_and_waiting_in_a_crowd(made):
    """Whatever is pressed, no seat is lost or doubled, and the agenda tells the same as the seats."""
    app, open_session, _other = made
    session_id = open_session.session.id
    press_all(made, [("guest0", session_id, "boeking"), ("guest1", session_id, "boeking")])
    buttons = ("boeking", "wachtplaats", "afmelding", "aanbod", "aanbod/afwijzing")
    presses = [(guest(number * 7), session_id, buttons[number % 5]) for number in range(PRESSES)]
    assert set(press_all(made, presses)) <= {302, 409}
    held = seats_in(made, session_id)
    assert len({booking.seat for booking in held}) == len(held) <= 4
    with app.database.unit_of_work(open_session.people["one"].network) as unit:
        waiting = unit.query(Booking).filter_by(session_id=session_id, state=BookingState.WAITING).count()
        assert len(held) == 4 or waiting == 0
        there = unit.scalars(select(Attendance.person_id).where(Attendance.status == Status.BOOKED)).all()
        members = {booking.person_id for booking in held if booking.state == BookingState.BOOKED}
        others = {booking.person_id for booking in seats_in(made, made[2])}
        assert Counter(there) == Counter([*members, *others])
