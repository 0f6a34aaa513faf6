"""The team of a school: for its IB'er and leader alone, with what was opened and nothing private."""

from datetime import date

import pytest

from app.expertise.models import CourseState, RecordKind, SchoolNeed, Visibility
from app.expertise.queries import taxonomy
from app.expertise.queries.teams import team_of, team_schools
from app.kernel.errors import Forbidden, NotFound
from app.kernel.permissions import Role
from app.kernel.tables import read_table
from tests.expertise.records import a_record, item_called
from tests.organisation.pages import queries_of
from tests.walls.places import kept
from tests.world import add_person, add_role

SEE = {"ib", "leader"}
EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher", "billing")


@pytest.fixture
def school_id(cast):
    return cast.schools["wilgen"]


@pytest.fixture
def team(app, cast):
    """What the teacher and the IB'er of De Wilgen keep: open, and private."""
    teacher, ib = cast["teacher"].person_id, cast["ib"].person_id
    with app.database.unit_of_work(cast.network):
        a_record(teacher, "dyslexia", willing=True, level=4)
        a_record(teacher, "spelling", visibility=Visibility.PRIVATE)
        a_record(
            teacher, "autism", kind=RecordKind.COURSE, course_title="Autisme in de klas",
            course_state=CourseState.RUNNING, course_provider="=HYPERLINK(1)",
        )  # fmt: skip
        a_record(ib, "dyscalculia", kind=RecordKind.AMBITION, visibility=Visibility.NETWORK)
        a_record(ib, "feedback", level=2, confirmed_on=date(2024, 5, 1))
        a_record(cast["colleague"].person_id, "anxiety", visibility=Visibility.NETWORK)
        kept(
            SchoolNeed(
                school_id=cast.schools["wilgen"], item_id=item_called("second-language"), at_least=2, by_id=0
            )
        )


@pytest.mark.parametrize("page", ["", "/matrix", "/lijst", "/voorstellen", "/voorstellen/nieuw"])
def test_ib_and_leader_of_the_school_see_it_and_for_others_it_is_not_there(as_, cast, school_id, team, page):
    seen = {who: as_(cast[who]).get(f"/waterland/team/{school_id}{page}").status_code for who in EVERYBODY}
    assert {who for who, status in seen.items() if status == 200} == SEE
    assert {seen[who] for who in ("coach", "colleague", "other_leader")} == {404}


def test_who_is_a_teacher_at_another_school_does_not_see_that_team(unit, cast, actor):
    add_role(cast["ib"].person_id, Role.TEACHER, cast.schools["kompas"])
    unit.flush()
    both = actor("ib")
    assert cast.schools["kompas"] in both.schools
    assert [school.id for school in team_schools(both)] == [cast.schools["wilgen"]]
    with pytest.raises(NotFound):
        team_of(both, cast.schools["kompas"])
    with pytest.raises(Forbidden):
        team_of(actor("teacher"), cast.schools["wilgen"])


def test_the_door_leads_to_the_one_school_or_lets_her_choose(as_, app, cast, school_id):
    ib = as_(cast["ib"])
    assert ib.get("/waterland/team").location == f"/waterland/team/{school_id}"
    with app.database.unit_of_work(cast.network):
        add_role(cast["ib"].person_id, Role.LEADER, cast.schools["linde"])
    assert "Welk team wil je zien?" in ib.get("/waterland/team").text


def test_the_page_shows_what_was_opened_and_nothing_private(as_, cast, school_id, team):
    page = as_(cast["leader"]).get(f"/waterland/team/{school_id}").text
    assert "Autisme in de klas" in page
    assert "Dyslexie" in page
    assert "specialist" in page
    assert "Spelling" not in page
    assert "nu 0, jullie school wil er 2" in page
    assert "Fatima el Amrani (ambitie)" in page
    assert "niet bevestigd sinds mei 2024" in page
    assert "Heeft nog niets gedeeld" in page
    assert "Marloes" not in page


def test_her_own_private_records_are_not_in_it_for_herself(as_, app, cast, school_id, team):
    with app.database.unit_of_work(cast.network):
        a_record(cast["ib"].person_id, "play", visibility=Visibility.PRIVATE)
    assert "Spelbegeleiding" not in as_(cast["ib"]).get(f"/waterland/team/{school_id}").text


def test_who_works_elsewhere_too_is_shown_with_that_school(as_, app, cast, school_id, team):
    with app.database.unit_of_work(cast.network):
        add_role(cast["teacher"].person_id, Role.TEACHER, cast.schools["linde"])
    assert "ook op De Linde" in as_(cast["ib"]).get(f"/waterland/team/{school_id}").text


def test_the_matrix_gives_levels_as_figures_with_words(as_, app, cast, school_id, team):
    leader = as_(cast["leader"])
    page = leader.get(f"/waterland/team/{school_id}/matrix").text
    assert 'class="heat-4"' in page
    assert "Taal en lezen: specialist" in page
    assert "Gedrag en welbevinden: cursus" in page
    with app.database.unit_of_work(cast.network):
        domain_id = taxonomy().item(item_called("dyslexia")).domain_id
    opened = leader.get(f"/waterland/team/{school_id}/matrix?domein={domain_id}").text
    assert "Dyslexie: specialist" in opened
    assert "Spelling: " not in opened


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_list_holds_nothing_private_and_no_formula(as_, cast, school_id, team, kind):
    answer = as_(cast["leader"]).get(f"/waterland/team/{school_id}/lijst?als={kind}")
    table = read_table(answer.data)
    items = {row.cells[table.columns.index("Onderwerp")] for row in table.rows}
    assert items == {"Dyslexie", "Autisme", "Dyscalculie", "Feedback"}
    if kind == "csv":
        assert b'"\'=HYPERLINK(1)"' in answer.data


def test_the_pages_ask_as_much_of_a_large_team_as_of_a_small_one(as_, app, cast, school_id, team):
    leader = as_(cast["leader"])
    for page in ("", "/matrix"):
        url = f"/waterland/team/{school_id}{page}"
        few = queries_of(app, lambda url=url: leader.get(url))
        with app.database.unit_of_work(cast.network):
            for number in range(20):
                person = add_person("Collega", f"Nummer{page}{number}")
                add_role(person.id, Role.TEACHER, school_id)
                a_record(person.id, "autism", willing=True)
        assert queries_of(app, lambda url=url: leader.get(url)) == few
