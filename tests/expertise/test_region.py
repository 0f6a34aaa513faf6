"""The picture of the region as a page: who may see it, what it counts for whom, and the table that says the same."""

import re

import pytest

from app.expertise.models import RecordKind, Visibility
from app.kernel.permissions import Role
from app.organisation.models import School
from tests.expertise.records import a_record, item_called
from tests.organisation.pages import queries_of
from tests.world import add_person, add_role

URL = "/waterland/expertisekaart/regio"
DOT = re.compile(r'<a class="dot ([^"]+)"\s+href="([^"]+)"><title>([^<]+)</title>')
ROW = re.compile(r'<tr role="row" id="school-\d+">.*?</tr>', re.DOTALL)


def dots_on(page):
    """What each dot says, by the name of its school."""
    return {
        label.split(",")[0]: (label.split(": ", 1)[1], classes) for classes, _href, label in DOT.findall(page)
    }


@pytest.fixture
def dyslexia(app, cast):
    with app.database.unit_of_work(cast.network):
        return f"{URL}?keuze=onderwerp-{item_called('dyslexia')}"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("ib", 200),
        ("leader", 200),
        ("teacher", 403),
        ("billing", 403),
        ("stranger", 404),
    ],
)
def test_leaders_ibs_and_the_coordinator_see_the_region(as_, cast, who, status):
    assert as_(cast[who]).get(URL).status_code == status


@pytest.fixture
def records(app, cast):
    """At De Wilgen one opened it to the school and one to nobody; at De Linde one to her school, one to the network."""
    with app.database.unit_of_work(cast.network):
        for school, visibility in (
            ("wilgen", Visibility.SCHOOL),
            ("wilgen", Visibility.PRIVATE),
            ("linde", Visibility.SCHOOL),
            ("linde", Visibility.NETWORK),
        ):
            person = add_person("Ans", "de Wit")
            add_role(person.id, Role.TEACHER, cast.schools[school])
            a_record(person.id, visibility=visibility)


@pytest.mark.parametrize(
    ("who", "wilgen", "linde", "kompas"),
    [
        ("leader", "1 collega kan helpen", "1 collega kan helpen", "niemand zichtbaar"),
        ("colleague", "niemand zichtbaar", "2 collega's kunnen helpen", "niemand zichtbaar"),
        ("other_leader", "niemand zichtbaar", "1 collega kan helpen", "gat: niemand"),
        ("coordinator", "niemand zichtbaar", "1 collega kan helpen", "niemand zichtbaar"),
    ],
)
def test_own_schools_count_what_the_school_may_know_and_others_what_the_network_may(
    as_, cast, records, dyslexia, who, wilgen, linde, kompas
):
    page = as_(cast[who]).get(dyslexia).text
    said = {school: words for school, (words, _classes) in dots_on(page).items()}
    assert said == {"OBS De Wilgen": wilgen, "De Linde": linde, "Het Kompas": kompas}


def test_only_who_can_help_and_works_there_counts(app, as_, cast, dyslexia):
    with app.database.unit_of_work(cast.network):
        a_record(cast["teacher"].person_id, level=2, visibility=Visibility.NETWORK)
        a_record(cast["ib"].person_id, kind=RecordKind.AMBITION, visibility=Visibility.NETWORK)
        a_record(cast["billing"].person_id, visibility=Visibility.NETWORK)
    page = as_(cast["coordinator"]).get(dyslexia).text
    assert {words for words, _classes in dots_on(page).values()} == {"niemand zichtbaar"}


def test_a_domain_counts_somebody_once(app, as_, cast):
    with app.database.unit_of_work(cast.network):
        for item in ("dyslexia", "spelling"):
            a_record(cast["teacher"].person_id, item, visibility=Visibility.NETWORK)
    assert dots_on(as_(cast["coordinator"]).get(URL).text)["OBS De Wilgen"][0] == "1 collega kan helpen"


def test_a_school_without_a_place_is_in_the_table_and_said(app, as_, cast, records, dyslexia):
    with app.database.unit_of_work(cast.network) as unit:
        school = unit.query(School).filter_by(id=cast.schools["linde"]).one()
        school.latitude = school.longitude = None
    page = as_(cast["leader"]).get(dyslexia).text
    assert set(dots_on(page)) == {"OBS De Wilgen", "Het Kompas"}
    assert "Van 1 school is de plek niet bekend" in page
    rows = ROW.findall(page)
    assert "De Linde" in rows[-1], "the farthest is the one of which the distance is not known"
    assert "onbekend" in rows[-1]
    assert ">1<" in rows[-1]


def test_without_any_place_there_is_only_the_table(app, as_, cast):
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(School).update({"latitude": None, "longitude": None})
    page = as_(cast["leader"]).get(URL)
    assert page.status_code == 200
    assert dots_on(page.text) == {}
    assert len(ROW.findall(page.text)) == 3


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("afstand", ["Het Kompas", "De Linde", "OBS De Wilgen"]),
        ("aantal", ["De Linde", "Het Kompas", "OBS De Wilgen"]),
        ("naam", ["De Linde", "Het Kompas", "OBS De Wilgen"]),
        ("nonsense", ["Het Kompas", "De Linde", "OBS De Wilgen"]),
    ],
)
def test_table_and_dots_come_in_the_order_that_was_asked(as_, cast, records, dyslexia, order, names):
    page = as_(cast["other_leader"]).get(f"{dyslexia}&volgorde={order}").text
    assert list(dots_on(page)) == names
    assert [next(name for name in names if name in row) for row in ROW.findall(page)] == names


def test_an_area_shows_its_own_schools_only(app, as_, cast):
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(School).filter_by(id=cast.schools["kompas"]).one().municipality = "Edam-Volendam"
        unit.query(School).filter_by(id=cast.schools["linde"]).one().municipality = "Purmerend"
    client = as_(cast["leader"])
    assert set(dots_on(client.get(f"{URL}?gebied=Purmerend").text)) == {"De Linde"}
    assert len(dots_on(client.get(f"{URL}?gebied=Parijs").text)) == 3


@pytest.mark.parametrize(
    "choice", ["onderwerp-999999999", "domein-999999999", "onderwerp-999999999999999999"]
)
def test_what_the_network_does_not_have_is_not_found(as_, cast, choice):
    assert as_(cast["leader"]).get(f"{URL}?keuze={choice}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_schools(app, as_, cast, dyslexia):
    client = as_(cast["leader"])
    client.get(dyslexia)
    before = queries_of(app, lambda: client.get(dyslexia))
    with app.database.unit_of_work(cast.network) as unit:
        board_id = unit.query(School).filter_by(id=cast.schools["linde"]).one().board_id
        unit.add_all(
            School(board_id=board_id, code=f"02{number:02}00", name=f"School {number}", kinds=["bo"],
                   city="Edam", latitude=52.4 + number / 100, longitude=5.1)
            for number in range(30)
        )  # fmt: skip
    assert queries_of(app, lambda: client.get(dyslexia)) == before
