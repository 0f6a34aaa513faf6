"""A leader proposes records from a list; the coordinator merges two items and pastes new ones."""

from app.kernel.tables import write_csv
from tests.expertise.records import a_record
from tests.journeys.conftest import DESK, PHONE, SMALL_PHONE, no_axe_findings, no_sideways_scroll

HEADER = ("Medewerker", "Onderwerp", "Cursus", "Begin", "Einde")


def look(page):
    """The page is right at every width."""
    no_sideways_scroll(page, SMALL_PHONE, PHONE)
    no_axe_findings(page)
    page.set_viewport_size({"width": DESK, "height": 900})
    no_axe_findings(page)


def send(page, *rows):
    page.get_by_label("Bestand", exact=True).set_input_files(
        {"name": "cursussen.csv", "mimeType": "text/csv", "buffer": write_csv(HEADER, rows)}
    )
    page.get_by_role("button", name="Controleer de lijst").click()


def test_a_leader_proposes_from_a_list(live, page_as):
    page = page_as(live.cast["leader"])
    page.goto("/waterland/team")
    page.get_by_role("link", name="Voorstellen", exact=True).click()
    send(page, ("Bram Willems", "Spellen", "Spelling in groep 6", "1-9-2020", "1-2-2021"))
    assert "Bedoel je “Spelling”?" in page.locator("main").inner_text()
    look(page)
    page.get_by_role("link", name="Voorstellen", exact=True).click()
    send(page, ("Bram Willems", "Spelling", "Spelling in groep 6", "1-9-2020", "1-2-2021"))
    look(page)
    page.get_by_role("button", name="Stel 1 rij voor").click()
    assert "Er wacht 1 voorstel op antwoord." in page.locator("main").inner_text()
    look(page)
    page.get_by_role("link", name="Het team van").click()
    assert "Spelling in groep 6" not in page.locator("main").inner_text()


def test_a_coordinator_merges_two_items_and_pastes_others(live, page_as):
    with live.app.database.unit_of_work(live.cast.network):
        a_record(live.cast["teacher"].person_id, "english")
    page = page_as(live.cast["coordinator"])
    page.goto("/waterland/expertise-indeling")
    page.get_by_role("link", name="Brede vorming").click()
    page.get_by_role("link", name="Engels").click()
    page.get_by_role("link", name="Samenvoegen met een ander onderwerp").click()
    page.get_by_label("Met welk onderwerp?").select_option(label="Beweging (Brede vorming)")
    page.get_by_role("button", name="Laat zien wat het betekent").click()
    assert "Niemands gegevens worden voor meer mensen zichtbaar" in page.locator("main").inner_text()
    look(page)
    page.get_by_role("button", name="Samenvoegen").click()
    assert "“Engels” heet nu “Beweging”." in page.locator("main").inner_text()
    page.get_by_role("link", name="Indeling van expertise").click()
    page.get_by_role("link", name="Veel onderwerpen plakken").click()
    page.get_by_label("Regels").fill("Groen; Schooltuin\nGroen; Dyslexie\nLos")
    page.get_by_role("button", name="Controleer de regels").click()
    look(page)
    page.get_by_label("Regels").fill("Groen; Schooltuin")
    page.get_by_role("button", name="Controleer de regels").click()
    look(page)
    page.get_by_role("button", name="Toevoegen").click()
    assert "Er is 1 onderwerp bij gekomen." in page.locator("main").inner_text()
