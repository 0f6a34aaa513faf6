"""A coordinator gives every IB'er a coach, and the two find each other: four people in real browsers."""

from datetime import date

import pytest

from app.kernel.permissions import Role
from tests.coaching.rounds import ask, offer, open_small_round
from tests.conftest import work_through
from tests.journeys.conftest import PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.world import add_member, add_role

QUESTION = "Hoe houd ik tijd over voor wat ik belangrijk vind?"


@pytest.fixture
def people(live):
    """Two IB'ers of De Wilgen, and two coaches from outside; the second IB'er has not asked yet."""
    network = live.cast.network
    with live.app.database.unit_of_work(network, with_identities=True):
        made = {
            key: add_member(network, key, first, last)
            for key, first, last in (
                ("sanne", "Sanne", "de Wit"),
                ("hugo", "Hugo", "van den Bosch"),
                ("peter", "Peter", "Hoekstra"),
                ("ilse", "Ilse", "Smit"),
            )
        }
        for key in ("sanne", "hugo"):
            add_role(made[key].person_id, Role.IB, live.cast.schools["wilgen"])
        for key in ("peter", "ilse"):
            add_role(made[key].person_id, Role.COACH, None)
    return made


@pytest.fixture
def round_id(live, people):
    with live.app.database.unit_of_work(live.cast.network):
        # Later than any other round, so that this one is the open one.
        made = open_small_round("De reis", starts_on=date(2030, 9, 1))
        ask(made.id, people["sanne"].person_id, online=True, question=QUESTION)
        for key, strength in (("peter", 3), ("ilse", 2)):
            offer(people[key].person_id, online=True, strengths={"leader": strength})
        return made.id


def test_a_round_from_the_request_to_the_first_sight_of_each_other(live, visit_as, people, round_id):
    ask_on_a_phone(visit_as(people["hugo"], PHONE).page)
    coordinator = visit_as(live.cast["coordinator"])
    page = coordinator.page
    page.goto(f"/waterland/koppelrondes/{round_id}/voorstel")
    calculate(live, page, "Bereken voorstel")
    see_the_proposal(page)
    lock_and_rule_out(page)
    calculate(live, page, "Opnieuw berekenen")
    publish(live, page)
    # The bar may just have been asking when the page left for the proposal.
    assert [fault for fault in coordinator.faults if not fault.endswith("/berekening")] == []
    find_each_other(visit_as, people)


def ask_on_a_phone(page):
    """Hugo asks for a coach on his phone, first with something wrong."""
    page.goto("/waterland/")
    page.get_by_role("link", name="Vraag een coach").click()
    page.get_by_role("button", name="Verstuur de coachvraag").click()
    page.wait_for_selector(".error-summary")
    assert "minstens één thema" in page.locator(".error-summary").inner_text()
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_role("group", name="Werkdruk en grenzen").get_by_text("Heel belangrijk").click()
    page.get_by_role("group", name="maandag").get_by_label("ochtend").check()
    page.get_by_label("Online praten mag ook").check()
    page.get_by_role("button", name="Verstuur de coachvraag").click()
    page.wait_for_selector(".notice--good")
    assert "verstuurd" in page.locator("main").inner_text()


def calculate(live, page, button):
    """Press the button, let the worker work, and wait for what the bar leads to."""
    page.get_by_role("button", name=button).click()
    page.wait_for_selector("progress")
    no_axe_findings(page)
    work_through(live.app)
    page.wait_for_url("**/voorstel")


def see_the_proposal(page):
    """Both IB'ers have a coach; why is one press away."""
    assert row(page, "Sanne de Wit").get_by_text("Peter Hoekstra").count()
    fold = row(page, "Sanne de Wit").locator("summary")
    fold.click()
    page.wait_for_selector(".parts__table")
    assert "Ilse Smit" in row(page, "Sanne de Wit").locator(".alternatives").inner_text()
    no_axe_findings(page)


def lock_and_rule_out(page):
    """Lock one pair, rule the other out, undo that once, and rule it out again."""
    row(page, "Sanne de Wit").get_by_role("button", name="Vastzetten").click()
    page.wait_for_selector("text=Vastgezet: Sanne de Wit met Peter Hoekstra")
    for _time in range(2):
        row(page, "Hugo van den Bosch").get_by_role("button", name="Uitsluiten").click()
        page.wait_for_selector("text=nog niet in dit voorstel")
        if _time == 0:
            page.locator("#messages").get_by_role("button", name="Ongedaan maken").click()
            page.wait_for_selector("text=Weer mogelijk")
    no_axe_findings(page)


def publish(live, page):
    """Read what it means, then publish."""
    page.get_by_role("link", name="Publiceren…").click()
    page.wait_for_selector("text=Dit gebeurt er")
    no_axe_findings(page)
    page.get_by_role("button", name="Publiceer").click()
    page.wait_for_selector("text=De koppelingen zijn gepubliceerd")
    assert "coaching.tell_coach" in work_through(live.app)


def find_each_other(visit_as, people):
    """The IB'er sees her coach; the coach reads the question."""
    sanne = visit_as(people["sanne"], PHONE).page
    sanne.goto("/waterland/")
    sanne.get_by_role("link", name="Peter Hoekstra", exact=True).click()
    sanne.wait_for_selector("text=Waarom jullie twee")
    no_axe_findings(sanne)
    peter = visit_as(people["peter"], PHONE).page
    peter.goto("/waterland/")
    peter.get_by_role("link", name="Sanne de Wit", exact=True).click()
    peter.wait_for_selector(f"text={QUESTION}")
    no_sideways_scroll(peter, PHONE, SMALL_PHONE)


def row(page, name):
    """The row of an IB'er in the proposal."""
    return page.locator(".pair").filter(has=page.get_by_role("heading", name=name))
