"""What the map counts: whose record, at which school, for whom; and what it says of a team."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.expertise.models import RecordKind, SchoolNeed, Visibility
from app.expertise.queries.attention import next_door, teams
from app.expertise.queries.counts import counts_by_domain, counts_by_item, item_totals
from app.expertise.queries.map_schools import map_schools
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.distance import kilometres
from app.organisation.models import Assignment
from app.organisation.queries import actor_of
from tenants.session import session
from tests.expertise.records import a_record, item_called
from tests.world import SINCE, add_person, add_role


@pytest.fixture
def actors(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        return {
            key: actor_of(cast[key].identity_id) for key in ("leader", "ib", "other_leader", "coordinator")
        }


@pytest.fixture
def statements(app):
    """How many statements something asks of the database."""

    def count(act):
        asked = []

        def keep(*_):
            asked.append(1)

        event.listen(app.database.engine, "before_cursor_execute", keep)
        act()
        event.remove(app.database.engine, "before_cursor_execute", keep)
        return len(asked)

    return count


def a_helper(school_id, item="dyslexia", visibility=Visibility.SCHOOL, until=None, **changes):
    """Somebody who works at a school and can help with an item."""
    person_id = add_person("Iemand", "Hier").id
    a_record(person_id, item, visibility=visibility, **changes)
    assignment = Assignment(
        person_id=person_id, role=Role.TEACHER, school_id=school_id, since=SINCE, until=until
    )
    a_kept(assignment)
    return person_id


def a_kept(row):
    session().add(row)
    session().flush()


@pytest.mark.parametrize(
    ("visibility", "counted_by"),
    [
        (Visibility.PRIVATE, set()),
        (Visibility.SCHOOL, {"leader", "ib"}),
        (Visibility.NETWORK, {"leader", "ib", "other_leader", "coordinator"}),
    ],
)
def test_a_record_of_a_teacher_is_in_the_cell_of(unit, cast, actors, visibility, counted_by):
    a_record(cast["teacher"].person_id, visibility=visibility)
    item, wilgen = item_called("dyslexia"), cast.schools["wilgen"]

    def seen_by(count):
        return {key for key, actor in actors.items() if count(actor)}

    assert seen_by(lambda actor: counts_by_item(actor, [item]).at(wilgen, item)) == counted_by
    assert seen_by(lambda actor: counts_by_domain(actor, {item: 1}).cells) == counted_by
    totals = {key: item_totals(actor, [item]).get(item) for key, actor in actors.items()}
    assert {key for key, total in totals.items() if total and total.seen} == counted_by


@pytest.mark.parametrize(
    "changes", [{"level": 2}, {"kind": RecordKind.INTEREST}, {"kind": RecordKind.AMBITION}]
)
def test_only_who_can_help_others_is_counted(unit, cast, actors, changes):
    a_record(cast["teacher"].person_id, visibility=Visibility.NETWORK, **changes)
    item = item_called("dyslexia")
    assert counts_by_item(actors["leader"], [item]).cells == {}
    assert item_totals(actors["leader"], [item]) == {}


def test_who_works_at_two_schools_shows_the_other_what_she_shares_with_the_first(unit, cast, actors):
    wilgen, kompas = cast.schools["wilgen"], cast.schools["kompas"]
    person_id = a_helper(wilgen)
    add_role(person_id, Role.TEACHER, kompas)
    item = item_called("dyslexia")
    assert counts_by_item(actors["leader"], [item]).cells == {(wilgen, item): 1}
    assert counts_by_item(actors["other_leader"], [item]).cells == {(kompas, item): 1}


def test_who_works_at_two_schools_is_one_person_in_a_total(unit, cast, actors):
    person_id = a_helper(cast.schools["wilgen"], visibility=Visibility.NETWORK)
    a_record(person_id, "spelling", visibility=Visibility.NETWORK)
    add_role(person_id, Role.TEACHER, cast.schools["linde"])
    items = dict.fromkeys([item_called("dyslexia"), item_called("spelling")], 1)
    counts = counts_by_domain(actors["coordinator"], items)
    assert set(counts.cells.values()) == {1}
    assert list(counts.totals.values()) == [1]


def test_who_works_nowhere_any_more_counts_nowhere(unit, cast, actors):
    a_helper(cast.schools["wilgen"], visibility=Visibility.NETWORK, until=today() - timedelta(days=1))
    item = item_called("dyslexia")
    assert counts_by_item(actors["leader"], [item]).cells == {}
    assert item_totals(actors["leader"], [item]) == {}


def test_what_is_younger_than_the_school_year_was_not_so_already(unit, cast, actors):
    since = today().replace(month=8, day=1, year=today().year - 1)
    a_record(cast["teacher"].person_id, since=since)
    item = item_called("dyslexia")
    assert counts_by_item(actors["leader"], [item], since=since).cells
    assert not counts_by_item(actors["leader"], [item], since=since - timedelta(days=1)).cells


def test_others_are_told_of_in_whole_groups(unit, cast, actors):
    item = item_called("dyslexia")
    for number in range(1, 12):
        a_helper(cast.schools["linde"])
        total = item_totals(actors["leader"], [item])[item]
        assert (total.seen, total.others_at_least) == (0, number // 5 * 5)


def of_team(actor, code):
    item = item_called(code)
    return teams(actor, [item])[0]


def test_a_gap_what_hangs_on_one_and_what_is_fine(unit, cast, actors):
    assert of_team(actors["leader"], "dyslexia").is_gap
    first = a_helper(cast.schools["wilgen"])
    assert of_team(actors["leader"], "dyslexia").hangs_on == first
    a_helper(cast.schools["wilgen"])
    team = of_team(actors["leader"], "dyslexia")
    assert not team.is_gap
    assert team.hangs_on is None


@pytest.mark.parametrize(("days", "leaves"), [(30, True), (364, True), (400, False), (None, False)])
def test_the_only_one_leaves_soon_when_her_last_day_is_within_a_year(unit, cast, actors, days, leaves):
    until = None if days is None else today() + timedelta(days=days)
    a_helper(cast.schools["wilgen"], until=until)
    assert of_team(actors["leader"], "dyslexia").leaves_on == (until if leaves else None)


def test_a_course_or_an_ambition_is_in_the_making_until_it_is_there(unit, cast, actors):
    person_id = cast["teacher"].person_id
    a_record(person_id, kind=RecordKind.COURSE, course_title="Dyslexie", course_state="running")
    a_record(cast["ib"].person_id, kind=RecordKind.AMBITION)
    a_record(cast["leader"].person_id, kind=RecordKind.COURSE, course_title="Klaar", course_state="done")
    assert of_team(actors["leader"], "dyslexia").in_the_making == {person_id, cast["ib"].person_id}
    a_record(person_id)
    assert of_team(actors["leader"], "dyslexia").in_the_making == {cast["ib"].person_id}


def test_what_is_missing_to_what_the_leader_wants(unit, cast, actors):
    item = item_called("dyslexia")
    a_kept(SchoolNeed(school_id=cast.schools["wilgen"], item_id=item, at_least=2, by_id=0))
    a_helper(cast.schools["wilgen"])
    assert of_team(actors["leader"], "dyslexia").missing == 1
    assert of_team(actors["other_leader"], "dyslexia").missing == 0


def test_next_door_is_the_nearest_school_that_opened_it_to_the_network(unit, cast, actors):
    item, wilgen = item_called("dyslexia"), cast.schools["wilgen"]
    a_helper(cast.schools["linde"])
    a_helper(cast.schools["kompas"], visibility=Visibility.NETWORK)
    found = next_door(map_schools(actors["leader"]), {wilgen: [item]})[wilgen, item]
    assert [(one.school.id, one.people) for one in found] == [(cast.schools["kompas"], 1)]
    a_helper(cast.schools["linde"], visibility=Visibility.NETWORK)
    found = next_door(map_schools(actors["leader"]), {wilgen: [item]})[wilgen, item]
    assert [one.school.id for one in found] == [cast.schools["linde"], cast.schools["kompas"]]


def test_own_school_stands_first_then_the_nearest(unit, cast, actors):
    names = [school.name for school in map_schools(actors["other_leader"])]
    assert names == ["Het Kompas", "De Linde", "OBS De Wilgen"]


def test_distance_is_that_of_a_crow():
    assert kilometres((52.37, 4.90), (52.09, 5.12)) == pytest.approx(34.5, abs=0.2)
    assert kilometres(None, (52.09, 5.12)) is None


def test_an_empty_cell_is_a_gap_at_my_school_alone(app, cast, as_):
    page = as_(cast["leader"]).get("/waterland/expertisekaart").text
    assert page.count('class="heat-gap"') == 12
    assert page.count('class="heat-none"') == 24
    page = as_(cast["coordinator"]).get("/waterland/expertisekaart").text
    assert 'class="heat-gap"' not in page


def test_each_number_opens_to_the_names_behind_it(app, cast, as_):
    with app.database.unit_of_work(cast.network):
        a_record(cast["teacher"].person_id)
        a_record(cast["colleague"].person_id, visibility=Visibility.NETWORK)
        a_record(cast["other_leader"].person_id)
        item = item_called("dyslexia")
    leader = as_(cast["leader"])
    everywhere = leader.get(f"/waterland/expertisekaart/onderwerpen/{item}").text
    seen = [name for name in ("Bram Willems", "Marloes Dijkstra", "Noor Janssen") if name in everywhere]
    assert seen == ["Bram Willems", "Marloes Dijkstra"]
    for school, name in (("wilgen", "Bram Willems"), ("linde", "Marloes Dijkstra")):
        url = f"/waterland/expertisekaart/scholen/{cast.schools[school]}?onderwerp={item}"
        assert name in leader.get(url).text
    kompas = leader.get(f"/waterland/expertisekaart/scholen/{cast.schools['kompas']}?onderwerp={item}").text
    assert "Noor Janssen" not in kompas
    assert "Niemand zichtbaar" in kompas


@pytest.mark.parametrize(
    "query",
    [
        "domein=abc", "domein=987654321", "sinds=1", "sinds=jaar", "q=" + "x" * 500, "soort=mbo",
        "concept=x", "bestuur=-1", "after=-5", "after=99999999999", "q=%25_%27--", "q=%00",
    ],
)  # fmt: skip
def test_a_mended_address_still_shows_a_page(cast, as_, query):
    leader = as_(cast["leader"])
    for page in ("", "/bestand", "/aandacht"):
        assert leader.get(f"/waterland/expertisekaart{page}?{query}").status_code == 200


def test_a_filter_in_which_nothing_fits_says_so(cast, as_):
    page = as_(cast["leader"]).get("/waterland/expertisekaart?q=bestaatniet")
    assert "Geen school" in page.text


def test_the_page_asks_no_more_when_there_are_more_schools_and_records(app, cast, as_, statements):
    leader = as_(cast["leader"])
    leader.get("/waterland/expertisekaart")
    before = statements(lambda: leader.get("/waterland/expertisekaart"))
    with app.database.unit_of_work(cast.network):
        for code in ("dyslexia", "spelling", "autism"):
            for school in cast.schools.values():
                a_helper(school, code, Visibility.NETWORK)
    assert statements(lambda: leader.get("/waterland/expertisekaart")) <= before
