"""The waiting list: it moves up by itself, says so, and gives time to answer."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.agenda.services.appointments import Clash, book
from app.intervision.models import BookingState
from app.intervision.queries import booking_of, session_by_id
from app.intervision.services.bookings import (
    Full,
    accept_offer,
    book_seat,
    give_back_seat,
    join_line,
    leave_line,
    let_offer_pass,
)
from app.intervision.services.lines import follow_lines
from app.kernel.errors import Conflict
from app.kernel.permissions import Role
from app.organisation.models import Assignment
from tests.intervision.guests import an_open_session
from tests.world import add_role

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def unit(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True) as unit:
        yield unit


@pytest.fixture
def full(unit, cast):
    """A session without free seats, with `guest2`, `guest3` and `guest4` in line."""
    made = an_open_session(cast.network, guests=5)
    for key in ("guest0", "guest1"):
        book_seat(made.actor(key), made.session.id)
    for key in ("guest2", "guest3", "guest4"):
        join_line(made.actor(key), made.session.id)
    return made


def of(made, key):
    return booking_of(made.session.id, made.people[key].person_id)


def states(made, *keys):
    return [of(made, key).state for key in keys]


def test_waiting_is_for_a_full_session_alone(unit, cast):
    made = an_open_session(cast.network, guests=1)
    with pytest.raises(Conflict):
        join_line(made.actor("guest0"), made.session.id)


def test_waiting_twice_keeps_the_place(full):
    since = of(full, "guest2").since
    join_line(full.actor("guest2"), full.session.id)
    assert of(full, "guest2").since == since


def test_who_waits_longest_is_offered_the_seat_and_it_is_held(full):
    give_back_seat(full.actor("guest0"), full.session.id)
    assert states(full, "guest2", "guest3", "guest4") == ["offered", "waiting", "waiting"]
    assert of(full, "guest2").seat == 3
    with pytest.raises(Full):
        book_seat(full.actor("guest0"), full.session.id)


@pytest.mark.parametrize("verb", [accept_offer, book_seat])
def test_taking_the_offer(full, verb):
    give_back_seat(full.actor("guest0"), full.session.id)
    assert verb(full.actor("guest2"), full.session.id).state == BookingState.BOOKED
    assert verb(full.actor("guest2"), full.session.id).seat == 3
    assert of(full, "guest2").offered_until is None


def test_what_she_lets_pass_goes_to_the_next(full):
    give_back_seat(full.actor("guest0"), full.session.id)
    for _ in range(2):
        let_offer_pass(full.actor("guest2"), full.session.id)
    assert states(full, "guest2", "guest3", "guest4") == ["given_back", "offered", "waiting"]


def test_who_leaves_the_line_is_passed_over(full):
    for _ in range(2):
        leave_line(full.actor("guest2"), full.session.id)
    give_back_seat(full.actor("guest0"), full.session.id)
    assert states(full, "guest2", "guest3") == ["given_back", "offered"]


def test_without_an_answer_it_goes_on_after_a_day(clock, full):
    give_back_seat(full.actor("guest0"), full.session.id)
    clock.move_to(NOW + timedelta(hours=23))
    follow_lines()
    assert states(full, "guest2", "guest3") == ["offered", "waiting"]
    clock.move_to(NOW + timedelta(hours=24, minutes=1))
    follow_lines()
    follow_lines()
    assert states(full, "guest2", "guest3", "guest4") == ["given_back", "offered", "waiting"]
    with pytest.raises(Conflict):
        accept_offer(full.actor("guest2"), full.session.id)


def test_any_booking_lets_a_late_offer_pass_first(clock, full):
    give_back_seat(full.actor("guest0"), full.session.id)
    clock.move_to(NOW + timedelta(hours=25))
    with pytest.raises(Full):
        book_seat(full.actor("guest0"), full.session.id)
    assert states(full, "guest2", "guest3") == ["given_back", "offered"]


@pytest.mark.parametrize(
    ("before", "held"),
    [
        (timedelta(days=5), timedelta(hours=24)),
        (timedelta(hours=40), timedelta(hours=16)),
        (timedelta(hours=25), timedelta(hours=2)),
        (timedelta(hours=10), timedelta(hours=2)),
        (timedelta(hours=1), timedelta(hours=1)),
    ],
)
def test_near_the_session_there_is_less_time_to_answer(clock, full, before, held):
    starts_at = session_by_id(full.session.id).appointment.starts_at
    clock.move_to(starts_at - before)
    give_back_seat(full.actor("guest0"), full.session.id)
    until = of(full, "guest2").offered_until
    assert abs(until - (starts_at - before + held)) < timedelta(minutes=1)


def test_a_member_may_pass_a_guest_whom_no_seat_suits(unit, clock, full):
    """A seat of a guest above the open seats is a member's."""
    full.season.open_seats = 1
    unit.flush()
    give_back_seat(full.actor("guest0"), full.session.id)
    assert states(full, "guest2", "guest3") == ["waiting", "waiting"]


def test_who_is_no_ib_any_more_is_passed_over(unit, clock, full):
    mine = unit.query(Assignment).filter_by(person_id=full.people["guest2"].person_id).one()
    mine.until = (NOW - timedelta(days=1)).date()
    unit.flush()
    give_back_seat(full.actor("guest0"), full.session.id)
    assert states(full, "guest2", "guest3") == ["waiting", "offered"]


def test_whose_school_came_to_sit_there_is_passed_over(cast, full):
    for key in ("guest1", "guest2"):
        add_role(full.people[key].person_id, Role.IB, cast.schools["linde"])
    give_back_seat(full.actor("guest0"), full.session.id)
    assert states(full, "guest2", "guest3") == ["waiting", "offered"]


def test_who_is_elsewhere_by_then_is_told_so(full):
    give_back_seat(full.actor("guest0"), full.session.id)
    appointment = session_by_id(full.session.id).appointment
    book([full.people["guest2"].person_id], appointment.starts_at, appointment.ends_at, None, "coaching")
    with pytest.raises(Clash):
        accept_offer(full.actor("guest2"), full.session.id)


class TestMails:
    """Each to herself alone; about one state of a booking."""

    @pytest.fixture
    def made(self, app, cast):
        with app.database.unit_of_work(cast.network, with_identities=True):
            made = an_open_session(cast.network, guests=4)
            for key in ("guest0", "guest1"):
                book_seat(made.actor(key), made.session.id)
            join_line(made.actor("guest2"), made.session.id)
            return made

    def do(self, app, made, verb, key):
        with app.database.unit_of_work(made.people[key].network, with_identities=True):
            verb(made.actor(key), made.session.id)

    def sent(self, kept_mails):
        return [(mail.recipient.split("@")[0], mail.subject) for mail in kept_mails()]

    def test_of_a_waiting_list_that_moves(self, app, clock, made, work_through_queue, kept_mails):
        work_through_queue()
        self.do(app, made, give_back_seat, "guest0")
        work_through_queue()
        clock.move_to(NOW + timedelta(hours=25))
        with app.database.unit_of_work(made.people["one"].network):
            follow_lines()
        work_through_queue()
        work_through_queue()
        assert self.sent(kept_mails) == [
            ("guest0", "Je plaats bij intervisie"),
            ("guest1", "Je plaats bij intervisie"),
            ("guest2", "Er is een plaats voor je vrij"),
            ("guest2", "De plaats ging naar de volgende op de wachtlijst"),
        ]
        texts = "".join(mail.body for mail in kept_mails())
        assert ".ics" in texts
        assert "woensdag 25 november, 10:00" in texts
        assert made.group.name not in texts

    def test_not_of_what_changed_meanwhile(self, app, made, work_through_queue, kept_mails):
        self.do(app, made, give_back_seat, "guest0")
        self.do(app, made, accept_offer, "guest2")
        work_through_queue()
        assert self.sent(kept_mails) == [
            ("guest1", "Je plaats bij intervisie"),
            ("guest2", "Je plaats bij intervisie"),
        ]

    def test_again_for_who_books_again(self, app, made, work_through_queue, kept_mails):
        work_through_queue()
        self.do(app, made, let_offer_pass, "guest1")
        self.do(app, made, leave_line, "guest2")
        self.do(app, made, give_back_seat, "guest1")
        self.do(app, made, book_seat, "guest1")
        work_through_queue()
        assert [who for who, _ in self.sent(kept_mails)].count("guest1") == 2
