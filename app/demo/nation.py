"""What the nation has beyond the demo of three: all teachers, and people who work in several places.

Everything here follows from the register and the code of the network, and leaves the people of `plan_of` who they are:
whom a visitor can be is the same in both.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from math import cos, hypot, radians
from random import Random

from app.coaching.themes import THEMES
from app.demo.names import DOMAIN, InventedPerson, invented_people
from app.demo.plan import (
    LONGEST_YEARS,
    NEW_AT_WORK,
    SEED,
    SHARED_COACH,
    NetworkPlan,
    PlannedPerson,
    demo_codes,
    domain_of,
    plan_of,
    seed_of,
    show_school,
)
from app.demo.shape import outside_coach_count, outside_profile, reach_of, staff_of
from app.kernel.permissions import Role
from app.organisation.register import RegisteredSchool, boards, network, networks, schools_of

SMALL_SCHOOL = 80
"""Two schools of a board with fewer pupils share a leader."""
OUTSIDE_COACHES_PER_LENT = 8
"""One coach in so many works in the neighbouring network too."""
CALCULATED = 0.9
"""Share of the networks that have a first proposal for the open round."""


@cache
def nation_codes() -> tuple[str, ...]:
    """Every network of the country, the largest first: what takes longest does not come last."""
    by_size = sorted(networks(), key=lambda network: (-network.school_count, network.code))
    return tuple(network.code for network in by_size)


def nation_plan_of(code: str) -> NetworkPlan:
    """The plan of a network with everybody who works in it."""
    plan = plan_of(code)
    everybody = [
        *_with_shared_leaders(code, plan.people),
        *_lent_coaches(code),
        *_further_teachers(plan),
    ]
    return replace(
        plan,
        people=tuple(_with_login(person) for person in everybody),
        is_calculated=code in demo_codes() or _chance(f"proposal {seed_of(code)}").random() < CALCULATED,
    )


@cache
def neighbour_of(code: str) -> str:
    """The network whose middle is nearest."""
    here = network(code)
    others = (other for other in networks() if other.code != code)
    return min(others, key=lambda other: (_apart(here.centre, other.centre), other.code)).code


@cache
def coaches_lent_by(code: str) -> tuple[InventedPerson, ...]:
    """Coaches of a network who work in the neighbouring network too."""
    count = max(1, round(outside_coach_count(schools_of(code)) / OUTSIDE_COACHES_PER_LENT))
    return invented_people(f"{seed_of(code)} lent", count, domain=f"beide.{domain_of(code)}")


def leader_of_two(board_number: str) -> InventedPerson:
    """Who leads a school of this board in each of two networks."""
    return invented_people(f"{SEED} board {board_number}", 1, domain=f"bestuur{board_number}.{DOMAIN}")[0]


@cache
def schools_led_across() -> dict[str, str]:
    """The number of the board for each school whose leader leads another of that board in another network.

    One in each of the first two networks of the board: its smallest school there.
    """
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(nation_codes()):
        for board in boards(code):
            homes[board].append(code)
    return {
        school: board
        for board, codes in homes.items()
        if len(codes) > 1 and (schools := [_smallest_school(code, board) for code in codes[:2]])
        for school in schools
    }


def _smallest_school(code: str, board: str) -> str:
    of_board = [school for school in schools_of(code) if school.board_number == board]
    return min(of_board, key=lambda school: (school.pupils or 0, school.code)).code


def _with_shared_leaders(code: str, people: Iterable[PlannedPerson]) -> Iterator[PlannedPerson]:
    """The people, with one leader for two small schools of a board, and for two of a board in two networks."""
    second_school, led_across = _second_schools(schools_of(code)), schools_led_across()
    followed = set(second_school.values())
    for person in people:
        school = next((school for role, school in person.roles if role is Role.LEADER), None)
        if school is None or person.has_login:
            yield person
        elif school in led_across:
            who = leader_of_two(led_across[school])
            yield replace(person, who=who, years=max(1, person.years), is_invited=False)
        elif school in second_school:
            yield replace(person, roles=(*person.roles, (Role.LEADER, second_school[school])))
        elif school not in followed:
            yield person


def _second_schools(schools: tuple[RegisteredSchool, ...]) -> dict[str, str]:
    """Small schools two by two, of one board and near each other by postcode: the second by the first."""
    taken = schools_led_across().keys() | {show_school(schools).code}
    small = [school for school in schools if (school.pupils or 0) < SMALL_SCHOOL and school.code not in taken]
    pairs: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for school in sorted(small, key=lambda school: (school.postcode, school.code)):
        first = waiting.pop(school.board_number, None)
        if first is None:
            waiting[school.board_number] = school.code
        else:
            pairs[first] = school.code
    return pairs


def _lent_coaches(code: str) -> Iterator[PlannedPerson]:
    """Coaches with one login for two networks: those who also work at the neighbour's, and the neighbours' here."""
    lenders = [code, *(other for other in sorted(nation_codes()) if neighbour_of(other) == code)]
    schools = schools_of(code)
    reach = reach_of(schools)
    for who in (who for lender in lenders for who in coaches_lent_by(lender)):
        profile = outside_profile(schools, tuple(THEMES), reach, f"{seed_of(code)} {who.email}")
        yield PlannedPerson(who, ((Role.COACH, None),), years=2, profile=profile, has_login=True)


def _further_teachers(plan: NetworkPlan) -> Iterator[PlannedPerson]:
    """The teachers whom the demo of three leaves out."""
    made = Counter(school for person in plan.people for role, school in person.roles if role is Role.TEACHER)
    posts = [
        school.code
        for school in schools_of(plan.code)
        for _ in range(staff_of(school, seed_of(plan.code)).teacher_count - made[school.code])
    ]
    named = sum(person.who != SHARED_COACH for person in plan.people)
    names = invented_people(seed_of(plan.code), named + len(posts), domain=domain_of(plan.code))[named:]
    chance = _chance(f"teachers {seed_of(plan.code)}")
    for who, school in zip(names, posts, strict=True):
        years = 0 if chance.random() < NEW_AT_WORK else chance.randint(1, LONGEST_YEARS)
        yield PlannedPerson(who, ((Role.TEACHER, school),), years)


def _with_login(person: PlannedPerson) -> PlannedPerson:
    """Whoever was there last year signs in by now."""
    return replace(person, has_login=True) if person.years else person


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Degrees of latitude between two places."""
    return hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0])))


def _chance(key: str) -> Random:
    """Chance that repeats itself: the same key gives the same draws."""
    return Random(key)  # noqa: S311 - nothing of this is secret
