"""How far a round is, as a table over its dates and rows; and what moves it by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.coaching.models import CoachingRequest, MatchingRound, Publication, RoundClosing
from app.coaching.phases import Phase, RoundState
from app.coaching.queries import closed_round, open_round, round_state
from app.kernel.clock import today
from tests.coaching.rounds import ask, open_small_round, small_round

DAY = date(2026, 12, 1)
THEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
PUBLISHED = Publication(round_id=1, proposal_id=1, by_id=1, at=THEN)


def state(requests_until=None, starts_on=DAY + WEEK, **rows):
    planned = MatchingRound(
        name="A", starts_on=starts_on, ends_on=DAY + 30 * WEEK, requests_until=requests_until
    )
    return RoundState(planned, **rows)


@pytest.mark.parametrize(
    ("made", "phase"),
    [
        (state(), Phase.OPEN),
        (state(calculated_at=THEN), Phase.OPEN),
        (state(requests_until=DAY), Phase.OPEN),
        (state(requests_until=DAY, calculated_at=THEN), Phase.OPEN),
        (state(requests_until=DAY - timedelta(days=1)), Phase.CLOSED),
        (state(closed_at=THEN), Phase.CLOSED),
        (state(requests_until=DAY + WEEK, closed_at=THEN), Phase.CLOSED),
        (state(closed_at=THEN, calculated_at=THEN), Phase.PROPOSAL),
        (state(requests_until=DAY - WEEK, calculated_at=THEN), Phase.PROPOSAL),
        (state(calculated_at=THEN, publication=PUBLISHED), Phase.PUBLISHED),
        (state(requests_until=DAY + WEEK, publication=PUBLISHED), Phase.PUBLISHED),
        (state(starts_on=DAY, publication=PUBLISHED), Phase.RUNNING),
        (state(starts_on=DAY - WEEK, closed_at=THEN, publication=PUBLISHED), Phase.RUNNING),
        (state(archived_at=THEN), Phase.ARCHIVED),
        (state(starts_on=DAY, publication=PUBLISHED, archived_at=THEN), Phase.ARCHIVED),
    ],
)
def test_phase(made, phase):
    assert made.phase_on(DAY) is phase


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def round_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return small_round(cast).id


@pytest.fixture
def do(coordinator, round_id):
    """Press a button of the planning."""
    return lambda what, **fields: coordinator.post(f"/waterland/koppelrondes/{round_id}/{what}", data=fields)


def phase_now(app, cast, round_id):
    with app.database.unit_of_work(cast.network):
        return round_state(round_id).phase


def request_of(round_id):
    return {"round_id": round_id, "theme-leader": "2", "travel_limit": "35"}


def test_closing_and_opening_again_by_hand(app, cast, do, round_id):
    assert do("sluiting").status_code == 302
    assert phase_now(app, cast, round_id) is Phase.CLOSED
    with app.database.unit_of_work(cast.network):
        assert open_round() is None
        assert closed_round().round.id == round_id
    assert do("sluiting").status_code == 409
    assert do("sluiting/opheffing").status_code == 302
    assert phase_now(app, cast, round_id) is Phase.OPEN


def test_closing_can_be_undone_at_once(coordinator, do, round_id):
    do("sluiting")
    page = coordinator.get(f"/waterland/koppelrondes/{round_id}/planning").text
    assert f'action="/waterland/koppelrondes/{round_id}/sluiting/opheffing"' in page
    assert "De coachvragen zijn gesloten. Jij kunt er nog een voor iemand invullen." in page


def test_a_closed_round_refuses_with_whom_to_ask_and_the_coordinator_still_enters(
    app, as_, cast, coordinator, do, round_id
):
    do("sluiting")
    for who, url in (("colleague", "coachvraag"), ("ib", "coachvraag"), ("ib", "coachvraag/intrekking")):
        fields = request_of(round_id) if url == "coachvraag" else {"round_id": round_id}
        answer = as_(cast[who]).post(f"/waterland/{url}", data=fields)
        assert answer.status_code == 409
        assert "zijn gesloten" in answer.text
        assert "Linda Postma" in answer.text
    entered = coordinator.post(
        f"/waterland/koppelrondes/{round_id}/coachvragen/{cast['colleague'].person_id}",
        data={"theme-leader": "3", "travel_limit": "30"},
    )
    assert entered.status_code == 302
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(CoachingRequest).count() == 2


def test_the_pages_of_an_ib_follow_the_phase(as_, cast, do, round_id):
    do("sluiting")
    asked, silent = as_(cast["ib"]), as_(cast["colleague"])
    closed = silent.get("/waterland/coachvraag").text
    assert "De coachvragen van ronde 2026–2027 zijn gesloten" in closed
    assert "Linda Postma" in closed
    assert 'name="theme-leader"' not in closed
    sent = asked.get("/waterland/coachvraag", follow_redirects=True).text
    assert "Wil je nog iets veranderen? Vraag het aan Linda Postma." in sent
    assert "Je coachvraag voor ronde 2026–2027 is verstuurd" in asked.get("/waterland/").text
    assert "Wil je toch nog een coach?" in silent.get("/waterland/").text


def test_who_asked_last_year_and_not_now_reads_that_it_is_closed(app, as_, cast, do, round_id):
    with app.database.unit_of_work(cast.network):
        ask(open_small_round("2025–2026", date(2025, 9, 1)).id, cast["colleague"].person_id)
    do("sluiting")
    with app.database.unit_of_work(cast.network) as unit:
        earlier = unit.query(MatchingRound).filter_by(name="2025–2026").one()
        unit.add(RoundClosing(round_id=earlier.id, by_id=1))
    page = as_(cast["colleague"]).get("/waterland/coachvraag", follow_redirects=True).text
    assert "De coachvragen van ronde 2026–2027 zijn gesloten" in page


def test_a_last_day_that_has_passed_is_moved_to_open_again(app, cast, do, round_id):
    with app.database.unit_of_work(cast.network) as unit:
        planned = unit.query(MatchingRound).one()
        planned.requests_until, planned.publish_on = today() - WEEK, today() + WEEK
    assert do("sluiting/opheffing").status_code == 422
    too_late = do("sluiting/opheffing", requests_until=(today() + 2 * WEEK).isoformat())
    assert too_late.status_code == 422
    assert "Verzet eerst die dag" in too_late.text
    assert do("sluiting/opheffing", requests_until=today().isoformat()).status_code == 302
    assert phase_now(app, cast, round_id) is Phase.OPEN


def test_an_archived_round_changes_no_more_until_it_is_taken_out(app, as_, cast, coordinator, do, round_id):
    assert do("archivering").status_code == do("archivering").status_code == 302
    assert phase_now(app, cast, round_id) is Phase.ARCHIVED
    assert do("berekening").status_code == 409
    assert as_(cast["ib"]).post("/waterland/coachvraag", data=request_of(round_id)).status_code == 409
    assert "Vraag een coach" not in as_(cast["colleague"]).get("/waterland/").text
    assert "In het archief" in coordinator.get("/waterland/koppelrondes").text
    assert do("archivering/opheffing").status_code == 302
    assert phase_now(app, cast, round_id) is Phase.OPEN


def test_the_days_are_moved_and_moved_back(app, cast, coordinator, do, round_id):
    days = {"starts_on": "2026-10-01", "ends_on": "2027-07-31"}
    planned = {**days, "requests_until": "2027-01-10", "publish_on": "2027-01-20", "reminds": "1"}
    assert do("planning", **planned).status_code == 302
    with app.database.unit_of_work(cast.network):
        assert round_state(round_id).round.publish_on == date(2027, 1, 20)
    page = coordinator.get(f"/waterland/koppelrondes/{round_id}/planning").text
    assert 'name="starts_on" value="2026-09-01"' in page  # the way back
    assert "gepland: 20 januari 2027" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"publish_on": "2027-01-01"}, "Kies een dag na de laatste dag voor coachvragen."),
        ({"publish_on": "2027-09-01"}, "Kies een dag voor het einde van de ronde."),
        ({"requests_until": "morgen"}, "Schrijf een datum"),
        ({"ends_on": "2026-09-01"}, "De laatste dag moet na de eerste komen."),
    ],
)
def test_days_in_another_order_come_back_with_words(do, change, message):
    days = {"starts_on": "2026-10-01", "ends_on": "2027-07-31", "requests_until": "2027-01-10"}
    answer = do("planning", **(days | change))
    assert answer.status_code == 422
    assert message in answer.text


def test_the_database_keeps_the_order_of_the_days(unit, cast):
    made = open_small_round()
    turned = text("UPDATE matching_round SET requests_until = '2027-02-01', publish_on = '2027-01-01'")
    with pytest.raises(IntegrityError, match="ck_matching_round_planning"), unit.begin_nested():
        unit.execute(turned)
    assert made.requests_until is None


def test_each_page_of_a_round_shows_its_phases(coordinator, do, round_id):
    for page in ("voorstel", "coachvragen", "coaches", "planning"):
        shown = coordinator.get(f"/waterland/koppelrondes/{round_id}/{page}").text
        assert shown.count('aria-current="step"') == 1
        assert shown.count('class="timeline__step') == len(Phase)


def test_a_new_round_takes_over_settings_and_days_of_an_earlier_one(app, cast, coordinator):
    with app.database.unit_of_work(cast.network) as unit:
        earlier = open_small_round("2026–2027", date(2026, 9, 1))
        earlier.requests_until, earlier.publish_on = date(2026, 9, 20), date(2026, 10, 5)
        earlier.sufficiency, earlier.repeat_rounds, earlier.reminds = 500, 4, False
        unit.flush()
        earlier_id = earlier.id
    page = coordinator.get(f"/waterland/koppelrondes/nieuw?van={earlier_id}").text
    assert "Neem over van" in page
    for value in ("2027–2028", "2027-09-01", "2027-09-20", "2027-10-05", "2028-07-31", "4"):
        assert f'value="{value}"' in page
    days = {"starts_on": "2027-09-01", "ends_on": "2028-07-31", "requests_until": "2027-09-20"}
    made = coordinator.post(
        "/waterland/koppelrondes", data={"name": "2027–2028", **days, "copied_from": earlier_id}
    )
    assert made.status_code == 302
    with app.database.unit_of_work(cast.network) as unit:
        copied = unit.query(MatchingRound).filter_by(name="2027–2028").one()
        assert (copied.sufficiency, copied.reminds) == (500, False)
    assert coordinator.get("/waterland/koppelrondes/nieuw?van=987654321").status_code == 404


def test_a_coach_still_changes_her_profile_when_a_round_is_closed(as_, cast, do):
    do("sluiting")
    page = as_(cast["coach"]).get("/waterland/coachprofiel").text
    assert "telt pas mee als je coördinator de koppelingen opnieuw berekent" in page
    profile = {"theme-leader": "3", "travel_limit": "30", "kinds": ["bo"], "capacity": "2"}
    assert as_(cast["coach"]).post("/waterland/coachprofiel", data=profile).status_code == 302


def test_the_form_of_a_new_round_refuses_a_last_day_in_the_past(coordinator):
    days = {"starts_on": "2027-09-01", "ends_on": "2028-07-31", "requests_until": "2020-01-01"}
    answer = coordinator.post("/waterland/koppelrondes", data={"name": "Nieuw", **days})
    assert answer.status_code == 422
    assert "Kies vandaag of een latere dag." in answer.text
