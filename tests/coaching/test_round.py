"""A round from the first button to the mails."""

import pytest

from app.coaching.queries import matches_in
from app.kernel.mail import KeptMail
from tests.coaching.rounds import small_round


@pytest.fixture
def round_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return small_round(cast).id


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


def calculated(coordinator, round_id, work_through_queue):
    answer = coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    assert answer.status_code == 302
    work_through_queue()
    return coordinator.get(f"/waterland/koppelrondes/{round_id}/voorstel")


def test_the_coordinator_calculates_and_sees_the_pair(coordinator, round_id, work_through_queue):
    page = calculated(coordinator, round_id, work_through_queue)
    assert page.status_code == 200
    assert "Fatima el Amrani" in page.text
    assert "Joost van Leeuwen" in page.text


def test_publishing_makes_the_pair_and_tells_both(app, cast, coordinator, round_id, work_through_queue):
    calculated(coordinator, round_id, work_through_queue)
    answer = coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie")
    assert answer.status_code == 302
    assert work_through_queue() == ["coaching.tell_coachee", "coaching.tell_coach"]
    with app.database.unit_of_work(cast.network):
        assert [(m.coachee_id, m.coach_id) for m in matches_in(round_id)] == [
            (cast["ib"].person_id, cast["coach"].person_id)
        ]
    with app.database.global_unit() as unit:
        told = {mail.recipient for mail in unit.query(KeptMail)}
    assert told == {cast["ib"].email, cast["coach"].email}


def test_both_find_each_other_and_the_coach_reads_the_question(
    as_, cast, coordinator, round_id, work_through_queue
):
    calculated(coordinator, round_id, work_through_queue)
    coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie")
    assert "Joost van Leeuwen" in as_(cast["ib"]).get("/waterland/").text
    coach = as_(cast["coach"])
    today = coach.get("/waterland/").text
    assert "Fatima el Amrani" in today
    link = today.split("/waterland/koppelingen/")[1].split('"')[0]
    assert "ruimte bij mijn schoolleider" in coach.get(f"/waterland/koppelingen/{link}").text
    assert "ruimte bij mijn schoolleider" not in coordinator.get(f"/waterland/koppelingen/{link}").text
    assert as_(cast["colleague"]).get(f"/waterland/koppelingen/{link}").status_code == 404
