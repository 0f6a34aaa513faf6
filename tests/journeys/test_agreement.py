"""An IB'er and her coach agree on a phone, set a goal and measure it; the leader sees exactly what was released."""

import pytest

from app.coaching.models import Trajectory
from app.kernel.permissions import Role
from tests.coaching.agreements import GOAL, START
from tests.journeys.conftest import PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.world import add_member, add_role

LABELS = {
    "text": "De volgende stap",
    "minus_two": "\N{MINUS SIGN}2: zoals het nu is, of minder",
    "minus_one": "\N{MINUS SIGN}1: op weg",
    "target": "0: het doel",
    "plus_one": "+1: meer dan gehoopt",
    "plus_two": "+2: veel meer dan gehoopt",
}


@pytest.fixture
def people(live):
    """An IB'er of De Linde, her coach from outside, and the leader of her school."""
    network = live.cast.network
    with live.app.database.unit_of_work(network, with_identities=True):
        made = {
            key: add_member(network, f"afspraak.{key}", first, last)
            for key, first, last in (
                ("ib", "Roos", "Bakker"), ("coach", "Daan", "Visser"), ("leader", "Ans", "Kok")
            )
        }  # fmt: skip
        add_role(made["ib"].person_id, Role.IB, live.cast.schools["linde"])
        add_role(made["coach"].person_id, Role.COACH, None)
        add_role(made["leader"].person_id, Role.LEADER, live.cast.schools["linde"])
    return made


@pytest.fixture
def url(live, people):
    with live.app.database.unit_of_work(live.cast.network) as unit:
        made = Trajectory(coachee_id=people["ib"].person_id, coach_id=people["coach"].person_id)
        unit.add(made)
        unit.flush()
        return f"/waterland/trajecten/{made.id}"


def test_from_the_first_agreement_to_what_the_leader_sees(visit_as, people, url):
    visits = [visit_as(people[who], PHONE) for who in ("ib", "coach", "leader")]
    ib, coach, leader = (visit.page for visit in visits)
    leader.goto("/waterland/")
    leader.get_by_role("button", name="Menu").click()
    leader.get_by_role("navigation").get_by_role("link", name="Coaching in mijn school").click()
    leader.wait_for_selector("text=Hier is nog niets te zien")
    ib.goto(url)
    ib.get_by_role("link", name="Afspraken en doelen").click()
    look(ib)
    fill_the_agreements_in(ib)
    agree(ib, "Roos")
    coach.goto(f"{url}/afspraken")
    look(coach)
    agree(coach, "Daan")
    coach.get_by_role("link", name="Eerste doel opschrijven").click()
    write_a_goal(coach)
    ib.goto(f"{url}/afspraken")
    fix_and_measure(ib)
    release(ib, START["leader_hears"], GOAL["text"])
    leader.reload()
    look(leader)
    sees_what_was_released(leader)
    take_back(ib, GOAL["text"])
    leader.reload()
    assert GOAL["text"] not in leader.locator("main").inner_text()
    assert START["leader_hears"] in leader.locator("main").inner_text()
    # The browser tells of the form that came back, too.
    assert [fault for visit in visits for fault in visit.faults if "422" not in fault] == []


def look(page):
    """Nothing that axe finds, and nothing that sticks out."""
    no_axe_findings(page)
    no_sideways_scroll(page, SMALL_PHONE, PHONE)


def fill_the_agreements_in(page):
    """First without what the school leader hears."""
    page.get_by_role("link", name="Afspraken invullen").click()
    page.get_by_label("Waar we elkaar spreken").fill(START["place"])
    page.get_by_role("button", name="Afspraken opslaan").click()
    page.wait_for_selector(".error-summary")
    look(page)
    page.get_by_label("Wat de schoolleider hoort").fill(START["leader_hears"])
    page.get_by_role("button", name="Afspraken opslaan").click()
    page.wait_for_selector("text=De afspraken zijn opgeslagen")


def agree(page, first_name):
    page.get_by_role("button", name="Ik ben akkoord").click()
    page.wait_for_selector(f"text={first_name} is akkoord sinds")


def write_a_goal(page):
    look(page)
    for name, label in LABELS.items():
        page.get_by_label(label, exact=True).fill(GOAL[name])
    page.get_by_role("button", name="Doel opslaan").click()
    page.wait_for_selector("text=Het doel is opgeslagen")
    assert page.get_by_role("button", name="Doel vastleggen").count() == 0


def fix_and_measure(page):
    """She fixes it, says where she is, takes that back because she pressed beside it, and says it again."""
    page.get_by_role("button", name="Doel vastleggen").click()
    page.wait_for_selector("text=Waar sta je nu?")
    look(page)
    measure(page, "veel meer dan gehoopt")
    page.locator("#messages").get_by_role("button", name="Ongedaan maken").click()
    page.wait_for_selector("text=De meting is teruggenomen")
    measure(page, "zoals het nu is, of minder")
    assert page.locator(".ladder__mark").count() == 1
    look(page)


def measure(page, level):
    page.get_by_role("radio", name=level).check()
    page.get_by_role("button", name="Opslaan waar ik sta").click()
    page.wait_for_selector("text=Opgeslagen waar je staat")


def release(page, *texts):
    for text in texts:
        page.get_by_role("button", name=f"Vrijgeven {text}").click()
        page.wait_for_selector("text=Je schoolleider kan dit nu zien")
    page.get_by_role("link", name="Zo ziet je schoolleider dit").click()
    page.wait_for_selector("text=en verder niets van je coaching")
    look(page)
    page.get_by_role("link", name="Wijzig wat je vrijgeeft").click()


def sees_what_was_released(page):
    now = page.locator("main").inner_text()
    assert "Roos Bakker" in now
    for shown in (START["leader_hears"], *GOAL.values(), "Bij de start"):
        assert shown in now
    for hidden in (START["place"], "Daan", "akkoord", "gesprekken van"):
        assert hidden not in now


def take_back(page, text):
    page.get_by_role("button", name=f"Terugnemen {text}", exact=True).click()
    page.wait_for_selector("text=Je schoolleider ziet dit niet meer")
