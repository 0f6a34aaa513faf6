"""The operator brings the register up to date: she sees what changes, says that it is right, and can go back."""

from datetime import date, timedelta

import pytest

from app.identity.services import remove_operator
from app.kernel.clock import today
from app.kernel.tables import LIMITS
from app.organisation.models import RegisterEdition, RegisterUse
from app.organisation.queries.register import current_register
from app.organisation.register import shipped
from tests.kernel.tables.hostile import HOSTILE
from tests.organisation.register.duo_files import COLUMNS, as_csv, as_xlsx, lines

WEGWIJZER = "03WU00"
DAY = "2026-11-03"


@pytest.fixture
def client(as_, cast):
    return as_(cast["operator"])


def posted(client, url: str, content: bytes, **fields: str):
    """Post a form with a file, in one piece: the test client would leave its own copy on the disk."""
    head = 'Content-Disposition: form-data; name="%s"'
    parts = [f"--END\r\n{head % name}\r\n\r\n{value}\r\n" for name, value in fields.items()]
    parts.append(f'--END\r\n{head % "file"}; filename="C:\\map\\02 scholen.csv"\r\n\r\n')
    body = "".join(parts).encode() + content + b"\r\n--END--\r\n"
    return client.post(url, data=body, content_type="multipart/form-data; boundary=END")


@pytest.fixture
def send(client):
    """Send a file, and follow to its preview; gives the answer and the address of the preview."""

    def send(content: bytes, day: str = DAY):
        return posted(client, "/beheer/register", content, dated_on=day)

    return send


@pytest.fixture
def kept(app):
    """Rows of the register: editions and uses."""

    def count():
        with app.database.global_unit(read_only=True) as unit:
            return unit.query(RegisterEdition).count(), unit.query(RegisterUse).count()

    return count


def renamed(name="Kindcentrum Het Kompas"):
    rows = lines()
    rows[WEGWIJZER] = rows[WEGWIJZER] | {"VESTIGINGSNAAM": name}
    return rows


def name_in_use(app):
    with app.database.global_unit(read_only=True):
        return current_register().by_code[WEGWIJZER].name


@pytest.fixture
def edition(send):
    """The address of an edition with one school renamed, not in use yet."""
    return send(as_csv(renamed())).location


def test_file_is_shown_first_and_changes_nothing(app, client, send, kept):
    answer = send(as_csv(renamed()))
    page = client.get(answer.location).text
    assert "Kindcentrum Het Kompas" in page
    assert "Kindcentrum De Wegwijzer" in page
    assert "3 november 2026" in page
    assert name_in_use(app) == "Kindcentrum De Wegwijzer"
    assert kept() == (1, 0)


def test_edition_is_taken_into_use_and_given_up_again(app, client, edition):
    client.post(f"{edition}/gebruik")
    assert name_in_use(app) == "Kindcentrum Het Kompas"
    assert "3 november 2026" in client.get("/beheer/register").text
    assert client.post(f"{edition}/terugkeer").status_code == 302
    assert name_in_use(app) == "Kindcentrum De Wegwijzer"
    client.post("/beheer/register/0/terugkeer")
    assert name_in_use(app) == "Kindcentrum Het Kompas"


def test_second_edition_builds_on_the_first(app, client, send, edition):
    client.post(f"{edition}/gebruik")
    later = send(as_csv(renamed("De Derde Naam")), "2026-11-20").location
    page = client.get(later).text
    assert "Kindcentrum Het Kompas" in page
    client.post(f"{later}/gebruik")
    assert name_in_use(app) == "De Derde Naam"
    client.post(f"{later}/terugkeer")
    assert name_in_use(app) == "Kindcentrum Het Kompas"


def test_edition_that_is_not_in_use_can_not_be_left(client, edition):
    assert client.post(f"{edition}/terugkeer").status_code == 409


def test_edition_in_use_is_not_taken_into_use_again(client, edition, kept):
    client.post(f"{edition}/gebruik")
    assert client.post(f"{edition}/gebruik").status_code == 409
    assert kept() == (1, 1)


def test_older_edition_asks_and_does_not_refuse(app, client, send):
    older = send(as_csv(renamed()), "2026-05-01").location
    assert 'name="older"' in client.get(older).text
    assert client.post(f"{older}/gebruik").status_code == 422
    assert name_in_use(app) == "Kindcentrum De Wegwijzer"
    assert client.post(f"{older}/gebruik", data={"older": "1"}).status_code == 302
    assert name_in_use(app) == "Kindcentrum Het Kompas"


def test_half_a_file_needs_the_number_of_schools_that_close(app, client, send):
    half = dict(list(lines().items())[::2])
    closing = len(lines()) - len(half)
    edition = send(as_csv(half)).location
    for consent in ({}, {"closing": "5"}, {"closing": "x"}):
        assert client.post(f"{edition}/gebruik", data=consent).status_code == 422
    with app.database.global_unit(read_only=True):
        assert current_register() is shipped()
    assert client.post(f"{edition}/gebruik", data={"closing": str(closing)}).status_code == 302
    with app.database.global_unit(read_only=True):
        assert len(current_register().schools) == 6964 - closing


def test_excel_version_of_the_file_is_fine(client, send):
    few = dict(list(renamed().items())[:50])
    assert send(as_xlsx(few)).status_code == 302


@pytest.mark.parametrize(
    "name", ["PDF", "billion laughs", "path that leaves the archive", "old Excel", "nothing", "zip bomb"]
)
def test_hostile_file_is_refused_in_words_and_leaves_nothing(send, kept, name):
    answer = send(HOSTILE[name][0]())
    assert answer.status_code == 422
    assert "field-file-error" in answer.text
    assert kept() == (0, 0)


def test_other_file_of_duo_is_told_which_columns_are_missing(send, kept):
    answer = send(as_csv(lines(), columns=tuple(name for name in COLUMNS if name != "VESTIGINGSCODE")))
    assert answer.status_code == 422
    assert "VESTIGINGSCODE" in answer.text
    assert kept() == (0, 0)


def test_wrong_rows_are_named_five_at_most(send):
    rows = {code: row | {"POSTCODE": "geen"} for code, row in list(lines().items())[:15]}
    answer = send(as_csv(rows))
    assert answer.status_code == 422
    assert answer.text.count("POSTCODE: ") == 10  # each in the summary and at the field
    assert (
        ">Rij 2," in answer.text.replace("Row 2,", "Rij 2,")
        or "Rij 2," in answer.text
        or "Row 2," in answer.text
    )


def test_file_without_a_day_or_of_tomorrow_is_refused_at_the_field(send, kept):
    for day in ("", "x", (today() + timedelta(days=1)).isoformat()):
        answer = send(as_csv(lines()), day)
        assert answer.status_code == 422
        assert "field-dated_on-error" in answer.text
    assert kept() == (0, 0)


def test_form_without_a_file_keeps_the_day(client):
    answer = client.post("/beheer/register", data={"dated_on": "2026-10-01"})
    assert answer.status_code == 422
    assert "field-file-error" in answer.text
    assert 'value="2026-10-01"' in answer.text


def test_file_that_is_larger_than_we_read_is_refused_at_the_field_and_a_larger_one_by_a_page(send):
    assert send(b"x" * (LIMITS.file_bytes + 1)).status_code == 422
    assert send(b"x" * (LIMITS.file_bytes + 2 * 1024 * 1024)).status_code == 413


def test_other_endpoints_take_no_files(client):
    assert posted(client, "/inloggen", b"x" * 2 * 1024 * 1024).status_code == 413


def test_file_never_touches_the_disk(send, monkeypatch):
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", None)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", None)
    assert send(as_csv(lines())).status_code == 302


def test_edition_that_was_never_used_can_be_thrown_away_and_one_that_was_can_not(client, send, kept, edition):
    other = send(as_csv(renamed("De Vierde"))).location
    assert client.post(f"{other}/verwijdering").status_code == 302
    client.post(f"{edition}/gebruik")
    assert client.post(f"{edition}/verwijdering").status_code == 409
    assert kept() == (1, 1)


def test_same_file_again_says_that_nothing_changes(client, send):
    page = client.get(send(as_csv(lines())).location).text
    assert "filters" not in page


def test_changes_of_one_network_are_shown_alone(client, send):
    rows = renamed()
    other = next(code for code in rows if shipped().by_code[code].network_code == "PO2601")
    rows[other] = rows[other] | {"VESTIGINGSNAAM": "De Utrechtse Naam"}
    edition = send(as_csv(rows)).location
    page = client.get(f"{edition}?netwerk=PO2601").text
    assert "De Utrechtse Naam" in page
    assert "Kindcentrum Het Kompas" not in page


def test_start_shows_networks_and_no_people(client, cast):
    page = client.get("/beheer/").text
    assert "Netwerk Waterland" in page
    assert "PO2708" in page
    assert not any(name in page for name in ("Postma", "coordinator@waterland.example", "De Wilgen"))


def test_operator_of_no_network_starts_at_the_platform_and_enters_none(client):
    assert client.get("/").location == "/beheer/"
    assert client.get("/waterland/scholen").status_code == 404


def test_page_does_not_exist_for_others(as_, cast):
    coordinator = as_(cast["coordinator"])
    for path in ("/beheer/", "/beheer/register", "/beheer/register/0"):
        assert coordinator.get(path).status_code == 404
    assert coordinator.post("/beheer/register").status_code == 404


def test_who_runs_the_platform_no_longer_is_out_at_once(app, client):
    with app.database.global_unit():
        remove_operator("operator@platform.example")
    assert client.get("/beheer/").status_code == 302


def test_shipped_edition_is_of_the_day_that_its_source_tells():
    assert shipped().dated_on == date(2026, 8, 4)
