"""Everything that forming groups is given, read from the database as plain facts for the pure core."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Any

from sqlalchemy import select

from app.coaching.models import Closure, Match, MatchingRound, Trajectory
from app.intervision.grouping import ENGINE_VERSION, Person, Relations, Sizes, Task, make_task
from app.intervision.models import Avoidance, Participation, Season
from app.intervision.queries import groups_in, members_of
from app.intervision.queries.division import locked_in
from app.intervision.queries.together import years_together
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.queries import Workplace, workplaces
from tenants.session import session

Pair = tuple[str, str]


class Apart(StrEnum):
    """Why two people are never in one group."""

    SCHOOL = "school"
    COACH = "coach"
    AVOIDANCE = "avoidance"


@dataclass(frozen=True)
class SeasonFacts:
    """A season as it is at this moment: who takes part, who is kept apart and why, who was together, what is locked."""

    sizes: Sizes
    people: tuple[PersonFacts, ...]
    """In the order of their ids."""
    apart: Mapping[Pair, Apart]
    together: Mapping[Pair, int]
    locked: tuple[tuple[str, ...], ...]

    @cached_property
    def by_id(self) -> dict[int, PersonFacts]:
        """Each person by her id."""
        return {int(person.id): person for person in self.people}

    @cached_property
    def task(self) -> Task:
        """What is to be divided, with the groups that stay. Raises MalformedInstance when one of those can't be."""
        return self._task(self.locked)

    @cached_property
    def open_task(self) -> Task:
        """The same without groups that stay: to see what a group is worth and whether it may be."""
        return self._task(())

    def _task(self, locked: tuple[tuple[str, ...], ...]) -> Task:
        relations = Relations(
            scores=judge_pairs(self.people),
            forbidden=tuple(self.apart),
            together=self.together,
            locked=locked,
        )
        # Schools are kept apart as pairs: the core knows one school of each person, and here she can have several.
        people = [Person(person.id, _first(person.schools), person.halfdays) for person in self.people]
        return make_task(people, relations, self.sizes)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what people told and over the version of the engine, without what the coordinator locked."""
        everything = [asdict(person) for person in self.people]
        relations = [sorted((*pair, why) for pair, why in self.apart.items()), sorted((*pair, years) for pair, years in self.together.items())]  # fmt: skip
        facts = [everything, relations, asdict(self.sizes), ENGINE_VERSION]
        return hashlib.sha256(json.dumps(facts, default=_plain, sort_keys=True).encode()).hexdigest()

    def why_apart(self, first: int, other: int) -> Apart | None:
        """Why two people are never in one group, if that is so."""
        return self.apart.get(_pair(first, other))

    def years_together(self, first: int, other: int) -> int:
        """How many earlier years two people were in one group."""
        return self.together.get(_pair(first, other), 0)


def facts_of_season(season: Season) -> SeasonFacts:
    """Read the facts of a season in a fixed number of queries."""
    answers = session().scalars(
        select(Participation).where(Participation.season_id == season.id, Participation.takes_part)
    )
    by_person = {answer.person_id: answer for answer in answers}
    work = {
        person_id: places
        for person_id, places in workplaces(by_person.keys()).items()
        if any(place.role == Role.IB for place in places)
    }
    ids = sorted(work, key=str)
    people = tuple(_person(by_person[person_id], work[person_id]) for person_id in ids)
    return SeasonFacts(
        sizes=Sizes(least=season.smallest, target=season.target, most=season.largest),
        people=people,
        apart=_apart(people),
        together={_pair(*pair): years for pair, years in years_together(season, ids).items()},
        locked=_locked(season),
    )


def _person(answer: Participation, work: list[Workplace]) -> PersonFacts:
    as_ib = [place for place in work if place.role == Role.IB]
    return PersonFacts(
        id=str(answer.person_id),
        schools=frozenset(place.school_code for place in work if place.school_code),
        boards=frozenset(place.board_number for place in as_ib if place.board_number),
        kinds=frozenset(kind for place in as_ib for kind in place.kinds),
        concepts=frozenset(place.concept for place in as_ib if place.concept),
        location=_location(as_ib),
        halfdays=frozenset(answer.halfdays),
        themes=frozenset(answer.themes),
        experience=answer.experience,
    )


def _location(work: list[Workplace]) -> tuple[float, float] | None:
    """Where somebody starts from: the first of her schools, in order of their codes, that has a coordinate."""
    known = sorted((p.school_code or "", p.latitude, p.longitude) for p in work if p.latitude and p.longitude)
    return (known[0][1], known[0][2]) if known else None


def _apart(people: Iterable[PersonFacts]) -> dict[Pair, Apart]:
    """Who is never in one group: of one school first, since that is what the database keeps as well."""
    known = {person.id for person in people}
    found: dict[Pair, Apart] = {}
    for pairs, why in (
        (_avoidances(), Apart.AVOIDANCE),
        (_coaching(), Apart.COACH),
        (_of_one_school(people), Apart.SCHOOL),
    ):
        found |= {pair: why for pair in pairs if known.issuperset(pair)}
    return found


def _of_one_school(people: Iterable[PersonFacts]) -> set[Pair]:
    staff: defaultdict[str, list[int]] = defaultdict(list)
    for person in people:
        for school in person.schools:
            staff[school].append(int(person.id))
    return {_pair(*pair) for here in staff.values() for pair in combinations(here, 2)}


def _avoidances() -> set[Pair]:
    return {_pair(row[0], row[1]) for row in session().execute(select(Avoidance.person_id, Avoidance.other_id))}


def _coaching() -> set[Pair]:
    """Coach and coachee whose pair or coaching goes on."""
    of_round = (MatchingRound.tenant_id == Match.tenant_id) & (MatchingRound.id == Match.round_id)
    matched = (
        select(Match.coachee_id, Match.coach_id)
        .join(MatchingRound, of_round)
        .where(Match.ended_at.is_(None), MatchingRound.ends_on >= today())
    )
    closed = select(Closure.id).where(
        Closure.tenant_id == Trajectory.tenant_id, Closure.trajectory_id == Trajectory.id
    )
    running = select(Trajectory.coachee_id, Trajectory.coach_id).where(~closed.exists())
    return {_pair(coachee, coach) for rows in (matched, running) for coachee, coach in session().execute(rows)}


def _locked(season: Season) -> tuple[tuple[str, ...], ...]:
    locked = locked_in(season.id)
    members = members_of([group.id for group in groups_in(season.id) if group.id in locked])
    return tuple(sorted(tuple(sorted(map(str, people))) for people in members.values()))


def _pair(first: int, other: int) -> Pair:
    """Two people as the core names them, in the order of their ids as text."""
    one, two = str(first), str(other)
    return (one, two) if one < two else (two, one)


def _first(codes: Collection[str]) -> str | None:
    return min(codes, default=None)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)
