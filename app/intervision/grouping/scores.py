"""What two people would bring each other in one group: what binds them, where they differ, in points that add up.

Points are given for what is known of both. What somebody has not filled in never adds to a score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from app.coaching.matching.facts import Location
from app.coaching.matching.travel import UNKNOWN_MINUTES, travel_minutes
from app.intervision.grouping.task import REPEAT_COST, Pair, Person, Relations


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """Somebody who wants to be in a group; None means "not filled in".

    `themes` are what she would like to bring, weighing from 1 to 3. No `concepts` means no particular one. `years` is
    her experience. `together` counts by person in how many earlier years they were in one group. `excludes` are those
    she may not be with, her own coach among them.
    """

    id: str
    school: str
    board: str | None = None
    halfdays: frozenset[int] = frozenset()
    themes: Mapping[str, int] = field(default_factory=dict[str, int])
    kinds: frozenset[str] | None = None
    concepts: frozenset[str] | None = None
    years: int | None = None
    location: Location | None = None
    together: Mapping[str, int] = field(default_factory=dict[str, int])
    excludes: frozenset[str] = frozenset()

    @property
    def person(self) -> Person:
        """What the grouping has to know of her."""
        return Person(self.id, self.school, self.halfdays, self.board)


@dataclass(frozen=True, kw_only=True)
class PairWeights:
    """How many points each part can give at most; raises `ValueError` below zero.

    Experience gives all its points from `far_years` apart, travel none from `far_minutes`.
    """

    themes: int = 200
    kind: int = 60
    concept: int = 40
    experience: int = 40
    travel: int = 40
    board: int = 20
    repeat: int = REPEAT_COST
    far_years: int = 10
    far_minutes: int = 45

    def __post_init__(self) -> None:
        parts = (self.themes, self.kind, self.concept, self.experience, self.travel, self.board, self.repeat)
        if min(parts) < 0 or min(self.far_years, self.far_minutes) < 1:
            raise ValueError(f"weights must not be below 0, nor what is far below 1: {self}")


USUAL_WEIGHTS = PairWeights()


class PairParts(NamedTuple):
    """The points of a pair, part by part; `repeats` is 0 or below."""

    themes: int
    kind: int
    concept: int
    experience: int
    travel: int
    board: int
    repeats: int

    @property
    def total(self) -> int:
        """The score."""
        return sum(self)


@dataclass(frozen=True)
class PairFacts:
    """One pair, to be shown: the points, and what they come from.

    `shared_themes` has the one that weighs most first. `differs` tells of kind, concept, experience and board which
    are known to be different. `minutes` is an estimate, None when a location is not known.
    """

    parts: PairParts
    shared_themes: tuple[str, ...]
    differs: tuple[str, ...]
    minutes: int | None
    years_together: int


def judge_pair(one: PersonFacts, other: PersonFacts, weights: PairWeights | None = None) -> PairFacts:
    """What two people would bring each other."""
    minutes = int(travel_minutes([one.location], [other.location])[0, 0])
    return _judged(one, other, weights or USUAL_WEIGHTS, minutes)


def parts_of_pair(
    one: PersonFacts, other: PersonFacts, minutes: int, weights: PairWeights = USUAL_WEIGHTS
) -> PairParts:
    """The points of two people who live so many minutes apart."""
    fewest = min(sum(one.themes.values()), sum(other.themes.values()))
    shared = sum(_shared_themes(one, other).values())
    kind, concept, board, apart = _different(one, other)
    known = minutes != UNKNOWN_MINUTES
    return PairParts(
        themes=weights.themes * shared // fewest if fewest else 0,
        kind=weights.kind * kind,
        concept=weights.concept * concept,
        experience=weights.experience * min(apart, weights.far_years) // weights.far_years,
        travel=weights.travel * max(0, weights.far_minutes - minutes) // weights.far_minutes if known else 0,
        board=weights.board * board,
        repeats=-weights.repeat * _years_together(one, other),
    )


def judge_pairs(people: Sequence[PersonFacts], weights: PairWeights | None = None) -> dict[Pair, PairFacts]:
    """Every pair of some people, by their ids, the first id first."""
    ordered = sorted(people, key=lambda facts: facts.id)
    places = [facts.location for facts in ordered]
    minutes = travel_minutes(places, places)
    given = weights or USUAL_WEIGHTS
    return {
        (ordered[a].id, ordered[b].id): _judged(ordered[a], ordered[b], given, int(minutes[a, b]))
        for a, b in combinations(range(len(ordered)), 2)
    }


def relations(
    people: Sequence[PersonFacts], pairs: Mapping[Pair, PairFacts], locked: Sequence[Sequence[str]] = ()
) -> Relations:
    """What the grouping has to know of the pairs; points for repeats are in the scores already."""
    ids = {facts.id for facts in people}
    excluded = {
        (min(facts.id, other), max(facts.id, other)) for facts in people for other in facts.excludes & ids
    }
    return Relations(
        scores={pair: facts.parts.total for pair, facts in pairs.items()},
        forbidden=sorted(pair for pair in excluded if pair[0] != pair[1]),
        locked=locked,
    )


def _judged(one: PersonFacts, other: PersonFacts, weights: PairWeights, minutes: int) -> PairFacts:
    shared = _shared_themes(one, other)
    kind, concept, board, apart = _different(one, other)
    different = {"kind": kind, "concept": concept, "experience": apart > 0, "board": board}
    return PairFacts(
        parts_of_pair(one, other, minutes, weights),
        tuple(sorted(shared, key=lambda theme: (-shared[theme], theme))),
        tuple(name for name, is_different in different.items() if is_different),
        minutes if minutes != UNKNOWN_MINUTES else None,
        _years_together(one, other),
    )


def _shared_themes(one: PersonFacts, other: PersonFacts) -> dict[str, int]:
    return {
        theme: min(weight, other.themes[theme])
        for theme, weight in one.themes.items()
        if theme in other.themes
    }


def _different(one: PersonFacts, other: PersonFacts) -> tuple[bool, bool, bool, int]:
    """Whether kind, concept and board are known to be different, and how many years of experience they are apart."""
    kind = bool(one.kinds and other.kinds) and not (one.kinds or frozenset()) & (other.kinds or frozenset())
    concept = None not in (one.concepts, other.concepts) and one.concepts != other.concepts
    board = None not in (one.board, other.board) and one.board != other.board
    apart = 0 if one.years is None or other.years is None else abs(one.years - other.years)
    return kind, concept, board, apart


def _years_together(one: PersonFacts, other: PersonFacts) -> int:
    return max(one.together.get(other.id, 0), other.together.get(one.id, 0))
