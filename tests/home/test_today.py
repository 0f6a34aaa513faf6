"""The first page says what is done, and what comes next."""

import re
from datetime import date, timedelta

import pytest

from app.coaching.models import CoachProfile, MatchingRound
from app.kernel.clock import today
from tests.coaching.rounds import ask, offer, open_small_round
from tests.coaching.talks import talk_in, trajectory_of_cast


def shown(as_, member):
    return as_(member).get("/waterland/").text


@pytest.fixture
def change(app, cast):
    """Change the profile of the coach."""

    def change(**values):
        with app.database.unit_of_work(cast.network) as unit:
            profile = unit.query(CoachProfile).one_or_none() or offer(cast["coach"].person_id)
            for name, value in values.items():
                setattr(profile, name, value)

    return change


def test_a_coach_without_a_profile_is_asked_for_it(as_, cast):
    assert "Zonder profiel kan niemand aan je gekoppeld worden" in shown(as_, cast["coach"])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Je profiel is ingevuld, met 2 plekken. Begint er een ronde, dan doe je vanzelf mee."),
        ({"capacity": 0}, "met 0 plekken: er wordt niemand aan je gekoppeld"),
        ({"unavailable_from": date(2020, 1, 1)}, "Zolang je niet beschikbaar bent"),
    ],
)
def test_a_coach_reads_that_her_profile_is_in_and_what_comes_next(as_, cast, change, values, said):
    change(**values)
    page = shown(as_, cast["coach"])
    assert said in page
    assert "Zonder profiel" not in page


def test_with_a_round_open_a_coach_reads_when_she_hears(app, as_, cast, change):
    change(capacity=1)
    with app.database.unit_of_work(cast.network):
        open_small_round()
    assert "met 1 plek. Je hoort wie je coacht zodra de koppelingen van ronde 2026–2027" in shown(
        as_, cast["coach"]
    )


def test_an_ib_reads_that_she_can_ask_and_then_that_she_asked(app, as_, cast):
    with app.database.unit_of_work(cast.network):
        round_id = open_small_round().id
    assert "Het kost je nog geen vijf minuten." in shown(as_, cast["ib"])
    with app.database.unit_of_work(cast.network):
        ask(round_id, cast["ib"].person_id)
    assert "Je coachvraag voor ronde 2026–2027 is verstuurd" in shown(as_, cast["ib"])


@pytest.fixture
def publish(app, as_, cast, change, work_through_queue):
    """A round that is published: Fatima has Joost, Marloes has nobody."""
    change(concepts=[])
    coordinator = as_(cast["coordinator"])
    with app.database.unit_of_work(cast.network) as unit:
        made = MatchingRound(name="Nu", starts_on=today(), ends_on=today() + timedelta(days=200))
        unit.add(made)
        unit.flush()
        for who in ("ib", "colleague"):
            ask(made.id, cast[who].person_id)
        round_id = made.id
    coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    work_through_queue()
    assert coordinator.post(f"/waterland/koppelrondes/{round_id}/publicatie").status_code == 302


@pytest.mark.usefixtures("publish")
def test_once_published_each_reads_her_next_step(as_, cast):
    assert "Stuur dan zelf het eerste bericht" in shown(as_, cast["ib"])
    assert "stuurt het eerste bericht. Hoor je niets?" in shown(as_, cast["coach"])
    waiting = shown(as_, cast["colleague"])
    assert "In ronde Nu was er nog geen coach voor je. In de volgende ronde ga je voor." in waiting
    assert "In ronde Nu" not in shown(as_, cast["ib"])


@pytest.mark.usefixtures("publish")
def test_who_asked_again_reads_about_that(app, as_, cast):
    with app.database.unit_of_work(cast.network):
        ask(open_small_round("Straks").id, cast["colleague"].person_id)
    page = shown(as_, cast["colleague"])
    assert "Je coachvraag voor ronde Straks is verstuurd" in page
    assert "In ronde Nu" not in page


@pytest.mark.parametrize("who", ["teacher", "leader", "billing"])
def test_who_has_no_part_in_the_coaching_reads_what_the_network_is_for(as_, cast, who):
    page = shown(as_, cast[who])
    assert "die met vreemde ogen meekijkt" in page
    assert ("Coaching in mijn school" in page.split("<main")[1]) == (who == "leader")
    assert "die met vreemde ogen meekijkt" not in shown(as_, cast["ib"])


def test_a_date_says_with_whom_and_leads_to_the_talk(app, as_, cast):
    with app.database.unit_of_work(cast.network):
        trajectory = trajectory_of_cast(cast)
        talk_in(trajectory, 3)
        trajectory_id = trajectory.id
    ib = as_(cast["ib"])
    ib.get("/taal/en")
    page = ib.get("/waterland/").text
    assert "Coaching talk with Joost" in page
    assert f"/waterland/trajecten/{trajectory_id}/gesprekken" in page
    assert re.search(r">\w+day \d+ [A-Z]\w+ \d{4}, ", page), "names of days and months keep their capitals"
