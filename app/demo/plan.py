"""Who works in a network of the demo, and what they ask and offer: all of it, before anything is written.

It follows from the register and the code of the network alone, so that it can be looked at without a database.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from random import Random
from statistics import median

from app.coaching.themes import THEMES
from app.demo.names import DOMAIN, InventedPerson, invented_people
from app.demo.shape import (
    InventedProfile,
    InventedRequest,
    ib_profile,
    outside_coach_count,
    outside_profile,
    reach_of,
    request_of,
    staff_of,
)
from app.kernel.permissions import Role
from app.organisation.register import RegisteredSchool, networks, schools_of

TEACHERS_AT_SCHOOL, LARGE_NETWORK, TEACHERS_IN_LARGE = 3, 100, 1
"""Only a few of the teachers are made, for a quick start; above so many schools fewer still. The nation has all."""

ANSWERED = 0.97
"""Share of the IB'ers who sent their request."""
PROFILED = 0.96
"""Share of the coaches who filled in their profile."""
NEW_AT_WORK = 0.12
"""Share of the people who came this school year, and missed the round of last year."""
ASKED_BEFORE = 0.9
AWAY = 0.03
"""Share of the coaches who take nobody for a while."""
WISHED, UNWANTED = 0.08, 0.04
"""Shares of the IB'ers who wish for a coach, and who rather not have one."""
LONGEST_YEARS = 12
SEED = 49
"""Another number gives another demo."""

SHARED_COACH = InventedPerson("Marijke", "van der", "Heijden", f"coach@{DOMAIN}")
"""The coach who works in two networks with one login."""


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """Somebody of the demo, with everything that is known of her."""

    who: InventedPerson
    roles: tuple[tuple[Role, str | None], ...]
    """Each with the code of the school where it is held; None in the network as a whole."""
    years: int
    """How many school years ago she came; 0 is this year."""
    request: InventedRequest | None = None
    earlier_request: InventedRequest | None = None
    profile: InventedProfile | None = None
    is_away: bool = False
    has_login: bool = False
    is_invited: bool = False

    def has(self, role: Role) -> bool:
        """Whether she holds the role anywhere."""
        return any(held is role for held, _ in self.roles)

    @property
    def schools(self) -> frozenset[str]:
        """The codes of her schools."""
        return frozenset(school for _, school in self.roles if school)


@dataclass(frozen=True, slots=True)
class PlannedPreference:
    """An IB'er would rather (or rather not) be coached by somebody; by their addresses."""

    person: str
    other: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class NetworkPlan:
    """A network of the demo."""

    code: str
    people: tuple[PlannedPerson, ...]
    preferences: tuple[PlannedPreference, ...]
    is_calculated: bool = False
    """Whether the coordinator looked at a first proposal for the open round already."""


@cache
def demo_codes() -> tuple[str, str, str]:
    """The networks of the demo: the smallest of the register, a median one and the largest."""
    by_size = sorted(networks(), key=lambda network: (network.school_count, network.code))
    return by_size[0].code, by_size[len(by_size) // 2].code, by_size[-1].code


@lru_cache(maxsize=3)
def plan_of(code: str) -> NetworkPlan:
    """The plan of a network, as the demo of three has it."""
    schools = schools_of(code)
    planner = _Planner(code, schools)
    people = tuple(planner.people())
    return NetworkPlan(code, people, tuple(planner.preferences(people)))


def seed_of(code: str) -> str:
    """What every draw about a network follows from."""
    return f"{SEED} {code}"


def address_of(code: str, role: Role) -> str:
    """The address of whoever shows a role of a network to the visitors of the demo."""
    return f"{role}@{domain_of(code)}"


def domain_of(code: str) -> str:
    """The domain of a network's people, so that no two networks share an address."""
    return f"{code.lower()}.{DOMAIN}"


def show_school(schools: Iterable[RegisteredSchool]) -> RegisteredSchool:
    """The school whose IB'er, leader and teacher can be tried: an ordinary one, of ordinary size."""
    ordinary = [s for s in schools if s.kinds == {"bo"} and s.concept is None and s.pupils and s.latitude]
    middle = median(school.pupils or 0 for school in ordinary)
    return min(ordinary, key=lambda school: (abs((school.pupils or 0) - middle), school.code))


class _Planner:
    """Makes the plan of one network, person by person."""

    def __init__(self, code: str, schools: tuple[RegisteredSchool, ...]) -> None:
        self._code = code
        self._seed = seed_of(code)
        self._schools = schools
        self._reach = reach_of(schools)
        self._themes = tuple(THEMES)
        self._rng = Random(f"plan {self._seed}")  # noqa: S311 - nothing of this is secret
        self._names = iter(invented_people(self._seed, 40 + 12 * len(schools), domain=domain_of(code)))
        self._shown = show_school(schools)

    def people(self) -> Iterator[PlannedPerson]:
        """Everybody: the network's own people, outside coaches, then school by school."""
        yield self._shower(Role.COORDINATOR)
        if len(self._schools) > LARGE_NETWORK:
            yield self._person(Role.COORDINATOR)
        yield self._shower(Role.BILLING)
        yield from self._outside_coaches()
        for school in self._schools:
            yield from self._team(school)

    def preferences(self, people: tuple[PlannedPerson, ...]) -> Iterator[PlannedPreference]:
        """A few IB'ers know a coach whom they would like, or rather not have."""
        coaches = [person for person in people if person.profile]
        for person in people:
            if person.request is None:
                continue
            draw, coach = self._rng.random(), self._rng.choice(coaches)
            if draw < WISHED + UNWANTED and coach.who != person.who:
                yield PlannedPreference(person.who.email, coach.who.email, draw < WISHED)

    def _outside_coaches(self) -> Iterator[PlannedPerson]:
        count = outside_coach_count(self._schools)
        yield self._with_profile(self._shower(Role.COACH), self._outside_profile(0), always=True)
        for number in range(1, count):
            yield self._with_profile(self._person(Role.COACH), self._outside_profile(number))
        if self._code in demo_codes()[:2]:
            shared = PlannedPerson(SHARED_COACH, ((Role.COACH, None),), years=3, has_login=True)
            yield self._with_profile(shared, self._outside_profile(count), always=True)

    def _outside_profile(self, number: int) -> InventedProfile:
        profile = outside_profile(self._schools, self._themes, self._reach, f"{self._seed} {number}")
        return replace(profile, capacity=max(2, profile.capacity)) if number == 0 else profile

    def _team(self, school: RegisteredSchool) -> Iterator[PlannedPerson]:
        shown = school is self._shown
        staff = staff_of(school, self._seed)
        for number in range(staff.ib_count):
            yield self._ib(
                school, number, coaches=number < staff.coaching_ib_count, shown=shown and number == 0
            )
        yield self._shower(Role.LEADER, school) if shown else self._person(Role.LEADER, school)
        few = len(self._schools) > LARGE_NETWORK
        for number in range(TEACHERS_IN_LARGE if few else TEACHERS_AT_SCHOOL):
            first = shown and number == 0
            yield self._shower(Role.TEACHER, school) if first else self._person(Role.TEACHER, school)

    def _ib(self, school: RegisteredSchool, number: int, *, coaches: bool, shown: bool) -> PlannedPerson:
        """An IB'er; whoever shows the role asks for a coach and does not coach, so that the role is clear."""
        person = self._shower(Role.IB, school) if shown else self._person(Role.IB, school)
        seed = f"{self._seed} {number}"
        request = request_of(school, self._themes, self._reach, seed)
        earlier = request_of(school, self._themes, self._reach, f"{seed} earlier")
        asked_before = person.years > 0 and (shown or self._rng.random() < ASKED_BEFORE)
        person = replace(
            person,
            request=request if shown or self._rng.random() < ANSWERED else None,
            earlier_request=replace(earlier, halfdays=request.halfdays) if asked_before else None,
        )
        if not coaches or shown:
            return person
        person = replace(person, roles=(*person.roles, (Role.COACH, None)))
        return self._with_profile(person, ib_profile(school, self._themes, self._reach, seed))

    def _with_profile(
        self, person: PlannedPerson, profile: InventedProfile, *, always: bool = False
    ) -> PlannedPerson:
        filled_in = always or self._rng.random() < PROFILED
        is_away = not always and filled_in and self._rng.random() < AWAY
        return replace(person, profile=profile if filled_in else None, is_away=is_away)

    def _person(self, role: Role, school: RegisteredSchool | None = None) -> PlannedPerson:
        is_new = self._rng.random() < NEW_AT_WORK
        years = 0 if is_new else self._rng.randint(1, LONGEST_YEARS)
        return PlannedPerson(
            who=next(self._names),
            roles=((role, school.code if school else None),),
            years=years,
            is_invited=is_new and role is Role.LEADER,
        )

    def _shower(self, role: Role, school: RegisteredSchool | None = None) -> PlannedPerson:
        """Somebody whom the visitors of the demo can be: she has a login, and was there last year."""
        person = self._person(role, school)
        who = replace(person.who, email=address_of(self._code, role))
        return replace(person, who=who, years=max(1, person.years), has_login=True, is_invited=False)
