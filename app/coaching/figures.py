"""A set of pairs in a few numbers, the same wherever two of them are compared."""

from collections.abc import Collection
from dataclasses import dataclass

USUAL_LINE = 350
"""The line of fairness by which pairs are counted where the coordinator turned fairness off."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How good a set of pairs is; scores from 0 to 1000, None without any pair."""

    asked: int
    matched: int
    worst: int | None
    mean: int | None
    below: int
    """Pairs below the line by which is counted."""

    @property
    def without(self) -> int:
        """Who asked and has no coach."""
        return self.asked - self.matched


def figures_of(scores: Collection[int], *, asked: int, line: int) -> Figures:
    """The numbers of some pairs, by their scores, among so many who asked."""
    return Figures(
        asked=asked,
        matched=len(scores),
        worst=min(scores, default=None),
        mean=round(sum(scores) / len(scores)) if scores else None,
        below=sum(score < (line or USUAL_LINE) for score in scores),
    )
