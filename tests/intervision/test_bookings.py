"""Booking a seat: who can, when, and what it never does."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from app.agenda.models import Attendance, Status
from app.agenda.services.appointments import Clash, book
from app.intervision.models import Avoidance, Booking, BookingState, SeasonPublication, SessionCancellation
from app.intervision.queries import booking_of, open_sessions, seat_counts, session_by_id
from app.intervision.services.bookings import Full, book_seat, give_back_seat, join_line
from app.kernel.audit import AuditEntry
from app.kernel.errors import Conflict, Forbidden, NotFound
from app.kernel.permissions import Role
from app.organisation.queries import actor_of
from tests.coaching.talks import trajectory_of_cast
from tests.intervision.guests import an_open_session
from tests.intervision.seasons import a_group, a_session
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
def made(unit, cast):
    return an_open_session(cast.network, guests=4)


def state(made, key):
    booking = booking_of(made.session.id, made.people[key].person_id)
    return booking and booking.state


def free(made, *, for_guest=True):
    dated = session_by_id(made.session.id)
    return seat_counts([dated])[dated.id].free(for_guest=for_guest)


class TestWhoCanBook:
    """IB'ers, of sessions that they may know of: the truth table over the cast."""

    EXPECTED = dict.fromkeys(("coordinator", "leader", "other_leader", "teacher", "billing"), "Forbidden") | {
        "ib": "booked",
        "coach": "booked",
        "colleague": "booked",
    }

    @pytest.mark.parametrize("who", EXPECTED)
    def test_who(self, cast, made, who):
        actor = actor_of(cast[who].identity_id)
        try:
            answer = book_seat(actor, made.session.id).state
        except Forbidden:
            answer = "Forbidden"
        assert answer == self.EXPECTED[who]

    def test_nobody_before_the_groups_are_known(self, unit, made):
        unit.query(SeasonPublication).delete()
        with pytest.raises(NotFound):
            book_seat(made.actor("guest0"), made.session.id)
        add_role(made.people["guest0"].person_id, Role.COORDINATOR, None)
        unit.flush()
        with pytest.raises(NotFound):
            book_seat(made.actor("guest0"), made.session.id)

    def test_no_guest_where_the_season_has_no_open_seats(self, unit, made):
        made.season.open_seats = 0
        unit.flush()
        with pytest.raises(NotFound):
            book_seat(made.actor("guest0"), made.session.id)

    def test_nobody_of_the_school_of_a_member(self, cast, made):
        a_group(made.season, [cast["ib"].person_id], "Groep 2")
        session = a_session(a_group(made.season, [cast["colleague"].person_id], "Groep 3"))
        add_role(made.people["guest0"].person_id, Role.IB, cast.schools["linde"])
        with pytest.raises(Conflict, match="eigen school"):
            book_seat(made.actor("guest0"), session.id)
        assert session.id not in [dated.id for dated in open_sessions(made.actor("guest0"), 20)]
        assert session.id in [dated.id for dated in open_sessions(made.actor("guest1"), 20)]

    def test_nobody_of_the_school_of_another_guest(self, cast, made):
        book_seat(made.actor("guest0"), made.session.id)
        for key in ("guest0", "guest1"):
            add_role(made.people[key].person_id, Role.IB, cast.schools["linde"])
        with pytest.raises(Conflict):
            book_seat(made.actor("guest1"), made.session.id)

    def test_nobody_with_her_own_coach(self, cast, made):
        trajectory_of_cast(cast)
        session = a_session(a_group(made.season, [cast["coach"].person_id], "Groep 2"))
        ib = actor_of(cast["ib"].identity_id)
        with pytest.raises(Conflict) as refused:
            book_seat(ib, session.id)
        assert "coach" not in refused.value.message
        assert session.id not in [dated.id for dated in open_sessions(ib, 20)]

    @pytest.mark.parametrize("pair", [("guest0", "one"), ("one", "guest0")])
    def test_nobody_with_whom_she_avoids_or_who_avoids_her(self, unit, made, pair):
        one, other = (made.people[key].person_id for key in pair)
        unit.add(Avoidance(person_id=one, other_id=other, by_id=one))
        unit.flush()
        with pytest.raises(Conflict):
            book_seat(made.actor("guest0"), made.session.id)
        with pytest.raises(Conflict):
            join_line(made.actor("guest0"), made.session.id)
        assert open_sessions(made.actor("guest0"), 20) == []


class TestSeats:
    def test_pressing_twice_gives_the_same_seat(self, unit, made):
        actor = made.actor("guest0")
        assert book_seat(actor, made.session.id).seat == book_seat(actor, made.session.id).seat == 3
        assert unit.query(AuditEntry).filter_by(action="book seat").count() == 1

    def test_open_seats_are_as_many_as_the_season_has(self, made):
        for key in ("guest0", "guest1"):
            book_seat(made.actor(key), made.session.id)
        with pytest.raises(Full):
            book_seat(made.actor("guest2"), made.session.id)

    def test_a_seat_that_a_member_gave_back_is_for_guests_too(self, made):
        give_back_seat(made.actor("one"), made.session.id)
        for key in ("guest0", "guest1", "guest2"):
            book_seat(made.actor(key), made.session.id)
        assert free(made) == free(made, for_guest=False) == 0
        with pytest.raises(Full):
            book_seat(made.actor("one"), made.session.id)

    def test_a_member_without_a_seat_keeps_the_right_to_hers(self, unit, made):
        mine = booking_of(made.session.id, made.people["one"].person_id)
        unit.delete(mine)
        unit.flush()
        for key in ("guest0", "guest1"):
            book_seat(made.actor(key), made.session.id)
        assert free(made) == 0
        assert book_seat(made.actor("one"), made.session.id).state == BookingState.BOOKED

    def test_more_seats_than_open_ones_are_not_for_guests(self, cast, made):
        session = a_session(a_group(made.season, [cast["ib"].person_id], "Groep 2"), seats=8)
        dated = session_by_id(session.id)
        assert seat_counts([dated])[session.id].free(for_guest=True) == 2
        assert seat_counts([dated])[session.id].free(for_guest=False) == 7

    def test_what_is_given_back_is_taken_again_by_the_same_person(self, made):
        give_back_seat(made.actor("one"), made.session.id)
        give_back_seat(made.actor("one"), made.session.id)
        assert state(made, "one") == BookingState.GIVEN_BACK
        assert book_seat(made.actor("one"), made.session.id).is_guest is False

    def test_the_agenda_holds_and_loses_the_time(self, unit, made):
        actor = made.actor("guest0")
        book_seat(actor, made.session.id)
        mine = unit.query(Attendance).filter_by(person_id=actor.person_id).one()
        assert mine.status == Status.BOOKED
        give_back_seat(actor, made.session.id)
        unit.refresh(mine)
        assert mine.status == Status.CANCELLED


class TestWhen:
    def test_a_talk_at_that_time_stands_in_the_way(self, made):
        actor = made.actor("guest0")
        appointment = session_by_id(made.session.id).appointment
        book(
            [actor.person_id],
            appointment.starts_at - timedelta(minutes=30),
            appointment.ends_at,
            None,
            "coaching",
        )
        with pytest.raises(Clash):
            book_seat(actor, made.session.id)

    def test_two_sessions_at_one_time(self, cast, made):
        other = a_session(a_group(made.season, [cast["ib"].person_id], "Groep 2"))
        book_seat(made.actor("guest0"), made.session.id)
        with pytest.raises(Clash):
            book_seat(made.actor("guest0"), other.id)

    def test_called_off(self, unit, made):
        unit.add(SessionCancellation(session_id=made.session.id, by_id=0))
        unit.flush()
        with pytest.raises(Conflict):
            book_seat(made.actor("guest0"), made.session.id)

    def test_without_a_date(self, unit, made):
        add_role(made.people["one"].person_id, Role.COORDINATOR, None)
        made.session.appointment_id = None
        unit.flush()
        with pytest.raises(Conflict):
            book_seat(made.actor("one"), made.session.id)

    def test_from_its_beginning_nothing_changes(self, clock, made):
        book_seat(made.actor("guest0"), made.session.id)
        clock.move_to(NOW + timedelta(days=14, hours=3, minutes=1))
        for verb, key in ((book_seat, "guest1"), (join_line, "guest1"), (give_back_seat, "guest0")):
            with pytest.raises(Conflict):
                verb(made.actor(key), made.session.id)

    @pytest.mark.parametrize(("hours", "action"), [(25, "give back seat"), (23, "give back seat late")])
    def test_after_the_deadline_it_is_noted_as_late(self, unit, clock, made, hours, action):
        book_seat(made.actor("guest0"), made.session.id)
        starts_at = session_by_id(made.session.id).appointment.starts_at
        clock.move_to(starts_at - timedelta(hours=hours))
        give_back_seat(made.actor("guest0"), made.session.id)
        assert state(made, "guest0") == BookingState.GIVEN_BACK
        assert unit.query(AuditEntry).filter_by(action=action).count() == 1


class TestTheWallBehindIt:
    """What must never happen is impossible in the database, whatever the code does."""

    @pytest.mark.parametrize(
        ("values", "constraint"),
        [
            ({"seat": 1}, "uq_booking_seat"),
            ({"seat": 5}, "ck_booking_capacity"),
            ({"seat": 0}, "ck_booking_capacity"),
            ({"seat": None}, "ck_booking_seat"),
            ({"seat": 3, "state": "waiting"}, "ck_booking_seat"),
            ({"seat": 3, "state": "offered"}, "ck_booking_offer"),
            ({"seat": None, "state": "late"}, "ck_booking_"),
        ],
    )
    def test_a_booking_that_cannot_be(self, unit, made, values, constraint):
        usual = {"seats": 4, "is_guest": True, "state": "booked", "seat": 3}
        person_id = made.people["guest0"].person_id
        with pytest.raises(IntegrityError, match=constraint), unit.begin_nested():
            unit.add(Booking(session_id=made.session.id, person_id=person_id, **(usual | values)))

    def test_two_bookings_of_one_person(self, unit, made):
        person_id = made.people["one"].person_id
        with pytest.raises(IntegrityError, match="person_id"), unit.begin_nested():
            unit.add(
                Booking(
                    session_id=made.session.id,
                    person_id=person_id,
                    seats=4,
                    seat=3,
                    is_guest=True,
                    state="booked",
                )
            )
