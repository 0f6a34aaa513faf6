"""What invented people say that they know, like, learn and want, and what their schools are strong in.

Everything follows from the draws that are handed in, and days from the day on which it is invented.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from app.demo.words import demo_words
from app.expertise.models import HELPS_OTHERS, CourseState, RecordKind, Visibility
from app.expertise.taxonomy import ITEMS

SILENT = 0.03
"""Share of the people who said nothing yet."""
LEVELS, LEVEL_WEIGHTS = (1, 2, 3, 4), (15, 55, 23, 7)
STRONG, MISSING = 0.12, 0.22
"""Shares of the items in which a school is strong, and which nobody there knows."""
STRONGER = 4
PRIVATE, TO_SCHOOL = 0.10, 0.55
"""Shares of the records that are open to nobody and to the school; the rest to the network."""
WILLING = 0.5
"""Share of those who can help colleagues, and say that they may be asked."""
IN_OWN_WORDS = 0.14
"""Share of what people know of which they add something: one in twelve of all records."""
FOR_A_GAP = 0.5
"""Share of what people want that nobody at their school knows yet."""
SLOW_TO_CONFIRM = 0.2
"""Share of the people who confirm their records only now and then."""
LONGEST_DAYS, CONFIRMED_WITHIN, NOT_CONFIRMED_FOR = 1095, 330, 500
COURSE_STATES, STATE_WEIGHTS = (CourseState.DONE, CourseState.RUNNING, CourseState.PLANNED), (65, 20, 15)


class InventedRecord(NamedTuple):
    """A record before it is anybody's."""

    item: str
    kind: RecordKind
    level: int | None
    course_title: str | None
    course_provider: str | None
    course_state: CourseState | None
    starts_on: date | None
    ends_on: date | None
    visibility: Visibility
    willing: bool
    own_words: str | None
    since: date
    confirmed_on: date


@dataclass(frozen=True, slots=True)
class SchoolKnowledge:
    """What is known at a school more and less."""

    weights: tuple[float, ...]
    """How often each item is known, added up as `Random.choices` wants them."""
    missing: tuple[str, ...]


class Inventor:
    """Invents the records of one network."""

    def __init__(self, chance: Random, day: date) -> None:
        self._chance = chance
        self._domain_of = {item: domain for domain, items in ITEMS.items() for item in items}
        self._items = tuple(self._domain_of)
        self._usual = [chance.uniform(0.3, 2.0) for _ in self._items]
        self._days_ago = [day - timedelta(days=days) for days in range(LONGEST_DAYS + NOT_CONFIRMED_FOR)]
        self._day = day
        self._words = demo_words().expertise

    def school(self) -> SchoolKnowledge:
        """What a school is strong in and what it misses."""
        weights, missing = [], []
        for item, usual in zip(self._items, self._usual, strict=True):
            draw = self._chance.random()
            if draw < MISSING:
                missing.append(item)
            weights.append(0 if draw < MISSING else usual * (STRONGER if draw > 1 - STRONG else 1))
        return SchoolKnowledge(tuple(accumulate(weights)), tuple(missing) or self._items[:3])

    def records(self, school: SchoolKnowledge, *, always: bool = False) -> Iterator[InventedRecord]:
        """What somebody of this school says of herself; nothing when she said nothing yet."""
        draw = self._chance.random
        if draw() < SILENT and not always:
            return
        is_slow = draw() < SLOW_TO_CONFIRM and not always
        known = self._some_known(school)
        levels = self._chance.choices(LEVELS, LEVEL_WEIGHTS, k=len(known))
        for item, level in zip(known, levels, strict=True):
            willing = level >= HELPS_OTHERS and draw() < WILLING
            words = self._chance.choice(self._words.own_words) if draw() < IN_OWN_WORDS else None
            opened, days = self._opened(), self._days(is_slow=is_slow)
            yield InventedRecord(item, RecordKind.EXPERTISE, level, *NO_COURSE, opened, willing, words, *days)
        for kind, items in (
            (RecordKind.INTEREST, self._others(self._items, known, 2 + (draw() < 0.5))),
            (RecordKind.AMBITION, self._wanted(school, known)),
        ):
            for item in items:
                opened, days = self._opened(), self._days(is_slow=is_slow)
                yield InventedRecord(item, kind, None, *NO_COURSE, opened, False, None, *days)
        for item in self._others(self._items, (), 1 + (draw() < 0.5)):
            yield self._course(item, is_slow=is_slow)

    def _some_known(self, school: SchoolKnowledge) -> Sequence[str]:
        drawn = self._chance.choices(self._items, cum_weights=school.weights, k=10)
        return list(dict.fromkeys(drawn))[: self._chance.randint(5, 8)]

    def _wanted(self, school: SchoolKnowledge, known: Sequence[str]) -> Sequence[str]:
        lacks = self._chance.random() < FOR_A_GAP
        return self._others(
            school.missing if lacks else self._items, known, 1 + (self._chance.random() < 0.5)
        )

    def _others(self, items: Sequence[str], known: Sequence[str], count: int) -> Sequence[str]:
        drawn = dict.fromkeys(self._chance.choices(items, k=count + 2))
        return [item for item in drawn if item not in known][:count]

    def _course(self, item: str, *, is_slow: bool) -> InventedRecord:
        title = self._chance.choice(self._words.courses[self._domain_of[item]])
        provider = self._chance.choice(self._words.providers)
        (state,) = self._chance.choices(COURSE_STATES, STATE_WEIGHTS)
        since, confirmed = self._days(is_slow=is_slow)
        length = timedelta(days=self._chance.randrange(1, 200))
        away = timedelta(days=self._chance.randrange(1, 120))
        if state == CourseState.DONE:
            starts, ends = since - length, since
        elif state == CourseState.RUNNING:
            starts, ends = self._day - away, self._day + length
            since = confirmed = max(since, starts)
        else:
            starts, ends = self._day + away, self._day + away + length
            since = confirmed = max(since, self._day - away)
        told = (title, provider, state, starts, ends)
        return InventedRecord(
            item, RecordKind.COURSE, None, *told, self._opened(), False, None, since, confirmed
        )

    def _opened(self) -> Visibility:
        draw = self._chance.random()
        if draw < PRIVATE:
            return Visibility.PRIVATE
        return Visibility.SCHOOL if draw < PRIVATE + TO_SCHOOL else Visibility.NETWORK

    def _days(self, *, is_slow: bool) -> tuple[date, date]:
        """Since when it is said, and when it was last confirmed."""
        since = int(self._chance.random() * LONGEST_DAYS)
        confirmed = int(self._chance.random() * (NOT_CONFIRMED_FOR if is_slow else CONFIRMED_WITHIN))
        return self._days_ago[since], self._days_ago[min(since, confirmed)]


NO_COURSE = (None, None, None, None, None)
