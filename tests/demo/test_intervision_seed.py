"""The season of the smallest network of the demo: lively, and within every rule."""

import pytest
from sqlalchemy import func, select

from app.agenda.models import Appointment
from app.demo.plan import address_of, demo_codes, plan_of
from app.demo.seed import seed_network
from app.intervision.models import (
    Booking,
    BookingState,
    CaseContribution,
    Intention,
    IntervisionSession,
    Participation,
    Poll,
    PollOption,
    PulseCount,
    PulseGiven,
    Run,
    SessionCancellation,
)
from app.intervision.queries import group_of, groups_in, latest_season, members_of, sessions_of_group
from app.intervision.queries.progress import counted, progress_of
from app.intervision.school_weeks import falls_in_holiday
from app.intervision.season_facts import facts_of_season
from app.intervision.violations import Rule, broken_rules
from app.kernel.clock import AMSTERDAM
from app.kernel.permissions import Role
from app.organisation.models import Person
from tests.conftest import MASTER_KEY

CODE = demo_codes()[0]
PLAN = plan_of(CODE)


@pytest.fixture
def unit(database):
    network = seed_network(database, MASTER_KEY, PLAN)
    with database.unit_of_work(network) as unit:
        yield unit


def shown(unit, role):
    return unit.scalar(select(Person.id).where(Person.email == address_of(CODE, role)))


def test_the_season_goes_on_and_shows_everything(unit):
    season = latest_season()
    assert season
    answers = unit.scalars(select(Participation)).all()
    assert {answer.takes_part for answer in answers} == {True, False}
    assert len(answers) < sum(person.has(Role.IB) for person in PLAN.people)
    facts, progress = facts_of_season(season), progress_of(season)
    counts = counted(progress)
    assert min(counts[state] for state in ("held", "planned", "called_off", "without_date")) > 0
    assert progress.at_risk
    members = members_of([group.id for group in groups_in(season.id)])
    broken = {breach.rule for people in members.values() for breach in broken_rules(facts, people)}
    assert broken <= {Rule.TOO_SMALL}
    for model in (Run, Poll, SessionCancellation):
        assert unit.scalar(select(func.count()).select_from(model)) > 0
    states = set(unit.scalars(select(Booking.state)))
    assert {BookingState.BOOKED, BookingState.GIVEN_BACK} <= states
    assert unit.scalar(select(Booking.id).where(Booking.is_guest))


def test_who_can_be_tried_has_something_on_every_page(unit):
    season, ib = latest_season(), shown(unit, Role.IB)
    group = group_of(ib, season.id)
    sessions = sessions_of_group(group.id)
    assert [one.is_over for one in sessions][:3] == [True, True, False]
    assert sessions[2].is_coming
    assert unit.scalar(select(Intention.id).where(Intention.person_id == ib, Intention.outcome.is_(None)))
    case = unit.scalar(select(CaseContribution).where(CaseContribution.session_id == sessions[2].id))
    assert case.person_id == ib
    assert "(Verzonnen voorbeeld.)" in case.happened


def test_a_pulse_is_never_of_so_few_that_somebody_shows(unit):
    given = dict(
        unit.execute(select(PulseGiven.session_id, func.count()).group_by(PulseGiven.session_id)).all()
    )
    assert given
    assert min(given.values()) >= 5
    counts = select(PulseCount.session_id, PulseCount.statement, func.sum(PulseCount.number))
    for session_id, _statement, total in unit.execute(
        counts.group_by(PulseCount.session_id, PulseCount.statement)
    ):
        assert total == given[session_id]


def test_no_session_and_no_moment_to_choose_is_in_a_school_holiday(unit):
    region = latest_season().region
    moments = [
        *unit.scalars(
            select(Appointment.starts_at).join(
                IntervisionSession, IntervisionSession.appointment_id == Appointment.id
            )
        )
    ]
    moments += unit.scalars(select(PollOption.starts_at))
    assert moments
    assert not [at for at in moments if falls_in_holiday(region, at.astimezone(AMSTERDAM).date())]
