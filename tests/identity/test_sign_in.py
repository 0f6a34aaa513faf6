"""Sign in and out, and what a session is worth afterwards."""

import pytest
import time_machine

from app.identity.models import SignInSession
from app.identity.queries import SessionLimits
from app.kernel.clock import now
from tests.conftest import application, settings_for
from tests.identity.accounts import SESSION, holding, is_inside, plain, sign_in, with_password


def test_the_sign_in_page_shows(app):
    assert app.test_client().get("/inloggen").status_code == 200


def test_today_needs_a_sign_in_and_comes_back(app):
    answer = app.test_client().get("/waterland/")
    assert answer.status_code == 302
    assert answer.location == "/inloggen?next=/waterland/"


def test_today_of_a_member(as_, cast):
    page = as_(cast["ib"]).get("/waterland/")
    assert page.status_code == 200
    assert "Fatima el Amrani" in page.text


def test_another_network_does_not_exist(as_, cast):
    assert as_(cast["ib"]).get("/heuvelrug/").status_code == 404
    assert as_(cast["stranger"]).get("/waterland/").status_code == 404


def test_the_right_password_opens_the_page_that_was_asked_for(app, cast):
    with_password(app, cast["ib"])
    client = app.test_client()
    answer = sign_in(client, " IB@Waterland.Example ", next="/waterland/koppelrondes")
    assert answer.status_code == 302
    assert answer.location == "/waterland/koppelrondes"
    assert is_inside(client)


def test_a_wrong_password_and_an_unknown_address_are_one_answer(app, cast):
    with_password(app, cast["ib"])
    wrong = sign_in(app.test_client(), cast["ib"].email, "not this one")
    unknown = sign_in(app.test_client(), "xx@waterland.example", "not this one")
    assert wrong.status_code == unknown.status_code == 422
    assert plain(wrong).replace(cast["ib"].email, "") == plain(unknown).replace("xx@waterland.example", "")


def test_somebody_without_a_password_cannot_sign_in_with_any(app, cast):
    for guess in ("!", "", "not this one"):
        assert sign_in(app.test_client(), cast["ib"].email, guess).status_code == 422


def test_a_form_without_a_password_comes_back_with_the_address(app):
    page = sign_in(app.test_client(), "iemand@waterland.example", "")
    assert page.status_code == 422
    assert 'href="#field-password"' in page.text
    assert "iemand@waterland.example" in page.text


def test_signing_in_makes_a_new_session_and_ends_the_one_before(app, cast, signed_in_browser):
    before = signed_in_browser.get_cookie(SESSION).value
    signed_in_browser.get("/account")
    sign_in(signed_in_browser, cast["ib"].email)
    assert signed_in_browser.get_cookie(SESSION).value != before
    assert is_inside(signed_in_browser)
    assert not is_inside(holding(app, before))


def test_what_a_stranger_planted_in_the_cookie_is_gone_after_signing_in(app, cast):
    with_password(app, cast["ib"])
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["planted"], cookie["language"], cookie["csrf_token"] = "x", "en", "planted"
    sign_in(client, cast["ib"].email)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie.get("csrf_token") != "planted"
        assert cookie["language"] == "en"


def test_after_signing_out_the_old_cookie_opens_nothing(app, signed_in_browser):
    before = signed_in_browser.get_cookie(SESSION).value
    assert signed_in_browser.post("/uitloggen").location == "/inloggen"
    assert not is_inside(signed_in_browser)
    assert not is_inside(holding(app, before))


def test_a_cookie_that_stays_alive_would_be_found(app, signed_in_browser, monkeypatch):
    before = signed_in_browser.get_cookie(SESSION).value
    monkeypatch.setattr("app.identity.services.end_sign_in", lambda *_: None)
    signed_in_browser.post("/uitloggen")
    assert is_inside(holding(app, before))


def test_signing_out_twice_is_no_fault(signed_in_browser):
    signed_in_browser.post("/uitloggen")
    assert signed_in_browser.post("/uitloggen").status_code == 302


def test_a_session_ends_after_an_hour_without_use(app, cast):
    with_password(app, cast["ib"])
    client = app.test_client()
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False) as clock:
        sign_in(client, cast["ib"].email)
        clock.shift(59 * 60)
        assert is_inside(client)
        clock.shift(59 * 60)
        assert is_inside(client)
        clock.shift(61 * 60)
        assert not is_inside(client)


def test_a_session_ends_after_twelve_hours_of_use(app, cast):
    with_password(app, cast["ib"])
    client = app.test_client()
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False) as clock:
        sign_in(client, cast["ib"].email)
        for _ in range(23):
            clock.shift(30 * 60)
            assert is_inside(client)
        clock.shift(31 * 60)
        assert not is_inside(client)


def test_the_limits_are_settings(database):
    shorter = settings_for("nowhere", session_idle_minutes=5, session_absolute_hours=1)
    assert SessionLimits.of(shorter).idle.seconds == 300
    assert application("nowhere", session_absolute_hours=1).config["SESSION_LIMITS"].absolute.seconds == 3600


def test_use_is_noted_once_a_minute(app, cast, signed_in_browser):
    def seen():
        with app.database.global_unit() as unit:
            return unit.query(SignInSession).order_by(SignInSession.id.desc()).first().seen_at

    first = seen()
    with time_machine.travel(now(), tick=False) as clock:
        clock.shift(30)
        is_inside(signed_in_browser)
        assert seen() == first
        clock.shift(60)
        is_inside(signed_in_browser)
        assert seen() == now()


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "\x00", "' OR 1=1 --"])
def test_a_made_up_token_opens_nothing(app, token):
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert not is_inside(client)


def test_a_cookie_signed_with_another_key_opens_nothing(app, as_, cast):
    client = as_(cast["ib"])
    genuine = client.get_cookie(SESSION).value
    other = application("nowhere", secret_key="another secret of at least 32 characters")
    values = app.session_interface.get_signing_serializer(app).loads(genuine)
    forged = other.session_interface.get_signing_serializer(other).dumps(values)
    assert not is_inside(holding(app, forged))
    assert is_inside(holding(app, genuine))


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app, cast):
    with_password(app, cast["ib"])
    cookie = sign_in(app.test_client(), cast["ib"].email).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Domain" not in cookie


def test_over_https_the_cookie_never_leaves_it():
    app = application("nowhere", base_url="https://vreemdeogen.example")
    page = app.test_client().get("/inloggen", base_url="https://vreemdeogen.example")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-vreemdeogen=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
