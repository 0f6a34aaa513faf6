"""A year of coaching, from the first round to what stayed of it: four people in real browsers, two on a phone.

Time-machine moves the clock of the server; the database and the browsers keep their own. The four have a network
to themselves, so that a clock that is a year ahead touches nothing of the other journeys.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.coaching.models import Trajectory
from app.jobs.queue import enqueue
from app.kernel.clock import now, today
from app.kernel.permissions import AT_SCHOOL, Role
from app.organisation.models import Board, School
from tenants.provision import create_network
from tests.coaching.agreements import GOAL, START
from tests.coaching.rounds import offer
from tests.conftest import MASTER_KEY, work_through
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_agreement import agree, fill_the_agreements_in, look, measure, write_a_goal
from tests.journeys.test_closing import looks_right
from tests.journeys.test_matching_round import calculate, publish
from tests.world import add_member, add_role

HOME = "/jaarrond/"
IB, COACH = "Roos Bakker", "Daan Visser"
NAMES = {
    Role.COORDINATOR: ("Vera", "Prins"), Role.IB: ("Roos", "Bakker"),
    Role.COACH: ("Daan", "Visser"), Role.LEADER: ("Ans", "Kok"),
}  # fmt: skip
QUESTION = "Hoe kom ik toe aan wat ik mooi vind aan mijn werk?"
ANSWERS = {IB: "Iets minder haast aan het begin", COACH: "Vaker een voorbeeld uit haar eigen week"}
LESSON = "Eerst een vraag, dan pas een antwoord"
SAID_BY_THE_TWO = (QUESTION, START["place"], START["leader_hears"], *GOAL.values(), *ANSWERS.values(), LESSON)


@pytest.fixture
def people(live):
    """In a new network, by role: a coordinator, an IB'er and her school leader, and an outside coach with a profile."""
    database, called = live.app.database, {"slug": "jaarrond", "code": "PO2799", "name": "Netwerk Jaarrond"}
    network = create_network(database, MASTER_KEY, **called).opened(MASTER_KEY)
    with database.unit_of_work(network, with_identities=True) as unit:
        unit.add(board := Board(number="33333"))
        unit.flush()
        school = School(board_id=board.id, code="02AA00", name="De Regenboog", kinds=["bo"])
        school.city, school.latitude, school.longitude = "Edam", 52.51, 5.05
        unit.add(school)
        unit.flush()
        made = {role: add_member(network, role.value, *name) for role, name in NAMES.items()}
        for role, member in made.items():
            add_role(member.person_id, role, school.id if role in AT_SCHOOL else None)
        offer(made[Role.COACH].person_id, online=True, strengths={"workload": 3})
    return made


@pytest.fixture
def clock(people):
    """The clock, on a first of September that is still to come."""
    begin = datetime(today().year + 1, 9, 1, 7, tzinfo=UTC)
    with time_machine.travel(begin, tick=True) as moved:
        yield moved


@pytest.fixture
def page_of(visit_as, people):
    """Open a tab of one of the four; gone idle for an hour nobody is signed in, so each part of the year asks anew."""
    visits = []

    def open_tab(role):
        visits.append(visit_as(people[role], PHONE if role in {Role.IB, Role.COACH} else DESK))
        return visits[-1].page

    yield open_tab
    # The browser tells of a form that came back, and of a bar or a draft that was just asking when she left.
    assert [one for visit in visits for one in visit.faults if not re.search("422|^no answer", one)] == []


def test_a_whole_year(live, page_of, people, clock):
    network, coordinator = people[Role.IB].network, page_of(Role.COORDINATOR)
    round_url = open_a_round(coordinator)
    ask_for_a_coach(page_of(Role.IB))
    coordinator.goto(f"{round_url}/voorstel")
    calculate(live, coordinator, "Bereken voorstel")
    publish(live, coordinator)
    say_yes(page_of(Role.COACH), IB)
    url = say_yes(page_of(Role.IB), COACH)
    with live.app.database.unit_of_work(network) as unit:
        unit.query(Trajectory).one().started_at = now()  # the database noted it by its own clock
    agree_on_a_goal(page_of(Role.IB), page_of(Role.COACH), url)
    sees_one_line(page_of(Role.LEADER))
    for number in (1, 2, 3):
        plan_a_talk(page_of(Role.IB), url)
        clock.shift(timedelta(days=8))
        note_as_held(page_of(Role.COACH), url, number)
        assert hour_passes(live, network).count("coaching.ask_check_in") == (2 if number == 3 else 0)
    tell_how_it_goes(page_of(Role.IB), page_of(Role.COACH))
    clock.shift(timedelta(days=200))
    close_and_evaluate(page_of(Role.IB), url)
    for days, asked in ((41, 0), (1, 1)):
        clock.shift(timedelta(days=days))
        assert hour_passes(live, network).count("coaching.ask_measurement") == asked
    measure_what_stayed(page_of(Role.IB), url)
    sees_one_line(page_of(Role.LEADER))
    sees_that_it_is_closed(page_of(Role.COORDINATOR), url)


def hour_passes(live, network):
    """The hourly job of the network, and all that follows from it; gives the names of the jobs."""
    with live.app.database.unit_of_work(network):
        enqueue("coaching.follow_up")
    return work_through(live.app)


def open_a_round(page):
    """The first of the network, planned as the form suggests; gives the address of the round."""
    page.goto(f"{HOME}koppelrondes")
    page.get_by_role("link", name="Open de eerste ronde").click()
    page.get_by_role("button", name="Ronde openen").click()
    page.wait_for_selector("text=De ronde is open")
    looks_right(page)
    return page.url.rsplit("/", 1)[0]


def ask_for_a_coach(page):
    """She sends her request, with what only her coach may read."""
    page.goto(HOME)
    page.get_by_role("link", name="Vraag een coach").click()
    page.get_by_role("group", name="Werkdruk en grenzen").get_by_text("Heel belangrijk").click()
    page.get_by_label("Je vraag, in je eigen woorden").fill(QUESTION)
    page.get_by_role("group", name="maandag").get_by_label("ochtend").check()
    page.get_by_label("Online praten mag ook").check()
    page.get_by_role("button", name="Verstuur de coachvraag").click()
    page.wait_for_selector("text=Wat je vroeg")
    look(page)


def say_yes(page, other):
    """From the first page to yes; gives where that leads."""
    page.goto(HOME)
    look(page)
    page.get_by_role("link", name=other, exact=True).click()
    page.get_by_role("button", name="Ja, ik doe mee").click()
    page.wait_for_selector(".notice--good")
    look(page)
    return page.url


def agree_on_a_goal(ib, coach, url):
    """Both agree, the coach writes the goal, she fixes and measures it, and releases one line."""
    ib.goto(f"{url}/afspraken")
    fill_the_agreements_in(ib)
    agree(ib, "Roos")
    coach.goto(f"{url}/afspraken")
    agree(coach, "Daan")
    coach.get_by_role("link", name="Eerste doel opschrijven").click()
    write_a_goal(coach)
    ib.goto(f"{url}/afspraken")
    ib.get_by_role("button", name="Doel vastleggen").click()
    ib.wait_for_selector("text=Waar sta je nu?")
    measure(ib, "zoals het nu is, of minder")
    ib.get_by_role("button", name=f"Vrijgeven {START['leader_hears']}").click()
    ib.wait_for_selector("text=Je schoolleider kan dit nu zien")
    look(ib)


def sees_one_line(page):
    """The leader reads who it is and the one line, and nothing else of the two."""
    page.goto(f"{HOME}schoolcoaching")
    assert page.locator("main article h2").all_inner_texts() == [IB]
    assert page.locator("main dd").all_inner_texts() == [START["leader_hears"]]
    assert [text for text in SAID_BY_THE_TWO if text in page.content()] == [START["leader_hears"]]
    looks_right(page)


def plan_a_talk(page, url):
    """A week ahead, at her school."""
    page.goto(f"{url}/gesprekken")
    page.get_by_label("Dag", exact=True).fill((today() + timedelta(days=7)).isoformat())
    page.get_by_label("Tijd", exact=True).fill("10:00")
    page.get_by_role("button", name="Plan het gesprek").click()
    page.wait_for_selector("text=Het gesprek is gepland. Daan krijgt er een mail over.")
    look(page)


def note_as_held(page, url, number):
    """The day after, the coach says that it was held."""
    page.goto(f"{url}/gesprekken")
    page.get_by_role("button", name="Ja, doorgegaan").click()
    page.wait_for_selector("text=Genoteerd: dit gesprek is gevoerd.")
    assert f"{number} van de 6 gesprekken gevoerd" in page.locator("main").inner_text()


def tell_how_it_goes(ib, coach):
    """The first page asks both; they read each other once both have answered."""
    for page, other, mine in ((ib, COACH, ANSWERS[IB]), (coach, IB, ANSWERS[COACH])):
        page.goto(HOME)
        page.get_by_role("link", name="Beantwoord twee vragen over hoe het gaat").click()
        page.get_by_text("best wel", exact=True).click()
        page.get_by_label("Wat moet anders?").fill(mine)
        assert page.get_by_text(ANSWERS[other]).count() == 0
        page.get_by_role("button", name="Antwoord opslaan").click()
        page.locator(".notice--good").first.wait_for()
        look(page)
    assert coach.get_by_text(ANSWERS[IB]).count() == 1


def close_and_evaluate(page, url):
    """She closes it, in spring, and tells what it yielded, which nobody reads."""
    page.goto(f"{url}/afsluiting")
    look(page)
    page.get_by_role("radio", name="Afgerond").first.check()
    page.get_by_role("button", name="Traject afsluiten").click()
    page.wait_for_selector("text=afgesloten: afgerond.")
    page.get_by_role("link", name="Vertel wat het opleverde").click()
    for statement in ("Ik doe iets anders", "collega's merken", "Vreemde ogen", "de tijd waard"):
        page.get_by_role("group", name=statement).get_by_text("heel erg", exact=True).click()
    page.get_by_label("Wat neem je mee?").fill(LESSON)
    page.get_by_role("button", name="Evaluatie opslaan").click()
    page.wait_for_selector("text=Alleen jij kunt dit lezen.")
    look(page)


def measure_what_stayed(page, url):
    """Six weeks later."""
    page.goto(f"{url}/afspraken")
    page.wait_for_selector("text=Beklijft het?")
    measure(page, "veel meer dan gehoopt")
    assert page.locator(".ladder__mark").count() == 2
    look(page)


def sees_that_it_is_closed(page, url):
    """The coordinator finds it as closed; and whatever page she opens, she reads no word of the two."""
    page.goto(f"{HOME}trajecten?show=closed")
    page.get_by_role("row", name=IB).get_by_text("afgerond", exact=True).wait_for()
    looks_right(page)
    for part in ("gesprekken", "afspraken", "notities", "tussenstand", "afsluiting"):
        assert page.request.get(f"{url}/{part}").status == 403
    seen, waiting = set(), {HOME}
    while waiting - seen:
        path = (waiting - seen).pop()
        seen.add(path)
        html = page.request.get(path, fail_on_status_code=True).body().decode(errors="replace")
        assert [text for text in SAID_BY_THE_TWO if text in html] == [], path
        waiting |= set(re.findall(rf'href="({HOME}[^"?#]*)', html))
    assert {f"{HOME}trajecten", url.removeprefix(page.url.split(HOME)[0])} <= seen
