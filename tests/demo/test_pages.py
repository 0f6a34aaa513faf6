"""The pages that only the demo has."""

import pytest

from app.demo.plan import SHARED_COACH, address_of, demo_codes
from app.demo.queries import MAILS_ON_PAGE
from app.identity.models import Login
from app.kernel.mail import Attachment, Mail
from app.kernel.permissions import Role
from tests.conftest import application

COORDINATOR = address_of(demo_codes()[0], Role.COORDINATOR)


@pytest.fixture
def visitor(app):
    with app.database.global_unit() as unit:
        unit.add_all(Login(email=email, password_hash="!") for email in (COORDINATOR, SHARED_COACH.email))
    return app.test_client()


def enter(visitor, address):
    return visitor.post("/demo/inloggen", data={"address": address})


def account(visitor):
    """What the page of one's account says; an address may break before the @."""
    return visitor.get("/account").text.replace("<wbr>", "")


@pytest.mark.parametrize("page", ["/inloggen", "/demo/"])
def test_each_role_of_each_network_is_one_press(visitor, page):
    text = visitor.get(page).text
    for code in demo_codes():
        for role in Role:
            assert f'value="{address_of(code, role)}"' in text
    assert SHARED_COACH.name in text


def test_a_press_signs_in_and_another_changes_who_one_is(visitor):
    assert enter(visitor, COORDINATOR).status_code == 302
    assert COORDINATOR in account(visitor)
    assert enter(visitor, SHARED_COACH.email).status_code == 302
    assert SHARED_COACH.email in account(visitor)
    assert COORDINATOR not in account(visitor)


@pytest.mark.parametrize("address", ["", "nobody@voorbeeld.example", "ib@waterland.example"])
def test_nobody_else_comes_in_without_a_password(visitor, cast, address):
    assert enter(visitor, address).status_code == 404
    assert visitor.get("/account").status_code == 302


def test_the_mails_are_shown_the_newest_first_and_by_the_page(app, visitor):
    visitor.get("/taal/en")
    assert "No mail yet" in visitor.get("/demo/mail").text
    for number in range(MAILS_ON_PAGE + 1):
        app.postbox.send(
            Mail("fatima@voorbeeld.example", f"Onderwerp {number:02}", "Tekst & <b>", f"key-{number}")
        )
    first = visitor.get("/demo/mail").text
    assert first.index(f"Onderwerp {MAILS_ON_PAGE}") < first.index("Onderwerp 01")
    assert "Onderwerp 00" not in first
    older = first.split('href="/demo/mail?before=')[1].split('"')[0]
    assert "Onderwerp 00" in visitor.get(f"/demo/mail?before={older}").text


def test_a_mail_shows_its_text_and_links(app, visitor):
    app.postbox.send(
        Mail("fatima@voorbeeld.example", "Hallo", "Kies: http://localhost:8000/wachtwoord/x <b>", "key")
    )
    link = visitor.get("/demo/mail").text.split('href="/demo/mail/')[1].split('"')[0]
    page = visitor.get(f"/demo/mail/{link}").text
    assert '<a href="http://localhost:8000/wachtwoord/x"' in page
    assert "&lt;b&gt;" in page
    assert visitor.get("/demo/mail/0").status_code == 404


def test_what_goes_with_a_mail_can_be_downloaded(app, visitor):
    file = Attachment("afspraak.ics", "calendar", "BEGIN:VCALENDAR — één".encode(), {"method": "PUBLISH"})
    app.postbox.send(Mail("fatima@voorbeeld.example", "Hallo", "Tekst", "key", [file]))
    mail = visitor.get("/demo/mail").text.split('href="/demo/mail/')[1].split('"')[0]
    assert f'href="/demo/mail/{mail}/bijlagen/1"' in visitor.get(f"/demo/mail/{mail}").text
    answer = visitor.get(f"/demo/mail/{mail}/bijlagen/1")
    assert (answer.data, answer.mimetype) == (file.content, "text/calendar")
    assert answer.headers["Content-Disposition"] == "attachment; filename=afspraak.ics"
    for nothing in (0, 2):
        assert visitor.get(f"/demo/mail/{mail}/bijlagen/{nothing}").status_code == 404


def test_a_real_installation_has_none_of_it(worker_database):
    app = application(worker_database, demo=False)
    assert not [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("demo.")]
    page = app.test_client().get("/inloggen")
    assert page.status_code == 200
    assert "demo" not in page.text.replace("css/demo", "")
    app.database.engine.dispose()
