"""The answer, typed for the application and as a document for files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.coaching.matching.costs import Cost, PlacePrice
from app.coaching.matching.left_out import Competition, Obstacles, WhyUnmatched
from app.coaching.matching.task import Objective

FORMAT = "coach-matching-result/1"

Document = dict[str, Any]
"""Parsed JSON, or what can be written as JSON."""


class Alternative(NamedTuple):
    """A permitted pair that was not chosen, and what choosing it costs; None when it cannot be at all.

    It cannot be when all places of the coach are pinned.
    """

    coach: str
    score: int
    cost: Cost | None


@dataclass(frozen=True)
class Match:
    """A pair of the matching. `alternatives` is None when nothing was to be explained."""

    coachee: str
    coach: str
    score: int
    pinned: bool
    alternatives: tuple[Alternative, ...] | None


@dataclass(frozen=True)
class Unmatched:
    """Somebody without a coach, and why.

    `details` tells more, unless nothing was to be explained or only the rule of two-way pairs stands in the way.
    `alternatives` are there for somebody who has competition.
    """

    coachee: str
    reason: WhyUnmatched
    details: Obstacles | Competition | None
    alternatives: tuple[Alternative, ...] | None


@dataclass(frozen=True)
class Certificate:
    """What proves the answer: no matching has more coachees, none as good before the total has a larger total.

    `branches` counts how often the rule of two-way pairs made the search try both sides.
    """

    matched_upper_bound: int
    total_upper_bound: int
    branches: int


@dataclass(frozen=True)
class Result:
    """The best matching of an instance, all lists in the order of ids.

    `capacity_prices` by coach id is None when nothing was to be explained.
    """

    objective: Objective
    certificate: Certificate
    matches: tuple[Match, ...]
    unmatched: tuple[Unmatched, ...]
    capacity_prices: dict[str, PlacePrice] | None
    blocking_pairs: int

    def as_document(self) -> Document:
        """The result as JSON of the format `coach-matching-result/1`."""
        objective, certificate = self.objective, self.certificate
        document: Document = {
            "format": FORMAT,
            "status": "optimal",
            "objective": {
                "matched": objective.matched,
                "waited": objective.waited,
                "worst": objective.worst,
                "bands": [list(band) for band in objective.bands],
                "total": objective.total,
                "load": objective.load,
                "kept": objective.kept,
            },
            "certificate": {
                "matched_upper_bound": certificate.matched_upper_bound,
                "total_upper_bound": certificate.total_upper_bound,
                "branches": certificate.branches,
            },
            "matches": [_match(match) for match in self.matches],
            "unmatched": [_unmatched(unmatched) for unmatched in self.unmatched],
            "blocking_pairs": self.blocking_pairs,
        }
        if self.capacity_prices is not None:
            document["capacity_prices"] = {
                coach: {"one_less": _cost(price.one_less), "one_more": _cost(price.one_more)}
                for coach, price in self.capacity_prices.items()
            }
        return document


def _cost(cost: Cost | None) -> dict[str, int] | None:
    return None if cost is None else {"matched": cost.matched, "total": cost.total}


def _alternatives(alternatives: Sequence[Alternative]) -> list[Document]:
    return [{"coach": coach, "score": score, "cost": _cost(cost)} for coach, score, cost in alternatives]


def _match(match: Match) -> Document:
    document: Document = {
        "coachee": match.coachee,
        "coach": match.coach,
        "score": match.score,
        "pinned": match.pinned,
    }
    if match.alternatives is not None:
        document["alternatives"] = _alternatives(match.alternatives)
    return document


def _unmatched(unmatched: Unmatched) -> Document:
    document: Document = {"coachee": unmatched.coachee, "reason": unmatched.reason.value}
    details = unmatched.details
    if isinstance(details, Obstacles):
        document["blocked_by"] = details.blocked_by
        document["only"] = {reason: list(coaches) for reason, coaches in details.only.items()}
    elif isinstance(details, Competition):
        document["competing"] = list(details.competing)
        document["coaches"] = list(details.coaches)
        document["places"] = details.places
    if unmatched.alternatives is not None:
        document["alternatives"] = _alternatives(unmatched.alternatives)
    return document
