"""The answer by trying every matching: written from the specification alone, on documents, for tiny instances."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

Document = dict[str, Any]
Matching = tuple[str | None, ...]
"""For each coachee, in the order of ids, the coach or None."""


@dataclass(frozen=True)
class Expected:
    """The objective as the result document has it, and who is matched with whom."""

    objective: Document
    matching: dict[str, str]


class BruteForce:
    """All questions of the result, answered by enumeration.

    `two_way_allowed` plants a fault: the rule of two-way pairs is forgotten.
    """

    def __init__(self, document: Document, *, two_way_allowed: bool = False) -> None:
        self.coachees = sorted(document["coachees"], key=lambda entry: entry["id"])
        self.coaches = sorted(document["coaches"], key=lambda entry: entry["id"])
        self.capacity = {coach["id"]: coach.get("capacity", 1) for coach in self.coaches}
        self.score = {(coachee, coach): score for coachee, coach, score in document["pairs"]}
        self.pins = dict(document.get("pinned", []))
        previous = document.get("previous")
        self.previous = None if previous is None else {tuple(pair) for pair in previous}
        settings = document.get("settings", {})
        self.line, self.band = settings.get("sufficiency", 350), settings.get("band", 50)
        self.two_way_allowed = two_way_allowed

    def best(self) -> Expected:
        """The best matching under the whole order."""
        matching = min(
            (m for m in self.matchings(self.pins) if self.two_way_allowed or not self._is_two_way(m)),
            key=lambda m: (self._rank(m), self._canonical(m)),
        )
        return Expected(
            self._objective(matching),
            {
                entry["id"]: coach
                for entry, coach in zip(self.coachees, matching, strict=True)
                if coach is not None
            },
        )

    def plain(self, pins: dict[str, str], capacity: dict[str, int] | None = None) -> tuple[int, int] | None:
        """Number and total of the plain optimum, all pairs counted; None when the pins alone do not fit."""
        values = (
            (sum(coach is not None for coach in m), sum(self.score[pair] for pair in self._pairs(m)))
            for m in self.matchings(pins, capacity)
        )
        return max(values, default=None)

    def forcing_cost(self, coachee: str, coach: str) -> dict[str, int] | None:
        """What it costs to force a pair; None when it cannot be."""
        return self._loss(self.plain(self.pins), self.plain({**self.pins, coachee: coach}))

    def place_price(self, coach: str) -> Document:
        """What one place less loses and one more gains."""
        optimum = self.plain(self.pins)
        less = {**self.capacity, coach: self.capacity[coach] - 1}
        more = {**self.capacity, coach: self.capacity[coach] + 1}
        return {
            "one_less": self._loss(optimum, self.plain(self.pins, less)),
            "one_more": self._loss(self.plain(self.pins, more), optimum),
        }

    def blocking_pairs(self, matching: dict[str, str]) -> int:
        """Pairs that would both rather have each other."""
        count = 0
        for (coachee, coach), score in self.score.items():
            if matching.get(coachee) == coach or coachee in self.pins:
                continue
            own = matching.get(coachee)
            if own is not None and self.score[coachee, own] >= score:
                continue
            there = [other for other, its in matching.items() if its == coach]
            lower = any(other not in self.pins and self.score[other, coach] < score for other in there)
            count += lower or len(there) < self.capacity[coach]
        return count

    def matchings(self, pins: dict[str, str], capacity: dict[str, int] | None = None) -> Iterator[Matching]:
        """Every matching within capacity that has the pins."""
        capacity = capacity or self.capacity
        choices: list[list[str | None]] = []
        for entry in self.coachees:
            if entry["id"] in pins:
                choices.append([pins[entry["id"]]])
            else:
                choices.append([None, *(coach for coachee, coach in self.score if coachee == entry["id"])])
        for matching in product(*choices):
            if all(matching.count(coach) <= room for coach, room in capacity.items()):
                yield matching

    @staticmethod
    def _loss(before: tuple[int, int] | None, after: tuple[int, int] | None) -> dict[str, int] | None:
        if before is None or after is None:
            return None
        return {"matched": before[0] - after[0], "total": before[1] - after[1]}

    def _pairs(self, matching: Matching) -> list[tuple[str, str]]:
        entries = zip(self.coachees, matching, strict=True)
        return [(entry["id"], coach) for entry, coach in entries if coach is not None]

    def _is_two_way(self, matching: Matching) -> bool:
        coachee_person = {entry["id"]: entry.get("person") for entry in self.coachees}
        coach_person = {entry["id"]: entry.get("person") for entry in self.coaches}
        directed = {
            (coach_person[coach], coachee_person[coachee]) for coachee, coach in self._pairs(matching)
        }
        return any(None not in pair and pair[::-1] in directed for pair in directed)

    def _objective(self, matching: Matching) -> Document:
        pairs = self._pairs(matching)
        scores = [self.score[pair] for pair in pairs if pair[0] not in self.pins]
        bands = []
        for low in range(0, self.line, self.band):
            high = min(low + self.band, self.line)
            bands.append([low, sum(low <= score < high for score in scores)])
        waited = {entry["id"]: entry.get("waited", 0) for entry in self.coachees}
        return {
            "matched": len(pairs),
            "waited": sum(waited[coachee] for coachee, _ in pairs),
            "worst": min(scores, default=None),
            "bands": bands,
            "total": sum(scores),
            "load": sum(matching.count(coach) ** 2 for coach in self.capacity),
            "kept": None if self.previous is None else sum(pair in self.previous for pair in pairs),
        }

    def _rank(self, matching: Matching) -> tuple[int, ...]:
        objective = self._objective(matching)
        fairness = (
            [-(objective["worst"] or 0), *(count for _, count in objective["bands"])] if self.line else []
        )
        return (
            -objective["matched"],
            -(objective["kept"] or 0),
            -objective["waited"],
            *fairness,
            -objective["total"],
            objective["load"],
        )

    @staticmethod
    def _canonical(matching: Matching) -> tuple[tuple[bool, str], ...]:
        return tuple((coach is None, coach or "") for coach in matching)
