"""A case that stays inside: prepared on a phone, read by a colleague who agreed; then what the two take home."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from app.agenda.models import Appointment, Attendance
from app.intervision.models import IntervisionSession
from app.intervision.services.follow_up import ask_due_intentions
from app.kernel.clock import now, today
from app.kernel.mail import KeptMail
from tests.conftest import work_through
from tests.intervision.seasons import a_group, a_season, a_session
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll

HAPPENED = "In de leerlingbespreking zei niemand iets nadat ik mijn voorstel deed."


@pytest.fixture
def session_id(live):
    """A session of Fatima and Marloes, far from what other journeys plan."""
    with live.app.database.unit_of_work(live.cast.network):
        people = [live.cast["ib"].person_id, live.cast["colleague"].person_id]
        group = a_group(a_season("Intervisie van de casus"), people)
        return a_session(group, day=today() + timedelta(days=60)).id


def looks_right(page):
    no_axe_findings(page)
    no_sideways_scroll(page, SMALL_PHONE, PHONE, DESK)


def test_from_a_case_to_what_became_of_it(live, visit_as, session_id):
    fatima, marloes = visit_as(live.cast["ib"], PHONE), visit_as(live.cast["colleague"])
    url = f"/waterland/intervisie/bijeenkomsten/{session_id}"
    prepare(fatima.page, url)
    read(marloes.page, url)
    took_place(live, session_id)
    harvest(fatima.page, marloes.page, url)
    give_pulse(fatima.page, url)
    look_back(live, fatima.page)
    assert [fault for fault in fatima.faults if "422" not in fault] == []
    assert marloes.faults == []


def prepare(fatima, url):
    """Four fields, a warning, and sharing once she agreed."""
    fatima.goto(url)
    fatima.get_by_role("link", name="Casus").click()
    looks_right(fatima)
    fatima.get_by_label("Wat gebeurde er?").fill("Gesprek van 12-03-2016")
    fatima.get_by_label("Wat is mijn vraag?").fill("Hoe krijg ik het team aan het woord?")
    fatima.get_by_role("button", name="Casus opslaan").click()
    fatima.get_by_role("alert").wait_for()
    looks_right(fatima)
    fatima.get_by_label("Wat gebeurde er?").fill(HAPPENED)
    fatima.get_by_role("button", name="Casus opslaan").click()
    fatima.wait_for_selector("text=Je casus is opgeslagen.")
    fatima.get_by_role("button", name="Ik ben akkoord").click()
    fatima.get_by_role("button", name="Deel mijn casus").click()
    fatima.get_by_text("Gedeeld.").wait_for()
    looks_right(fatima)


def read(marloes, url):
    """Only after she agreed."""
    marloes.goto(f"{url}/casus")
    assert HAPPENED not in marloes.content()
    looks_right(marloes)
    marloes.get_by_role("button", name="Ik ben akkoord").click()
    marloes.get_by_role("heading", name="Casus van Fatima el Amrani").wait_for()
    assert HAPPENED in marloes.content()
    looks_right(marloes)


def took_place(live, session_id):
    """The session was an hour ago."""
    with live.app.database.unit_of_work(live.cast.network) as unit:
        session = unit.get_one(IntervisionSession, (live.cast.network.id, session_id))
        ends_at = now() - timedelta(hours=1)
        starts_at = ends_at - timedelta(hours=2)
        unit.query(Attendance).filter_by(appointment_id=session.appointment_id).delete()
        appointment = unit.get_one(Appointment, (live.cast.network.id, session.appointment_id))
        appointment.starts_at, appointment.ends_at = starts_at, ends_at


def harvest(fatima, marloes, url):
    """Her own intention with a goal, and what they learned together."""
    fatima.goto(f"{url}/oogst")
    looks_right(fatima)
    fatima.get_by_label("Wat ga ik doen?").fill("Eerst vragen, dan pas voorstellen")
    fatima.get_by_role("button", name="Voornemen opslaan").click()
    fatima.get_by_role("link", name="Maak er een doel van").click()
    assert fatima.get_by_label("De volgende stap").input_value() == "Eerst vragen, dan pas voorstellen"
    for level in ("minus_two", "minus_one", "target", "plus_one", "plus_two"):
        fatima.locator(f"#field-{level}").fill(f"Trede {level}")
    looks_right(fatima)
    fatima.get_by_role("button", name="Doel opslaan").click()
    fatima.get_by_role("heading", name="Je doel").wait_for()
    looks_right(fatima)
    marloes.goto(f"{url}/oogst")
    assert "Eerst vragen" not in marloes.content()
    marloes.get_by_label("Wat leerden we?").fill("Stilte is ook een antwoord")
    marloes.get_by_role("button", name="Leerpunt opslaan").click()
    marloes.wait_for_selector("text=Jullie leerpunt is opgeslagen")
    looks_right(marloes)
    fatima.goto(f"{url}/oogst")
    assert "Stilte is ook een antwoord" in fatima.content()


def give_pulse(fatima, url):
    """Three statements; what came of it is not shown of two people."""
    fatima.goto(f"{url}/veiligheid")
    looks_right(fatima)
    for statement in ("lastig vind", "blijft", "serieus"):
        group = fatima.get_by_role("group", name=statement)
        group.get_by_text("best wel", exact=True).click()
    fatima.get_by_role("button", name="Antwoorden versturen").click()
    fatima.wait_for_selector("text=Dank je, je antwoord telt mee.")
    looks_right(fatima)


def look_back(live, fatima):
    """A mail without a word of it, and the page to which it leads."""
    later = time_machine.travel(now() + timedelta(days=40))
    with later, live.app.database.unit_of_work(live.cast.network):
        ask_due_intentions()
    work_through(live.app)
    with live.app.database.global_unit() as unit:
        told = {"recipient": live.cast["ib"].email, "subject": "Twee minuten om terug te kijken"}
        mail = unit.query(KeptMail).filter_by(**told).all()[-1]
        assert (
            unit.scalar(text("SELECT count(*) FROM kept_mail WHERE body LIKE '%Eerst vragen, dan pas%'")) == 0
        )
    fatima.goto(next(word for word in mail.body.split() if word.startswith("http")))
    fatima.get_by_label("Deels gedaan").check()
    fatima.get_by_label("Wat leerde je ervan?").fill("Wachten kost minder dan ik dacht")
    fatima.get_by_role("button", name="Opslaan").click()
    fatima.wait_for_selector("text=Opgeslagen. Alleen jij leest het.")
    looks_right(fatima)
