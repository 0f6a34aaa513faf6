"""Wall 10: `next` leads to a page of ours, or to the start."""

from urllib.parse import urlsplit

import pytest

from tests.identity.accounts import PASSWORD, with_password

PAYLOADS = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\/\\/evil.example",
    "/%5cevil.example",
    "/%2f/evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "%0d%0aLocation:%20https://evil.example",
    "https:evil.example",
    "https:///evil.example",
    "http:/\\evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "evil.example",
    ".evil.example",
    "@evil.example",
    "/taal/en/../../..//evil.example",
    "https://localhost:8000@evil.example",
    "http://localhost:8000.evil.example/",
    " https://evil.example",
    "/inloggen\u2028https://evil.example",
    "/./\\evil.example",
    "?next=//evil.example",
]


def is_home(location):
    """Whether a redirect stays with us."""
    parts = urlsplit(location)
    return not parts.scheme and not parts.netloc and parts.path == "/"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_choosing_a_language_never_leaves_the_site(app, payload):
    answer = app.test_client().get("/taal/en", query_string={"next": payload})
    assert answer.status_code == 302
    assert is_home(answer.location)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_signing_in_never_leaves_the_site(app, cast, browser_of, payload):
    with_password(app, cast["ib"])
    client, token = browser_of(None)
    form = {"email": cast["ib"].email, "password": PASSWORD, "next": payload}
    answer = client.post("/inloggen", data=form, headers=token)
    assert answer.status_code == 302
    assert is_home(answer.location)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_who_is_signed_in_already_never_leaves_the_site(browser_of, payload):
    client, _ = browser_of("ib")
    assert is_home(client.get("/inloggen", query_string={"next": payload}).location)


@pytest.mark.parametrize("page", ["/waterland/", "/account", "/waterland/koppelrondes?q=a"])
def test_a_page_of_ours_is_followed(app, page):
    assert app.test_client().get("/taal/en", query_string={"next": page}).location == page


def test_the_payloads_would_be_found(app, monkeypatch):
    monkeypatch.setattr("app.web.views.safe_next", lambda target: target)
    assert not is_home(app.test_client().get("/taal/en", query_string={"next": PAYLOADS[0]}).location)


def test_a_part_of_a_page_comes_back_to_the_page(app):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost:8000/waterland/koppelrondes?q=a"}
    answer = app.test_client().get("/waterland/koppelrondes/3/berekening", headers=headers)
    assert answer.headers["HX-Redirect"] == "/inloggen?next=/waterland/koppelrondes?q%3Da"


def test_a_part_of_a_page_does_not_lead_elsewhere(app):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/waterland/"}
    answer = app.test_client().get("/waterland/koppelrondes/3/berekening", headers=headers)
    assert answer.headers["HX-Redirect"] == "/inloggen?next=/waterland/"
