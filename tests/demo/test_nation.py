"""The nation of the demo: everybody of a network, the same each time, and people in several networks."""

from collections import Counter

from app.demo.nation import nation_codes, nation_plan_of, schools_led_across
from app.demo.plan import demo_codes, plan_of, seed_of
from app.demo.seed import digest_of_network, seed_network
from app.demo.shape import staff_of
from app.kernel.permissions import Role
from app.organisation.register import networks, schools_of
from tests.conftest import MASTER_KEY

SMALLEST = demo_codes()[0]


def test_the_nation_has_every_network_the_largest_first():
    assert sorted(nation_codes()) == sorted(network.code for network in networks())
    sizes = [len(schools_of(code)) for code in nation_codes()]
    assert sizes == sorted(sizes, reverse=True)


def test_every_school_has_all_its_teachers():
    made = Counter(
        school
        for person in nation_plan_of(SMALLEST).people
        for role, school in person.roles
        if role is Role.TEACHER
    )
    for school in schools_of(SMALLEST):
        assert made[school.code] == staff_of(school, seed_of(SMALLEST)).teacher_count


def test_the_people_of_the_small_demo_are_who_they_are():
    shown = {person.who.email for person in plan_of(SMALLEST).people if person.has_login}
    assert shown <= {person.who.email for person in nation_plan_of(SMALLEST).people}


def test_some_work_in_two_networks():
    leaders = schools_led_across()
    assert len(leaders) > 100
    addresses = Counter(
        person.who.email for code in demo_codes() for person in set(nation_plan_of(code).people)
    )
    assert any(count > 1 for count in addresses.values())


def test_the_same_seed_gives_the_same_network(database):
    digests = []
    for _time in range(2):
        with database.connection.begin_nested() as attempt:
            network = seed_network(database, MASTER_KEY, nation_plan_of(SMALLEST))
            with database.unit_of_work(network):
                digests.append(digest_of_network())
            attempt.rollback()
    assert digests[0] == digests[1]
