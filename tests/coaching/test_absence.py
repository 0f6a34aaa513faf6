"""A coach is not available for a while in one tap, is again in one tap, and each tap has its way back."""

from datetime import date, timedelta

import pytest
import time_machine

from app.coaching.models import CoachProfile
from app.coaching.services.absence import Absence, absence_of
from app.kernel.clock import today
from tests.coaching.rounds import offer, small_round

AWAY, BACK = "/waterland/coachprofiel/afwezigheid", "/waterland/coachprofiel/beschikbaarheid"


@pytest.fixture
def coach(app, as_, cast):
    with app.database.unit_of_work(cast.network):
        offer(cast["coach"].person_id)
    return as_(cast["coach"])


def days(app, cast):
    with app.database.unit_of_work(cast.network) as unit:
        profile = unit.query(CoachProfile).one()
        return profile.unavailable_from, profile.unavailable_until


@pytest.mark.parametrize(
    ("day", "period", "until"),
    [
        ("2026-11-24", "two_weeks", date(2026, 12, 8)),
        ("2026-11-24", "summer", date(2027, 7, 31)),
        ("2027-07-31", "summer", date(2027, 7, 31)),
        ("2027-08-01", "summer", date(2028, 7, 31)),
    ],
)
def test_one_tap(app, cast, as_, coach, day, period, until):
    with time_machine.travel(f"{day} 09:00:00+00:00", tick=False):
        assert as_(cast["coach"]).post(AWAY, data={"period": period}).status_code == 302
    assert days(app, cast) == (date.fromisoformat(day), until)


def test_today_offers_it_and_then_the_way_back(app, cast, coach):
    assert "Even niet beschikbaar" in coach.get("/waterland/").text
    coach.post(AWAY, data={"period": "two_weeks"})
    page = coach.get("/waterland/").text
    assert f'action="{BACK}"' in page
    assert "Weer beschikbaar" in page
    assert "Even niet beschikbaar" not in page
    coach.post(BACK)
    assert days(app, cast) == (None, None)


def test_the_undo_of_being_back_are_the_days_that_were(app, cast, coach):
    chosen = {"period": "own", "unavailable_from": "2027-02-01", "unavailable_until": "2027-03-01"}
    coach.post(AWAY, data=chosen)
    coach.post(BACK)
    page = coach.get("/waterland/").text
    assert 'name="unavailable_from" value="2027-02-01"' in page
    coach.post(AWAY, data=chosen)
    assert days(app, cast) == (date(2027, 2, 1), date(2027, 3, 1))


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({}, "Kies tot wanneer."),
        ({"period": "altijd"}, "Kies uit de lijst."),
        ({"period": "own"}, "Vul minstens één van de twee dagen in."),
        (
            {"period": "own", "unavailable_from": "2027-03-01", "unavailable_until": "2027-02-01"},
            "De laatste dag moet na de eerste komen.",
        ),
    ],
)
def test_what_is_not_right_comes_back_with_words(coach, form, message):
    answer = coach.post(AWAY, data=form)
    assert answer.status_code == 422
    assert message in answer.text


def test_without_a_profile_that_comes_first(as_, cast):
    client = as_(cast["coach"])
    assert client.post(AWAY, data={"period": "two_weeks"}).status_code == 409
    assert client.get(AWAY).location == "/waterland/coachprofiel"
    assert client.get("/waterland/coachprofiel/overzicht").location == "/waterland/coachprofiel"


def test_an_absence_that_is_over_counts_no_more():
    day = timedelta(days=1)
    over = CoachProfile(unavailable_from=today() - 9 * day, unavailable_until=today() - day)
    coming = CoachProfile(unavailable_from=today() + day, unavailable_until=None)
    assert absence_of(over) is None
    assert absence_of(coming) == Absence(today() + day, None)


def test_being_away_asks_for_another_calculation(app, as_, cast, work_through_queue):
    with app.database.unit_of_work(cast.network):
        round_id = small_round(cast).id
    coordinator = as_(cast["coordinator"])
    coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    work_through_queue()
    as_(cast["coach"]).post(AWAY, data={"period": "summer"})
    assert coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie").status_code == 409


def test_the_profile_is_shown_again_in_words_with_who_sees_it(coach):
    profile = {
        "theme-leader": "3", "travel_limit": "45", "kinds": ["bo"], "concepts": ["dalton"], "capacity": "2",
        "halfdays": ["0", "1"], "known_from": "Negen jaar leraar op De Linde", "about": "Ik luister graag.",
    }  # fmt: skip
    page = coach.post("/waterland/coachprofiel", data=profile, follow_redirects=True).text
    for words in ("Negen jaar leraar op De Linde", "maandag", "Dalton", "heel sterk", "Ik luister graag."):
        assert words in page
    assert "hooguit 45 minuten" in page
    assert "Wie ziet wat" in page
    assert 'value="Negen jaar leraar op De Linde"' in coach.get("/waterland/coachprofiel").text


def test_where_she_knows_it_from_is_one_line(coach):
    profile = {"theme-leader": "3", "travel_limit": "45", "kinds": ["bo"], "capacity": "2"}
    answer = coach.post("/waterland/coachprofiel", data=profile | {"known_from": "x" * 201})
    assert answer.status_code == 422
    assert "200 tekens" in answer.text
