"""An IB'er books a seat with another group on her phone in two taps; who waits moves up when she can't come."""

import pytest

from app.intervision.services.bookings import book_seat
from tests.conftest import work_through
from tests.intervision.guests import an_open_session
from tests.journeys.conftest import PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll


@pytest.fixture
def made(live):
    """A session with one seat left for guests."""
    with live.app.database.unit_of_work(live.cast.network, with_identities=True):
        made = an_open_session(live.cast.network, guests=3, open_seats=2)
        book_seat(made.actor("guest2"), made.session.id)
        return made


def test_a_seat_from_booking_to_the_next_in_line(live, visit_as, made):
    guest = visit_as(made.people["guest0"], PHONE).page
    book_in_two_taps(guest, made.session.id)
    take_the_calendar_file(guest)
    other = visit_as(made.people["guest1"], PHONE).page
    wait_for_a_seat(other, made.session.id)
    guest.get_by_role("button", name="Meld me af").click()
    guest.wait_for_selector("text=Je bent afgemeld.")
    no_axe_findings(guest)
    assert "intervision.tell_offer" in work_through(live.app)
    take_what_came_free(other)


def book_in_two_taps(page, session_id):
    """What, when, where, how far and how many seats are on the page before the first tap."""
    page.goto("/waterland/intervisie")
    row = row_of(page, session_id)
    told = row.inner_text()
    assert "Groep 1" in told
    assert "nog 1 plaats" in told
    assert "OBS De Wilgen, Purmerend" in told
    assert "min reizen" in told
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    row.get_by_role("link", name="Boeken").click()
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_role("button", name="Boek deze plaats").click()
    page.wait_for_selector("text=Je plaats is geboekt.")
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)


def row_of(page, session_id):
    """The session in the list of open seats."""
    return page.locator(f"li:has(a[href$='/bijeenkomsten/{session_id}'])")


def take_the_calendar_file(page):
    """Its title is neutral and it names nobody."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Zet in mijn agenda").click()
    content = download.value.path().read_text()
    assert "SUMMARY:Intervisie\n" in content
    assert "ATTENDEE" not in content
    assert "@" not in content


def wait_for_a_seat(page, session_id):
    """The session is full: her place in line."""
    page.goto("/waterland/intervisie")
    row_of(page, session_id).get_by_role("link", name="Wachtlijst").click()
    page.get_by_role("button", name="Zet me op de wachtlijst").click()
    page.wait_for_selector("text=Je bent nummer 1 op de wachtlijst.")
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)


def take_what_came_free(page):
    """Her own page says so on top."""
    page.goto("/waterland/intervisie")
    assert page.locator("main h2").first.inner_text() == "Er is een plaats voor je vrij"
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_role("button", name="Neem de plaats").click()
    page.wait_for_selector("text=Je plaats is geboekt.")
