"""A group finds its dates: a series, a poll on two phones, a choice, a move into a holiday, and a session called off."""

from datetime import date, timedelta

import pytest

from app.intervision.models import IntervisionSession
from app.intervision.school_weeks import is_holiday
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.models import School
from tests.conftest import work_through
from tests.intervision.seasons import a_group, a_season, an_answer
from tests.journeys.conftest import PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.walls.places import kept
from tests.world import add_member, add_role


@pytest.fixture
def people(live):
    """Two IB'ers of two schools."""
    network = live.cast.network
    with live.app.database.unit_of_work(network, with_identities=True) as unit:
        board_id = unit.get_one(School, (network.id, live.cast.schools["wilgen"])).board_id
        made = [add_member(network, "lotte", "Lotte", "Smit"), add_member(network, "amir", "Amir", "Yilmaz")]
        for number, member in enumerate(made):
            code = f"0{number}YY00"
            school = School(board_id=board_id, code=code, name=f"School {number}", kinds=["bo"], city="Edam")
            add_role(member.person_id, Role.IB, kept(school))
    return made


@pytest.fixture
def group_id(live, people):
    """Both can on Tuesday afternoon."""
    with live.app.database.unit_of_work(live.cast.network):
        begin = today() - timedelta(days=30)
        season = a_season(
            "Reis", starts_on=begin, ends_on=begin + timedelta(days=240), join_until=begin, sessions=4
        )
        for member in people:
            an_answer(season, member.person_id, (3,))
        return a_group(season, [member.person_id for member in people], "Reisgroep").id


def a_day_in_a_holiday():
    """The first that is still to come."""
    return next(
        day
        for day in (today() + timedelta(days=ahead) for ahead in range(2, 300))
        if is_holiday("noord", day)
    )


def test_dates_from_series_to_calling_off(live, visit_as, people, group_id):
    lotte, amir = visit_as(people[0], PHONE).page, visit_as(people[1], PHONE).page
    plan_a_series(lotte, group_id)
    assert work_through(live.app).count("intervision.tell_dates") == 2
    ask_for_the_last_one(lotte, group_id)
    for page in (lotte, amir):
        answer(page, poll_url(live, group_id))
    assert "intervision.tell_poll_complete" in work_through(live.app)
    choose(lotte, poll_url(live, group_id))
    move_into_a_holiday(lotte, a_day_in_a_holiday())
    take_over(amir, lotte.url)
    call_off(lotte)
    assert work_through(live.app).count("intervision.tell_called_off") == 2


def plan_a_series(page, group_id):
    """The dates that are suggested, without one for the last session."""
    page.goto(f"/waterland/intervisie/groepen/{group_id}/data")
    page.get_by_label("Deze nog geen datum geven").last.check()
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_role("button", name="Plan deze data").click()
    page.wait_for_selector("text=3 bijeenkomsten hebben nu een datum.")


def ask_for_the_last_one(page, group_id):
    """First without any moment, then with those that are suggested."""
    page.goto(f"/waterland/intervisie/groepen/{group_id}/data")
    page.get_by_role("button", name="Peil een datum voor bijeenkomst 4").click()
    kept_day = page.get_by_label("Dag").first.input_value()
    page.get_by_label("Dag").first.fill("")
    page.get_by_role("button", name="Vraag het de groep").click()
    page.wait_for_selector(".error-summary")
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_label("Dag").first.fill(kept_day)
    page.get_by_role("button", name="Vraag het de groep").click()
    page.wait_for_selector("text=De groep is gevraagd.")


def answer(page, url):
    """Yes to the first moment, and no to the others."""
    page.goto(url)
    questions = page.locator("fieldset")
    for number in range(questions.count()):
        questions.nth(number).get_by_text("Ja" if number == 0 else "Nee", exact=True).click()
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_role("button", name="Antwoord opslaan").click()
    page.wait_for_selector("text=Je antwoord is bewaard.")


def choose(page, url):
    """The best one stands chosen."""
    page.goto(url)
    assert page.get_by_role("group", name="Moment").get_by_role("radio").first.is_checked()
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.get_by_role("button", name="Plan de bijeenkomst").click()
    page.wait_for_selector("text=De bijeenkomst heeft een datum.")
    assert page.get_by_role("link", name="Zet in mijn agenda").is_visible()


def move_into_a_holiday(page, day: date):
    """It is warned of, and goes on with a second press."""
    page.get_by_role("link", name="Verplaats de bijeenkomst").click()
    page.get_by_label("Dag", exact=True).fill(day.isoformat())
    page.get_by_label("Tijd", exact=True).fill("19:30")
    page.get_by_role("button", name="Verplaats de bijeenkomst").click()
    page.wait_for_selector("text=vakantie. Kies een andere, of druk nog een keer")
    no_axe_findings(page)
    page.get_by_role("button", name="Toch in de vakantie").click()
    page.wait_for_selector("text=De bijeenkomst is veranderd.")


def take_over(page, url):
    """Whoever does not lead takes it over; who leads already can hand it over."""
    page.goto(url)
    mine = page.get_by_role("button", name="Ik leid deze bijeenkomst")
    if mine.count():
        mine.click()
        page.wait_for_selector("text=Jij leidt deze bijeenkomst.")
    else:
        page.get_by_role("button", name="Draag over").click()
        page.wait_for_selector("text=Lotte leidt deze bijeenkomst.")
    no_axe_findings(page)


def call_off(page):
    """And what comes next is on the page."""
    page.reload()
    page.get_by_role("link", name="Niet door laten gaan").click()
    no_axe_findings(page)
    page.get_by_role("button", name="Laat de bijeenkomst niet doorgaan").click()
    page.wait_for_selector("text=De bijeenkomst gaat niet door.")
    assert page.get_by_role("link", name="Peil een datum").is_visible()
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)


def poll_url(live, group_id):
    """Of the session that has no date."""
    with live.app.database.unit_of_work(live.cast.network) as unit:
        found = unit.query(IntervisionSession).filter_by(group_id=group_id, number=4).one()
        return f"/waterland/intervisie/bijeenkomsten/{found.id}/peiling"
