"""The best answer by trying every group, and what must hold of any answer: from the specification alone, on documents."""

from functools import cache
from itertools import combinations
from math import floor
from typing import Any

Document = dict[str, Any]


class Rules:
    """What a document says of groups."""

    def __init__(self, document: Document) -> None:
        settings = {"min": 4, "target": 6, "max": 8, "size_penalty": 50} | document.get("settings", {})
        self.least, self.target, self.most = settings["min"], settings["target"], settings["max"]
        self.penalty = settings["size_penalty"]
        self.people = {person["id"]: person for person in document["people"]}
        self.forbidden = {frozenset(pair) for pair in document.get("forbidden", [])}
        self.scores: dict[frozenset[str], int] = {}
        for first, other, score in document.get("pairs", []):
            self.scores[frozenset((first, other))] = score
        for first, other, years in document.get("together", []):
            pair = frozenset((first, other))
            self.scores[pair] = self.scores.get(pair, 0) - 25 * years

    def faults(self, group: tuple[str, ...]) -> list[str]:
        """Every rule that a group breaks."""
        found = []
        if not self.least <= len(group) <= self.most:
            found.append("size")
        if len({self.people[person]["school"] for person in group}) < len(group):
            found.append("school")
        if any(frozenset(pair) in self.forbidden for pair in combinations(group, 2)):
            found.append("forbidden")
        if not self.halfdays(group):
            found.append("halfday")
        return found

    def halfdays(self, group: tuple[str, ...]) -> list[int]:
        """All half-days on which everybody can come."""
        return sorted(set.intersection(*(set(self.people[person]["halfdays"]) for person in group)))

    def pair_sum(self, group: tuple[str, ...]) -> int:
        """The plain sum of the scores of the pairs."""
        return sum(self.scores.get(frozenset(pair), 0) for pair in combinations(group, 2))

    def value(self, group: tuple[str, ...]) -> int:
        """What a group is worth."""
        weighed = self.pair_sum(group) * (self.target - 1)
        return weighed // (len(group) - 1) - self.penalty * abs(len(group) - self.target)

    def best(self) -> tuple[int, int]:
        """The most people that can be placed, and the highest value with as many."""
        ids = sorted(self.people)
        columns: dict[str, list[tuple[frozenset[str], int]]] = {person: [] for person in ids}
        for size in range(self.least, min(self.most, len(ids)) + 1):
            for group in combinations(ids, size):
                if not self.faults(group):
                    columns[group[0]].append((frozenset(group), self.value(group)))

        @cache
        def of(left: frozenset[str]) -> tuple[int, int]:
            if not left:
                return 0, 0
            first = min(left)
            answers = [of(left - {first})]
            for group, value in columns[first]:
                if group <= left:
                    placed, worth = of(left - group)
                    answers.append((placed + len(group), worth + value))
            return max(answers)

        return of(frozenset(ids))


def check(document: Document, result: Document) -> None:
    """Everything that a result says must be so."""
    rules = Rules(document)
    assert set(result) == {
        "format", "status", "groups", "unplaced", "value", "pair_total", "upper_bound", "gap", "iterations"
    }  # fmt: skip
    assert result["format"] == "intervision-groups-result/1"
    assert result["status"] in {"optimal", "bounded", "infeasible"}
    seen: list[str] = []
    for group in result["groups"]:
        people = tuple(group["people"])
        assert list(people) == sorted(people)
        assert rules.faults(people) == []
        assert group["halfdays"] == rules.halfdays(people)
        assert group["value"] == rules.value(people)
        seen += people
    assert [group["people"][0] for group in result["groups"]] == sorted(
        g["people"][0] for g in result["groups"]
    )
    unplaced = [one["person"] for one in result["unplaced"]]
    assert unplaced == sorted(unplaced)
    assert sorted([*seen, *unplaced]) == sorted(rules.people)
    assert {one["reason"] for one in result["unplaced"]} <= {
        "no_common_halfday", "one_school", "forbidden", "left_over"
    }  # fmt: skip
    assert result["value"] == sum(group["value"] for group in result["groups"])
    assert result["pair_total"] == sum(rules.pair_sum(tuple(group["people"])) for group in result["groups"])
    assert result["upper_bound"] >= result["value"]
    assert result["gap"] == (result["upper_bound"] - result["value"]) / max(1, abs(result["upper_bound"]))
    assert type(result["upper_bound"]) is int
    assert type(result["value"]) is int
    assert result["iterations"] == floor(result["iterations"])
    if result["status"] == "optimal":
        assert result["gap"] == 0
    if result["status"] == "infeasible":
        assert result["groups"] == []
