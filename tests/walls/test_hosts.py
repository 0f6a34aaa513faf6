"""Wall 4: what a client says of our own address is believed nowhere."""

import pytest

from tests.conftest import application
from tests.world import Cast

FORGED = [
    {"Host": "evil.example"},
    {"Host": "evil.example:8000"},
    {"Host": "localhost.evil.example"},
    {"Host": "evil.example#localhost"},
    {"Host": "localhost@evil.example"},
    {"Host": "evil.example\\localhost"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Host": "localhost, evil.example"},
    {"X-Forwarded-For": "evil.example"},
    {"Forwarded": "host=evil.example;for=evil.example"},
    {"X-Forwarded-Prefix": "//evil.example", "X-Original-URL": "//evil.example/"},
    {"X-Forwarded-Server": "evil.example", "X-Forwarded-Port": "evil.example", "X-Real-IP": "evil.example"},
]
PAGES = ("/", "/inloggen", "/wachtwoord-vergeten", "/waterland/", "/account", "/geen-pagina")


@pytest.fixture(params=[0, 1], ids=["direct", "behind a proxy"])
def asked(app, database, request, monkeypatch):
    """A client of the application, without and with a proxy before it."""
    if request.param:
        proxied = application("nowhere", proxy_hops=1)
        monkeypatch.setattr(proxied, "database", database)
        return proxied.test_client()
    return app.test_client()


@pytest.mark.parametrize("headers", FORGED, ids=str)
@pytest.mark.parametrize("page", PAGES)
def test_a_forged_address_leaves_no_trace(asked, headers, page):
    answer = asked.get(page, headers=headers)
    assert answer.status_code in {200, 302, 308, 400, 404}
    assert "evil.example" not in answer.text
    assert "evil.example" not in str(answer.headers)
    if "Host" in headers:
        assert answer.status_code == 400


def test_without_trusted_hosts_it_would_be_found(app, monkeypatch):
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", None)
    answer = app.test_client().get("/geen-pagina", headers={"Host": "evil.example"})
    assert "evil.example" in answer.location


@pytest.mark.parametrize("headers", [headers for headers in FORGED if "Host" not in headers], ids=str)
def test_a_forged_address_is_in_no_mail(app, cast: Cast, browser_of, work_through_queue, kept_mails, headers):
    client, token = browser_of(None)
    form = {"email": cast["ib"].email}
    assert client.post("/wachtwoord-vergeten", data=form, headers=token | headers).status_code == 200
    assert work_through_queue() == ["identity.send_password_reset"]
    (mail,) = kept_mails()
    assert "http://localhost:8000/wachtwoord/" in mail.body
    assert "evil.example" not in mail.body + mail.subject + mail.recipient
