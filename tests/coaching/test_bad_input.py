"""Bad input and bad luck in a round: a clear message where it can be mended, and nothing lost or half done."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from app.coaching.models import CoachingRequest, CoachProfile, Match, Pin, Publication
from app.coaching.queries import latest_proposal, round_with
from app.coaching.round_facts import facts_of
from app.coaching.services.proposals import calculate, keep_proposal, start_calculation
from app.jobs.models import LongWork
from app.jobs.progress import cancel_work
from app.kernel.actor import Actor
from app.kernel.permissions import Role
from tests.coaching.rounds import ask, open_small_round, small_round
from tests.conftest import signed_in_client


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def round_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return small_round(cast).id


def calculation(round_id):
    return f"/waterland/koppelrondes/{round_id}/berekening"


def test_a_round_without_requests(app, cast, coordinator):
    with app.database.unit_of_work(cast.network):
        round_id = open_small_round().id
    answer = coordinator.post(calculation(round_id))
    assert answer.status_code == 409
    assert "nog niemand om een coach gevraagd" in answer.text


def test_a_round_without_coaches(app, cast, coordinator):
    with app.database.unit_of_work(cast.network):
        round_id = open_small_round().id
        ask(round_id, cast["ib"].person_id)
    answer = coordinator.post(calculation(round_id))
    assert answer.status_code == 409
    assert "geen coach met een profiel" in answer.text


def test_a_locked_pair_that_is_not_possible_any_more_is_named(app, cast, coordinator, round_id):
    with app.database.unit_of_work(cast.network) as unit:
        request = unit.query(CoachingRequest).one()
        unit.add(Pin(request_id=request.id, coach_id=cast["coach"].person_id, by_id=1))
        unit.query(CoachProfile).one().kinds = ["so"]
    answer = coordinator.post(calculation(round_id))
    assert answer.status_code == 409
    assert "Fatima el Amrani – Joost van Leeuwen" in answer.text


def test_a_locked_coach_whose_capacity_became_zero_is_named(app, cast, coordinator, round_id):
    with app.database.unit_of_work(cast.network) as unit:
        request = unit.query(CoachingRequest).one()
        unit.add(Pin(request_id=request.id, coach_id=cast["coach"].person_id, by_id=1))
        unit.query(CoachProfile).one().capacity = 0
    answer = coordinator.post(calculation(round_id))
    assert answer.status_code == 409
    assert "Joost van Leeuwen" in answer.text


def test_a_calculation_that_runs_is_not_started_twice(coordinator, round_id):
    assert coordinator.post(calculation(round_id)).status_code == 302
    again = coordinator.post(calculation(round_id))
    assert again.status_code == 409
    assert "loopt al een berekening" in again.text


def test_a_cancelled_calculation_leaves_no_proposal(app, cast, coordinator, round_id, work_through_queue):
    coordinator.post(calculation(round_id))
    with app.database.unit_of_work(cast.network):
        cancel_work("coaching.calculate_proposal", round_id)
    work_through_queue()
    with app.database.unit_of_work(cast.network) as unit:
        assert latest_proposal(round_id) is None
        assert unit.query(LongWork).one().state == "cancelled"
    assert "Gestopt" in coordinator.get(calculation(round_id)).text


def test_a_job_that_is_done_again_after_a_killed_worker_keeps_one_proposal(app, cast, round_id):
    actor = Actor(cast["coordinator"].person_id, "", frozenset({Role.COORDINATOR}))
    with app.database.unit_of_work(cast.network):
        work_id = start_calculation(actor, round_id)
        facts = facts_of_round(round_id)
    outcome = calculate(facts, lambda _stage, _done: None)
    for _time in range(2):
        with app.database.unit_of_work(cast.network):
            keep_proposal(work_id, facts, *outcome)
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.execute(text("SELECT count(*) FROM proposal")).scalar_one() == 1


def test_what_changed_since_the_proposal_stops_the_publication(
    app, cast, coordinator, round_id, work_through_queue
):
    coordinator.post(calculation(round_id))
    work_through_queue()
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(CoachProfile).one().travel_limit = 10
    answer = coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie")
    assert answer.status_code == 409
    assert "Bereken het opnieuw" in answer.text
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(Match).count() == unit.query(Publication).count() == 0


def test_a_lock_that_was_not_calculated_stops_the_publication(
    app, cast, coordinator, round_id, work_through_queue
):
    coordinator.post(calculation(round_id))
    work_through_queue()
    with app.database.unit_of_work(cast.network) as unit:
        request_id = unit.query(CoachingRequest).one().id
    coordinator.post(
        f"/waterland/coachvragen/{request_id}/uitsluiting", data={"coach_id": cast["coach"].person_id}
    )
    assert coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie").status_code == 409


def test_two_coordinators_publish_at_once_and_one_publication_stands(committed):
    app, cast = committed
    app.config["WTF_CSRF_ENABLED"] = False
    with app.database.unit_of_work(cast.network):
        round_id = small_round(cast).id
        actor = Actor(cast["coordinator"].person_id, "", frozenset({Role.COORDINATOR}))
        work_id = start_calculation(actor, round_id)
        facts = facts_of_round(round_id)
    with app.database.unit_of_work(cast.network):
        keep_proposal(work_id, facts, *calculate(facts, lambda _stage, _done: None))
    clients = [signed_in_client(app, cast["coordinator"]) for _client in range(4)]
    with ThreadPoolExecutor(4) as pool:
        url = f"/waterland/koppelrondes/{round_id}/publicatie"
        statuses = sorted(pool.map(lambda client: client.post(url).status_code, clients))
    assert statuses == [302, 409, 409, 409]
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(Match).count() == unit.query(Publication).count() == 1


def test_a_published_round_does_not_change_any_more(
    app, cast, coordinator, as_, round_id, work_through_queue
):
    coordinator.post(calculation(round_id))
    work_through_queue()
    coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie")
    for decision in ("vastzetting", "uitsluiting"):
        with app.database.unit_of_work(cast.network) as unit:
            request_id = unit.query(Match.request_id).scalar()
        decided = coordinator.post(
            f"/waterland/coachvragen/{request_id}/{decision}", data={"coach_id": cast["coach"].person_id}
        )
        assert decided.status_code == 409
    changed = coordinator.post(
        f"/waterland/koppelrondes/{round_id}/coachvragen/{cast['ib'].person_id}",
        data={"theme-leader": "3", "travel_limit": "30"},
    )
    assert changed.status_code == 409


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"theme-leader": "0"}, "minstens één thema"),
        (
            {
                f"theme-{theme}": "1"
                for theme in ("leader", "position", "tasks", "teachers", "moments", "data")
            },
            "hooguit 5",
        ),
        ({"travel_limit": "4"}, "5 tot en met 120 minuten"),
        ({"travel_limit": "veel"}, "5 tot en met 120"),
        ({"question": "x" * 4001}, "4.000 tekens"),
        ({"question": "Zij is geboren op 12-03-2016 en …"}, "geboortedatum"),
        ({"question": "Het gaat om 111222333."}, "nummer van een leerling"),
        ({"wanted": "1", "unwanted": "1"}, "beide lijsten"),
    ],
)
def test_a_request_that_is_not_right_is_not_saved_and_keeps_what_was_typed(
    app, cast, as_, round_id, change, message
):
    fields = {
        "round_id": round_id,
        "theme-resistance": "2",
        "travel_limit": "35",
        "question": "Mijn vraag",
        **change,
    }
    if "theme-leader" in change and len(change) == 1:
        del fields["theme-resistance"]
    page = as_(cast["ib"]).post("/waterland/coachvraag", data=fields)
    assert page.status_code == 422
    assert message in page.text
    assert fields["question"][:50] in page.text
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(CoachingRequest).one().travel_limit == 60


def test_a_question_that_is_not_about_a_pupil_is_saved_when_she_says_so(app, cast, as_, round_id):
    fields = {
        "round_id": round_id,
        "theme-leader": "2",
        "travel_limit": "35",
        "question": "Op 12-03-2016 begon ik.",
        "not_about_pupil": "1",
    }
    assert as_(cast["ib"]).post("/waterland/coachvraag", data=fields).status_code == 302


def test_the_question_is_unreadable_in_the_database(app, cast, round_id):
    with app.database.unit_of_work(cast.network) as unit:
        kept = unit.execute(text("SELECT question FROM coaching_request")).scalar_one()
        assert unit.query(CoachingRequest).one().question == "Hoe krijg ik ruimte bij mijn schoolleider?"
    assert b"ruimte" not in bytes(kept)


def facts_of_round(round_id):
    return facts_of(round_with(round_id))
