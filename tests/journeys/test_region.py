"""The picture of the region by keyboard and without script."""

import re

import pytest
from playwright.sync_api import expect

from app.expertise.models import Visibility
from app.kernel.permissions import Role
from tests.expertise.records import a_record
from tests.journeys.conftest import PHONE, no_axe_findings, no_sideways_scroll
from tests.world import add_person, add_role

URL = "/waterland/expertisekaart/regio"


@pytest.fixture(scope="module", autouse=True)
def records(live):
    """Somebody new at De Wilgen and at De Linde helps with dyslexia: what other journeys made of the cast stays out of it."""
    with live.app.database.unit_of_work(live.cast.network):
        for school in ("wilgen", "linde"):
            person_id = add_person("Iemand", school).id
            add_role(person_id, Role.TEACHER, live.cast.schools[school])
            a_record(person_id, visibility=Visibility.NETWORK)


@pytest.fixture
def page(live, page_as):
    page = page_as(live.cast["leader"])
    page.goto(URL)
    return page


def test_the_keyboard_goes_along_the_schools_in_the_order_of_the_table_and_sees_where_it_is(page):
    page.get_by_label("Onderwerp").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".region__skip")).to_be_focused()
    expect(page.locator(".region__skip")).to_be_in_viewport()
    names = []
    for _school in range(3):
        page.keyboard.press("Tab")
        focused = page.locator(".dot:focus")
        names.append(focused.locator("title").text_content().split(",")[0])
        assert focused.locator(".dot__mark").evaluate("mark => getComputedStyle(mark).strokeWidth") == "3px"
    assert names == ["OBS De Wilgen", "De Linde", "Het Kompas"]
    target = page.locator(".dot:focus").get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"{re.escape(target)}$"))


def test_the_picture_can_be_passed_over(page):
    page.locator(".region__skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".region thead a").first).to_be_focused()


def test_choosing_swaps_picture_and_table_and_is_said(page):
    page.get_by_label("Onderwerp").focus()
    page.get_by_label("Onderwerp").select_option(label="Dyscalculie")
    expect(page.locator("#region-title")).to_have_text("Dyscalculie")
    expect(page.locator("#announcer")).to_contain_text(re.compile(r"Op 0 van de \d+ scholen"))
    expect(page).to_have_url(re.compile(r"keuze=onderwerp-\d+"))
    expect(page.get_by_label("Onderwerp")).to_be_focused()
    no_axe_findings(page)


def test_it_works_without_script(live, browser):
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    name = live.app.config["SESSION_COOKIE_NAME"]
    context.add_cookies([{"name": name, "value": live.cookie_for(live.cast["leader"]), "url": live.url}])
    page = context.new_page()
    page.goto(URL)
    page.get_by_label("Onderwerp").select_option(label="Dyslexie")
    page.get_by_role("button", name="Tonen").click()
    expect(page.locator("#region-title")).to_have_text("Dyslexie")
    for school in ("OBS De Wilgen", "De Linde"):
        somebody = page.locator("a.dot:not(.dot--0)").filter(has=page.locator("title", has_text=school))
        expect(somebody).to_have_count(1)
    context.close()


def test_on_a_phone_the_table_comes_below(page):
    no_sideways_scroll(page, PHONE)
    figure, table = (page.locator(part).bounding_box() for part in (".region__figure", "#region-table"))
    assert table["y"] >= figure["y"] + figure["height"]
