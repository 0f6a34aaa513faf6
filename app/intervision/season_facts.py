"""Everything that forming groups is given, read from the database as plain facts for the pure core."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import select

from app.coaching.matching.travel import travel_minutes
from app.coaching.models import Closure, Match, MatchingRound, Trajectory
from app.coaching.participants import schools_in
from app.intervision.grouping import (
    ENGINE_VERSION,
    PersonFacts,
    Sizes,
    Task,
    judge_pairs,
    make_task,
    parts_of_pair,
    relations,
)
from app.intervision.grouping.task import value_of
from app.intervision.models import Avoidance, Experience, Participation, Season
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


YEARS = {Experience.STARTING: 1, Experience.SOME: 3, Experience.LONG: 10}
"""How many years of experience an answer stands for."""


@dataclass(frozen=True)
class SeasonFacts:
    """A season as it is at this moment: who takes part, who is kept apart and why, what is locked."""

    sizes: Sizes
    people: tuple[PersonFacts, ...]
    """In the order of their ids."""
    apart: Mapping[Pair, Apart]
    experience: Mapping[int, Experience]
    """Of who told it."""
    locked: tuple[tuple[str, ...], ...]
    schools: Mapping[int, str]
    """Where each is an IB'er, in words."""
    scores: dict[Pair, int] = field(default_factory=dict[Pair, int], init=False, repr=False, compare=False)
    """What pairs are worth that were asked for before: a page needs a few hundred of all that there are."""

    @cached_property
    def by_id(self) -> dict[int, PersonFacts]:
        """Each person by her id."""
        return {int(person.id): person for person in self.people}

    @cached_property
    def task(self) -> Task:
        """What is to be divided, with the groups that stay. Raises MalformedInstance when one of those can't be."""
        pairs = relations(self.people, judge_pairs(self.people), self.locked)
        return make_task([facts.person for facts in self.people], pairs, self.sizes)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what people told and over the version of the engine, without what the coordinator locked."""
        facts = [[vars(person) for person in self.people], vars(self.sizes), ENGINE_VERSION]
        return hashlib.sha256(json.dumps(facts, default=_plain, sort_keys=True).encode()).hexdigest()

    def value(self, people: Collection[int]) -> int:
        """What a group is worth; who does not take part any more counts for nothing, and who is alone has no pairs."""
        known = [self.by_id[one] for one in people if one in self.by_id]
        if not known:
            return 0
        return value_of(self.sizes, max(2, len(known)), self._pair_sum(known)) - (
            self.sizes.penalty if len(known) == 1 else 0
        )

    def judge(self, people: Iterable[int], others: Iterable[int]) -> None:
        """Work out what each pair of somebody here with somebody there is worth, for who will ask for most of them."""
        self._judge(
            [self.by_id[one] for one in people if one in self.by_id],
            [self.by_id[one] for one in others if one in self.by_id],
        )

    def _pair_sum(self, people: Sequence[PersonFacts]) -> int:
        """What all pairs of these people are worth together."""
        pairs = [_ids(one, other) for one, other in combinations(people, 2)]
        if any(pair not in self.scores for pair in pairs):
            self._judge(people, people)
        return sum(self.scores[pair] for pair in pairs)

    def _judge(self, people: Sequence[PersonFacts], others: Sequence[PersonFacts]) -> None:
        """Judge pairs; how far they travel all at once, which hardly takes longer than for one pair."""
        minutes = travel_minutes(
            [one.location for one in people], [other.location for other in others]
        ).tolist()
        for one, row in zip(people, minutes, strict=True):
            for other, travel in zip(others, row, strict=True):
                if one is not other and _ids(one, other) not in self.scores:
                    self.scores[_ids(one, other)] = sum(parts_of_pair(one, other, travel))

    def why_apart(self, first: int, other: int) -> Apart | None:
        """Why two people are never in one group, if that is so."""
        return self._apart_from.get(first, {}).get(other)

    @cached_property
    def _apart_from(self) -> dict[int, dict[int, Apart]]:
        """From whom each is kept apart, and why."""
        found: defaultdict[int, dict[int, Apart]] = defaultdict(dict)
        for (first, other), why in self.apart.items():
            found[int(first)][int(other)] = found[int(other)][int(first)] = why
        return dict(found)

    def years_together(self, first: int, other: int) -> int:
        """How many earlier years two people were in one group."""
        person = self.by_id.get(first)
        return person.together.get(str(other), 0) if person else 0


def facts_of_season(season: Season) -> SeasonFacts:
    """Read the facts of a season in a fixed number of queries."""
    answers = session().execute(
        select(
            Participation.person_id, Participation.halfdays, Participation.themes, Participation.experience
        ).where(Participation.season_id == season.id, Participation.takes_part)
    )
    by_person = {row[0]: _Answer(*row) for row in answers}
    work = {
        person_id: places
        for person_id, places in workplaces(by_person.keys()).items()
        if any(place.role == Role.IB for place in places)
    }
    apart, together = _apart(work), _by_person(years_together(season, sorted(work)))
    excluded: defaultdict[str, set[str]] = defaultdict(set)
    for one, two in apart:
        excluded[one].add(two)
        excluded[two].add(one)
    return SeasonFacts(
        sizes=Sizes(least=season.smallest, target=season.target, most=season.largest),
        people=tuple(
            _person(by_person[person_id], places, together[person_id], excluded[str(person_id)])
            for person_id, places in sorted(work.items(), key=lambda one: str(one[0]))
        ),
        apart=apart,
        experience={
            person_id: Experience(answer.experience)
            for person_id, answer in by_person.items()
            if answer.experience
        },
        locked=_locked(season),
        schools={person_id: schools_in(places, Role.IB) for person_id, places in work.items()},
    )


class _Answer(NamedTuple):
    """What somebody told for a season, as far as groups are formed by it."""

    person_id: int
    halfdays: list[int]
    themes: list[str]
    experience: str | None


def _person(
    answer: _Answer, work: list[Workplace], together: Mapping[str, int], excludes: Collection[str]
) -> PersonFacts:
    as_ib = sorted((p for p in work if p.role == Role.IB), key=lambda place: place.school_code or "")
    # The core knows one school of each; colleagues of her other schools are among those whom she is kept apart from.
    return PersonFacts(
        id=str(answer.person_id),
        school=as_ib[0].school_code or f"person {answer.person_id}",
        board=as_ib[0].board_number,
        halfdays=frozenset(answer.halfdays),
        themes=dict.fromkeys(sorted(answer.themes), 1),
        kinds=frozenset(kind for place in as_ib for kind in place.kinds) or None,
        concepts=frozenset(place.concept for place in as_ib if place.concept),
        years=YEARS[Experience(answer.experience)] if answer.experience else None,
        location=_location(as_ib),
        together=together,
        excludes=frozenset(excludes),
    )


def _location(work: list[Workplace]) -> tuple[float, float] | None:
    """Where somebody starts from: the first of her schools, in order of their codes, that has a coordinate."""
    known = sorted((p.school_code or "", p.latitude, p.longitude) for p in work if p.latitude and p.longitude)
    return (known[0][1], known[0][2]) if known else None


def _by_person(years: Mapping[tuple[int, int], int]) -> defaultdict[int, dict[str, int]]:
    """For each person how many years she was with whom."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for (first, other), count in years.items():
        found[first][str(other)] = found[other][str(first)] = count
    return found


def _apart(work: Mapping[int, list[Workplace]]) -> dict[Pair, Apart]:
    """Who is never in one group; of one school comes last and so first, since the database keeps that as well."""
    known = {str(person_id) for person_id in work}
    found: dict[Pair, Apart] = {}
    for pairs, why in (
        (_avoidances(), Apart.AVOIDANCE),
        (_coaching(), Apart.COACH),
        (_of_one_school(work), Apart.SCHOOL),
    ):
        found |= {pair: why for pair in pairs if known.issuperset(pair)}
    return found


def _of_one_school(work: Mapping[int, list[Workplace]]) -> set[Pair]:
    staff: defaultdict[int, set[int]] = defaultdict(set)
    for person_id, places in work.items():
        for place in places:
            if place.school_id:
                staff[place.school_id].add(person_id)
    return {_pair(*pair) for here in staff.values() for pair in combinations(here, 2)}


def _avoidances() -> set[Pair]:
    return {
        _pair(row[0], row[1]) for row in session().execute(select(Avoidance.person_id, Avoidance.other_id))
    }


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
    return {
        _pair(coachee, coach) for rows in (matched, running) for coachee, coach in session().execute(rows)
    }


def _locked(season: Season) -> tuple[tuple[str, ...], ...]:
    locked = locked_in(season.id)
    members = members_of([group.id for group in groups_in(season.id) if group.id in locked])
    return tuple(sorted(tuple(sorted(map(str, people))) for people in members.values()))


def _ids(one: PersonFacts, other: PersonFacts) -> Pair:
    """Two people by their ids, in the same order whoever is named first."""
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _pair(first: int, other: int) -> Pair:
    """Two people as the core names them, in the order of their ids as text."""
    one, two = str(first), str(other)
    return (one, two) if one < two else (two, one)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)
