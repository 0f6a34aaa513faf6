"""A season from its plan to the group: the coordinator at her desk, an IB'er on her phone."""

import pytest
from playwright.sync_api import Page, expect

from app.intervision.models import Season
from app.kernel.permissions import Role
from app.organisation.models import Board, School
from tests.conftest import work_through
from tests.intervision.seasons import an_answer
from tests.journeys.conftest import PHONE, no_axe_findings, no_sideways_scroll
from tests.walls.places import kept
from tests.world import add_person, add_role


@pytest.fixture
def others(live):
    """Seven more IB'ers, each of a school of her own; gives what lets them answer for the season that is there."""
    with live.app.database.unit_of_work(live.cast.network):
        board = kept(Board(number="90909"))
        ids = []
        for number in range(7):
            code = f"19A{number}00"
            school = kept(
                School(board_id=board, code=code, name=f"De Brug {number}", kinds=["bo"], city="Edam")
            )
            person = add_person("Sanne", f"Vos {number}")
            add_role(person.id, Role.IB, school)
            ids.append(person.id)

    def answer() -> None:
        with live.app.database.unit_of_work(live.cast.network) as unit:
            season = unit.query(Season).filter_by(name="Intervisie van de reis").one()
            for person_id in ids:
                an_answer(season, person_id)

    return answer


def _plan(page: Page, base: str) -> None:
    page.goto(f"{base}/seizoenen/nieuw")
    page.get_by_label("Naam").fill("Intervisie van de reis")
    page.get_by_role("button", name="Seizoen plannen").click()
    expect(page.get_by_text("Het seizoen is gepland.")).to_be_visible()


def _answer_on_a_phone(page: Page, base: str) -> None:
    page.goto(base)
    page.get_by_role("link", name="Aanmelden").click()
    page.get_by_label("ochtend").first.check()
    page.get_by_label("Werkdruk en grenzen").check()
    no_sideways_scroll(page, PHONE)
    page.get_by_role("button", name="Ik doe mee").click()
    expect(page.get_by_text("Je doet mee").first).to_be_visible()


def test_from_the_plan_to_the_group(live, page_as, visit_as, others):
    base = f"{live.url}/waterland/intervisie"
    coordinator = page_as(live.cast["coordinator"])
    _plan(coordinator, base)
    phone = visit_as(live.cast["ib"], PHONE).page
    _answer_on_a_phone(phone, base)
    others()

    coordinator.get_by_role("link", name="Groepen", exact=True).click()
    coordinator.get_by_role("button", name="Groepen vormen").click()
    expect(coordinator.get_by_role("button", name="Stop en houd wat er is")).to_be_visible()
    work_through(live.app)
    expect(coordinator.get_by_role("heading", name="Groepen (")).to_be_visible()
    expect(coordinator.get_by_text("Dit is de best mogelijke indeling.")).to_be_visible()
    no_axe_findings(coordinator)

    card = coordinator.locator(".group", has_text="Fatima el Amrani")
    card.get_by_role("button", name="Vastzetten").click()
    expect(
        coordinator.locator(".group", has_text="Fatima el Amrani").get_by_role("button")
    ).to_have_attribute("aria-pressed", "true")
    coordinator.get_by_role("button", name="Opnieuw vormen").click()
    work_through(live.app)
    expect(coordinator.get_by_text("Met de vastgezette groepen zoals ze zijn.")).to_be_visible()
    coordinator.locator(".group", has_text="Fatima el Amrani").get_by_role("button").click()

    coordinator.locator(".group", has_text="Sanne Vos 0").get_by_role(
        "link", name="Verplaats… Sanne Vos 0"
    ).click()
    expect(coordinator.get_by_role("heading", name="Sanne Vos 0 verplaatsen")).to_be_visible()
    no_axe_findings(coordinator)
    coordinator.get_by_role("button", name="Uit de groep halen").click()
    expect(coordinator.get_by_text("Zonder groep").first).to_be_visible()
    coordinator.get_by_role("button", name="Ongedaan maken").click()

    coordinator.get_by_role("link", name="Bekendmaken…").click()
    coordinator.get_by_role("button", name="bekendmaken").click()
    expect(coordinator.get_by_text("De groepen zijn bekend. Iedereen krijgt een mail.")).to_be_visible()

    phone.goto(base)
    expect(phone.get_by_role("heading", name="Groep", exact=False).first).to_be_visible()
