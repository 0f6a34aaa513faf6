"""A season of intervision, from its plan to the case that is gone: six people in real browsers, four on a phone.

Time-machine moves the clock of the server; the database and the browsers keep their own. The people have a network
to themselves, so that a clock that runs ahead touches nothing of the other journeys.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.intervision.models import CaseContribution, Season
from app.intervision.retention import forget_expired
from app.kernel.clock import today
from tests.intervision.seasons import an_answer
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, no_sideways_scroll
from tests.journeys.season_of_ten import BY_THEMSELVES, CAN_COME, HOME, a_network_of_ten, read_every_page

GROUP = ["Bas", "Hind", "Jur", "Lotte", "Sanne"]
CASE = {
    "Wat gebeurde er?": "In de bespreking werd het stil nadat ik mijn voorstel deed.",
    "Wat is mijn vraag?": "Hoe krijg ik het team weer aan het woord?",
}
INTENTION = "Eerst vragen wat zij zelf zien, dan pas voorstellen"
LESSON = "Stilte is ook een antwoord"
SAID_INSIDE = (*CASE.values(), INTENTION, LESSON)
SOON_MS = 9000
"""A screen asks every three seconds; this machine may be busy."""


@pytest.fixture
def ten(live):
    return a_network_of_ten(live)


@pytest.fixture
def clock(ten):
    """The clock, on a first of September that is still to come."""
    begin = datetime(today().year + 1, 9, 1, 7, tzinfo=UTC)
    with time_machine.travel(begin, tick=True) as moved:
        yield moved


@pytest.fixture
def page_of(visit_as, ten):
    """Open a tab of somebody; gone idle for an hour nobody is signed in, so each part of the season asks anew."""
    visits = []

    def open_tab(first_name):
        visits.append(visit_as(ten[first_name], DESK if first_name in {"Vera", "Ans"} else PHONE))
        return visits[-1].page

    yield open_tab
    # A screen that was just asking when she left, or a form that came back, is no fault.
    assert [one for visit in visits for one in visit.faults if not re.search("422|^no answer", one)] == []


def looks_right(page):
    """Only its width: the journeys of a part and of every page look at the same pages with axe."""
    no_sideways_scroll(page, SMALL_PHONE, DESK)


def test_a_whole_season(live, page_of, ten, clock):
    plan_the_season(page_of("Vera"))
    assert ten.worked() == {}
    say_who_joins(live, page_of, ten)
    form_the_groups(page_of("Vera"), ten)
    assert ten.worked() == {
        "Je intervisiegroep is bekend": sorted(CAN_COME.keys() - {"Roos"}),
        "Nog geen intervisiegroep voor je": ["Roos"],
    }
    plan_three_dates(page_of("Sanne"))
    assert ten.worked() == {"De data van je intervisie zijn bekend": GROUP}
    poll_for_the_fourth(page_of, ten)
    first, second, third, _fourth = ten.sessions()
    book_and_move_up(page_of, ten, first)
    prepare_a_case(page_of("Hind"), first)
    call_off(page_of("Sanne"), third)
    assert ten.worked() == {"Je intervisie gaat niet door": GROUP}

    clock.move_to(ten.begin_of(first) - timedelta(hours=22))
    assert ten.hour_passes() == {"Morgen heb je intervisie": sorted([*GROUP, "Amir"])}
    clock.move_to(ten.begin_of(first) + timedelta(minutes=1))
    lead_on_two_phones(page_of("Sanne"), page_of("Hind"), first)
    read_the_case(page_of("Amir"), first)
    note_who_was_there(page_of("Sanne"), first)
    clock.shift(timedelta(hours=3))
    take_something_home(page_of("Sanne"), page_of("Hind"), first)

    clock.shift(timedelta(days=1))
    were_there = sorted({*GROUP, "Amir"} - {"Bas"})
    assert ten.hour_passes() == {"Een halve minuut over je intervisie": were_there}
    for first_name in were_there:
        give_the_pulse(page_of(first_name), first)
    clock.shift(timedelta(days=8))
    sees_the_pulse(page_of("Hind"), first)
    sees_numbers_alone(page_of("Vera"), first)
    sees_nothing(page_of("Ans"), first)

    clock.shift(timedelta(days=22))
    the_case_is_gone(live, ten, page_of, first)
    clock.move_to(ten.begin_of(second) - timedelta(days=2))
    assert ten.hour_passes() == {"Twee minuten om terug te kijken": ["Hind"]}
    look_back(page_of("Hind"))


def plan_the_season(page):
    """The first of the network, as the form suggests but for its sizes."""
    page.goto(HOME + "intervisie/seizoenen")
    page.get_by_role("link", name="Eerste seizoen plannen").click()
    wanted = {
        "Kleinste groep": 3,
        "Liefst": 4,
        "Grootste groep": 5,
        "Aantal bijeenkomsten": 4,
        "Plekken voor gasten": 1,
    }
    page.locator("summary", has_text="Gasten").click()
    for label, number in wanted.items():
        page.get_by_label(label).fill(str(number))
    page.get_by_role("button", name="Seizoen plannen").click()
    page.wait_for_selector("text=Het seizoen is gepland.")


def say_who_joins(live, page_of, ten):
    """The coordinator asks by mail, four answer on a phone, and the others told her."""
    vera = page_of("Vera")
    vera.goto(HOME + "intervisie/seizoenen")
    vera.get_by_role("link", name="Intervisie").last.click()
    vera.get_by_role("link", name="Aanmeldingen", exact=True).click()
    vera.get_by_role("button", name="9 per mail").click()
    assert ten.worked() == {"Doe je mee met intervisie?": sorted(CAN_COME)}
    days = {3: ("dinsdag", "middag"), 6: ("donderdag", "ochtend"), 8: ("vrijdag", "ochtend")}
    for first_name in BY_THEMSELVES:
        page = page_of(first_name)
        page.goto(HOME)
        page.get_by_role("link", name="intervisie").first.click()
        day, part = days[CAN_COME[first_name][0]]
        page.get_by_role("group", name=day).get_by_label(part).check()
        page.get_by_role("button", name="Ik doe mee").click()
        page.wait_for_selector("text=Je doet mee")
    with live.app.database.unit_of_work(ten["Vera"].network) as unit:
        season = unit.query(Season).one()
        for first_name in CAN_COME.keys() - set(BY_THEMSELVES):
            an_answer(season, ten[first_name].person_id, CAN_COME[first_name])


def form_the_groups(page, ten):
    """By the job; then one person is moved, after seeing what that does, and the groups are made known."""
    page.goto(HOME + "intervisie/seizoenen")
    page.get_by_role("link", name="Intervisie").last.click()
    page.get_by_role("link", name="Groepen", exact=True).click()
    page.get_by_role("button", name="Groepen vormen").click()
    assert ten.worked() == {}
    page.get_by_role("heading", name="Groepen (2)").wait_for()
    assert (
        "Roos Bakker"
        in page.locator("section", has=page.get_by_role("heading", name="Zonder groep")).inner_text()
    )
    looks_right(page)
    page.locator(".group", has_text="Amir Yilmaz").get_by_role("link", name="Verplaats… Jur de Wit").click()
    effect = page.locator("tbody tr", has_text="Sanne Vos")
    assert "Jur" not in effect.inner_text()
    effect.get_by_role("button", name="Verplaats hierheen").click()
    page.locator(".group", has_text="Sanne Vos").locator(".group__person", has_text="Jur de Wit").wait_for()
    page.get_by_role("link", name="Bekendmaken…").click()
    page.get_by_role("button", name="bekendmaken").click()
    page.wait_for_selector("text=De groepen zijn bekend.")


def plan_three_dates(page):
    """On the half-day on which all can, as suggested; the fourth is left for a poll."""
    page.goto(HOME + "intervisie")
    page.get_by_role("link", name="Plan de data").click()
    assert "dinsdagmiddag" in page.locator("main").inner_text()
    page.get_by_label("Deze nog geen datum geven").last.check()
    page.get_by_role("button", name="Plan deze data").click()
    page.wait_for_selector("text=3 bijeenkomsten hebben nu een datum.")


def poll_for_the_fourth(page_of, ten):
    """Hind says no to the second moment. It isn't the one that is suggested; and when it is chosen, she has no seat."""
    page = page_of("Sanne")
    page.goto(HOME + "intervisie")
    page.get_by_role("link", name="Naar de groep").click()
    page.get_by_role("link", name="Naar de data").click()
    page.get_by_role("button", name="Peil een datum voor bijeenkomst 4").click()
    page.get_by_role("button", name="Vraag het de groep").click()
    page.wait_for_selector("text=De groep is gevraagd.")
    url = page.url
    assert ten.worked() == {"Wanneer kun je voor intervisie?": [one for one in GROUP if one != "Sanne"]}
    for first_name in GROUP:
        answering = page_of(first_name)
        answering.goto(url)
        questions = answering.locator("fieldset")
        for number in range(questions.count()):
            word = "Nee" if first_name == "Hind" and number == 1 else "Ja"
            questions.nth(number).get_by_text(word, exact=True).click()
        answering.get_by_role("button", name="Antwoord opslaan").click()
        answering.wait_for_selector("text=Je antwoord is bewaard.")
    assert ten.worked() == {"Iedereen heeft geantwoord": ["Sanne"]}
    page.goto(url)
    moments = page.get_by_role("group", name="Moment").get_by_role("radio")
    assert moments.first.is_checked()
    looks_right(page)
    page.get_by_role("group", name="Moment").get_by_text("4").last.click()
    page.get_by_role("button", name="Plan de bijeenkomst").click()
    page.wait_for_selector("text=De bijeenkomst heeft een datum.")
    assert ten.worked() == {
        "Een datum voor je intervisie": [one for one in GROUP if one != "Hind"],
        "Intervisie: deze keer zonder jou": ["Hind"],
    }


def book_and_move_up(page_of, ten, url):
    """Roos, who has no group, takes the guests' seat in two taps; Amir waits, and has it when she can't come."""
    roos, amir = page_of("Roos"), page_of("Amir")
    roos.goto(HOME + "intervisie")
    roos.locator(f"li:has(a[href$='{url}'])").get_by_role("link", name="Boeken").click()
    roos.get_by_role("button", name="Boek deze plaats").click()
    roos.wait_for_selector("text=Je plaats is geboekt.")
    looks_right(roos)
    with roos.expect_download() as download:
        roos.get_by_role("link", name="Zet in mijn agenda").click()
    assert "SUMMARY:Intervisie\n" in download.value.path().read_text()
    assert ten.worked() == {"Je plaats bij intervisie": ["Roos"]}
    amir.goto(HOME + "intervisie")
    amir.locator(f"li:has(a[href$='{url}'])").get_by_role("link", name="Wachtlijst").click()
    amir.get_by_role("button", name="Zet me op de wachtlijst").click()
    amir.wait_for_selector("text=Je bent nummer 1 op de wachtlijst.")
    assert ten.worked() == {}
    roos.get_by_role("button", name="Meld me af").click()
    roos.wait_for_selector("text=Je bent afgemeld.")
    assert ten.worked() == {"Er is een plaats voor je vrij": ["Amir"]}
    amir.goto(HOME)
    amir.get_by_role("link", name="Er is een plaats vrij").click()
    amir.get_by_role("button", name="Neem de plaats").click()
    amir.wait_for_selector("text=Je plaats is geboekt.")
    assert ten.worked() == {"Je plaats bij intervisie": ["Amir"]}


def prepare_a_case(page, url):
    """In her own words, for herself; shared once she agreed that what is told stays inside."""
    page.goto(url)
    page.get_by_role("link", name="Casus").click()
    for label, text in CASE.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Casus opslaan").click()
    page.get_by_role("button", name="Ik ben akkoord").click()
    page.get_by_role("button", name="Deel mijn casus").click()
    page.get_by_text("Gedeeld.").wait_for()
    looks_right(page)


def call_off(page, url):
    """The third session does not take place."""
    page.goto(url)
    page.get_by_role("link", name="Niet door laten gaan").click()
    page.get_by_role("button").last.click()
    page.wait_for_selector("text=De bijeenkomst gaat niet door.")


def lead_on_two_phones(sanne, hind, url):
    """Through all steps, in turns; the time stands still for both, and a reload changes nothing."""
    sanne.goto(url)
    assert "Jij leidt deze bijeenkomst" in sanne.locator("main").inner_text()
    sanne.get_by_role("link", name="Naar het scherm").click()
    sanne.get_by_role("button", name="Ik ben akkoord").click()
    sanne.wait_for_selector("text=Is iedereen er?")
    hind.goto(f"{url}/werkvorm")
    sanne.get_by_label("Werkvorm (minuten)").select_option("incident")
    sanne.get_by_role("button", name="Beginnen").click()
    for number in range(1, 8):
        for page in (sanne, hind):
            page.wait_for_selector(f"text=Stap {number} van 7", timeout=SOON_MS)
        if number == 2:
            pause_and_reload(sanne, hind)
        presses = sanne if number % 2 else hind
        presses.get_by_role("button", name="Volgende stap" if number < 7 else "Afronden").click()
    for page in (sanne, hind):
        page.wait_for_selector("text=Dat was het", timeout=SOON_MS)


def pause_and_reload(sanne, hind):
    sanne.get_by_role("button", name="Pauze").click()
    hind.wait_for_selector("text=Gepauzeerd", timeout=SOON_MS)
    stands_at = sanne.locator("#run-digits").inner_text()
    hind.reload()
    assert hind.get_by_text("Stap 2 van 7").is_visible()
    assert hind.locator("#run-digits").inner_text() == stands_at
    hind.get_by_role("button", name="Verder").click()
    sanne.wait_for_selector("text=Gepauzeerd", state="detached", timeout=SOON_MS)


def read_the_case(page, url):
    """A guest reads it only after he agreed too."""
    page.goto(f"{url}/casus")
    assert [text for text in CASE.values() if text in page.content()] == []
    page.get_by_role("button", name="Ik ben akkoord").click()
    page.get_by_role("heading", name="Casus van Hind Bakri").wait_for()
    assert [text for text in CASE.values() if text not in page.content()] == []
    looks_right(page)


def note_who_was_there(page, url):
    """All but Bas."""
    page.goto(f"{url}/aanwezigheid")
    page.get_by_label("Bas Mulder").uncheck()
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_selector("text=Genoteerd wie er was.")
    looks_right(page)


def take_something_home(sanne, hind, url):
    """Hind an intention, which Sanne does not read; Sanne what they learned, which Hind does."""
    hind.goto(f"{url}/oogst")
    hind.get_by_label("Wat ga ik doen?").fill(INTENTION)
    hind.get_by_role("button", name="Voornemen opslaan").click()
    hind.wait_for_selector("text=Je voornemen is opgeslagen")
    sanne.goto(f"{url}/oogst")
    assert INTENTION not in sanne.content()
    sanne.get_by_label("Wat leerden we?").fill(LESSON)
    sanne.get_by_role("button", name="Leerpunt opslaan").click()
    sanne.wait_for_selector("text=Jullie leerpunt is opgeslagen")
    hind.reload()
    assert LESSON in hind.content()
    looks_right(hind)


def give_the_pulse(page, url):
    page.goto(f"{url}/veiligheid")
    for statement in ("lastig vind", "blijft", "serieus"):
        page.get_by_role("group", name=statement).get_by_text("best wel", exact=True).click()
    page.get_by_role("button", name="Antwoorden versturen").click()
    page.wait_for_selector("text=Dank je, je antwoord telt mee.")
    assert page.locator("main table").count() == 0


def sees_the_pulse(page, url):
    """Five answers, and nobody's name."""
    page.goto(f"{url}/veiligheid")
    assert page.locator("main tbody tr").first.locator("td", has_text="5").count() == 1
    looks_right(page)


def sees_numbers_alone(page, url):
    """The coordinator sees who was there, what was called off and the pulse; and no word of what was said, on any page."""
    page.goto(HOME + "intervisie/seizoenen")
    page.get_by_role("link", name="Intervisie 2").click()
    told = page.locator("main").inner_text()
    assert "5 van 6" in told
    assert "afgezegd" in told
    looks_right(page)
    sees_the_pulse(page, url)
    for part in ("casus", "leiden", "werkvorm", "oogst"):
        assert page.request.get(f"{url}/{part}").status == 403, part
    seen = read_every_page(page, SAID_INSIDE)
    assert {f"{HOME}intervisie/seizoenen", url} <= seen


def sees_nothing(page, url):
    """The school leader of who brought the case does not even know of the session."""
    page.goto(HOME)
    assert page.locator("main, nav").get_by_text("intervisie").count() == 0
    for part in ("", "/casus", "/oogst", "/veiligheid", "/aanwezigheid"):
        assert page.request.get(url + part).status in {403, 404}, part
    assert not [path for path in read_every_page(page, SAID_INSIDE) if "intervisie" in path]


def the_case_is_gone(live, ten, page_of, url):
    """A month after the session; its row stays, without a word."""
    with live.app.database.unit_of_work(ten["Vera"].network) as unit:
        forget_expired()
        case = unit.query(CaseContribution).one()
        assert (case.happened, case.question) == (None, None)
    for first_name in ("Hind", "Amir"):
        page = page_of(first_name)
        page.goto(f"{url}/casus")
        assert [text for text in CASE.values() if text in page.content()] == []
    assert page_of("Hind").request.get(f"{url}/oogst").text().count(INTENTION)


def look_back(page):
    """Her page of intervision asks, as the mail did."""
    page.goto(f"{HOME}intervisie")
    page.get_by_role("link", name="Kijk terug").click()
    page.get_by_label("Deels gedaan").check()
    page.get_by_label("Wat leerde je ervan?").fill(LESSON)
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_selector("text=Opgeslagen. Alleen jij leest het.")
    looks_right(page)
