"""Seats that come free by a move, a calling off or a change of groups: who waits is offered them, and hears of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.agenda.services.appointments import book
from app.intervision.models import Booking, BookingState, IntervisionGroup
from app.intervision.services.bookings import book_seat, give_back_seat, join_line
from tests.intervision.guests import an_open_session
from tests.intervision.test_regrouping import CHANGE, press

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FORM = {"day": "2026-12-10", "time": "09:00", "minutes": "120", "place": "online"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def full(app, cast, work_through_queue):
    """A session of two with two guests, and with `guest2` and `guest3` in line."""
    with app.database.unit_of_work(cast.network, with_identities=True):
        made = an_open_session(cast.network, guests=4, day=date(2026, 12, 8), smallest=2, target=3, largest=4)
        for key in ("guest0", "guest1"):
            book_seat(made.actor(key), made.session.id)
        for key in ("guest2", "guest3"):
            join_line(made.actor(key), made.session.id)
    work_through_queue()
    return made


@pytest.fixture
def url(full):
    return f"/waterland/intervisie/bijeenkomsten/{full.session.id}"


@pytest.fixture
def mails_since(kept_mails, full):
    """Who was mailed about what, after everything was made ready."""
    before = len(kept_mails())
    return lambda: {(mail.recipient, mail.subject) for mail in kept_mails()[before:]}


@pytest.fixture
def states(app, cast, full):
    def read(*keys):
        with app.database.unit_of_work(cast.network) as unit:
            found = dict(unit.execute(select(Booking.person_id, Booking.state)).all())
        return [found.get(full.people[key].person_id) for key in keys]

    return read


@pytest.fixture
def elsewhere(app, cast, full):
    """The first guest has another appointment where the session would go."""
    at = datetime(2026, 12, 10, 8, 30, tzinfo=UTC)
    with app.database.unit_of_work(cast.network):
        book([full.people["guest0"].person_id], at, at + timedelta(hours=1), None, "coaching")


@pytest.fixture
def offered(app, cast, full):
    """The first guest gave her seat back: it is held for the first in line."""
    with app.database.unit_of_work(cast.network, with_identities=True):
        give_back_seat(full.actor("guest0"), full.session.id)


@pytest.mark.usefixtures("elsewhere")
def test_a_move_without_somebody_offers_her_seat(as_, full, url, states, work_through_queue, mails_since):
    answer = as_(full.people["one"]).post(f"{url}/verplaatsing", data={**FORM, "without_absent": "1"})
    assert answer.status_code == 302
    assert states("guest0", "guest1", "guest2", "guest3") == ["given_back", "booked", "offered", "waiting"]
    work_through_queue()
    assert (full.people["guest2"].email, "Er is een plaats voor je vrij") in mails_since()


@pytest.mark.usefixtures("offered")
def test_who_is_offered_a_seat_hears_of_the_new_date(
    as_, app, cast, full, url, states, kept_mails, work_through_queue
):
    work_through_queue()
    before = len(kept_mails())
    as_(full.people["one"]).post(f"{url}/verplaatsing", data=FORM)
    assert states("guest2", "guest3") == ["offered", "waiting"]
    work_through_queue()
    (told,) = [one for one in kept_mails()[before:] if one.recipient == full.people["guest2"].email]
    assert "donderdag 10 december 2026, 09:00–11:00" in told.body


@pytest.mark.usefixtures("offered")
def test_calling_off_ends_the_line_and_is_told_to_who_waits(
    as_, full, url, states, work_through_queue, kept_mails
):
    work_through_queue()
    before = len(kept_mails())
    as_(full.people["one"]).post(f"{url}/annulering")
    assert states("guest2", "guest3", "guest1", "one") == ["given_back", "given_back", "booked", "booked"]
    work_through_queue()
    told = {mail.recipient: mail for mail in kept_mails()[before:]}
    assert set(told) == {full.people[key].email for key in ("one", "two", "guest1", "guest2", "guest3")}
    assert {mail.subject for mail in told.values()} == {"Je intervisie gaat niet door"}
    assert "Misschien is er ergens anders een plaats voor je" in told[full.people["guest3"].email].body
    assert "De groep kan een andere datum kiezen" in told[full.people["two"].email].body


def test_who_leaves_the_group_leaves_her_seat_to_who_waits(
    app, cast, as_, full, states, work_through_queue, mails_since
):
    with app.database.unit_of_work(cast.network) as unit:
        group_id = unit.scalars(select(IntervisionGroup.id)).one()
    leaver = full.people["two"].person_id
    url = f"{CHANGE.format(group_id)}/leden/{leaver}/vertrek"
    assert press(as_(cast["coordinator"]), url).status_code == 302
    assert states("two", "guest2") == [BookingState.GIVEN_BACK, BookingState.OFFERED]
    work_through_queue()
    assert (full.people["guest2"].email, "Er is een plaats voor je vrij") in mails_since()
