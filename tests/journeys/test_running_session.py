"""Two phones on one table: the same step on both, one of them without connection for a while, and a reload."""

import re

import pytest

from app.kernel.clock import now
from app.kernel.permissions import Role
from tests.intervision.running import a_session_now
from tests.journeys.conftest import PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.world import Cast, add_member, add_role

SOON_MS = 9000
"""A screen asks every three seconds; this machine may be busy."""


@pytest.fixture
def people(live):
    """Two IB'ers of different schools, who sit at one table."""
    network = live.cast.network
    with live.app.database.unit_of_work(network, with_identities=True):
        made = {
            "first": add_member(network, f"first-{now().timestamp()}", "Sanne", "Vos"),
            "second": add_member(network, f"second-{now().timestamp()}", "Hind", "Bakri"),
        }
        add_role(made["first"].person_id, Role.IB, live.cast.schools["wilgen"])
        add_role(made["second"].person_id, Role.IB, live.cast.schools["kompas"])
    return made


@pytest.fixture
def run_url(live, people):
    cast = Cast(live.cast.network, live.cast.other_network, live.cast.schools, people)
    with live.app.database.unit_of_work(live.cast.network):
        meeting = a_session_now(cast, members=("first", "second"), name=f"Seizoen {now().timestamp()}")
    return f"/waterland/intervisie/bijeenkomsten/{meeting.session_id}/werkvorm"


@pytest.fixture
def phones(visit_as, people, run_url):
    """Both have the screen of the session before them, and it has not begun."""
    pages = [visit_as(people[key], PHONE).page for key in ("first", "second")]
    for page in pages:
        page.goto(run_url)
        page.wait_for_selector("text=Is iedereen er?")
    return pages


def test_two_phones_show_the_same_step(phones):
    first, second = phones
    no_axe_findings(first)
    begin(first)
    second.wait_for_selector("text=Stap 1 van 7", timeout=SOON_MS)
    assert not second.get_by_text("Is iedereen er?").is_visible()
    second.get_by_role("button", name="Volgende stap").click()
    first.wait_for_selector("text=Stap 2 van 7", timeout=SOON_MS)
    for page in phones:
        no_axe_findings(page)
        no_sideways_scroll(page, PHONE, SMALL_PHONE)
    assert abs(seconds_left(first) - seconds_left(second)) <= 1
    first.get_by_role("button", name="Pauze").click()
    second.wait_for_selector("text=Gepauzeerd", timeout=SOON_MS)
    stands_at = seconds_left(second)
    second.wait_for_timeout(1500)
    assert seconds_left(second) == stands_at
    assert seconds_left(first) == stands_at
    no_axe_findings(second)


def test_a_phone_without_connection_counts_on_and_catches_up(phones):
    first, second = phones
    begin(first)
    second.wait_for_selector("text=Stap 1 van 7", timeout=SOON_MS)
    second.context.set_offline(True)
    second.wait_for_selector("text=Geen verbinding, de tijd loopt door.", timeout=SOON_MS)
    before = seconds_left(second)
    first.get_by_role("button", name="Volgende stap").click()
    first.wait_for_selector("text=Stap 2 van 7")
    second.wait_for_timeout(2500)
    assert seconds_left(second) < before
    assert second.get_by_text("Stap 1 van 7").is_visible()
    assert not second.get_by_text("Er is niets opgeslagen").count()
    second.context.set_offline(False)
    second.wait_for_selector("text=Stap 2 van 7", timeout=SOON_MS)
    second.wait_for_selector("#run-offline", state="hidden", timeout=SOON_MS)


def test_a_reload_shows_the_same_step_and_time(phones):
    first, _second = phones
    begin(first)
    first.get_by_role("button", name="+5 min").click()
    first.wait_for_selector("#run-digits:text-matches('^(9|10):')")
    before = seconds_left(first)
    first.reload()
    assert 0 <= before - seconds_left(first) <= 8
    first.get_by_text("Rollen, een stap terug, stoppen").click()
    assert first.locator("#run-rest").get_by_text("Sanne Vos").first.is_visible()
    first.get_by_role("button", name="Hier stoppen").click()
    first.wait_for_selector("text=Dat was het")
    no_axe_findings(first)
    first.get_by_role("button", name="Terug naar de laatste stap").click()
    first.wait_for_selector("text=Stap 1 van 7")


def test_when_the_time_is_up_the_screen_says_so_and_stays_where_it_is(phones):
    first, _second = phones
    first.clock.install()
    first.reload()
    begin(first)
    # The server's clock is not moved, and would tell this one that it is four minutes ahead.
    first.context.set_offline(True)
    first.clock.fast_forward("03:59")
    first.clock.run_for(2000)
    assert first.locator("#run-says").inner_text() == "Nog 1 minuut"
    first.clock.fast_forward("01:05")
    first.clock.run_for(1000)
    assert first.locator("#run-says").inner_text() == "De tijd is om"
    assert first.locator(".run-timer__over").is_visible()
    assert first.locator("#run-digits").inner_text().startswith("+0:0")
    assert first.get_by_text("Stap 1 van 7").is_visible()


@pytest.mark.parametrize("code", ["ten_steps", "balint", "incident"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_method_prints_on_one_sheet(live, page_as, code, language):
    page = page_as(live.cast["ib"], language=language)
    page.goto(f"/waterland/intervisie/werkvormen/{code}")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1


def begin(page):
    """Choose a method at the start, since nobody did before."""
    page.get_by_label("Werkvorm (minuten)").select_option("incident")
    page.get_by_role("button", name="Beginnen").click()
    page.wait_for_selector("text=Stap 1 van 7")


def seconds_left(page):
    """What the digits say."""
    minutes, seconds = page.locator("#run-digits").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)
