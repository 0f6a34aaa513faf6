"""The objective by a sequence of integer programmes over the whole instance: for instances too large to enumerate.

Nothing is shared with the engine: it works on documents, states the worst score by a bound variable instead of by
leaving pairs out, and knows of no faces, prices or branches.
"""

from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Document = dict[str, Any]
TOP = 1000


class Programmes:
    """Variables: one per permitted pair, one per place of a coach, and the worst score."""

    def __init__(self, document: Document, *, two_way_allowed: bool = False) -> None:
        self.document = document
        self.pairs = [(coachee, coach) for coachee, coach, _ in document["pairs"]]
        self.scores = np.array([score for *_, score in document["pairs"]], float)
        self.pins = {tuple(pin) for pin in document.get("pinned", [])}
        self.free = np.array([pair not in self.pins for pair in self.pairs], float)
        self.places = [
            (coach["id"], ordinal)
            for coach in document["coaches"]
            for ordinal in range(coach.get("capacity", 1))
        ]
        self.size = len(self.pairs) + len(self.places) + 1
        self.rules: list[LinearConstraint] = []
        self._coachees_once()
        self._loads()
        self._worst()
        for position, pair in enumerate(self.pairs):
            if pair in self.pins:
                self._require({position: 1}, 1, 1)
        if not two_way_allowed:
            self._no_two_way()

    def objective(self) -> Document:
        """The objective as the result document has it, but for the worst score where that decides nothing."""
        settings = self.document.get("settings", {})
        line, band = settings.get("sufficiency", 350), settings.get("band", 50)
        matched = self._best(np.ones(len(self.pairs)))
        kept = None
        if "previous" in self.document:
            previous = {tuple(pair) for pair in self.document["previous"]}
            kept = self._best([pair in previous for pair in self.pairs])
        waited_of = {entry["id"]: entry.get("waited", 0) for entry in self.document["coachees"]}
        waited = self._best([waited_of[coachee] for coachee, _ in self.pairs])
        fairness: Document = {"bands": []}
        if line:
            worst = self._maximise({self.size - 1: 1.0})
            fairness["worst"] = worst if matched > len(self.pins) else None
            for low in range(0, line, band):
                inside = self.free * (low <= self.scores) * (self.scores < min(low + band, line))
                fairness["bands"].append([low, -self._best(-inside)])
        total = self._best(self.free * self.scores)
        cost = {len(self.pairs) + n: -2.0 * place - 1 for n, (_, place) in enumerate(self.places)}
        load = -self._maximise(cost)
        return {"matched": matched, "waited": waited, **fairness, "total": total, "load": load, "kept": kept}

    def plain(self) -> tuple[int, int]:
        """Number and total of the plain optimum."""
        matched = self._best(np.ones(len(self.pairs)))
        return matched, self._best(self.scores)

    def _best(self, weights: Any) -> int:
        return self._maximise(dict(enumerate(np.asarray(weights, float))))

    def _maximise(self, weights: dict[int, float]) -> int:
        cost = np.zeros(self.size)
        cost[list(weights)] = list(weights.values())
        upper = np.ones(self.size)
        upper[-1] = TOP
        whole = np.ones(self.size)
        whole[-1] = 0
        solved = milp(
            -cost,
            integrality=whole,
            bounds=Bounds(0, upper),
            constraints=self.rules,
            options={"mip_rel_gap": 0},
        )
        assert solved.status == 0, solved.message
        value = round(-solved.fun)
        self._require(weights, value - 0.01, np.inf)
        return value

    def _require(self, weights: dict[int, float], low: float, high: float) -> None:
        row = np.zeros((1, self.size))
        row[0, list(weights)] = list(weights.values())
        self.rules.append(LinearConstraint(row, low, high))

    def _coachees_once(self) -> None:
        for entry in self.document["coachees"]:
            self._require({p: 1 for p, (coachee, _) in enumerate(self.pairs) if coachee == entry["id"]}, 0, 1)

    def _loads(self) -> None:
        for entry in self.document["coaches"]:
            load: dict[int, float] = {p: 1 for p, (_, coach) in enumerate(self.pairs) if coach == entry["id"]}
            offset = len(self.pairs)
            load |= {offset + p: -1 for p, (coach, _) in enumerate(self.places) if coach == entry["id"]}
            self._require(load, 0, 0)

    def _worst(self) -> None:
        for position, (score, free) in enumerate(zip(self.scores, self.free, strict=True)):
            if free:
                self._require({self.size - 1: 1, position: TOP - score}, -np.inf, TOP)

    def _no_two_way(self) -> None:
        coachee_person = {entry["id"]: entry.get("person") for entry in self.document["coachees"]}
        coach_person = {entry["id"]: entry.get("person") for entry in self.document["coaches"]}
        people = [(coachee_person[coachee], coach_person[coach]) for coachee, coach in self.pairs]
        for first, second in combinations(range(len(people)), 2):
            if None not in people[first] and people[first] == people[second][::-1]:
                self._require({first: 1, second: 1}, 0, 1)
