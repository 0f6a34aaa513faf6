"""The people of the demo, before anything is written."""

from collections import Counter

import pytest

from app.demo.doors import addresses, doors_of, networks_like
from app.demo.names import DOMAIN, OPERATOR_ADDRESS
from app.demo.plan import SHARED_COACH, address_of, demo_codes, plan_of
from app.kernel.permissions import AT_SCHOOL, Role
from app.organisation.register import networks, schools_of

SMALLEST, MEDIAN, LARGEST = demo_codes()
CODES = pytest.mark.parametrize("code", demo_codes())


def test_the_demo_has_the_smallest_a_median_and_the_largest_network():
    sizes = sorted(network.school_count for network in networks())
    counts = [len(schools_of(code)) for code in demo_codes()]
    assert counts == [sizes[0], sizes[38], sizes[-1]]
    assert LARGEST == "PO2101"


@CODES
def test_every_school_has_an_ib_one_leader_and_a_teacher(code):
    at_school = Counter(assignment for person in plan_of(code).people for assignment in person.roles)
    for school in schools_of(code):
        assert at_school[Role.IB, school.code] in {1, 2}
        assert at_school[Role.LEADER, school.code] == 1
        assert at_school[Role.TEACHER, school.code] in {1, 3}


@CODES
def test_roles_are_held_at_a_school_exactly_where_that_belongs(code):
    for person in plan_of(code).people:
        assert person.roles
        assert all((role in AT_SCHOOL) == (school is not None) for role, school in person.roles)


@CODES
def test_everybody_has_an_address_of_her_own_that_can_not_exist(code):
    found = [person.who.email for person in plan_of(code).people]
    assert len(set(found)) == len(found)
    assert all(email.endswith(DOMAIN) for email in found)


@CODES
def test_most_ibs_ask_and_most_coaches_offer_but_not_all(code):
    people = plan_of(code).people
    ibs = [person for person in people if person.has(Role.IB)]
    coaches = [person for person in people if person.has(Role.COACH)]
    assert 0.9 < sum(person.request is not None for person in ibs) / len(ibs) <= 1
    assert 0.8 < sum(person.profile is not None for person in coaches) / len(coaches) <= 1
    assert any(person.has(Role.IB) for person in coaches)
    assert any(not person.has(Role.IB) for person in coaches)
    assert all(person.profile is None for person in people if not person.has(Role.COACH))


@CODES
def test_who_came_this_year_did_not_ask_last_year(code):
    assert all(person.earlier_request is None for person in plan_of(code).people if person.years == 0)


@CODES
def test_only_those_whom_a_visitor_can_be_have_a_login(code):
    with_login = {person.who.email for person in plan_of(code).people if person.has_login}
    assert with_login - {SHARED_COACH.email} == {address_of(code, role) for role in Role}


def test_two_plans_of_a_network_are_the_same_and_of_two_networks_are_not():
    first = plan_of(SMALLEST)
    plan_of.cache_clear()
    assert plan_of(SMALLEST) == first
    assert {p.who for p in first.people} & {p.who for p in plan_of(MEDIAN).people} == {SHARED_COACH}


@CODES
def test_each_role_of_a_network_has_a_door(code):
    doors = doors_of(code).doors
    assert [door.role for door in doors] == list(Role)
    assert len({door.school for door in doors if door.role in AT_SCHOOL}) == 1


def test_nobody_else_is_let_in_without_a_password():
    of_roles = {address_of(network.code, role) for network in networks() for role in Role}
    assert addresses() - of_roles == {SHARED_COACH.email, OPERATOR_ADDRESS}


def test_a_network_is_found_by_its_name_its_code_and_a_municipality():
    codes = demo_codes()
    assert [network.code for network in networks_like(codes, "po2101")] == [LARGEST]
    assert LARGEST in {network.code for network in networks_like(codes, "leeuwarden")}
    assert networks_like([SMALLEST], "po2101") == []
