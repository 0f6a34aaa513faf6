"""What is known of the people in a round, as plain facts, and the rules by which pairs are judged.

Half-days are numbered from 0 (Monday morning) to 9 (Friday afternoon); locations are (latitude, longitude) in degrees;
travel limits are minutes; themes weigh, and strengths count, from 1 to 3. None means "not filled in" and is never
taken for a fit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.coaching.matching.instance import MAX_SCORE

Location = tuple[float, float]
Period = tuple[date, date]

NONE_OF_THEM: frozenset[str] = frozenset()
STRONGEST = 3
"""The highest weight of a theme, and the highest strength."""


@dataclass(frozen=True, kw_only=True)
class CoacheeFacts:
    """An IB'er who asks for a coach.

    `kinds` and `concepts` are those of her schools; no concept means no particular one. `wishes` and `excludes` are
    persons. A `period` of None is the whole round, a `travel_limit` of None the one of the rules. `profile` is false
    as long as there is no request to judge by.
    """

    id: str
    person: str
    schools: frozenset[str] = NONE_OF_THEM
    boards: frozenset[str] = NONE_OF_THEM
    kinds: frozenset[str] | None = None
    concepts: frozenset[str] = NONE_OF_THEM
    location: Location | None = None
    online: bool = False
    travel_limit: int | None = None
    halfdays: frozenset[int] = frozenset()
    themes: Mapping[str, int] = field(default_factory=dict[str, int])
    wishes: frozenset[str] = NONE_OF_THEM
    excludes: frozenset[str] = NONE_OF_THEM
    period: Period | None = None
    profile: bool = True


@dataclass(frozen=True, kw_only=True)
class CoachFacts:
    """A coach; `boards` has those she declared too, `kinds` and `concepts` are what she knows.

    `capacity` is how many people she coaches at most, `unavailable` that she takes nobody at present, `profile` is
    false as long as she has not told what she offers. The rest is as with `CoacheeFacts`.
    """

    id: str
    person: str
    capacity: int = 2
    schools: frozenset[str] = NONE_OF_THEM
    boards: frozenset[str] = NONE_OF_THEM
    kinds: frozenset[str] | None = None
    concepts: frozenset[str] = NONE_OF_THEM
    location: Location | None = None
    online: bool = False
    travel_limit: int | None = None
    halfdays: frozenset[int] = frozenset()
    strengths: Mapping[str, int] = field(default_factory=dict[str, int])
    wishes: frozenset[str] = NONE_OF_THEM
    excludes: frozenset[str] = NONE_OF_THEM
    period: Period | None = None
    profile: bool = True
    unavailable: bool = False


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How many of the 1000 points each part of a score can give; raises `ValueError` when that cannot be."""

    themes: int = 600
    travel: int = 200
    days: int = 100
    wishes: int = 100

    def __post_init__(self) -> None:
        parts = (self.themes, self.travel, self.days, self.wishes)
        if min(parts) < 0 or sum(parts) > MAX_SCORE:
            raise ValueError(f"weights must not be below 0 and not add up to more than {MAX_SCORE}: {parts}")


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The settings of a round: weights, who was coached by whom of late, and how far one travels by default.

    `recent` has pairs of persons (coachee, coach); `travel_limit` is in minutes.
    """

    weights: Weights = Weights()
    recent: frozenset[tuple[str, str]] = frozenset()
    travel_limit: int = 45
