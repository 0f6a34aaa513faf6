"""A coordinator invites two people out of many; one mail comes back, the address is mended, and she comes in."""

import base64

import pytest
from click.testing import CliRunner

from app.cli.__main__ import main
from app.kernel.mail import KeptMail
from app.kernel.permissions import Role
from app.organisation.models import Person
from tests.conftest import MASTER_KEY, PASSWORDLESS, work_through
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.organisation.people import PASSWORD
from tests.world import add_role

WRONG, RIGHT, OTHER = "lotte@fout.example", "lotte@goed.example", "mees@goed.example"
REPORT = """\
From: MAILER-DAEMON@mail.example
To: bounce@vreemdeogen.example
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <{key}@vreemdeogen.example>

--b--
"""


@pytest.fixture
def newcomers(live):
    """Three coaches who were not invited yet; gives their ids by first name."""
    with live.app.database.unit_of_work(live.cast.network) as unit:
        people = {
            name: Person(first_name=name, last_name="Nieuwkomer", email=email)
            for name, email in (("Lotte", WRONG), ("Mees", OTHER), ("Saar", "saar@goed.example"))
        }
        unit.add_all(people.values())
        unit.flush()
        for person in people.values():
            add_role(person.id, Role.COACH, None)
        return {name: person.id for name, person in people.items()}


def test_from_choosing_to_coming_in(live, visit_as, newcomers):
    coordinator = visit_as(live.cast["coordinator"])
    page = coordinator.page
    choose_two(page)
    send(live, page)
    assert sorted(recipients(live)) == [WRONG, OTHER]
    bounce(live)
    mend_the_address(page)
    invite_again(live, page)
    come_in(live, visit_as)
    page.goto("/waterland/uitnodigingen?toegang=access&q=nieuwkomer")
    assert page.get_by_role("link", name="Lotte Nieuwkomer").count() == 1
    # The bar may just be asking again when the page is left for another.
    assert [fault for fault in coordinator.faults if "/verzendingen/" not in fault] == []


def choose_two(page):
    """From the first page to the list of those who wait; tick two of three, and read what it means."""
    page.goto("/waterland/")
    page.get_by_role("link", name="wachten op een uitnodiging").click()
    page.get_by_role("searchbox").fill("nieuwkomer")
    page.get_by_role("searchbox").blur()
    page.wait_for_selector("#people:has-text('Lotte Nieuwkomer')")
    no_axe_findings(page)
    no_sideways_scroll(page, SMALL_PHONE, PHONE, DESK)
    for name in ("Lotte", "Mees"):
        page.get_by_label(f"Kies {name} Nieuwkomer").check()
    page.get_by_role("button", name="Nodig de gekozen mensen uit").click()
    page.wait_for_selector("text=2 mensen krijgen elk een mail")
    no_axe_findings(page)


def send(live, page):
    """Press, watch the bar, and see that it is done."""
    assert page.get_by_label("Herinner één keer").is_checked()
    page.get_by_role("button", name="Uitnodigingen versturen").click()
    page.wait_for_selector("progress")
    no_axe_findings(page)
    work_through(live.app)
    page.wait_for_selector("text=Alle uitnodigingen zijn verstuurd")
    no_axe_findings(page)


def bounce(live):
    """The mail to one of them comes back, hours later."""
    (mail,) = [mail for mail in mails(live) if mail.recipient == WRONG]
    environment = {
        "DATABASE_URL": live.app.settings.database_url,
        "SECRET_KEY": PASSWORDLESS,
        "MASTER_KEY": base64.b64encode(MASTER_KEY.current).decode(),
        "BASE_URL": live.url,
    }
    content = REPORT.format(address=WRONG, key=mail.key)
    answer = CliRunner().invoke(main, ["mails", "bounced"], input=content, env=environment)
    assert answer.exit_code == 0, answer.output


def mend_the_address(page):
    """The first page tells it, the list says why, and the address is corrected from there."""
    page.goto("/waterland/")
    page.get_by_role("link", name="uitnodiging kwam terug").click()
    page.wait_for_selector("text=het adres bestaat niet")
    no_axe_findings(page)
    page.get_by_role("link", name="Lotte Nieuwkomer", exact=True).click()
    page.wait_for_selector(f"text=De mail aan {WRONG} kwam terug: het adres bestaat niet.")
    no_axe_findings(page)
    page.get_by_role("link", name="Adres verbeteren").click()
    page.get_by_label("E-mailadres").fill(RIGHT)
    page.get_by_role("button", name="Opslaan").click()
    page.wait_for_selector("text=Nog niet uitgenodigd")


def invite_again(live, page):
    """She waits for an invitation again, and gets one."""
    page.goto("/waterland/uitnodigingen?toegang=not_invited&q=lotte")
    page.get_by_label("Kies Lotte Nieuwkomer").check()
    page.get_by_role("button", name="Nodig de gekozen mensen uit").click()
    page.get_by_role("button", name="Uitnodigingen versturen").click()
    page.wait_for_selector("progress")
    work_through(live.app)
    page.wait_for_selector("text=Alle uitnodigingen zijn verstuurd")


def come_in(live, visit_as):
    """Lotte follows the link on her phone."""
    (mail,) = [mail for mail in mails(live) if mail.recipient == RIGHT]
    link = next(line for line in mail.body.splitlines() if "/uitnodiging/" in line)
    page = visit_as(None, PHONE).page
    page.goto(link)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nog een keer").fill(PASSWORD)
    page.get_by_role("button", name="Naar binnen").click()
    page.wait_for_url("**/waterland/")


def mails(live):
    """The mails to the newcomers."""
    with live.app.database.global_unit() as unit:
        return (
            unit.query(KeptMail)
            .filter(KeptMail.recipient.in_([WRONG, RIGHT, OTHER, "saar@goed.example"]))
            .all()
        )


def recipients(live):
    return [mail.recipient for mail in mails(live)]
