"""An IB'er plans a talk on her phone, her coach moves it, and afterwards both know that it was held."""

from datetime import timedelta

import pytest

from app.agenda.models import Appointment, Attendance
from app.agenda.services.appointments import move_appointment
from app.kernel.clock import now, today
from app.kernel.permissions import Role
from tests.coaching.talks import trajectory_of_cast
from tests.conftest import work_through
from tests.journeys.conftest import PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.world import add_member, add_role


@pytest.fixture
def people(live):
    """An IB'er and her coach, who have just begun."""
    network = live.cast.network
    with live.app.database.unit_of_work(network, with_identities=True):
        made = {
            "ib": add_member(network, "noa", "Noa", "Brouwer"),
            "coach": add_member(network, "eva", "Eva", "Kok"),
        }
        add_role(made["ib"].person_id, Role.IB, live.cast.schools["wilgen"])
        add_role(made["coach"].person_id, Role.COACH, None)
    return made


@pytest.fixture
def talks_url(live, people):
    with live.app.database.unit_of_work(live.cast.network):
        return f"/waterland/trajecten/{trajectory_of_cast(people).id}/gesprekken"


def test_a_talk_from_plan_to_held(live, visit_as, people, talks_url):
    day = today() + timedelta(days=10)
    ib = visit_as(people["ib"], PHONE).page
    ib.goto(talks_url)
    plan_on_a_phone(ib, day)
    coach = visit_as(people["coach"]).page
    find_it_in_the_agenda(coach)
    move_it(coach, day + timedelta(days=1))
    assert "coaching.tell_talk_moved" in work_through(live.app)
    time_passes(live, people)
    say_that_it_was_held(ib, talks_url)
    coach.goto(talks_url)
    assert "1 van de 6 gesprekken gevoerd" in coach.locator("main").inner_text()


def plan_on_a_phone(page, day):
    """First without a day, then rightly."""
    page.get_by_role("button", name="Plan het gesprek").click()
    page.wait_for_selector(".error-summary")
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_label("Dag", exact=True).fill(day.isoformat())
    page.get_by_label("Tijd", exact=True).fill("10:00")
    page.get_by_label("Online").check()
    page.get_by_label("Welke plek of link").fill("https://praten.example/noa-en-eva")
    page.get_by_role("button", name="Plan het gesprek").click()
    page.wait_for_selector("text=Het gesprek is gepland. Eva krijgt er een mail over.")
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)


def find_it_in_the_agenda(page):
    """The coach finds it in her own agenda, makes a link for her calendar, and goes on to the talk."""
    page.goto("/waterland/")
    page.get_by_role("link", name="Mijn agenda").click()
    page.wait_for_selector("text=Online: https://praten.example/noa-en-eva")
    page.get_by_role("button", name="Maak een link").click()
    page.wait_for_selector("text=Je link is klaar")
    assert page.get_by_label("Link voor je agenda").input_value().endswith(".ics")
    no_axe_findings(page)
    page.get_by_role("link", name="Coachgesprek met Noa Brouwer").click()


def move_it(page, day):
    """To the next day."""
    page.get_by_role("link", name="Verplaatsen").click()
    page.get_by_label("Dag", exact=True).fill(day.isoformat())
    page.get_by_role("button", name="Verplaats het gesprek").click()
    page.wait_for_selector("text=Het gesprek is verplaatst. Noa krijgt er een mail over.")


def time_passes(live, people):
    """The talk comes to lie in the past."""
    with live.app.database.unit_of_work(live.cast.network) as unit:
        mine = unit.query(Attendance).filter_by(person_id=people["ib"].person_id).one()
        appointment = unit.query(Appointment).filter_by(id=mine.appointment_id).one()
        begin = now() - timedelta(days=1)
        move_appointment(appointment.id, begin, begin + timedelta(minutes=75), appointment.place)


def say_that_it_was_held(page, talks_url):
    """It was not, no: it was."""
    page.goto(talks_url)
    page.get_by_role("button", name="Nee, niet doorgegaan").click()
    page.locator("#messages").get_by_role("button", name="Ongedaan maken").click()
    page.get_by_role("button", name="Ja, doorgegaan").click()
    page.wait_for_selector("text=Genoteerd: dit gesprek is gevoerd.")
    no_axe_findings(page)
