"""The answer, typed for the application and as a document for files."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.intervision.grouping.left_out import WhyUnplaced
from app.intervision.grouping.standing import gap_of

FORMAT = "intervision-groups-result/1"

Document = dict[str, Any]
"""Parsed JSON, or what can be written as JSON."""


class Status(StrEnum):
    """What is known of the answer."""

    OPTIMAL = "optimal"
    """No groups have more people, and none of as many people are worth more: it is proven."""
    BOUNDED = "bounded"
    """Valid groups, and how much more there could be at most."""
    INFEASIBLE = "infeasible"
    """Not one group is possible."""


@dataclass(frozen=True)
class Group:
    """A group: ids in their order, all half-days on which everybody can come, what it is worth, and its pairs' sum."""

    people: tuple[str, ...]
    halfdays: tuple[int, ...]
    value: int
    pair_sum: int


@dataclass(frozen=True)
class Unplaced:
    """Somebody in no group, and why."""

    person: str
    reason: WhyUnplaced


@dataclass(frozen=True)
class Result:
    """Groups in the order of their first person, with the bound on their value for as many people.

    `most_placed` is the number of people that no groups exceed, as far as is known. `iterations` counts steps of work.
    """

    status: Status
    groups: tuple[Group, ...]
    unplaced: tuple[Unplaced, ...]
    upper_bound: int
    most_placed: int
    iterations: int

    @property
    def value(self) -> int:
        """The sum of what the groups are worth."""
        return sum(group.value for group in self.groups)

    @property
    def pair_total(self) -> int:
        """The plain sum of the scores of all pairs inside groups."""
        return sum(group.pair_sum for group in self.groups)

    @property
    def gap(self) -> float:
        """How far the value may be from the best, as a part of the bound."""
        return gap_of(self.upper_bound, self.value)

    def as_document(self) -> Document:
        """The result as JSON of the format `intervision-groups-result/1`."""
        return {
            "format": FORMAT,
            "status": self.status.value,
            "groups": [
                {"people": list(group.people), "halfdays": list(group.halfdays), "value": group.value}
                for group in self.groups
            ],
            "unplaced": [{"person": one.person, "reason": one.reason.value} for one in self.unplaced],
            "value": self.value,
            "pair_total": self.pair_total,
            "upper_bound": self.upper_bound,
            "gap": self.gap,
            "iterations": self.iterations,
        }
