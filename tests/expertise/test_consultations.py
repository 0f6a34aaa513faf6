"""Questions to colleagues: who reads them, who may do what with them, and how they end."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from app.expertise.models import Consultation, ConsultationEnd, GivenTime, Outcome, Visibility
from app.expertise.queries import balances, consultation_with
from app.expertise.services import answers
from app.expertise.services import consultations as services
from app.expertise.services.silence import give_up_silent, remind_asked
from app.factory import handlers
from app.kernel.clock import now, school_year, today
from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from app.kernel.mail import KeptMail
from app.organisation.queries import actor_of
from tests.expertise.records import a_consultation, a_record, item_called

SECRET = "kanarie-9f3d"
QUESTION = {
    "wie": [], "item_id": None, "school_id": None, "way": "talk", "question": SECRET, "not_about_pupil": False,
}  # fmt: skip
PEOPLE = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher")


@pytest.fixture
def actors(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        return {key: actor_of(cast[key].identity_id) for key in PEOPLE}


@pytest.fixture
def asked_of(unit, cast):
    """A question of the teacher to colleagues of other schools; gives its id."""

    def ask(*whom):
        schools = {"ib": "wilgen", "leader": "wilgen", "colleague": "linde", "coach": "kompas"}
        asked = {cast[key].person_id: cast.schools[schools[key]] for key in whom}
        return a_consultation(cast["teacher"].person_id, cast.schools["wilgen"], asked).id

    return ask


def mails(app):
    with app.database.global_unit() as unit:
        return {(mail.recipient.split("@")[0], mail.subject) for mail in unit.query(KeptMail)}


@pytest.mark.parametrize(
    ("then", "readers"),
    [
        ("asked", {"teacher", "colleague", "coach"}),
        ("declined", {"teacher", "coach"}),
        ("taken", {"teacher", "colleague"}),
        ("withdrawn", {"teacher"}),
    ],
)
def test_a_question_is_read_by_who_asked_and_who_can_still_help_or_helps(
    unit, actors, asked_of, then, readers
):
    consultation_id = asked_of("colleague", "coach")
    if then == "declined":
        answers.decline(actors["colleague"], consultation_id)
    if then == "taken":
        answers.take(actors["colleague"], consultation_id)
    if then == "withdrawn":
        services.withdraw(actors["teacher"], consultation_id)
    reading = set()
    for key, actor in actors.items():
        try:
            reading |= {key} if consultation_with(actor, consultation_id).reads_question else set()
        except NotFound:
            assert key not in {"teacher", "colleague", "coach"}
    assert reading == readers


@pytest.mark.parametrize(
    ("visibility", "may_ask"),
    [
        (Visibility.PRIVATE, set()),
        (Visibility.SCHOOL, {"ib", "leader"}),
        (Visibility.NETWORK, {"ib", "leader", "coach", "colleague", "other_leader"}),
    ],
)
@pytest.mark.parametrize("willing", [True, False])
def test_who_opened_that_she_may_be_asked_is_asked(unit, cast, actors, visibility, may_ask, willing):
    teacher = cast["teacher"].person_id
    a_record(teacher, visibility=visibility, willing=willing)
    asking = set()
    for key, actor in actors.items():
        try:
            services.ask(actor, {**QUESTION, "wie": [teacher]})
            asking.add(key)
        except Invalid:
            assert key not in may_ask or not willing
        except Forbidden:
            assert key == "coordinator"
    assert asking == (may_ask if willing else set())


def test_what_is_wrong_with_a_question(as_, unit, cast, actors):
    teacher = cast["teacher"].person_id
    a_record(teacher, visibility=Visibility.NETWORK, willing=True)
    ib = as_(cast["ib"])
    right = {"wie": teacher, "way": "talk", "question": "Hoe begin ik?"}
    for wrong in (
        {"question": ""},
        {"question": "x" * 2001},
        {"question": "Hij is van 12-03-2016"},
        {"way": "fax"},
        {"wie": ""},
        {"wie": "x"},
        {"wie": 2**70},
        {"item_id": 2**62},
    ):
        answer = ib.post("/waterland/raadpleegvragen", data={**right, **wrong})
        assert answer.status_code == 422, wrong
    assert unit.query(Consultation).count() == 0
    said_so = {
        **right,
        "question": "Sinds 12-03-2016",
        "not_about_pupil": "1",
        "item_id": item_called("dyslexia"),
    }
    assert ib.post("/waterland/raadpleegvragen", data=said_so).status_code == 302


def test_the_first_who_accepts_helps_and_the_others_need_not_answer(
    app, unit, actors, asked_of, work_through_queue
):
    consultation_id = asked_of("colleague", "coach", "ib")
    answers.decline(actors["ib"], consultation_id)
    answers.take(actors["colleague"], consultation_id)
    with pytest.raises(Conflict, match=r"net|just"):
        answers.take(actors["coach"], consultation_id)
    with pytest.raises(Conflict):
        answers.decline(actors["ib"], consultation_id)
    unit.flush()
    work_through_queue()
    assert mails(app) == {
        ("teacher", "Een collega helpt je"),
        ("coach", "Je hoeft niet meer te antwoorden"),
    }


def test_when_all_declined_the_asker_hears_what_she_can_do(app, unit, actors, asked_of, work_through_queue):
    consultation_id = asked_of("colleague", "coach")
    answers.decline(actors["colleague"], consultation_id)
    assert consultation_with(actors["teacher"], consultation_id).is_open
    answers.decline(actors["coach"], consultation_id)
    assert consultation_with(actors["teacher"], consultation_id).nobody_could
    work_through_queue()
    assert mails(app) == {("teacher", "Zoek verder met je vraag")}


def test_it_is_passed_on_to_who_may_be_asked_and_named_only_after_a_yes(unit, cast, actors, asked_of):
    consultation_id = asked_of("ib")
    leader = cast["leader"].person_id
    with pytest.raises(Invalid):
        answers.pass_on(actors["ib"], consultation_id, leader)
    a_record(leader, willing=True)
    answers.pass_on(actors["ib"], consultation_id, leader)
    assert not consultation_with(actors["ib"], consultation_id).reads_question
    mine = consultation_with(actors["teacher"], consultation_id)
    assert [mine.is_named_to_me(one) for one in mine.asked] == [True, False]
    assert not mine.nobody_could
    answers.take(actors["leader"], consultation_id)
    mine = consultation_with(actors["teacher"], consultation_id)
    assert [mine.is_named_to_me(one) for one in mine.asked] == [True, True]


def test_closing_thanks_and_counts_the_time_of_another_school(
    app, unit, cast, actors, asked_of, work_through_queue
):
    thanks = {"minutes": 45, "thanks": SECRET, "not_about_pupil": False}
    consultation_id = asked_of("colleague")
    with pytest.raises(Conflict):
        services.close(actors["teacher"], consultation_id, thanks)
    answers.take(actors["colleague"], consultation_id)
    with pytest.raises(Forbidden):
        services.close(actors["colleague"], consultation_id, thanks)
    services.close(actors["teacher"], consultation_id, thanks)
    with pytest.raises(Conflict):
        services.close(actors["teacher"], consultation_id, thanks)
    within = asked_of("ib")
    answers.take(actors["ib"], within)
    services.close(actors["teacher"], within, thanks)
    year = school_year(today())
    seen = {
        key: {(one.school, one.given, one.taken) for one in balances(actors[key], year)}
        for key in ("ib", "coach", "coordinator")
    }
    assert seen == {
        "ib": {("OBS De Wilgen", 0, 45)},
        "coach": {("Het Kompas", 0, 0)},
        "coordinator": {("OBS De Wilgen", 0, 45), ("De Linde", 45, 0)},
    }
    with pytest.raises(Forbidden):
        balances(actors["teacher"], year)
    assert unit.query(GivenTime).count() == 1
    work_through_queue()
    assert ("colleague", "Bedankt voor je hulp") in mails(app)


def test_who_is_silent_is_reminded_once_and_after_two_weeks_the_asker_is_told(
    app, unit, actors, asked_of, work_through_queue
):
    consultation_id = asked_of("colleague", "coach")
    answers.decline(actors["coach"], consultation_id)
    unit.commit()

    def after(days):
        with time_machine.travel(now() + timedelta(days=days)):
            remind_asked()
            give_up_silent()
            unit.flush()
            work_through_queue()
        return mails(app)

    reminded = ("colleague", "Een collega wacht op je antwoord")
    work_through_queue()
    assert after(6) == set()
    assert after(8) == {reminded}
    with app.database.global_unit() as everywhere:
        everywhere.query(KeptMail).delete()
    assert after(9) == set()
    assert after(15) == {("teacher", "Zoek verder met je vraag")}
    assert unit.query(ConsultationEnd).one().outcome == Outcome.NOBODY
    with pytest.raises(Conflict):
        answers.take(actors["colleague"], consultation_id)


@pytest.mark.parametrize("is_closed", [True, False])
def test_texts_go_after_the_period_of_the_network_and_hours_stay(app, cast, actors, is_closed):
    forget = {one.name: one for one in handlers(app.settings, app.database, app.postbox)}[
        "expertise.forget_expired"
    ].work
    with app.database.unit_of_work(cast.network):
        made = a_consultation(
            cast["teacher"].person_id, cast.schools["wilgen"], {cast["colleague"].person_id: cast.schools["linde"]}
        )  # fmt: skip
        made.question = SECRET
        if is_closed:
            answers.take(actors["colleague"], made.id)
            services.close(
                actors["teacher"], made.id, {"minutes": 30, "thanks": SECRET, "not_about_pupil": True}
            )
    year = school_year(today())
    for night, left in ((f"{year + 2}-07-31 12:00", SECRET), (f"{year + 2}-08-01 12:00", None)):
        with time_machine.travel(night, tick=False):
            forget()
            forget()
        with app.database.unit_of_work(cast.network) as unit:
            assert unit.query(Consultation).one().question == left
            assert [end.thanks for end in unit.query(ConsultationEnd)] == ([left] if is_closed else [])
            assert unit.query(GivenTime).count() == is_closed


def test_neither_a_question_nor_thanks_can_be_read_in_the_database_or_a_mail(
    app, cast, actors, work_through_queue
):
    with app.database.unit_of_work(cast.network):
        a_record(cast["colleague"].person_id, visibility=Visibility.NETWORK, willing=True)
        made = services.ask(actors["teacher"], {**QUESTION, "wie": [cast["colleague"].person_id]})
        answers.take(actors["colleague"], made.id)
        services.close(actors["teacher"], made.id, {"minutes": 30, "thanks": SECRET, "not_about_pupil": True})
    work_through_queue()
    with app.database.unit_of_work(cast.network) as unit:
        for table in ("consultation", "consultation_end", "asked_colleague", "audit_entry"):
            raw = unit.scalars(text(f"SELECT encode(t::text::bytea, 'escape') FROM {table} t")).all()
            assert not any(SECRET in row or SECRET.encode().hex() in row for row in raw), table
    with app.database.global_unit() as unit:
        assert not [mail for mail in unit.query(KeptMail) if SECRET in mail.subject + mail.body]
        assert unit.query(KeptMail).count() > 0


def test_a_decision_that_is_no_longer_hers_is_refused(as_, cast, asked_of, unit):
    consultation_id = asked_of("colleague")
    unit.commit()
    url = f"/waterland/raadpleegvragen/{consultation_id}"
    assert as_(cast["coach"]).get(url).status_code == 404
    assert as_(cast["teacher"]).post(f"{url}/toezegging").status_code == 403
    assert as_(cast["colleague"]).post(f"{url}/intrekking").status_code == 403
    assert as_(cast["colleague"]).post(f"{url}/toezegging").status_code == 302
    assert as_(cast["colleague"]).post(f"{url}/toezegging").status_code == 409
    page = as_(cast["teacher"]).post(f"{url}/afsluiting", data={"minutes": "601"})
    assert page.status_code == 422
