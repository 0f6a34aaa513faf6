"""In and out by the door, with a keyboard, in a real browser."""

import pytest

from tests.identity.accounts import PASSWORD, with_password
from tests.journeys.conftest import PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll

NEW = "een heel andere zin"


@pytest.fixture(scope="module")
def leader(live):
    """The leader has a password here; nobody else uses her in these journeys."""
    with_password(live.app, live.cast["leader"])
    return live.cast["leader"]


def test_a_wrong_password_is_said_first_and_the_right_one_comes_in(page_as, leader):
    page = page_as(None, PHONE)
    page.goto("/waterland/scholen")
    page.locator("#field-email").fill(leader.email)
    page.locator("#field-password").fill("not this one")
    page.keyboard.press("Enter")
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    no_axe_findings(page)
    no_sideways_scroll(page, PHONE, SMALL_PHONE)
    page.locator("#field-password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/waterland/scholen")


def test_what_is_typed_can_be_shown(page_as):
    page = page_as(None)
    page.goto("/inloggen")
    page.locator("#field-password").fill("abc")
    page.locator("[data-reveals=field-password]").click()
    assert page.locator("#field-password").get_attribute("type") == "text"


def test_changing_the_password_signs_out_the_other_device(live, visit_as, leader):
    here, elsewhere = visit_as(leader).page, visit_as(leader).page
    elsewhere.goto("/account")
    here.goto("/account")
    for field, text in (("old", PASSWORD), ("password", NEW), ("again", NEW)):
        here.locator(f"#field-{field}").fill(text)
    here.keyboard.press("Enter")
    here.wait_for_selector(".notice--good")
    no_axe_findings(here)
    elsewhere.goto("/account")
    assert "/inloggen" in elsewhere.url
    with_password(live.app, leader)


def test_signing_out_leaves_nothing_behind_the_back_button(visit_as, leader):
    page = visit_as(leader).page
    page.goto("/account")
    page.locator("form[action='/uitloggen'] button").first.click()
    page.wait_for_url("**/inloggen")
    page.go_back()
    page.reload()
    assert "/inloggen" in page.url
