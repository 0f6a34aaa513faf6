"""The smallest network of the demo, written into a database and calculated."""

import pytest
from sqlalchemy import func, select

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    Match,
    MatchAffiliation,
    Preference,
    RequestTheme,
)
from app.coaching.queries import open_round, rounds
from app.coaching.round_facts import facts_of
from app.coaching.services.proposals import calculate
from app.demo.plan import address_of, demo_codes, plan_of
from app.demo.seed import seed_network
from app.identity.models import Login
from app.identity.secrets import password_fits
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Invitation, Person
from tests.conftest import MASTER_KEY

CODE = demo_codes()[0]
PLAN = plan_of(CODE)


@pytest.fixture
def network(database):
    return seed_network(database, MASTER_KEY, PLAN)


def count(unit, model):
    return unit.scalar(select(func.count()).select_from(model))


def test_everything_of_the_plan_is_there(database, network):
    with database.unit_of_work(network) as unit:
        assert count(unit, Person) == len(PLAN.people)
        assert count(unit, Assignment) == sum(len(person.roles) for person in PLAN.people)
        assert count(unit, CoachProfile) == sum(person.profile is not None for person in PLAN.people)
        assert count(unit, Preference) == len(PLAN.preferences)
        assert count(unit, Invitation) == sum(person.is_invited for person in PLAN.people) >= 1
        assert count(unit, RequestTheme) >= 3 * count(unit, CoachingRequest)
        assert all(request.question for request in unit.scalars(select(CoachingRequest)))


def test_last_year_is_published_and_this_year_is_open(database, network):
    with database.unit_of_work(network) as unit:
        now, before = rounds()
        assert (now.publication, now.matched_count) == (None, 0)
        assert now.request_count == sum(person.request is not None for person in PLAN.people)
        assert before.publication is not None
        assert before.publication.at.date() < now.round.starts_on
        assert before.request_count > before.matched_count == count(unit, Match) > 0
        assert count(unit, MatchAffiliation) > count(unit, Match)


def test_most_get_a_coach_and_the_rest_have_different_reasons(database, network):
    with database.unit_of_work(network):
        matching_round = open_round()
        assert matching_round
        facts = facts_of(matching_round)
    _, result, _ = calculate(facts, lambda _stage, _done: None)
    assert 2 <= len(result.unmatched) <= len(facts.coachees) / 4
    assert len({str(unmatched.details) for unmatched in result.unmatched}) >= 2
    assert facts.waited
    assert facts.rules.recent
    shown = shown_person(database, network, Role.IB)
    assert next(c.id for c in facts.coachees if c.person == shown) in {
        match.coachee for match in result.matches
    }


def shown_person(database, network, role):
    with database.unit_of_work(network) as unit:
        return str(unit.scalar(select(Person.id).where(Person.email == address_of(CODE, role))))


def test_nobody_can_sign_in_with_a_password(database, network):
    with database.global_unit() as unit:
        logins = unit.scalars(select(Login).where(Login.email.endswith("voorbeeld.example"))).all()
    assert len(logins) == len(Role) + 1
    assert not any(password_fits(login.password_hash, "!") for login in logins)
