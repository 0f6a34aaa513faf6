"""Change a password, or choose a new one by a link."""

import re

import pytest
import time_machine

from app.identity.models import PasswordReset
from app.identity.services import LINKS_AT_ONCE
from tests.identity.accounts import PASSWORD, SESSION, holding, is_inside, plain, sign_in

NEW = "een heel andere zin"


def change(client, old=PASSWORD, password=NEW, again=NEW):
    return client.post("/account/wachtwoord", data={"old": old, "password": password, "again": again})


@pytest.fixture
def mailed_link(app, cast, work_through_queue, kept_mails):
    """Ask for a link and read it from the last mail; None when there was no new one."""

    def ask(email=cast["ib"].email):
        before = len(kept_mails())
        answer = app.test_client().post("/wachtwoord-vergeten", data={"email": email})
        assert answer.status_code == 200
        work_through_queue()
        mails = kept_mails()
        if len(mails) == before:
            return None
        return re.search(r"http://localhost:8000(/wachtwoord/\S+)", mails[-1].body)[1]

    return ask


def use(app, link, password=NEW, again=NEW):
    return app.test_client().post(link, data={"password": password, "again": again})


def test_a_change_ends_every_session_but_gives_this_browser_a_new_one(app, as_, cast, signed_in_browser):
    elsewhere = as_(cast["ib"])
    before = signed_in_browser.get_cookie(SESSION).value
    assert change(signed_in_browser).location == "/account"
    assert is_inside(signed_in_browser)
    assert not is_inside(elsewhere)
    assert not is_inside(holding(app, before))
    assert sign_in(app.test_client(), cast["ib"].email, PASSWORD).status_code == 422
    assert sign_in(app.test_client(), cast["ib"].email, NEW).status_code == 302


@pytest.mark.parametrize(
    ("old", "password", "again", "field"),
    [
        ("not this one", NEW, NEW, "old"),
        (PASSWORD, "too short", "too short", "password"),
        (PASSWORD, "x" * 201, "x" * 201, "password"),
        (PASSWORD, NEW, NEW + "!", "again"),
        ("", NEW, NEW, "old"),
    ],
)
def test_a_change_that_is_not_right_changes_nothing(
    app, cast, signed_in_browser, old, password, again, field
):
    page = change(signed_in_browser, old, password, again)
    assert page.status_code == 422
    assert f'id="field-{field}-error"' in page.text
    assert is_inside(signed_in_browser)
    assert sign_in(app.test_client(), cast["ib"].email, PASSWORD).status_code == 302


def test_a_password_keeps_its_spaces(app, cast, signed_in_browser):
    spaced = "  twaalf letters  "
    assert change(signed_in_browser, password=spaced, again=spaced).status_code == 302
    assert sign_in(app.test_client(), cast["ib"].email, spaced.strip()).status_code == 422
    assert sign_in(app.test_client(), cast["ib"].email, spaced).status_code == 302


def test_a_link_sets_a_new_password_once_and_ends_every_session(app, cast, mailed_link, signed_in_browser):
    link = mailed_link()
    assert app.test_client().get(link).status_code == 200
    assert use(app, link).location == "/inloggen"
    assert not is_inside(signed_in_browser)
    assert sign_in(app.test_client(), cast["ib"].email, NEW).status_code == 302
    assert use(app, link, "nog een andere zin", "nog een andere zin").status_code == 422
    assert sign_in(app.test_client(), cast["ib"].email, NEW).status_code == 302


def test_looking_at_a_link_does_not_use_it(app, mailed_link):
    link = mailed_link()
    for _ in range(3):
        assert "field-password" in app.test_client().get(link).text
    assert use(app, link).status_code == 302


def test_a_link_survives_a_form_that_is_not_right(app, mailed_link):
    link = mailed_link()
    assert use(app, link, "short", "short").status_code == 422
    assert use(app, link).status_code == 302


def test_a_link_works_for_an_hour(app, mailed_link):
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False) as clock:
        first, second = mailed_link(), mailed_link()
        clock.shift(59 * 60)
        assert use(app, first).status_code == 302
        clock.shift(2 * 60)
        assert "field-password" not in app.test_client().get(second).text
        assert use(app, second).status_code == 422


def test_a_new_password_ends_the_other_links(app, mailed_link, cast, signed_in_browser):
    first, second = mailed_link(), mailed_link()
    assert use(app, first).status_code == 302
    assert use(app, second, PASSWORD, PASSWORD).status_code == 422
    third = mailed_link()
    browser = app.test_client()
    sign_in(browser, cast["ib"].email, NEW)
    assert change(browser, NEW, PASSWORD, PASSWORD).status_code == 302
    assert use(app, third).status_code == 422


def test_an_unknown_address_gets_no_mail_and_the_same_answer(app, cast, work_through_queue, kept_mails):
    pages = [
        app.test_client().post("/wachtwoord-vergeten", data={"email": email})
        for email in (cast["ib"].email, "xx@waterland.example")
    ]
    assert plain(pages[0]) == plain(pages[1])
    assert work_through_queue() == ["identity.send_password_reset"] * 2
    assert [mail.recipient for mail in kept_mails()] == [cast["ib"].email]


def test_a_mailbox_cannot_be_filled(mailed_link):
    links = [mailed_link() for _ in range(LINKS_AT_ONCE + 3)]
    assert sum(link is not None for link in links) == LINKS_AT_ONCE


def test_a_link_is_kept_as_a_digest_only(app, mailed_link):
    token = mailed_link().split("/")[-1]
    with app.database.global_unit() as unit:
        kept = unit.query(PasswordReset).one()
        assert token.encode() not in kept.token_hash
        assert len(kept.token_hash) == 32


def test_the_mail_is_dutch_and_says_what_to_do_if_it_was_not_you(app, mailed_link, kept_mails):
    mailed_link()
    (mail,) = kept_mails()
    assert mail.subject
    assert "http://localhost:8000/wachtwoord/" in mail.body


@pytest.mark.parametrize("token", ["x", "%00", "a" * 3000, "..%2f..", "'"])
def test_a_made_up_link_is_an_old_link(app, token):
    assert app.test_client().get(f"/wachtwoord/{token}").status_code in {200, 404}
    assert use(app, f"/wachtwoord/{token}").status_code in {422, 404}
