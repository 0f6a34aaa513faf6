"""IB'ers say whether they take part; who is silent is asked, once for each occasion and by day."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.intervision.models import Avoidance, Participation, Season, SeasonPublication, SeasonReminder
from app.jobs.queue import enqueue
from app.kernel.clock import today
from tests.coaching.rounds import ask, open_small_round
from tests.intervision.seasons import a_season, an_answer

OWN = "/waterland/intervisie/aanmelding"
YES = {"takes_part": "1", "halfdays": [0, 3], "themes": ["tasks"], "experience": "long"}
LAST_DAY = date(2027, 1, 20)


@pytest.fixture
def season_id(app, cast):
    """A season that can be answered for a week from now."""
    with app.database.unit_of_work(cast.network):
        return a_season(join_until=today() + timedelta(days=7)).id


@pytest.fixture
def kept_rows(app, cast):
    """What is kept of a table now."""

    def kept_rows(table):
        with app.database.unit_of_work(cast.network) as unit:
            rows = unit.scalars(select(table)).all()
            unit.expunge_all()
            return rows

    return kept_rows


def test_an_ib_answers_and_answers_anew(as_, cast, season_id, kept_rows):
    fatima = as_(cast["ib"])
    assert "Doe je mee met Intervisie?" in fatima.get("/waterland/intervisie").text
    assert fatima.post(OWN, data={**YES, "season_id": season_id}).status_code == 302

    [answer] = kept_rows(Participation)
    assert (answer.person_id, answer.takes_part, answer.halfdays) == (cast["ib"].person_id, True, [0, 3])
    assert (answer.themes, answer.experience) == (["tasks"], "long")
    fatima.post(OWN, data={**YES, "season_id": season_id, "takes_part": "0"})
    [answer] = kept_rows(Participation)
    assert (answer.takes_part, answer.halfdays, answer.themes) == (False, [], [])


def test_the_form_is_filled_in_from_her_coaching_request(app, as_, cast, season_id):
    with app.database.unit_of_work(cast.network):
        ask(open_small_round().id, cast["ib"].person_id)

    page = as_(cast["ib"]).get(OWN).text
    assert "Ingevuld vanuit je coachvraag" in page
    assert "checked" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"halfdays": []}, "minstens één dagdeel"),
        ({"halfdays": [10]}, "Kies dagdelen."),
        ({"themes": ["dansen"]}, "Kies uit de lijst."),
        ({"themes": ["tasks", "leader", "position", "teachers", "moments", "change"]}, "hooguit 5"),
        ({"experience": "eeuwig"}, "Kies uit de lijst."),
        ({"unwanted": ["9999999"]}, "Kies iemand uit de lijst."),
        ({"takes_part": ""}, "Kies ja of nee."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(as_, cast, season_id, kept_rows, typed, said):
    answer = as_(cast["ib"]).post(OWN, data={**YES, "season_id": season_id, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert not kept_rows(Participation)


def test_who_to_avoid_is_hers_and_what_the_coordinator_said_is_not(as_, cast, season_id, kept_rows):
    fatima, coordinator = as_(cast["ib"]), as_(cast["coordinator"])
    joost, marloes = cast["coach"].person_id, cast["colleague"].person_id
    fatima.post(OWN, data={**YES, "season_id": season_id, "unwanted": [joost]})
    for_her = f"/waterland/intervisie/seizoenen/{season_id}/aanmeldingen/{cast['ib'].person_id}"
    assert f'<option value="{joost}" selected>' in coordinator.get(for_her).text
    coordinator.post(for_her, data={**YES, "unwanted": [joost, marloes]})
    assert {row.other_id for row in kept_rows(Avoidance)} == {joost, marloes}

    assert f'<option value="{marloes}" selected>' not in fatima.get(OWN).text
    fatima.post(OWN, data={**YES, "season_id": season_id})
    assert {row.other_id for row in kept_rows(Avoidance)} == {marloes}, "hers went, the coordinator's stays"


def test_after_the_last_day_only_the_coordinator_answers(app, as_, cast, season_id, kept_rows):
    with app.database.unit_of_work(cast.network) as unit:
        unit.scalars(select(Season)).one().join_until = today() - timedelta(days=1)

    fatima = as_(cast["ib"])
    assert "De laatste dag om je aan te melden is voorbij" in fatima.get(OWN).text
    refused = fatima.post(OWN, data={**YES, "season_id": season_id})
    assert refused.status_code == 409
    assert "Linda Postma" in refused.text
    for_her = f"/waterland/intervisie/seizoenen/{season_id}/aanmeldingen/{cast['ib'].person_id}"
    assert as_(cast["coordinator"]).post(for_her, data=YES).status_code == 302
    assert len(kept_rows(Participation)) == 1


def test_once_the_groups_are_known_nobody_answers(app, as_, cast, season_id):
    with app.database.unit_of_work(cast.network) as unit:
        unit.add(SeasonPublication(season_id=season_id, by_id=0))

    assert "Er wordt nu niets gevraagd" in as_(cast["ib"]).get(OWN).text
    assert as_(cast["ib"]).post(OWN, data={**YES, "season_id": season_id}).status_code == 409


def test_the_coordinator_sees_who_did_not_answer(app, as_, cast, season_id):
    with app.database.unit_of_work(cast.network) as unit:
        an_answer(unit.scalars(select(Season)).one(), cast["ib"].person_id)

    url = f"/waterland/intervisie/seizoenen/{season_id}/aanmeldingen"
    missing = as_(cast["coordinator"]).get(f"{url}?show=missing").text
    assert "Marloes Dijkstra" in missing
    assert "Fatima el Amrani" not in missing


def test_who_is_silent_is_mailed_by_hand_once(app, as_, cast, season_id, kept_mails, work_through_queue):
    with app.database.unit_of_work(cast.network) as unit:
        an_answer(unit.scalars(select(Season)).one(), cast["ib"].person_id)
    url = f"/waterland/intervisie/seizoenen/{season_id}/herinnering"
    coordinator = as_(cast["coordinator"])

    assert "2 IB&#39;ers krijgen een mail." in coordinator.post(url, follow_redirects=True).text
    work_through_queue()
    mailed = {mail.recipient for mail in kept_mails()}
    assert mailed == {cast["coach"].email, cast["colleague"].email}
    assert "Er is niemand gemaild" in coordinator.post(url, follow_redirects=True).text
    work_through_queue()
    assert len(kept_mails()) == 2


def test_a_week_before_the_last_day_by_itself_and_never_at_night(app, cast, kept_mails, work_through_queue):
    with app.database.unit_of_work(cast.network):
        a_season(starts_on=date(2026, 9, 1), ends_on=date(2027, 7, 1), join_until=LAST_DAY)

    def mailed(day, hour="09:00:00+00:00"):
        before = len(kept_mails())
        with time_machine.travel(f"{day} {hour}", tick=False):
            with app.database.unit_of_work(cast.network):
                enqueue("intervision.follow_up")
            work_through_queue()
        return len(kept_mails()) - before

    assert mailed("2027-01-12") == 0
    assert mailed("2027-01-13", "22:00:00+00:00") == 0
    assert mailed("2027-01-13") == 3
    assert mailed("2027-01-14") == 0, "once"
    assert mailed("2027-01-19") == 0


def test_who_answers_before_the_mail_goes_out_does_not_get_it(
    app, as_, cast, season_id, kept_mails, work_through_queue
):
    as_(cast["coordinator"]).post(f"/waterland/intervisie/seizoenen/{season_id}/herinnering")
    as_(cast["ib"]).post(OWN, data={**YES, "season_id": season_id})
    work_through_queue()
    assert cast["ib"].email not in {mail.recipient for mail in kept_mails()}


def test_nobody_is_reminded_twice_for_one_occasion(unit, cast, season_id):
    row = {
        "season_id": season_id,
        "person_id": cast["ib"].person_id,
        "occasion": "week",
        "about_day": LAST_DAY,
    }
    unit.add(SeasonReminder(**row))
    unit.flush()
    with pytest.raises(IntegrityError, match="uq_season_reminder_once"), unit.begin_nested():
        unit.add(SeasonReminder(**row))


def test_an_occasion_is_one_of_two(unit, cast, season_id):
    person_id = cast["ib"].person_id
    with pytest.raises(IntegrityError, match="ck_season_reminder_occasion"), unit.begin_nested():
        unit.add(
            SeasonReminder(season_id=season_id, person_id=person_id, occasion="zomaar", about_day=LAST_DAY)
        )
