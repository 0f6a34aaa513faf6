"""A teacher finds a specialist next door, asks two, one can't, the other helps and is thanked; the hours are counted."""

import os

import pytest

from app.expertise.models import CourseState, Reachability, RecordKind, Visibility
from app.kernel.permissions import Role
from tests.conftest import work_through
from tests.expertise.records import a_record
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.world import add_person, add_role

QUESTION = "Hoe begin ik met rustig lezen in groep 4?"


@pytest.fixture
def colleagues(live):
    """What three people of other schools opened to the network, and the teacher's own ambition."""
    with live.app.database.unit_of_work(live.cast.network) as unit:
        cast = live.cast
        for key, level in (("colleague", 4), ("coach", 3)):
            person_id = cast[key].person_id
            a_record(person_id, "arts", level=level, willing=True, visibility=Visibility.NETWORK, own_words="Muziek als begin van de dag")  # fmt: skip
            unit.add(Reachability(person_id=person_id, halfdays=[0, 1, 5], ways=["talk", "visit"], note="Bel gerust na half vier"))  # fmt: skip
        course = {
            "kind": RecordKind.COURSE,
            "course_title": "Muziek in de klas",
            "course_state": CourseState.DONE,
        }
        a_record(cast["colleague"].person_id, "arts", visibility=Visibility.NETWORK, course_provider="De Leerschool", **course)  # fmt: skip
        a_record(cast["teacher"].person_id, "arts", visibility=Visibility.PRIVATE, **course)
        a_record(cast["teacher"].person_id, "arts", kind=RecordKind.AMBITION, visibility=Visibility.PRIVATE)
        own = add_person("Sanne", "Bakker").id
        add_role(own, Role.TEACHER, cast.schools["wilgen"])
        a_record(own, "arts", level=2)


def looks_right(page, name):
    no_axe_findings(page)
    no_sideways_scroll(page, SMALL_PHONE, PHONE, DESK)
    shots = os.environ.get("SHOTS")
    if shots:
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{shots}/{name}-{width}.png", full_page=True)


@pytest.mark.usefixtures("colleagues")
def test_from_finding_a_specialist_to_thanks(live, visit_as):
    bram, joost, marloes = (visit_as(live.cast[key]) for key in ("teacher", "coach", "colleague"))
    question = find_and_ask(bram.page)
    decline(joost.page, question)
    help_out(marloes.page, question)
    thank(bram.page, question)
    work_through(live.app)
    marloes.page.goto(question)
    assert "Het werkte meteen" in marloes.page.content()
    looks_right(marloes.page, "thanked")
    balance(visit_as(live.cast["leader"]).page, visit_as(live.cast["coordinator"]).page)
    assert [fault for one in (bram, joost, marloes) for fault in one.faults if "422" not in fault] == []


def find_and_ask(bram):
    """A misspelt word, what was meant, a profile, and a question to two."""
    bram.goto("/waterland/collegas")
    looks_right(bram, "find-empty")
    bram.get_by_label("Wie weet iets van …?").fill("musiek")
    bram.get_by_label("Wie weet iets van …?").blur()
    bram.get_by_role("link", name="Cultuur en muziek").first.wait_for()
    looks_right(bram, "find-misspelt")
    bram.goto("/waterland/collegas?q=muziek")
    assert bram.get_by_role("rowheader").all_inner_texts()[0] == "Sanne Bakker"
    looks_right(bram, "find")
    bram.get_by_role("link", name="Marloes Dijkstra").click()
    assert bram.get_by_text("Zelfde cursus als jij").is_visible()
    assert bram.get_by_text("Kan wat jij wilt leren").is_visible()
    looks_right(bram, "colleague")
    bram.go_back()
    bram.get_by_label("Vraag het Marloes Dijkstra").check()
    bram.get_by_label("Vraag het Joost van Leeuwen").check()
    bram.get_by_role("button", name="Stel mijn vraag aan wie ik aanvinkte").click()
    looks_right(bram, "ask")
    bram.get_by_role("button", name="Verstuur mijn vraag").click()
    bram.get_by_role("alert").wait_for()
    looks_right(bram, "ask-wrong")
    bram.get_by_label("Je vraag").fill(QUESTION)
    bram.get_by_role("button", name="Verstuur mijn vraag").click()
    bram.wait_for_selector("text=Je vraag is onderweg")
    looks_right(bram, "asked")
    return bram.url


def decline(joost, question):
    """No reason asked, and the question is not read any more."""
    joost.goto("/waterland/raadpleegvragen")
    looks_right(joost, "waiting")
    joost.goto(question)
    assert QUESTION in joost.content()
    looks_right(joost, "answering")
    joost.get_by_role("button", name="Deze keer niet").click()
    joost.wait_for_selector("text=Niemand vraagt waarom")
    joost.goto(question)
    assert QUESTION not in joost.content()


def help_out(marloes, question):
    """The other one takes it."""
    marloes.goto(question)
    marloes.get_by_role("button", name="Ik help").click()
    marloes.wait_for_selector("text=Je helpt je collega")
    looks_right(marloes, "helping")


def thank(bram, question):
    """With the time that it took."""
    bram.goto(question)
    looks_right(bram, "helped")
    bram.get_by_label("Hoeveel minuten").fill("90")
    bram.get_by_label("Je bedankje").fill("Het werkte meteen, dank je!")
    bram.get_by_role("button", name="Afsluiten met een bedankje").click()
    bram.wait_for_selector("text=Je collega leest je bedankje")
    looks_right(bram, "closed")


def balance(leader, coordinator):
    """On the leader's own page, and of all schools for the coordinator."""
    leader.goto("/waterland/raadpleegvragen")
    assert leader.get_by_text("1 u 30 min").is_visible()
    looks_right(leader, "balance")
    coordinator.goto("/waterland/raadpleegvragen/uren")
    assert "De Linde" in coordinator.content()
    looks_right(coordinator, "hours")
