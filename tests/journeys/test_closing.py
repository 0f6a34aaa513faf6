"""Two people at the end of their coaching: notes, how it goes, the closure, what came of it, and another coach."""

from datetime import timedelta

import pytest

from app.coaching.models import MatchingRound
from app.coaching.services.trajectories import start_trajectory
from app.kernel.clock import today
from app.kernel.mail import KeptMail
from tests.coaching.trajectories import matched
from tests.conftest import work_through
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll


@pytest.fixture
def url(live):
    """Fatima is coached by Joost in a round that runs."""
    with live.app.database.unit_of_work(live.cast.network) as unit:
        begin = today() - timedelta(days=40)
        made = MatchingRound(name="Afsluiten", starts_on=begin, ends_on=begin + timedelta(days=300))
        unit.add(made)
        unit.flush()
        match = matched(made, live.cast["ib"].person_id, live.cast["coach"].person_id)
        return f"/waterland/trajecten/{start_trajectory(match).id}"


def test_from_a_note_to_another_coach(live, visit_as, url):
    fatima, joost = visit_as(live.cast["ib"], PHONE), visit_as(live.cast["coach"])
    write_notes(fatima.page, joost.page, url)
    tell_how_it_goes(fatima.page, joost.page, url)
    close(live, joost.page, url)
    evaluate(fatima.page, joost.page, url)
    ask_another(live, fatima.page, url)
    overlook(visit_as(live.cast["coordinator"]).page)
    # The browser tells that the form about the pupil came back.
    assert [fault for fault in fatima.faults if "422" not in fault] == []
    assert joost.faults == []


def looks_right(page):
    no_axe_findings(page)
    no_sideways_scroll(page, SMALL_PHONE, PHONE, DESK)


def write_notes(fatima, joost, url):
    """One for herself, one for the two; and one that looks as if it were about a pupil."""
    fatima.goto(f"{url}/notities")
    fatima.wait_for_selector("text=Nog geen notities")
    save_note(fatima, "Rustiger beginnen", "Alleen voor jou")
    save_note(fatima, "Waar wil ik staan in het team?", "Voor jullie allebei")
    looks_right(fatima)
    save_note(fatima, "Het gesprek van 3-9-2016", "Alleen voor jou")
    fatima.get_by_role("alert").wait_for()
    looks_right(fatima)
    fatima.get_by_label("Dit gaat niet over een leerling").check()
    fatima.get_by_role("button", name="Notitie opslaan").click()
    fatima.wait_for_selector("article:has-text('Het gesprek van 3-9-2016')")
    fatima.locator("article:has-text('3-9-2016')").get_by_role("button", name="Weggooien").click()
    fatima.get_by_role("button", name="Ongedaan maken").wait_for()
    joost.goto(f"{url}/notities")
    assert joost.get_by_text("Waar wil ik staan in het team?").count() == 1
    assert joost.locator("article").count() == 1
    assert joost.locator("article").get_by_role("link", name="Wijzigen").count() == 0


def save_note(page, words, kind):
    page.get_by_label("Je notitie").fill(words)
    page.get_by_label(kind).check()
    page.get_by_role("button", name="Notitie opslaan").click()


def tell_how_it_goes(fatima, joost, url):
    """Who is first waits; once both have answered they read each other's."""
    fatima.goto(f"{url}/tussenstand")
    looks_right(fatima)
    fatima.get_by_text("best wel", exact=True).click()
    fatima.get_by_label("Wat moet anders?").fill("Iets minder haast")
    fatima.get_by_role("button", name="Antwoord opslaan").click()
    fatima.wait_for_selector("text=Zodra Joost van Leeuwen ook heeft geantwoord")
    looks_right(fatima)
    joost.goto(url)
    joost.get_by_role("link", name="Antwoorden").click()
    assert joost.get_by_text("Iets minder haast").count() == 0
    joost.get_by_text("heel erg", exact=True).click()
    joost.get_by_role("button", name="Antwoord opslaan").click()
    joost.wait_for_selector("text=Iets minder haast")
    looks_right(joost)


def close(live, joost, url):
    """The consequences are on the page; the other gets a mail."""
    joost.goto(f"{url}/afsluiting")
    looks_right(joost)
    joost.get_by_label("Eerder dan gepland afgerond").check()
    joost.get_by_role("button", name="Traject afsluiten").click()
    joost.wait_for_selector("text=eerder dan gepland afgerond")
    looks_right(joost)
    work_through(live.app)
    with live.app.database.global_unit() as unit:
        told = {"recipient": live.cast["ib"].email, "subject": "Jullie traject is afgesloten"}
        assert unit.query(KeptMail).filter_by(**told).count() == 1


def evaluate(fatima, joost, url):
    """Nobody else reads it until she says so."""
    fatima.goto(f"{url}/afsluiting")
    looks_right(fatima)
    fatima.get_by_role("link", name="Vertel wat het opleverde").click()
    for statement in ("Ik doe iets anders", "collega's merken", "Vreemde ogen", "de tijd waard"):
        group = fatima.get_by_role("group", name=statement)
        group.get_by_text("best wel", exact=True).click()
    fatima.get_by_label("Wat neem je mee?").fill("Eerst vragen, dan doen")
    looks_right(fatima)
    fatima.get_by_role("button", name="Evaluatie opslaan").click()
    fatima.wait_for_selector("text=Alleen jij kunt dit lezen.")
    joost.goto(f"{url}/afsluiting")
    assert joost.get_by_text("Eerst vragen, dan doen").count() == 0
    fatima.get_by_role("button", name="Laat het Joost lezen").click()
    fatima.wait_for_selector("text=Joost van Leeuwen kan dit lezen.")
    looks_right(fatima)
    joost.reload()
    assert joost.get_by_text("Eerst vragen, dan doen").count() == 1
    looks_right(joost)


def ask_another(live, fatima, url):
    """One press, no reason, and the coordinator knows."""
    fatima.get_by_role("button", name="Vraag een andere coach").click()
    fatima.get_by_role("button", name="Toch niet nodig").wait_for()
    looks_right(fatima)
    work_through(live.app)
    with live.app.database.global_unit() as unit:
        told = {"recipient": live.cast["coordinator"].email, "subject": "Iemand vraagt om een andere coach"}
        assert unit.query(KeptMail).filter_by(**told).count() == 1


def overlook(page):
    """How it stands, and not a word of the two."""
    page.goto("/waterland/trajecten?q=fatima")
    page.get_by_role("row", name="Fatima el Amrani").get_by_text("eerder dan gepland afgerond").wait_for()
    looks_right(page)
    page.get_by_role("link", name="Fatima el Amrani").first.click()
    page.wait_for_selector("h1:has-text('Fatima el Amrani – Joost van Leeuwen')")
    page.goto("/waterland/trajecten/opbrengst")
    page.wait_for_selector("text=te weinig")
    looks_right(page)
    assert "Eerst vragen" not in page.content()
