"""What the people of the demo say that they know: believable, and with something on every page."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from app.demo.knowledge import Inventor
from app.demo.plan import address_of, demo_codes, plan_of
from app.demo.seed import seed_network
from app.expertise.models import (
    HELPS_OTHERS,
    Answer,
    AskedColleague,
    ConfirmationRequest,
    Consultation,
    ConsultationEnd,
    CourseState,
    ExpertiseRecord,
    GivenTime,
    Outcome,
    Reachability,
    RecordKind,
    RecordProposal,
    SchoolNeed,
    Visibility,
)
from app.expertise.services.confirmation import ask_to_confirm
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Person
from tests.conftest import MASTER_KEY

CODE = demo_codes()[0]
PLAN = plan_of(CODE)
PEOPLE = 1500


def invented(seed):
    """What a crowd says, at a hundred schools."""
    inventor = Inventor(Random(seed), today())
    schools = [inventor.school() for _ in range(100)]
    return schools, [list(inventor.records(schools[number % 100])) for number in range(PEOPLE)]


SCHOOLS, CROWD = invented(6)
SAID = [record for person in CROWD for record in person]
EXPERTISE = [record for record in SAID if record.kind is RecordKind.EXPERTISE]


def share(records, holds):
    return sum(map(holds, records)) / len(records)


def test_the_same_draws_give_the_same_records():
    assert invented(6)[1] == CROWD
    assert invented(7)[1] != CROWD


def test_a_person_says_some_twelve_things_of_herself():
    assert 11 < len(SAID) / PEOPLE < 13
    assert 0.01 < sum(not person for person in CROWD) / PEOPLE < 0.05
    for person in CROWD:
        count = Counter(record.kind for record in person)
        if person:
            assert 3 <= count[RecordKind.EXPERTISE] <= 8
            assert 1 <= count[RecordKind.COURSE] <= 2
        assert count[RecordKind.INTEREST] <= 3
        assert count[RecordKind.AMBITION] <= 2


def test_most_apply_and_few_are_specialists():
    levels = Counter(record.level for record in EXPERTISE)
    assert levels[2] > levels[3] > levels[1] > levels[4] > 0
    helping = [record for record in EXPERTISE if record.level >= HELPS_OTHERS]
    assert 0.4 < share(helping, lambda record: record.willing) < 0.6
    assert not any(record.willing for record in SAID if record.level in (None, 1, 2))


def test_records_are_opened_and_confirmed_as_people_do():
    opened = Counter(record.visibility for record in SAID)
    assert 0.08 < opened[Visibility.PRIVATE] / len(SAID) < 0.12
    assert 0.32 < opened[Visibility.NETWORK] / len(SAID) < 0.38
    assert 0.05 < share(SAID, lambda record: record.own_words is not None) < 0.11
    year_ago = today() - timedelta(days=365)
    assert 0.01 < share(SAID, lambda record: record.confirmed_on < year_ago) < 0.1
    assert all(
        today() - timedelta(days=1096) < record.since <= record.confirmed_on <= today() for record in SAID
    )


def test_schools_differ_in_what_they_know():
    for school in SCHOOLS:
        assert 3 <= len(school.missing) < 40
    for number, school in enumerate(SCHOOLS):
        known = {
            record.item
            for person in CROWD[number::100]
            for record in person
            if record.kind is RecordKind.EXPERTISE
        }
        assert not known & set(school.missing)


def test_courses_are_invented_and_say_so():
    courses = [record for record in SAID if record.kind is RecordKind.COURSE]
    assert {record.course_state for record in courses} == set(CourseState)
    assert all(record.course_provider.endswith("(verzonnen)") for record in courses)
    for record in courses:
        begun, over = record.starts_on <= today(), record.ends_on <= today()
        assert (begun, over) == {
            CourseState.DONE: (True, True),
            CourseState.RUNNING: (True, False),
            CourseState.PLANNED: (False, False),
        }[record.course_state] or record.ends_on == today()


@pytest.fixture
def unit(database):
    network = seed_network(database, MASTER_KEY, PLAN)
    with database.unit_of_work(network) as unit:
        yield unit


def shown(unit, role):
    return unit.scalar(select(Person.id).where(Person.email == address_of(CODE, role)))


def test_who_can_be_tried_has_something_on_every_page(unit):
    for role in (Role.TEACHER, Role.IB, Role.LEADER):
        person_id = shown(unit, role)
        kinds = set(unit.scalars(select(ExpertiseRecord.kind).where(ExpertiseRecord.person_id == person_id)))
        assert kinds == set(RecordKind)
        asked = select(AskedColleague.id).where(AskedColleague.person_id == person_id)
        asks = select(Consultation.id).where(Consultation.asker_id == person_id)
        assert unit.scalars(asked).first() or unit.scalars(asks).first()
    proposed = unit.scalars(
        select(RecordProposal.kind).where(RecordProposal.person_id == shown(unit, Role.TEACHER))
    )
    assert set(proposed) == set(RecordKind)


def test_questions_go_between_schools_and_are_in_every_state(unit):
    assert set(unit.scalars(select(ConsultationEnd.outcome))) == set(Outcome)
    assert set(unit.scalars(select(AskedColleague.answer))) == {*Answer, None}
    assert all(unit.scalars(select(Consultation.question)))
    for asking, giving in unit.execute(
        select(Consultation.school_id, AskedColleague.school_id).join(
            AskedColleague, AskedColleague.consultation_id == Consultation.id
        )
    ):
        assert asking != giving
    minutes = unit.scalar(select(func.sum(GivenTime.minutes)))
    assert minutes == unit.scalar(select(func.sum(ConsultationEnd.minutes))) > 0


def test_some_leave_some_are_reached_and_schools_want_something(unit):
    leaving = unit.scalars(select(Assignment.until).where(Assignment.until.is_not(None))).all()
    assert all(today() <= day <= today() + timedelta(days=366) for day in leaving)
    for model in (Reachability, SchoolNeed):
        assert unit.scalar(select(func.count()).select_from(model)) > 0


def test_nobody_gets_a_mail_in_the_first_hour(unit):
    requests = select(func.count()).select_from(ConfirmationRequest)
    before = unit.scalar(requests)
    ask_to_confirm()
    assert unit.scalar(requests) == before
