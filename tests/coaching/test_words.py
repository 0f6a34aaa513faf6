"""What pages say: which education a coach does not know, whom a form addresses, and whose board it is."""

import re

import pytest

from app.coaching.labels import blocked_coaches, reason_sentences
from app.coaching.matching import CoacheeFacts, CoachFacts, Rules, judge
from app.coaching.models import CoachingRequest, CoachProfile
from app.organisation.models import Board, School
from tests.coaching.rounds import small_round

YOU = re.compile(r"\b(je|jij|jou|jouw)\b", re.IGNORECASE)


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def round_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return small_round(cast).id


def sentences(**asks):
    """Why a coach of primary education, who knows no concept, is not possible."""
    coach = CoachFacts(id="c", person="c", kinds=frozenset({"bo"}), online=True)
    coachee = CoacheeFacts(id="a", person="a", online=True, **asks)
    return reason_sentences(judge([coachee], [coach], Rules()).pair(0, 0))


def form_of(page):
    """The form of a page, without what stands around it and without what its list of boards calls schools."""
    (form,) = re.findall(r'<form class="form.*?</form>', page, re.DOTALL)
    return re.sub(r"<option.*?</option>", "", form)


@pytest.mark.parametrize(
    ("kinds", "named"),
    [
        ({"bo", "so"}, "het speciaal onderwijs niet"),
        ({"so", "vso"}, "het speciaal onderwijs en voortgezet speciaal onderwijs niet"),
    ],
)
def test_the_reason_names_the_kind_that_the_coach_does_not_know(app, kinds, named):
    with app.test_request_context():
        assert sentences(kinds=frozenset(kinds)) == [f"De coach kent {named}."]


@pytest.mark.parametrize(
    ("concept", "named"), [("dalton", "Dalton"), ("democratisch", "democratisch onderwijs")]
)
def test_the_reason_names_the_concept_within_the_sentence(app, concept, named):
    with app.test_request_context():
        found = sentences(kinds=frozenset({"bo"}), concepts=frozenset({concept}))
        assert found == [f"De coach kent {named} niet."]
        assert blocked_coaches(f"concept:{concept}", 2) == f"2 kennen {named} niet"


def test_what_an_earlier_proposal_kept_without_the_kind_is_still_said(app):
    with app.test_request_context():
        assert blocked_coaches("kind", 2) == "2 kennen deze soort onderwijs niet"


def test_the_proposal_says_which_education_nobody_knows(app, cast, coordinator, round_id, work_through_queue):
    with app.database.unit_of_work(cast.network) as unit:
        school = unit.query(School).filter_by(id=cast.schools["wilgen"]).one()
        school.kinds, school.concept = ["bo", "so"], "jenaplan"
    coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    work_through_queue()
    page = coordinator.get(f"/waterland/koppelrondes/{round_id}/voorstel").text
    assert "1 kent het speciaal onderwijs niet" in page
    assert "1 kent Jenaplan niet" in page
    assert "kent het basisonderwijs niet" not in page


@pytest.mark.parametrize("typed", [None, {}])
@pytest.mark.parametrize(("list_", "who"), [("coachvragen", "ib"), ("coaches", "coach")])
def test_a_form_for_somebody_else_does_not_say_you(cast, coordinator, round_id, list_, who, typed):
    url = f"/waterland/koppelrondes/{round_id}/{list_}/{cast[who].person_id}"
    page = coordinator.get(url) if typed is None else coordinator.post(url, data=typed)
    assert page.status_code == (200 if typed is None else 422)
    assert YOU.findall(form_of(page.text)) == []
    assert "Je vult dit in voor" in page.text


@pytest.mark.parametrize(("page", "who"), [("coachvraag", "ib"), ("coachprofiel", "coach")])
def test_her_own_form_does(as_, cast, round_id, page, who):
    assert YOU.findall(form_of(as_(cast[who]).get(f"/waterland/{page}").text)) != []


PROFILE = {"theme-leader": "3", "travel_limit": "30", "kinds": ["bo"], "capacity": "2"}


def declared(app, cast):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(CoachProfile).one().declared_boards


def test_a_board_is_recognised_by_its_schools(app, cast, as_, round_id):
    with app.database.unit_of_work(cast.network) as unit:
        board = unit.query(Board).filter_by(number="11111").one()
        unit.add(School(board_id=board.id, code="01AD00", name="Zonnewijzer", kinds=["bo"], city="Edam"))
        board.name = "Stichting Waterrijk"
    page = as_(cast["coach"]).get("/waterland/coachprofiel").text
    assert (
        '<option value="11111">Stichting Waterrijk: De Linde, OBS De Wilgen en 1 andere school</option>'
        in page
    )
    assert '<option value="22222">Bestuur 22222: Het Kompas</option>' in page


def test_boards_in_and_outside_the_network_are_kept_together_and_shown_apart(app, cast, as_, round_id):
    coach = as_(cast["coach"])
    chosen = {"declared_boards": ["", "11111"], "other_boards": "99999; 40788"}
    assert coach.post("/waterland/coachprofiel", data=PROFILE | chosen).status_code == 302
    assert declared(app, cast) == ["11111", "40788", "99999"]
    page = coach.get("/waterland/coachprofiel").text
    assert '<option value="11111" selected>' in page
    assert 'value="40788, 99999"' in page


def test_saving_what_the_page_shows_loses_no_board(app, cast, as_, round_id):
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(CoachProfile).one().declared_boards = ["11111", "22222", "99999"]
    page = as_(cast["coach"]).get("/waterland/coachprofiel").text
    shown = {
        "declared_boards": re.findall(r'<option value="(\d{5})" selected>', page),
        "other_boards": re.search(r'name="other_boards"[^>]*value="([^"]*)"', page, re.DOTALL)[1],
    }
    as_(cast["coach"]).post("/waterland/coachprofiel", data=PROFILE | shown)
    assert declared(app, cast) == ["11111", "22222", "99999"]


def test_a_board_that_is_no_number_is_said_at_its_field_and_nothing_is_lost(app, cast, as_, round_id):
    typed = {"declared_boards": ["11111"], "other_boards": "De Regenboog"}
    page = as_(cast["coach"]).post("/waterland/coachprofiel", data=PROFILE | typed)
    assert page.status_code == 422
    assert "Schrijf de nummers van de besturen" in page.text
    assert 'value="De Regenboog"' in page.text
    assert '<option value="11111" selected>' in page.text
    assert declared(app, cast) == []


def test_a_board_that_was_chosen_keeps_its_people_away(app, cast, coordinator, round_id):
    coach = cast["coach"].person_id
    coordinator.post(
        f"/waterland/koppelrondes/{round_id}/coaches/{coach}", data=PROFILE | {"declared_boards": ["11111"]}
    )
    with app.database.unit_of_work(cast.network) as unit:
        request = unit.query(CoachingRequest).one().id
    page = coordinator.get(f"/waterland/coachvragen/{request}/coaches").text
    assert "hetzelfde schoolbestuur" in page
