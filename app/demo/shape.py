"""How large the demo's teams are, and what its invented IB'ers ask and its coaches offer.

Everything follows from the register and a seed: the same seed gives the same network, today and next year.
Staff is 4.0 + 0.100 for each pupil (a sample of DUO, 2025). Assumed are: 70 % of the staff teach, one IB'er at each
location and a second above 400 pupils, 45 % of the IB'ers also coach.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from random import Random
from statistics import median

from app.demo.words import demo_words
from app.organisation.register import RegisteredSchool

TEACHERS = 0.70
COACHING_IBS = 0.45
SCHOOLS_PER_OUTSIDE_COACH = 12
SCHOOLS_OF_BOARD_PER_OUTSIDE_COACH = 2.5
_LARGE_SCHOOL = 400
_FEWEST_TEACHERS = 3
_NEIGHBOURS = 10
_KM_PER_DEGREE = 111.2

_ALSO_KNOWN_BY_PRIMARY = {"sbo": 0.30, "so": 0.15, "vso": 0.05}
_ALSO_KNOWN_BY_SPECIAL = {"bo": 0.75, "sbo": 0.40, "so": 0.40, "vso": 0.20}
_KNOWN_OUTSIDE = {"bo": 0.95, "sbo": 0.50, "so": 0.35, "vso": 0.20}
_KNOWN_CONCEPTS = {
    "montessori": 0.18,
    "dalton": 0.20,
    "jenaplan": 0.16,
    "vrijeschool": 0.08,
    "freinet": 0.02,
    "ogo": 0.10,
    "internationaal": 0.03,
}


@dataclass(frozen=True, slots=True)
class SchoolStaff:
    """How many people of each role work at a school."""

    school_code: str
    ib_count: int
    coaching_ib_count: int
    """How many of the IB'ers also coach."""
    teacher_count: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How far people in a network are willing to travel: minutes, one way."""

    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class InventedRequest:
    """What an invented IB'er asks for."""

    themes: tuple[tuple[str, int], ...]
    """Theme and weight, 1 to 3; at least one weighs 3."""
    halfdays: tuple[int, ...]
    """0 is Monday morning, 9 Friday afternoon."""
    travel_limit: int
    online: bool
    question: str


@dataclass(frozen=True, slots=True)
class InventedProfile:
    """What an invented coach offers."""

    strengths: tuple[tuple[str, int], ...]
    """Theme and strength, 1 to 3."""
    kinds: tuple[str, ...]
    concepts: tuple[str, ...]
    declared_boards: tuple[str, ...]
    halfdays: tuple[int, ...]
    travel_limit: int
    online: bool
    capacity: int
    postcode: str | None
    """Four figures, for a coach from outside; an IB'er starts from her school."""
    about: str


def staff_of(school: RegisteredSchool, seed: int | str) -> SchoolStaff:
    """The team of a school, as large as its pupils ask for."""
    rng = _chance(f"staff {seed} {school.code}")
    pupils = school.pupils or 0
    ib_count = 2 if pupils > _LARGE_SCHOOL else 1
    staff = 4.0 + 0.100 * pupils + rng.gauss(0, 8)
    return SchoolStaff(
        school_code=school.code,
        ib_count=ib_count,
        coaching_ib_count=sum(rng.random() < COACHING_IBS for _ in range(ib_count)),
        teacher_count=max(_FEWEST_TEACHERS, round(TEACHERS * staff)),
    )


def outside_coach_count(schools: Sequence[RegisteredSchool]) -> int:
    """How many coaches a network has who work at none of its schools.

    More where its boards are large: the IB'ers of one board can't coach each other.
    """
    schools_of_board = len(schools) / len({school.board_number for school in schools})
    return max(
        1,
        round(
            len(schools) / SCHOOLS_PER_OUTSIDE_COACH + schools_of_board / SCHOOLS_OF_BOARD_PER_OUTSIDE_COACH
        ),
    )


def reach_of(schools: Sequence[RegisteredSchool]) -> Reach:
    """How far people travel in a network: further where schools lie far apart, as in Friesland."""
    kilometres = _typical_distance(schools)
    if kilometres < 2:
        return Reach(20, 30)
    if kilometres < 4.5:
        return Reach(25, 35)
    return Reach(30, 45)


def request_of(
    school: RegisteredSchool, themes: Sequence[str], reach: Reach, seed: int | str
) -> InventedRequest:
    """What an IB'er of this school asks; a second IB'er of the school needs another seed.

    The half-days are those of `ib_profile` with the same seed: it is the same person.
    """
    rng = _chance(f"request {seed} {school.code}")
    weighted = _weighted(themes, rng)
    return InventedRequest(
        themes=weighted,
        halfdays=_halfdays(f"{seed} {school.code}"),
        travel_limit=_travel_limit(reach, rng),
        online=rng.random() < 0.6,
        question=rng.choice(demo_words().questions_about(weighted[0][0])),
    )


def ib_profile(
    school: RegisteredSchool, themes: Sequence[str], reach: Reach, seed: int | str
) -> InventedProfile:
    """What an IB'er of this school offers as a coach at other schools."""
    rng = _chance(f"profile {seed} {school.code}")
    also = _ALSO_KNOWN_BY_PRIMARY if "bo" in school.kinds else _ALSO_KNOWN_BY_SPECIAL
    own_concept = {school.concept} if school.concept else set[str]()
    return InventedProfile(
        strengths=_weighted(themes, rng),
        kinds=tuple(sorted(school.kinds | _some(also, rng))),
        concepts=tuple(sorted(own_concept | _some(_KNOWN_CONCEPTS, rng))),
        declared_boards=(),
        halfdays=_halfdays(f"{seed} {school.code}"),
        travel_limit=_travel_limit(reach, rng),
        online=rng.random() < 0.65,
        capacity=_capacity(rng),
        postcode=None,
        about=rng.choice(demo_words().about_ib),
    )


def outside_profile(
    schools: Sequence[RegisteredSchool], themes: Sequence[str], reach: Reach, seed: int | str
) -> InventedProfile:
    """What a coach offers who works at no school of the network; one in five works for one of its boards."""
    rng = _chance(f"outside {seed}")
    return InventedProfile(
        strengths=_weighted(themes, rng),
        kinds=tuple(sorted(_some(_KNOWN_OUTSIDE, rng) or {"bo"})),
        concepts=tuple(sorted(_some(_KNOWN_CONCEPTS, rng))),
        declared_boards=(rng.choice(schools).board_number,) if rng.random() < 0.2 else (),
        halfdays=_halfdays(f"outside {seed}"),
        travel_limit=_travel_limit(reach, rng),
        online=rng.random() < 0.8,
        capacity=_capacity(rng),
        postcode=rng.choice(schools).postcode[:4],
        about=rng.choice(demo_words().about_outside),
    )


def _chance(key: str) -> Random:
    """Chance that repeats itself: the same key gives the same draws."""
    return Random(key)  # noqa: S311 - nothing of this is secret


def _weighted(themes: Sequence[str], rng: Random) -> tuple[tuple[str, int], ...]:
    """Three to five themes, the first with full weight."""
    chosen = rng.sample(themes, rng.randint(3, 5))
    weights = (3, *rng.choices((1, 2, 3), (4, 4, 2), k=len(chosen) - 1))
    return tuple(zip(chosen, weights, strict=True))


def _halfdays(key: str) -> tuple[int, ...]:
    """The half-days of a working week of two to four days; one in three ends a day at noon."""
    rng = _chance(f"halfdays {key}")
    days = sorted(rng.sample(range(5), rng.randint(2, 4)))
    halfdays = [halfday for day in days for halfday in (2 * day, 2 * day + 1)]
    if rng.random() < 1 / 3:
        halfdays.remove(2 * rng.choice(days) + 1)
    return tuple(halfdays)


def _travel_limit(reach: Reach, rng: Random) -> int:
    return rng.randrange(reach.shortest, reach.longest + 1, 5)


def _capacity(rng: Random) -> int:
    return rng.choices((1, 2, 3), (30, 50, 20))[0]


def _some(chances: Mapping[str, float], rng: Random) -> set[str]:
    return {name for name, chance in chances.items() if rng.random() < chance}


def _typical_distance(schools: Sequence[RegisteredSchool]) -> float:
    """Kilometres from a school in the middle of the ranking to its tenth neighbour."""
    places = [
        (school.latitude, school.longitude)
        for school in schools
        if school.latitude is not None and school.longitude is not None
    ]
    if len(places) < 2:
        return 0.0
    rank = min(_NEIGHBOURS, len(places) - 1)
    return median(sorted(_kilometres(place, other) for other in places)[rank] for place in places)


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    north = one[0] - other[0]
    east = (one[1] - other[1]) * cos(radians(one[0]))
    return _KM_PER_DEGREE * hypot(north, east)
