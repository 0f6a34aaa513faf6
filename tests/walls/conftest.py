"""Here the CSRF guard is on, as in production; clients carry the token as htmx does."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.identity.services import open_sign_in
from app.pipeline import Application
from tenants.session import Database, open_engine
from tests.conftest import address
from tests.world import Cast

TOKEN = re.compile(
    r'name="csrf_token" value="([^"]+)"|X-CSRFToken&#34;: &#34;([^&]+)&#34;|"X-CSRFToken": "([^"]+)"'
)


def csrf_token(page: str) -> str:
    """The token that a page gives its forms."""
    found = TOKEN.search(page)
    assert found, "the page gives no CSRF token"
    return next(token for token in found.groups() if token)


def without_token(answer: TestResponse) -> str:
    """The body as it is, but for the CSRF token, which no two answers share."""
    body = answer.get_data(as_text=True)
    return body.replace(csrf_token(body), "TOKEN") if TOKEN.search(body) else body


@pytest.fixture
def app(app: Application, monkeypatch: pytest.MonkeyPatch) -> Application:
    """The application with its CSRF guard."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


@pytest.fixture(scope="session")
def sign_ins(worker_database: str, cast: Cast) -> dict[str, str]:
    """A session of each member, committed once for all tests of this worker: who, and the token of the cookie."""
    engine = open_engine(address(worker_database), pool_size=1)
    with Database(engine).global_unit():
        tokens = {who: open_sign_in(member.identity_id, "walls") for who, member in cast.people.items()}
    engine.dispose()
    return tokens


@pytest.fixture(scope="session")
def kept_pages() -> dict[str | None, tuple[str, str]]:
    """Cookie and CSRF token of each member, once they were read from a page."""
    return {}


@pytest.fixture
def browser_of(app, sign_ins, kept_pages) -> Callable[[str | None], tuple[FlaskClient, dict[str, str]]]:
    """A client of a member (or of nobody), with the headers that carry its token."""
    name = app.config["SESSION_COOKIE_NAME"]

    def read_page(who: str | None) -> tuple[str, str]:
        client = app.test_client()
        if who:
            with client.session_transaction() as cookie:
                cookie["_user_id"] = sign_ins[who]
        token = csrf_token(client.get("/account" if who else "/inloggen").text)
        return client.get_cookie(name).value, token

    def open_browser(who: str | None) -> tuple[FlaskClient, dict[str, str]]:
        if who not in kept_pages:
            kept_pages[who] = read_page(who)
        cookie, token = kept_pages[who]
        client = app.test_client()
        client.set_cookie(name, cookie)
        return client, {"X-CSRFToken": token}

    return open_browser
