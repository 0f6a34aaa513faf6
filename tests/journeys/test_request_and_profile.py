"""On a phone: half a request in the corridor, the rest later, sent and read back; and a coach who is away for a while."""

from datetime import date, timedelta

import pytest

from app.coaching.models import RequestDraft, RoundArchiving
from app.kernel.clock import today
from app.kernel.permissions import Role
from tests.coaching.rounds import offer, open_small_round
from tests.journeys.conftest import PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.world import add_member, add_role

QUESTION = "Hoe zeg ik vaker nee zonder me schuldig te voelen?"


@pytest.fixture
def ellen(live):
    """An IB'er who has not asked yet, in a round later than any other; afterwards it is put away."""
    network = live.cast.network
    with live.app.database.unit_of_work(network, with_identities=True):
        made = add_member(network, "ellen", "Ellen", "Visser")
        add_role(made.person_id, Role.IB, live.cast.schools["wilgen"])
        planned = open_small_round("De telefoon", starts_on=date(2031, 9, 1))
        planned.requests_until = today() + timedelta(days=20)
        planned.publish_on = today() + timedelta(days=30)
        round_id = planned.id
    yield made
    with live.app.database.unit_of_work(network) as unit:
        unit.add(RoundArchiving(round_id=round_id, by_id=1))


@pytest.fixture
def wim(live):
    """A coach with a profile."""
    network = live.cast.network
    with live.app.database.unit_of_work(network, with_identities=True):
        made = add_member(network, "wim", "Wim", "de Boer")
        add_role(made.person_id, Role.COACH, None)
        offer(made.person_id, capacity=0)
    return made


def test_half_a_request_is_left_found_again_and_sent(live, visit_as, ellen):
    visit = visit_as(ellen, PHONE)
    page = visit.page
    fill_in_half(page)
    assert drafts_of(live, ellen) == 1
    come_back_and_send(page)
    assert drafts_of(live, ellen) == 0
    assert visit.faults == []


def fill_in_half(page):
    """One theme and a question; what she does is kept without a button."""
    page.goto("/waterland/")
    page.get_by_role("link", name="Vraag een coach").click()
    page.get_by_role("group", name="Werkdruk en grenzen").get_by_text("Heel belangrijk").click()
    page.get_by_label("Je vraag, in je eigen woorden").fill(QUESTION)
    page.wait_for_selector("#draft-state:has-text('Bewaard op')")
    assert page.get_by_role("status").filter(has_text="alleen voor jou").count()
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)


def come_back_and_send(page):
    """Today knows of it; the form is as she left it; after sending she reads all of it back."""
    page.goto("/waterland/")
    no_axe_findings(page)
    page.get_by_role("link", name="Ga verder met mijn coachvraag").click()
    assert page.get_by_label("Je vraag, in je eigen woorden").input_value() == QUESTION
    chosen = page.get_by_role("group", name="Werkdruk en grenzen").get_by_label("Heel belangrijk")
    assert chosen.is_checked()
    page.get_by_role("group", name="dinsdag").get_by_label("middag").check()
    page.wait_for_selector("#draft-state:has-text('Bewaard op')")
    page.get_by_role("button", name="Verstuur de coachvraag").click()
    page.wait_for_selector("text=Wat je vroeg")
    told = page.locator("main").inner_text()
    for words in (
        QUESTION,
        "Werkdruk en grenzen",
        "dinsdagmiddag",
        "Wie ziet wat",
        "Veranderen kan tot en met",
    ):
        assert words in told
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)


def drafts_of(live, member):
    """How many drafts she has."""
    with live.app.database.unit_of_work(live.cast.network) as unit:
        return unit.query(RequestDraft).filter_by(person_id=member.person_id).count()


def test_a_coach_is_away_in_one_tap_and_back_in_another(visit_as, wim):
    visit = visit_as(wim, PHONE)
    page = visit.page
    page.goto("/waterland/")
    page.get_by_text("Even niet beschikbaar").click()
    no_axe_findings(page)
    page.get_by_role("button", name="Twee weken").click()
    page.wait_for_selector("text=Niet beschikbaar van")
    page.get_by_role("button", name="Weer beschikbaar").click()
    page.wait_for_selector("text=Welkom terug")
    page.locator("#messages").get_by_role("button", name="Ongedaan maken").click()
    page.wait_for_selector("text=Niet beschikbaar van")
    page.goto("/waterland/coachprofiel/overzicht")
    assert "Wie ziet wat" in page.locator("main").inner_text()
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    assert visit.faults == []
