"""A teacher on her phone: her inventory in a few taps, who sees what, a proposal, and a year later one press."""

from datetime import timedelta

import pytest
import time_machine

from app.expertise.models import ExpertiseRecord, RecordProposal
from app.kernel.clock import now
from app.kernel.permissions import Role
from tests.expertise.records import a_proposal
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.world import add_member, add_role

MOST_TAPS = 12
"""For seven things, from her home page until they are saved: far below three minutes."""


@pytest.fixture
def sanne(live):
    """A teacher of De Wilgen who has nothing yet."""
    with live.app.database.unit_of_work(live.cast.network, with_identities=True):
        member = add_member(live.cast.network, "sanne.vos", "Sanne", "Vos")
        add_role(member.person_id, Role.TEACHER, live.cast.schools["wilgen"])
    yield member
    with live.app.database.unit_of_work(live.cast.network) as unit:
        for kind in (ExpertiseRecord, RecordProposal):
            unit.query(kind).filter_by(person_id=member.person_id).delete()


class Thumb:
    """Taps, and counts them."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, locator):
        locator.click()
        self.taps += 1

    def level(self, item, level):
        self.tap(self.page.get_by_role("group", name=item, exact=True).get_by_text(level, exact=True))

    def box(self, item, label):
        self.tap(self.page.get_by_role("group", name=item, exact=True).get_by_label(label))


def looks_right(page):
    no_axe_findings(page)
    no_sideways_scroll(page, SMALL_PHONE, DESK, PHONE)


def test_an_inventory_on_a_phone(live, visit_as, sanne):
    visit = visit_as(sanne, PHONE)
    take_stock(visit.page)
    undo(visit.page)
    look_through_their_eyes(visit.page)
    answer_proposal(live, sanne, visit.page)
    assert visit.faults == []
    with time_machine.travel(now() + timedelta(days=370), tick=True):
        later = visit_as(sanne, PHONE)
        confirm(later.page)
        assert later.faults == []


def take_stock(page):
    """A search as she types, then two domains one after the other."""
    thumb = Thumb(page)
    page.goto("/waterland/expertise")
    page.get_by_text("Over drie minuten weten je collega's").wait_for()
    looks_right(page)
    thumb.tap(page.get_by_role("searchbox"))
    page.keyboard.type("dyslexe")
    page.get_by_role("group", name="Dyslexie", exact=True).wait_for()
    thumb.level("Dyslexie", "helpt collega's")
    thumb.box("Dyslexie", "Belangstelling")
    thumb.page.get_by_role("searchbox").fill("spelb")
    page.get_by_role("group", name="Spelbegeleiding", exact=True).wait_for()
    looks_right(page)
    thumb.tap(page.get_by_role("button", name="Opslaan"))
    page.get_by_text("2 dingen zijn opgeslagen.").wait_for()
    thumb.tap(page.get_by_role("link", name="Taal en lezen"))
    thumb.level("Spelling", "past toe")
    thumb.level("Schrijven", "oriënteert")
    thumb.box("Leesmotivatie", "Ambitie")
    thumb.tap(page.get_by_role("button", name="Opslaan en verder: Rekenen-wiskunde"))
    page.get_by_role("heading", name="Rekenen-wiskunde").wait_for()
    thumb.level("Dyscalculie", "past toe")
    thumb.box("Rekengesprekken", "Ambitie")
    thumb.tap(page.get_by_role("button", name="Opslaan", exact=True))
    page.get_by_text("2 dingen zijn opgeslagen.").wait_for()
    looks_right(page)
    assert thumb.taps <= MOST_TAPS


def undo(page):
    """What was taken away by mistake comes back."""
    page.get_by_role("link", name="Dyscalculie", exact=True).click()
    page.get_by_label("Alleen ik").check()
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("link", name="Dyscalculie", exact=True).click()
    page.get_by_role("button", name="Weghalen").click()
    page.get_by_role("button", name="Ongedaan maken").click()
    page.get_by_text("1 ding staat er weer.").wait_for()
    page.get_by_role("link", name="Dyscalculie", exact=True).wait_for()


def look_through_their_eyes(page):
    """What she keeps to herself stands on no other page."""
    page.get_by_role("link", name="Wie ziet wat").click()
    page.get_by_text("Dit ziet een collega op OBS De Wilgen van jou.").wait_for()
    page.get_by_text("Spelling").wait_for()
    assert page.get_by_text("Dyscalculie").count() == 0
    page.get_by_role("link", name="Het netwerk").click()
    page.get_by_text("Hier is niets van je te zien").wait_for()
    looks_right(page)


def answer_proposal(live, sanne, page):
    """Her leader proposed a course; she takes it over for the network."""
    with live.app.database.unit_of_work(live.cast.network):
        a_proposal(
            sanne.person_id, live.cast.schools["wilgen"], "autism", kind="course", level=None,
            course_title="Geef me de 5", course_state="running", by_id=live.cast["leader"].person_id,
        )  # fmt: skip
    page.get_by_role("link", name="Mijn expertise").first.click()
    page.get_by_text("Voorgesteld door Tim Verhoeven").wait_for()
    looks_right(page)
    page.get_by_label("Wie mag het zien?").select_option("network")
    page.get_by_role("button", name="Overnemen").click()
    page.get_by_text("Het staat nu bij jouw expertise.").wait_for()
    page.get_by_text("Cursus: Geef me de 5 (bezig)").wait_for()


def confirm(page):
    """A year later: one press."""
    page.goto("/waterland/expertise")
    page.get_by_role("link", name="Bekijk en bevestig").click()
    looks_right(page)
    page.get_by_role("button", name="Alles klopt nog").click()
    page.get_by_text("8 dingen bevestigd.").wait_for()
    assert page.get_by_role("link", name="Bekijk en bevestig").count() == 0
