"""A coordinator sends a list, mends what is wrong, applies it and takes it back, in a real browser."""

import pytest

from tests.conftest import work_through
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll
from tests.organisation.lists import ANNA, BEA, WRONG, csv_of

LONG = (
    "Maximiliana Wilhelmina Alexandra", "van der", "Hoogewaardt-Bartholomeus Wolkenstein-Trostburg",
    "maximiliana.van.der.hoogewaardt-bartholomeus@eenheellangeschoolnaam.example", "01AC00", "ib", "1-8-2026", "",
)  # fmt: skip
UNKNOWN_HEADERS = ("Wie", "Bericht", "Waar", "Wat")


@pytest.fixture
def page(page_as, live):
    opened = page_as(live.cast["coordinator"])
    opened.goto("/waterland/mensen")
    return opened


def look(page):
    """The page is right at every width."""
    no_sideways_scroll(page, SMALL_PHONE, PHONE)
    no_axe_findings(page)
    page.set_viewport_size({"width": DESK, "height": 900})
    no_axe_findings(page)


def send(page, content, name="mensen.csv"):
    page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Controleer de lijst").click()


def work(live, page):
    """The worker does its step, and the page goes on by itself."""
    page.wait_for_selector(".progress")
    work_through(live.app)
    page.wait_for_selector("#rows")


def test_from_sending_a_list_to_taking_it_back(live, page):
    page.get_by_role("link", name="Importeren").click()
    look(page)
    send(page, b"\x00\x01", "foto.jpg")
    page.wait_for_selector(".error-summary")
    look(page)
    send(page, csv_of(ANNA, BEA, WRONG, LONG))
    work(live, page)
    assert "1 rij is niet goed" in page.locator("main").inner_text()
    look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Foute rijen (CSV)").click()
    mended = download.value.path().read_bytes().replace(b"De Eik", b"De Linde")
    page.get_by_role("link", name="Importeren").first.click()
    send(page, mended)
    work(live, page)
    page.get_by_role("link", name="Nieuw (1)").click()
    page.get_by_role("button", name="Toepassen").click()
    work(live, page)
    assert "Wie nieuw is, kun je nu uitnodigen" in page.locator("main").inner_text()
    look(page)
    page.get_by_role("link", name="Ongedaan maken").click()
    look(page)
    page.get_by_role("button", name="Ongedaan maken").click()
    work(live, page)
    assert "Alles is weer zoals het was" in page.locator("main").inner_text()
    page.goto("/waterland/mensen?q=dirk")
    assert "Niemand gevonden" in page.locator("main").inner_text()


def test_columns_that_we_do_not_know(live, page):
    page.goto("/waterland/mensen/imports/nieuw")
    send(page, csv_of(("Anna de Vries", ANNA[3], "De Wilgen", "ib"), header=UNKNOWN_HEADERS))
    page.wait_for_selector("#field-column-0")
    look(page)
    page.get_by_role("button", name="Controleer de lijst").click()
    page.wait_for_selector(".error-summary")
    look(page)
    for column, held in enumerate(("Hele naam", "E-mailadres", "Naam van de school", "Rol")):
        page.locator(f"#field-column-{column}").select_option(label=held)
    page.get_by_role("button", name="Controleer de lijst").click()
    work(live, page)
    assert "Anna de Vries" in page.locator("#rows").inner_text()
