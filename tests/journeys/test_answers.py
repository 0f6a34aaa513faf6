"""A coach says no on her phone; the coordinator gives the IB'er another coach, and the two say yes."""

from datetime import date

import pytest

from app.coaching.services.proposals import calculate, keep_proposal, read_work, start_calculation
from app.coaching.services.publication import publish_round
from app.kernel.actor import SYSTEM
from app.kernel.permissions import Role
from tests.coaching.rounds import ask, offer, open_small_round
from tests.conftest import work_through
from tests.journeys.conftest import PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.world import add_member, add_role

NAMES = (
    ("wilma", "Wilma", "de Graaf", Role.IB),
    ("ruben", "Ruben", "Kok", Role.IB),
    ("elly", "Elly", "Prins", Role.COACH),
    ("otto", "Otto", "Vos", Role.COACH),
)


@pytest.fixture
def people(live):
    """Two IB'ers of De Wilgen, and two coaches from outside."""
    network, schools = live.cast.network, live.cast.schools
    with live.app.database.unit_of_work(network, with_identities=True):
        made = {key: add_member(network, key, first, last) for key, first, last, _role in NAMES}
        for key, _first, _last, role in NAMES:
            add_role(made[key].person_id, role, schools["wilgen"] if role == Role.IB else None)
    return made


@pytest.fixture
def round_id(live, people):
    """Published: Elly coaches Wilma, Otto coaches Ruben and has a place left. Coaches of other journeys know less."""
    database, network = live.app.database, live.cast.network
    with database.unit_of_work(network):
        made = open_small_round("De tweede reis", starts_on=date(2031, 9, 1))
        ask(made.id, people["wilma"].person_id, online=True, themes={"data": 3})
        ask(made.id, people["ruben"].person_id, online=True, themes={"moments": 3})
        offer(people["elly"].person_id, online=True, strengths={"data": 3})
        offer(people["otto"].person_id, online=True, strengths={"moments": 3, "data": 1})
        work, facts = read_work(start_calculation(SYSTEM, made.id))
    with database.unit_of_work(network):
        keep_proposal(work.id, facts, *calculate(facts, lambda _stage, _done: None))
    with database.unit_of_work(network):
        publish_round(SYSTEM, made.id)
    work_through(live.app)
    return made.id


def test_a_no_a_change_and_two_times_yes(live, visit_as, people, round_id):
    decline_on_a_phone(visit_as(people["elly"], PHONE).page)
    work_through(live.app)
    coordinator = visit_as(live.cast["coordinator"])
    see_who_waits(coordinator.page, round_id)
    calculate_a_change(live, coordinator.page)
    carry_it_out(live, coordinator.page)
    for key, other in (("wilma", "Otto Vos"), ("otto", "Wilma de Graaf")):
        say_yes(visit_as(people[key], PHONE).page, other)
    # The bar may just be asking again when the page leaves for the change.
    assert [fault for fault in coordinator.faults if not fault.endswith("/berekening")] == []


def decline_on_a_phone(page):
    """Elly says no, first with dates that cannot be."""
    page.goto("/waterland/")
    page.get_by_role("link", name="Wilma de Graaf", exact=True).click()
    page.wait_for_selector("text=Doe je mee?")
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_role("link", name="Liever niet").click()
    page.wait_for_selector("text=Niemand vraagt naar een reden")
    no_axe_findings(page)
    page.get_by_label("Niet beschikbaar vanaf").fill("2030-05-01")
    page.get_by_label("tot en met").fill("2030-04-01")
    page.get_by_role("button", name="Stop deze koppeling").click()
    page.wait_for_selector(".error-summary")
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_label("tot en met").fill("2032-06-01")
    page.get_by_role("button", name="Stop deze koppeling").click()
    page.wait_for_selector("text=Deze koppeling gaat niet door")
    assert page.get_by_role("link", name="Wilma de Graaf").count() == 0


def see_who_waits(page, round_id):
    """Wilma stands on top, and nowhere who said no."""
    page.goto(f"/waterland/koppelrondes/{round_id}/verloop")
    first = page.locator("#progress tbody tr").first.inner_text()
    assert "Wilma de Graaf" in first
    assert "Geen coach" in first
    assert "Elly" not in page.locator("main").inner_text()
    no_axe_findings(page)
    page.get_by_role("link", name="Wachtlijst").click()
    page.wait_for_selector("text=1. Wilma de Graaf")
    no_axe_findings(page)


def calculate_a_change(live, page):
    """Press the button, let the worker work, and read what would change."""
    page.get_by_role("button", name="Bereken een wijziging").click()
    page.wait_for_selector("progress")
    work_through(live.app)
    page.wait_for_url("**/wijziging")
    assert page.get_by_role("heading", level=1).inner_text() == "1 IB'er krijgt een coach"
    assert "Otto Vos" in page.locator("main").inner_text()
    no_axe_findings(page)


def carry_it_out(live, page):
    """One press; those concerned get a mail."""
    page.get_by_role("button", name="Voer de wijziging door").click()
    page.wait_for_selector("text=De wijziging is doorgevoerd")
    assert work_through(live.app) == ["coaching.tell_coachee", "coaching.tell_coach"]


def say_yes(page, other):
    """Somebody accepts from her phone."""
    page.goto("/waterland/")
    page.get_by_role("link", name=other, exact=True).click()
    page.get_by_role("button", name="Ja, ik doe mee").click()
    page.wait_for_selector(".notice--good")
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
