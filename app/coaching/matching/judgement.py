"""Judging every pair of a round at once: what forbids it, and what it scores.

Hard rules (`Reason`) and score never mix: a pair with a reason is no candidate, whatever it would score, and what is
not filled in never adds to a score.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.coaching.matching.facts import NONE_OF_THEM, STRONGEST, CoacheeFacts, CoachFacts, Rules
from app.coaching.matching.instance import (
    Blocked,
    BoolArray,
    Coach,
    Coachee,
    Instance,
    IntArray,
    PairTable,
    Terms,
    assemble,
)
from app.coaching.matching.reasons import Reason, reason_names
from app.coaching.matching.travel import UNKNOWN_MINUTES, travel_minutes

_ENOUGH_SHARED_HALFDAYS = 3

Facts = CoacheeFacts | CoachFacts
F = TypeVar("F", CoacheeFacts, CoachFacts)
T = TypeVar("T")


class Parts(NamedTuple):
    """The points of a pair, part by part."""

    themes: int
    travel: int
    days: int
    wishes: int

    @property
    def total(self) -> int:
        """The score."""
        return sum(self)


@dataclass(frozen=True)
class PairJudgement:
    """One pair, to be shown: why not (no reason when permitted), the points, and what they come from.

    `minutes` is an estimate and None when a location is not known; `covered_themes` are what she asks and the coach is
    strong in, the largest contribution first. `unknown_kinds` and `unknown_concepts` are those of her schools that the
    coach does not know.
    """

    reasons: Reason
    parts: Parts
    minutes: int | None
    shared_halfdays: frozenset[int]
    covered_themes: tuple[str, ...]
    unknown_kinds: frozenset[str]
    unknown_concepts: frozenset[str]


@dataclass(frozen=True, eq=False)
class Judgement:
    """All pairs of a round. Arrays are coachees x coaches; `reasons` has the bits of `Reason`."""

    coachees: tuple[CoacheeFacts, ...]
    coaches: tuple[CoachFacts, ...]
    reasons: IntArray
    minutes: IntArray
    themes: IntArray
    travel: IntArray
    days: IntArray
    wishes: IntArray

    @property
    def scores(self) -> IntArray:
        """The sum of the parts, also of pairs that are not permitted."""
        return self.themes + self.travel + self.days + self.wishes

    def pair(self, coachee: int, coach: int) -> PairJudgement:
        """One pair by its positions in `coachees` and `coaches`."""
        asks, offers = self.coachees[coachee], self.coaches[coach]
        covered = {
            theme: weight * offers.strengths[theme]
            for theme, weight in asks.themes.items()
            if theme in offers.strengths
        }
        minutes = int(self.minutes[coachee, coach])
        return PairJudgement(
            reasons=Reason(int(self.reasons[coachee, coach])),
            parts=Parts(
                *(int(part[coachee, coach]) for part in (self.themes, self.travel, self.days, self.wishes))
            ),
            minutes=None if minutes == UNKNOWN_MINUTES else minutes,
            shared_halfdays=asks.halfdays & offers.halfdays,
            covered_themes=tuple(sorted(covered, key=lambda theme: (-covered[theme], theme))),
            unknown_kinds=(asks.kinds or NONE_OF_THEM) - (offers.kinds or NONE_OF_THEM),
            unknown_concepts=asks.concepts - offers.concepts,
        )

    def instance(self, terms: Terms, *, waited: Mapping[str, int] | None = None) -> Instance:
        """What is to be matched on these terms; `waited` counts by coachee id the rounds that she was left out.

        Raises `MalformedInstance` when a pin cannot be.
        """
        rounds = waited or {}
        row, column = np.nonzero(self.reasons == 0)
        blocked_row, blocked_column = np.nonzero(self.reasons)
        sets, number = np.unique(self.reasons[blocked_row, blocked_column], return_inverse=True)
        return assemble(
            [Coachee(facts.id, facts.person, rounds.get(facts.id, 0)) for facts in self.coachees],
            [Coach(facts.id, facts.person, facts.capacity) for facts in self.coaches],
            PairTable(row, column, self.scores[row, column]),
            Blocked(blocked_row, blocked_column, number, tuple(reason_names(int(bits)) for bits in sets)),
            terms,
        )


def judge(coachees: Sequence[CoacheeFacts], coaches: Sequence[CoachFacts], rules: Rules) -> Judgement:
    """Judge every coachee with every coach."""
    minutes = travel_minutes([facts.location for facts in coachees], [facts.location for facts in coaches])
    limit = np.minimum.outer(_limits(coachees, rules), _limits(coaches, rules))
    online = np.logical_and.outer(_each(coachees, lambda f: f.online), _each(coaches, lambda f: f.online))
    judged = np.logical_and.outer(_each(coachees, lambda f: f.profile), _each(coaches, lambda f: f.profile))
    shared_days = _shared([facts.halfdays for facts in coachees], [facts.halfdays for facts in coaches])
    weights = rules.weights
    return Judgement(
        coachees=tuple(coachees),
        coaches=tuple(coaches),
        reasons=_reasons(coachees, coaches, rules, _Distance(minutes, limit, online), judged),
        minutes=minutes,
        themes=judged * _theme_points(coachees, coaches, weights.themes),
        travel=judged * _travel_points(_Distance(minutes, limit, online), weights.travel),
        days=judged
        * (weights.days * np.minimum(shared_days, _ENOUGH_SHARED_HALFDAYS) // _ENOUGH_SHARED_HALFDAYS),
        wishes=judged * (weights.wishes * _wishes(coachees, coaches) // 2),
    )


class _Distance(NamedTuple):
    """Minutes between two, the limit of whoever wants to travel least, and whether both talk online."""

    minutes: IntArray
    limit: IntArray
    online: BoolArray


def _reasons(
    coachees: Sequence[CoacheeFacts],
    coaches: Sequence[CoachFacts],
    rules: Rules,
    distance: _Distance,
    judged: BoolArray,
) -> IntArray:
    known_kinds = np.logical_and.outer(_each(coachees, lambda f: bool(f.kinds)), _each(coaches, _knows_kinds))
    known_way = (distance.minutes != UNKNOWN_MINUTES) | distance.online
    forbidden = {
        Reason.SELF: _shared([{f.person} for f in coachees], [{f.person} for f in coaches]) > 0,
        Reason.SAME_SCHOOL: _shared([f.schools for f in coachees], [f.schools for f in coaches]) > 0,
        Reason.SAME_BOARD: _shared([f.boards for f in coachees], [f.boards for f in coaches]) > 0,
        Reason.KIND: judged
        & known_kinds
        & _lacking([f.kinds or () for f in coachees], [f.kinds or () for f in coaches]),
        Reason.CONCEPT: judged & _lacking([f.concepts for f in coachees], [f.concepts for f in coaches]),
        Reason.UNKNOWN: ~(judged & known_kinds & known_way),
        Reason.RECENT: _recent(coachees, coaches, rules),
        Reason.EXCLUDED: _named(coachees, coaches, lambda f: f.excludes) > 0,
        Reason.PERIOD: ~_overlap(coachees, coaches),
        Reason.TRAVEL: judged & ~distance.online & (distance.minutes > distance.limit),
        Reason.UNAVAILABLE: np.broadcast_to(_each(coaches, lambda f: f.unavailable), judged.shape),
    }
    reasons = np.zeros(judged.shape, np.int64)
    for reason, mask in forbidden.items():
        reasons |= int(reason) * mask
    return reasons


def _knows_kinds(coach: CoachFacts) -> bool:
    return coach.kinds is not None


def _each(people: Sequence[F], fact: Callable[[F], bool]) -> BoolArray:
    return np.array([fact(facts) for facts in people], np.bool_)


def _limits(people: Sequence[Facts], rules: Rules) -> IntArray:
    limits = [rules.travel_limit if facts.travel_limit is None else facts.travel_limit for facts in people]
    return np.array(limits, np.int64)


def _weighted(people: Sequence[Mapping[T, int]], columns: Mapping[T, int]) -> NDArray[np.float32]:
    """A matrix of people x columns; single precision holds these small whole numbers exactly."""
    matrix = np.zeros((len(people), len(columns)), np.float32)
    for row, weights in enumerate(people):
        for item, weight in weights.items():
            if item in columns:
                matrix[row, columns[item]] = weight
    return matrix


def _shared(left: Sequence[Collection[T]], right: Sequence[Collection[T]]) -> IntArray:
    """For each pair how many items they have in common."""
    return _product([dict.fromkeys(items, 1) for items in left], [dict.fromkeys(items, 1) for items in right])


def _product(left: Sequence[Mapping[T, int]], right: Sequence[Mapping[T, int]]) -> IntArray:
    """For each pair the sum of products over the items they have in common."""
    columns = {item: column for column, item in enumerate({item for items in left for item in items})}
    return (_weighted(left, columns) @ _weighted(right, columns).T).astype(np.int64)


def _lacking(asked: Sequence[Collection[str]], known: Sequence[Collection[str]]) -> BoolArray:
    """For each pair whether something that is asked is not known."""
    return _shared(asked, known) < np.array([len(items) for items in asked], np.int64)[:, None]


def _recent(coachees: Sequence[CoacheeFacts], coaches: Sequence[CoachFacts], rules: Rules) -> BoolArray:
    coaches_of: dict[str, list[str]] = {}
    for coachee, coach in rules.recent:
        coaches_of.setdefault(coachee, []).append(coach)
    return _shared([coaches_of.get(f.person, ()) for f in coachees], [{f.person} for f in coaches]) > 0


def _named(
    coachees: Sequence[CoacheeFacts], coaches: Sequence[CoachFacts], names: Callable[[Facts], Collection[str]]
) -> IntArray:
    """For each pair how many of the two name the other."""
    by_her = _shared([names(f) for f in coachees], [{f.person} for f in coaches])
    by_coach = _shared([{f.person} for f in coachees], [names(f) for f in coaches])
    return by_her + by_coach


def _wishes(coachees: Sequence[CoacheeFacts], coaches: Sequence[CoachFacts]) -> IntArray:
    return _named(coachees, coaches, lambda facts: facts.wishes)


def _overlap(coachees: Sequence[CoacheeFacts], coaches: Sequence[CoachFacts]) -> BoolArray:
    """Whether there is a day in both periods; both ends belong to a period, and no period is the whole round."""
    (start, end), (coach_start, coach_end) = _days(coachees), _days(coaches)
    return np.less_equal.outer(start, coach_end) & np.greater_equal.outer(end, coach_start)


def _days(people: Sequence[Facts]) -> tuple[IntArray, IntArray]:
    always = (0, np.iinfo(np.int64).max)
    days = [
        always if f.period is None else (f.period[0].toordinal(), f.period[1].toordinal()) for f in people
    ]
    table = np.array(days, np.int64).reshape(len(days), 2)
    return table[:, 0], table[:, 1]


def _theme_points(coachees: Sequence[CoacheeFacts], coaches: Sequence[CoachFacts], most: int) -> IntArray:
    """Full points when the coach is strongest in every theme that she asks, in proportion below."""
    covered = _product([f.themes for f in coachees], [f.strengths for f in coaches])
    asked = np.array([STRONGEST * sum(f.themes.values()) for f in coachees], np.int64)[:, None]
    return np.where(asked > 0, most * covered // np.maximum(asked, 1), 0)


def _travel_points(distance: _Distance, most: int) -> IntArray:
    """Full points without travel, none at the limit; half of them at least when both talk online."""
    minutes, limit, online = distance
    left = np.where(minutes == UNKNOWN_MINUTES, 0, np.maximum(limit - minutes, 0))
    points = np.where(limit > 0, most * left // np.maximum(limit, 1), 0)
    return np.where(online, np.maximum(points, most // 2), points)
