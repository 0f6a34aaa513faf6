"""Who has not been heard of gets a mail before the last day: once for each occasion, by day, and only if it helps."""

from datetime import date

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from app.coaching.models import MatchingRound, RoundReminder
from app.coaching.services.reminders import remind_before_last_day
from app.jobs.queue import enqueue
from tests.coaching.rounds import ask, offer, open_small_round

LAST_DAY = date(2027, 1, 20)
MORNING = "09:00:00+00:00"


@pytest.fixture
def round_id(app, cast):
    """Fatima, Joost and Marloes are IB'ers; Joost is a coach too, without a profile."""
    with app.database.unit_of_work(cast.network):
        made = open_small_round()
        made.requests_until, made.publish_on = LAST_DAY, date(2027, 2, 1)
        return made.id


@pytest.fixture
def mailed(app, cast, kept_mails, work_through_queue):
    """Do the job at a moment; gives who got a mail then."""

    def mailed(day, hour=MORNING):
        before = len(kept_mails())
        with time_machine.travel(f"{day} {hour}", tick=False):
            with app.database.unit_of_work(cast.network):
                enqueue("coaching.follow_up")
            work_through_queue()
        return [mail.recipient for mail in kept_mails()[before:]]

    return mailed


@pytest.fixture
def everybody(cast):
    return sorted(cast[who].email for who in ("ib", "coach", "colleague"))


def test_seven_days_and_two_days_before_and_on_no_other_day(mailed, round_id, everybody):
    got = {day: sorted(mailed(f"2027-01-{day}")) for day in range(11, 23)}
    assert {day for day, who in got.items() if who} == {13, 18}
    assert got[13] == got[18] == everybody


def test_a_worker_that_was_away_makes_up_for_it_once(mailed, round_id, everybody):
    assert sorted(mailed("2027-01-14")) == everybody
    assert mailed("2027-01-14", "13:00:00+00:00") == mailed("2027-01-15") == []


@pytest.mark.parametrize("hour", ["22:00:00+00:00", "02:00:00+00:00", "05:30:00+00:00"])
def test_never_at_night(mailed, round_id, hour):
    assert mailed("2027-01-13", hour) == []


def test_who_has_been_heard_of_is_left_alone(app, cast, mailed, round_id):
    with app.database.unit_of_work(cast.network):
        ask(round_id, cast["ib"].person_id)
        ask(round_id, cast["coach"].person_id)
        offer(cast["coach"].person_id)
    assert mailed("2027-01-13") == [cast["colleague"].email]


def test_who_is_heard_of_before_the_mail_goes_out_does_not_get_it(
    app, cast, round_id, kept_mails, work_through_queue
):
    with time_machine.travel(f"2027-01-13 {MORNING}", tick=False):
        with app.database.unit_of_work(cast.network):
            remind_before_last_day()
            ask(round_id, cast["ib"].person_id)
        work_through_queue()
    assert cast["ib"].email not in {mail.recipient for mail in kept_mails()}


def test_the_mail_says_what_is_missing_until_when_and_whom_to_ask(mailed, round_id, kept_mails, cast):
    mailed("2027-01-13")
    by_person = {mail.recipient: mail for mail in kept_mails()}
    for who in ("ib", "coach"):
        mail = by_person[cast[who].email]
        assert mail.subject == "Doe je mee met de koppelronde?"
        assert "/waterland/coachvraag" in mail.body
        assert "20 januari 2027" in mail.body
        assert "Linda Postma" in mail.body
    assert "/waterland/coachprofiel" in by_person[cast["coach"].email].body
    assert "/waterland/coachprofiel" not in by_person[cast["ib"].email].body


@pytest.mark.parametrize("change", [{"reminds": False}, {"requests_until": None}])
def test_not_when_it_is_off_or_there_is_no_last_day(app, cast, mailed, round_id, change):
    with app.database.unit_of_work(cast.network) as unit:
        for name, value in change.items():
            setattr(unit.query(MatchingRound).one(), name, value)
    assert mailed("2027-01-13") == []


def test_not_in_a_round_that_was_closed(as_, cast, mailed, round_id):
    as_(cast["coordinator"]).post(f"/waterland/koppelrondes/{round_id}/sluiting")
    assert mailed("2027-01-13") == []


def test_a_last_day_that_moves_is_another_occasion(app, cast, mailed, round_id, everybody):
    assert sorted(mailed("2027-01-13")) == everybody
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(MatchingRound).one().requests_until = date(2027, 1, 27)
    assert sorted(mailed("2027-01-20")) == everybody


def test_by_hand_at_once_and_then_not_for_three_days(
    as_, cast, round_id, work_through_queue, kept_mails, everybody
):
    url = f"/waterland/koppelrondes/{round_id}"
    for day, status in (("2027-01-04", 302), ("2027-01-06", 409), ("2027-01-07", 302)):
        with time_machine.travel(f"{day} {MORNING}", tick=False):
            coordinator = as_(cast["coordinator"])
            assert coordinator.post(f"{url}/herinnering").status_code == status
            work_through_queue()
            page = coordinator.get(f"{url}/planning").text
            assert "De laatste herinnering ging uit op" in page
            assert "Je kunt ze weer herinneren vanaf" in page
            assert "Herinner wie nog niets liet horen</span>" not in page
    assert sorted(mail.recipient for mail in kept_mails()) == sorted(everybody * 2)


def test_by_hand_not_once_the_round_is_closed(as_, cast, round_id):
    coordinator = as_(cast["coordinator"])
    coordinator.post(f"/waterland/koppelrondes/{round_id}/sluiting")
    assert coordinator.post(f"/waterland/koppelrondes/{round_id}/herinnering").status_code == 409


def test_the_database_keeps_the_patience_for_two_coordinators_at_once(unit, cast, round_id):
    rows = [
        RoundReminder(round_id=round_id, person_id=cast["ib"].person_id, occasion="by_hand", about_day=day)
        for day in (date(2027, 1, 4), date(2027, 1, 6))
    ]
    unit.add(rows[0])
    unit.flush()
    with pytest.raises(IntegrityError, match="ex_round_reminder_patience"), unit.begin_nested():
        unit.add(rows[1])
        unit.flush()
