"""What changes between calculating and publishing, and who is not there any more."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    Match,
    MatchingRound,
    PairExclusion,
    Pin,
    Publication,
)
from app.coaching.queries import latest_proposal, round_with, state_of
from app.coaching.round_facts import facts_of
from app.coaching.services.proposals import calculate, keep_proposal, read_work, start_calculation
from app.coaching.services.publication import not_calculated
from app.jobs.models import LongWork
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.permissions import Role
from app.organisation.models import Assignment
from tests.coaching.rounds import ask, small_round
from tests.conftest import handlers, signed_in_client
from tests.world import add_person, add_role


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def round_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return small_round(cast).id


def calculated(app, cast, round_id):
    """A proposal for the round, as the job makes it."""
    with app.database.unit_of_work(cast.network):
        actor = Actor(cast["coordinator"].person_id, "", frozenset({Role.COORDINATOR}))
        work, facts = read_work(start_calculation(actor, round_id))
    with app.database.unit_of_work(cast.network):
        keep_proposal(work.id, facts, *calculate(facts, lambda _stage, _done: None))
    return work.id


def pending(app, cast, round_id):
    with app.database.unit_of_work(cast.network):
        return not_calculated(round_with(round_id), state_of(latest_proposal(round_id)))


def test_an_unmatched_ib_is_shown_with_a_coach_who_has_no_profile_yet(app, cast, coordinator, round_id):
    with app.database.unit_of_work(cast.network) as unit:
        silent = add_person("Stille", "Kracht")
        add_role(silent.id, Role.COACH, None)
        unit.query(CoachProfile).one().kinds = ["so"]
    calculated(app, cast, round_id)
    page = coordinator.get(f"/waterland/koppelrondes/{round_id}/voorstel")
    assert page.status_code == 200
    assert "Stille Kracht" in page.text


def test_the_lock_of_an_ib_who_left_stands_in_nobodys_way(app, cast, coordinator, round_id):
    with app.database.unit_of_work(cast.network) as unit:
        colleague = ask(round_id, cast["colleague"].person_id)
        unit.add(Pin(request_id=colleague.id, coach_id=cast["coach"].person_id, by_id=1))
        unit.flush()
        unit.query(Assignment).filter_by(person_id=cast["colleague"].person_id).delete()
    calculated(app, cast, round_id)
    assert pending(app, cast, round_id) == 0
    assert coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie").status_code == 302


def test_to_lock_what_is_proposed_needs_no_new_calculation(app, cast, round_id):
    calculated(app, cast, round_id)
    with app.database.unit_of_work(cast.network) as unit:
        request = unit.query(CoachingRequest).one()
        unit.add(Pin(request_id=request.id, coach_id=cast["coach"].person_id, by_id=1))
    assert pending(app, cast, round_id) == 0


@pytest.mark.parametrize("decision", [Pin, PairExclusion])
def test_to_take_back_what_was_calculated_with_needs_one(app, cast, round_id, decision):
    with app.database.unit_of_work(cast.network) as unit:
        request = unit.query(CoachingRequest).one()
        unit.add(decision(request_id=request.id, coach_id=cast["coach"].person_id, by_id=1))
    calculated(app, cast, round_id)
    assert pending(app, cast, round_id) == 0
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(decision).delete()
    assert pending(app, cast, round_id) == 1


def test_another_line_of_fairness_needs_one(app, cast, round_id):
    calculated(app, cast, round_id)
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(MatchingRound).one().sufficiency = 500
    assert pending(app, cast, round_id) == 1


def test_nothing_is_published_while_a_calculation_runs(app, cast, coordinator, round_id):
    calculated(app, cast, round_id)
    coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    assert coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie").status_code == 409


def test_a_calculation_that_ends_after_the_publication_adds_nothing(app, cast, round_id):
    with app.database.unit_of_work(cast.network):
        actor = Actor(cast["coordinator"].person_id, "", frozenset({Role.COORDINATOR}))
        work, facts = read_work(start_calculation(actor, round_id))
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(LongWork).one().ended_at = now()
    first = calculated(app, cast, round_id)
    with app.database.unit_of_work(cast.network) as unit:
        proposal = latest_proposal(round_id)
        unit.add(Publication(round_id=round_id, proposal_id=proposal.id, by_id=1))
        unit.query(LongWork).filter_by(id=work.id).one().ended_at = None
    with app.database.unit_of_work(cast.network):
        keep_proposal(work.id, facts, *calculate(facts, lambda _stage, _done: None))
        assert latest_proposal(round_id).work_id == first


def test_a_calculation_that_is_done_twice_stays_done(app, cast, round_id, work_through_queue):
    work_id = calculated(app, cast, round_id)
    [job] = [
        h
        for h in handlers(app.settings, app.database, app.postbox)
        if h.name == "coaching.calculate_proposal"
    ]
    job.work(cast.network, work_id=work_id)
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(LongWork).one().state == "done"


def test_an_odd_address_or_number_is_no_fault_of_ours(app, cast, coordinator, as_, round_id):
    calculated(app, cast, round_id)
    odd = coordinator.get(
        f"/waterland/koppelrondes/{round_id}/voorstel?round_id=5&_external=1&sort=up&after=x"
    )
    assert odd.status_code == 200
    form = {"round_id": round_id, "theme-leader": "²", "travel_limit": "30"}
    assert as_(cast["ib"]).post("/waterland/coachvraag", data=form).status_code == 422


def test_a_request_and_the_publication_at_once_never_lose_a_match(committed):
    app, cast = committed
    app.config["WTF_CSRF_ENABLED"] = False
    with app.database.unit_of_work(cast.network):
        round_id = small_round(cast).id
    calculated(app, cast, round_id)
    publishing = signed_in_client(app, cast["coordinator"])
    withdrawing = signed_in_client(app, cast["ib"])
    with ThreadPoolExecutor(2) as pool:
        published = pool.submit(publishing.post, f"/waterland/koppelrondes/{round_id}/publicatie")
        withdrawn = pool.submit(
            withdrawing.post, "/waterland/coachvraag/intrekking", data={"round_id": round_id}
        )
    assert sorted((published.result().status_code, withdrawn.result().status_code)) == [302, 409]
    with app.database.unit_of_work(cast.network) as unit:
        is_published = unit.query(Publication).count() == 1
        assert (unit.query(Match).count() == 1) == is_published
        assert facts_of(round_with(round_id)).coachees or not is_published
