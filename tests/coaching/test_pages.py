"""What each sees again: an IB'er her request, a coordinator the places and the people; and a bar without script."""

import re

import pytest

from app.coaching.models import CoachProfile
from app.kernel.permissions import Role
from tests.coaching.rounds import ask, open_small_round, small_round
from tests.organisation.pages import queries_of
from tests.world import add_person, add_role

QUESTION = "ruimte bij mijn schoolleider"


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def round_id(app, cast):
    """Fatima asks and gets Joost; Marloes, whose school is a Dalton school, asks and Joost is no longer possible."""
    with app.database.unit_of_work(cast.network) as unit:
        round_id = small_round(cast).id
        ask(round_id, cast["colleague"].person_id, question="Wie kijkt met me mee?")
        unit.query(CoachProfile).one().concepts = []
        return round_id


@pytest.fixture
def published(coordinator, round_id, work_through_queue):
    coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    work_through_queue()
    assert coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie").status_code == 302
    return round_id


def test_after_publication_she_reads_her_request_again_with_her_coach(as_, cast, published):
    page = as_(cast["ib"]).get("/waterland/coachvraag", follow_redirects=True)
    assert QUESTION in page.text
    assert "Samenwerken met de schoolleider" in page.text
    assert "hooguit 60 minuten" in page.text
    assert "Je coach is Joost van Leeuwen." in page.text
    assert "Wie ziet wat" in page.text


def test_who_has_no_coach_reads_that_she_waits_and_what_comes_next(as_, cast, published):
    client = as_(cast["colleague"])
    page = client.get("/waterland/coachvraag", follow_redirects=True).text
    assert "Er is nog geen coach voor je" in page
    assert "In de volgende ronde ga je voor" in page
    assert "Wie kijkt met me mee?" in page
    assert f"/waterland/coachvraag/{published}" in client.get("/waterland/").text


def test_when_the_next_round_opens_both_are_at_hand(app, as_, cast, published):
    with app.database.unit_of_work(cast.network):
        open_small_round("2027–2028")
    client = as_(cast["colleague"])
    form = client.get("/waterland/coachvraag").text
    assert "Lees wat je vroeg in ronde 2026–2027" in form
    assert "Vraag een coach aan in ronde 2027–2028" in client.get(f"/waterland/coachvraag/{published}").text


def test_her_pair_leads_to_her_request_and_that_of_the_coach_does_not(as_, cast, published):
    ib, coach = as_(cast["ib"]), as_(cast["coach"])
    (link,) = set(re.findall(r"/waterland/koppelingen/\d+", ib.get("/waterland/").text))
    assert f'href="/waterland/coachvraag/{published}"' in ib.get(link).text
    assert f'href="/waterland/coachvraag/{published}"' not in coach.get(link).text


@pytest.mark.parametrize(("who", "status"), [("coach", 404), ("coordinator", 403), ("leader", 403)])
def test_nobody_else_reads_it_there(as_, cast, published, who, status):
    assert as_(cast[who]).get(f"/waterland/coachvraag/{published}").status_code == status


def test_each_reads_her_own_request_of_the_same_round(as_, cast, published):
    page = as_(cast["colleague"]).get(f"/waterland/coachvraag/{published}").text
    assert QUESTION not in page


def test_the_coordinator_sees_places_offered_and_after_publication_taken(coordinator, published):
    page = coordinator.get(f"/waterland/koppelrondes/{published}/coaches").text
    assert "Er zijn 2 plekken." in page
    assert "Daarvan is 1 bezet." in page


def test_before_publication_nothing_is_taken(coordinator, round_id):
    page = coordinator.get(f"/waterland/koppelrondes/{round_id}/coaches").text
    assert "Er zijn 2 plekken." in page
    assert "bezet" not in page


def test_places_stay_those_of_the_publication(app, cast, coordinator, published):
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(CoachProfile).one().capacity = 0
    assert "Er zijn 2 plekken." in coordinator.get(f"/waterland/koppelrondes/{published}/coaches").text


@pytest.mark.parametrize(("list_", "who"), [("coachvragen", "ib"), ("coaches", "coach")])
def test_names_in_the_lists_of_a_round_lead_to_the_person(cast, coordinator, round_id, list_, who):
    page = coordinator.get(f"/waterland/koppelrondes/{round_id}/{list_}").text
    assert f'href="/waterland/mensen/{cast[who].person_id}"' in page


@pytest.mark.parametrize("list_", ["coachvragen", "coaches"])
def test_a_list_takes_as_many_queries_whatever_its_length(app, cast, coordinator, published, list_):
    url = f"/waterland/koppelrondes/{published}/{list_}"
    coordinator.get(url)
    short = queries_of(app, lambda: coordinator.get(url))
    with app.database.unit_of_work(cast.network):
        for number in range(9):
            somebody = add_person("Nog", f"Iemand {number}").id
            add_role(somebody, Role.COACH, None)
            add_role(somebody, Role.IB, cast.schools["kompas"])
    assert queries_of(app, lambda: coordinator.get(url)) == short


def test_a_page_with_work_under_way_waits_for_its_reader(coordinator, round_id):
    coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    for page in ("berekening", "voorstel"):
        shown = coordinator.get(f"/waterland/koppelrondes/{round_id}/{page}").text
        assert "http-equiv" not in shown
        without_script = re.search(r"<noscript>(.*?)</noscript>", shown, re.DOTALL)[1]
        assert f'href="/waterland/koppelrondes/{round_id}/berekening"' in without_script
