"""A coordinator plans seasons, and takes over who was together in earlier years."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from sqlalchemy import select

from app.intervision.models import EarlierSeat, Season, SeasonPublication
from app.intervision.services.seasons import create_season, suggested_season
from app.kernel.clock import today
from app.kernel.errors import Forbidden
from app.organisation.queries import actor_of
from tests.intervision.seasons import a_season

SEASONS = "/waterland/intervisie/seizoenen"
EARLIER = "/waterland/intervisie/eerdere-groepen"
GOOD = {
    "name": "Intervisie", "starts_on": "2026-12-01", "ends_on": "2027-07-01", "join_until": "2026-12-20",
    "region": "noord", "smallest": 4, "target": 6, "largest": 8, "sessions": 6, "minutes": 120,
    "open_seats": 2, "cancel_hours": 24, "case_days": 30,
}  # fmt: skip


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def at_begin():
    with time_machine.travel("2026-11-24 10:00:00+00:00", tick=True):
        yield


@pytest.fixture
def kept_rows(app, cast):
    """What is kept of a table now."""

    def kept_rows(table):
        with app.database.unit_of_work(cast.network) as unit:
            rows = unit.scalars(select(table).order_by(table.id)).all()
            unit.expunge_all()
            return rows

    return kept_rows


def sent(*rows):
    """A list as somebody sends it."""
    lines = "\n".join(["Schooljaar;Groep;E-mail;Naam", *rows])
    return {"file": (BytesIO(lines.encode()), "groepen.csv")}


@pytest.mark.usefixtures("at_begin")
def test_a_season_is_planned_with_what_is_usual_filled_in(coordinator, kept_rows):
    page = coordinator.get(f"{SEASONS}/nieuw").text
    assert "Intervisie 2026–2027" in page
    answer = coordinator.post(SEASONS, data=GOOD)
    assert answer.status_code == 302
    [season] = kept_rows(Season)
    assert (season.smallest, season.target, season.largest, season.region) == (4, 6, 8, "noord")
    assert "zonder de vakanties van regio Noord" in coordinator.get(f"{SEASONS}/{season.id}").text


@pytest.mark.parametrize(("day", "year"), [("2026-11-24", 2026), ("2027-06-15", 2027), ("2027-09-01", 2027)])
def test_in_summer_a_new_season_is_for_the_next_school_year(app, unit, day, year):
    with time_machine.travel(day), app.test_request_context():
        suggested = suggested_season()
    assert suggested["ends_on"] == date(year + 1, 7, 31)
    assert suggested["starts_on"] >= date.fromisoformat(day)


@pytest.mark.usefixtures("at_begin")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Geef het seizoen een naam"),
        ({"ends_on": "2026-11-01"}, "De laatste dag moet na de eerste"),
        ({"join_until": "2027-08-01"}, "vóór het einde van het seizoen"),
        ({"join_until": "2026-11-01"}, "Kies vandaag of een latere dag."),
        ({"smallest": 7}, "Dit mag niet kleiner zijn dan de kleinste groep."),
        ({"target": 9, "largest": 9}, "Kies een getal van 2 tot en met 8."),
        ({"sessions": 3}, "Kies een getal van 4 tot en met 10."),
        ({"region": "west"}, "Kies een regio."),
    ],
)
def test_what_is_wrong_is_said(coordinator, kept_rows, typed, said):
    answer = coordinator.post(SEASONS, data={**GOOD, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert not kept_rows(Season)


@pytest.mark.usefixtures("at_begin")
def test_all_that_is_wrong_is_said_at_once(coordinator):
    typed = {"name": "", "region": "west", "ends_on": "2026-11-01", "smallest": 7, "largest": 5}
    page = coordinator.post(SEASONS, data={**GOOD, **typed}).text
    assert "Geef het seizoen een naam" in page
    assert "Kies een regio." in page
    assert "De laatste dag moet na de eerste" in page
    assert "Dit mag niet kleiner zijn dan de kleinste groep." in page
    coordinator.post(SEASONS, data=GOOD)
    again = coordinator.post(SEASONS, data={**GOOD, "join_until": "2026-11-01"}).text
    assert "Er is al een seizoen met deze naam" in again
    assert "Kies vandaag of een latere dag." in again


@pytest.mark.usefixtures("at_begin")
def test_two_seasons_do_not_share_a_name(coordinator):
    coordinator.post(SEASONS, data=GOOD)
    answer = coordinator.post(SEASONS, data=GOOD)
    assert answer.status_code == 422
    assert "Er is al een seizoen met deze naam" in answer.text


def test_the_settings_of_last_year_are_taken_over(app, cast, coordinator):
    with app.database.unit_of_work(cast.network):
        earlier = a_season("Vorig jaar", smallest=5, minutes=90)
        earlier_id = earlier.id

    page = coordinator.get(f"{SEASONS}/nieuw?van={earlier_id}").text
    assert "De instellingen zijn overgenomen" in page
    assert 'value="90"' in page


def test_sizes_are_settled_once_the_groups_are_known(app, cast, coordinator):
    with app.database.unit_of_work(cast.network) as unit:
        season = a_season()
        unit.add(SeasonPublication(season_id=season.id, by_id=0))
        season_id = season.id
        same = {name: str(getattr(season, name)) for name in GOOD}

    url = f"{SEASONS}/{season_id}/planning"
    assert coordinator.post(url, data={**same, "minutes": 90}).status_code == 302
    assert coordinator.post(url, data={**same, "smallest": 3}).status_code == 409


@pytest.mark.parametrize("who", ["ib", "coach", "leader", "teacher", "billing"])
def test_only_a_coordinator_plans(app, cast, who):
    with app.database.unit_of_work(cast.network, with_identities=True):
        actor = actor_of(cast[who].identity_id)
        with pytest.raises(Forbidden):
            create_season(actor, {**GOOD, "join_until": today() + timedelta(days=3)})


def test_earlier_groups_are_taken_over_by_address_or_name(coordinator, cast, kept_rows):
    answer = coordinator.post(
        EARLIER,
        data=sent(f"2025-2026;Noord;{cast['ib'].email};", "2025-2026;Noord;;Marloes Dijkstra"),
        follow_redirects=True,
    )
    assert "2 plekken zijn overgenomen." in answer.text
    assert {(row.school_year, row.group_name, row.person_id) for row in kept_rows(EarlierSeat)} == {
        (2025, "Noord", cast["ib"].person_id),
        (2025, "Noord", cast["colleague"].person_id),
    }
    again = coordinator.post(EARLIER, data=sent("2025-2026;Noord;;Marloes Dijkstra"), follow_redirects=True)
    assert "Alles in dit bestand was al bekend." in again.text


def test_one_wrong_row_and_nothing_is_taken_over(coordinator, kept_rows):
    answer = coordinator.post(
        EARLIER,
        data=sent(
            "2025-2026;Noord;;Marloes Dijkstra", "vroeger;Noord;;Marloes Dijkstra", "2025;;;Marloes Dijkstra",
            "2025;Noord;;Niemand Bekend", "2025;Noord;;",
        ),
    )  # fmt: skip
    assert answer.status_code == 422
    for said in (
        "Rij 3: schrijf het schooljaar",
        "Rij 4: de naam van de groep",
        "Rij 5: Niemand Bekend",
        "Rij 6:",
    ):
        assert said in answer.text
    assert not kept_rows(EarlierSeat)


def test_missing_columns_are_named(coordinator):
    answer = coordinator.post(EARLIER, data={"file": (BytesIO(b"Jaar;Wie\n2025;Jan"), "x.csv")})
    assert answer.status_code == 422
    assert "Groep, E-mail / Naam" in answer.text


def test_a_year_can_be_taken_out_again(coordinator, kept_rows):
    coordinator.post(EARLIER, data=sent("2025-2026;Noord;;Marloes Dijkstra"))
    assert "2025–2026" in coordinator.get(EARLIER).text
    coordinator.post(f"{EARLIER}/verwijdering", data={"school_year": 2025})
    assert not kept_rows(EarlierSeat)
