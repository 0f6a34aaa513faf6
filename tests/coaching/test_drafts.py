"""Half a request: kept for her alone, counted nowhere, and gone once it is sent or the pairs are known."""

import pytest
from sqlalchemy import text

from app.coaching.models import CoachingRequest, RequestDraft
from app.coaching.participants import asking, turnout
from app.coaching.queries import draft_of, requests_by, round_with
from app.coaching.round_facts import facts_of
from app.organisation.queries import actor_of
from tests.coaching.rounds import offer, open_small_round, small_round
from tests.coaching.test_policy import EVERYBODY

CANARY = "kanarievogel in de mijn"
SWAP = {"HX-Request": "true"}


@pytest.fixture
def round_id(app, cast):
    with app.database.unit_of_work(cast.network):
        offer(cast["coach"].person_id)
        return open_small_round().id


@pytest.fixture
def ib(as_, cast):
    return as_(cast["ib"])


@pytest.fixture
def keep(ib, round_id):
    """Fill in half the form, and leave."""

    def keep(headers=SWAP, **fields):
        half = {"round_id": round_id, "theme-leader": "3", "halfdays": ["0"], "question": CANARY, **fields}
        return ib.post("/waterland/coachvraag/concept", data=half, headers=headers)

    return keep


def drafts(app, cast):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(RequestDraft).count()


def test_what_she_filled_in_is_there_when_she_comes_back(keep, ib):
    answer = keep(travel_limit="veel")
    assert answer.status_code == 200
    assert "Bewaard op" in answer.text
    assert "<html" not in answer.text
    page = ib.get("/waterland/coachvraag").text
    assert "Je gaat verder waar je op" in page
    assert CANARY in page
    assert 'value="veel"' in page
    assert "half ingevuld en nog niet verstuurd" in ib.get("/waterland/").text


def test_without_script_a_button_keeps_it_and_leads_to_today(keep, ib):
    answer = keep(headers={})
    assert (answer.status_code, answer.location) == (302, "/waterland/")
    assert "alleen voor jou" in ib.get("/waterland/").text


def test_keeping_it_again_replaces_it(app, cast, keep, ib):
    keep()
    keep(question="Toch iets anders")
    assert drafts(app, cast) == 1
    page = ib.get("/waterland/coachvraag").text
    assert "Toch iets anders" in page
    assert CANARY not in page


def test_a_draft_is_for_her_alone_and_counts_for_nothing(app, as_, cast, keep, round_id):
    keep()
    with app.database.unit_of_work(cast.network, with_identities=True):
        actors = {key: actor_of(cast[key].identity_id) for key in EVERYBODY}
        assert {key for key, actor in actors.items() if draft_of(actor, round_id)} == {"ib"}
        matching_round = round_with(round_id)
        assert turnout(matching_round).asked == 0
        assert not any(one.has_answered for one in asking(matching_round))
        assert facts_of(matching_round).coachees == ()
        assert requests_by(cast["ib"].person_id) == []
    for who in ("coordinator", "coach", "colleague"):
        client = as_(cast[who])
        pages = ["", "coachvraag", f"koppelrondes/{round_id}/coachvragen"]
        pages.append(f"koppelrondes/{round_id}/coachvragen/{cast['ib'].person_id}")
        assert not any(CANARY in client.get(f"/waterland/{page}").text for page in pages)


def test_draft_and_question_are_unreadable_in_the_database(app, cast, ib, keep, round_id):
    keep()
    with app.database.unit_of_work(cast.network) as unit:
        kept = unit.execute(text("SELECT d::text, content FROM request_draft d")).one()
        assert CANARY not in kept[0]
        assert CANARY.encode() not in bytes(kept[1])
        assert b"leader" not in bytes(kept[1])
    sent = {"round_id": round_id, "theme-leader": "3", "travel_limit": "30", "question": CANARY}
    ib.post("/waterland/coachvraag", data=sent)
    with app.database.unit_of_work(cast.network) as unit:
        row, sealed = unit.execute(text("SELECT r::text, question FROM coaching_request r")).one()
        assert CANARY not in row
        assert CANARY.encode() not in bytes(sealed)
        assert unit.query(CoachingRequest).one().question == CANARY


def test_sending_ends_the_draft_and_what_comes_in_late_changes_nothing(app, cast, ib, keep, round_id):
    keep()
    sent = {"round_id": round_id, "theme-leader": "3", "travel_limit": "30", "question": CANARY}
    answer = ib.post("/waterland/coachvraag", data=sent, follow_redirects=True)
    assert "Wat je vroeg" in answer.text
    assert "Wie ziet wat" in answer.text
    assert CANARY in answer.text
    assert drafts(app, cast) == 0
    late = keep()
    assert (late.status_code, late.text) == (204, "")
    assert "al verstuurd" in ib.get(keep(headers={}).location).text
    assert drafts(app, cast) == 0


def test_she_can_throw_it_away(app, cast, ib, keep, round_id):
    keep()
    assert (
        ib.post("/waterland/coachvraag/concept/verwijdering", data={"round_id": round_id}).status_code == 302
    )
    assert drafts(app, cast) == 0
    assert CANARY not in ib.get("/waterland/coachvraag").text


def test_what_looks_like_a_pupil_is_not_kept_before_she_says_it_is_none(app, cast, keep):
    suspect = {"question": "Zij is geboren op 12-03-2016."}
    answer = keep(**suspect)
    assert answer.status_code == 422
    assert "Nog niet bewaard." in answer.text
    assert "geboortedatum" in answer.text
    page = keep(headers={}, **suspect)
    assert page.status_code == 422
    assert 'name="not_about_pupil"' in page.text
    assert drafts(app, cast) == 0
    assert keep(not_about_pupil="1", **suspect).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"theme-bestaat-niet": "2"}, {"question": "x" * 4001}, {"halfdays": "77"}, {"iets": "anders"}]
)
def test_what_no_form_of_ours_sends_is_not_kept(app, cast, keep, wrong):
    assert keep(**wrong).status_code == 422
    assert drafts(app, cast) == 0


def test_in_a_closed_round_a_draft_waits_and_is_not_lost(app, cast, as_, ib, keep, round_id):
    keep()
    coordinator = as_(cast["coordinator"])
    coordinator.post(f"/waterland/koppelrondes/{round_id}/sluiting")
    assert keep().status_code == 409
    assert "Wat je had ingevuld, is niet verstuurd." in ib.get("/waterland/coachvraag").text
    coordinator.post(f"/waterland/koppelrondes/{round_id}/sluiting/opheffing")
    assert CANARY in ib.get("/waterland/coachvraag").text


def test_publishing_ends_the_drafts_of_the_round(app, cast, as_, work_through_queue):
    with app.database.unit_of_work(cast.network):
        round_id = small_round(cast).id
    half = {"round_id": round_id, "question": CANARY}
    as_(cast["colleague"]).post("/waterland/coachvraag/concept", data=half, headers=SWAP)
    assert drafts(app, cast) == 1
    coordinator = as_(cast["coordinator"])
    coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    work_through_queue()
    assert coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie").status_code == 302
    assert drafts(app, cast) == 0
