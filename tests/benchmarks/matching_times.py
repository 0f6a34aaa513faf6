"""Part (b): the bars of the matching, beside PyPI's `mentor-match` and the plain greedy way.

All ratios are of processor seconds: what else runs on the machine disturbs those least.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.coaching.matching import Instance, judge, solve
from app.coaching.matching.assignment import best_assignment
from app.coaching.matching.instance import IntArray
from app.coaching.matching.priorities import in_turn, most_matched
from app.coaching.matching.task import task_of
from app.coaching.queries import open_round
from app.coaching.round_facts import RoundFacts, facts_of
from config.settings import ROOT
from tests.benchmarks.nation import Nation
from tests.benchmarks.peers import mentor_match
from tests.benchmarks.preparation import propose

COACHEES = 400
PLAIN, EVERYTHING, PEER = "plain", "everything", "mentor-match"
TIMES_PEER = {PLAIN: 200, EVERYTHING: 20}
"""How many times as fast as the peer. Plain is what the peer tries too: as many as possible, then the highest total;
everything is with fairness, the two-way rule, the first of equals, every cost and every price."""
NATION_SECONDS = 2.0
POOL_SECONDS, POOL_MEGABYTES = 2.0, 300
PROPOSAL_SECONDS = 3.0
REPEATS, REPEATS_OF_PEER = 9, 2


@dataclass(frozen=True, slots=True)
class Way:
    """One way to match the same people: what it took, and what it gives."""

    name: str
    seconds: float
    matched: int
    total: int
    worst: int | None


@dataclass(frozen=True, slots=True)
class MatchingFigures:
    """What the matching took."""

    coachees: int
    pairs: int
    ways: list[Way]
    nation_networks: int
    nation_seconds: float
    nation_everything_seconds: float
    pool: Mapping[str, float]
    proposal_seconds: float
    """Of the proposal of the largest network with all that is kept beside it: reading, calculating and keeping."""

    def times_peer(self, name: str) -> float:
        """How many times as fast as the peer."""
        seconds = {way.name: way.seconds for way in self.ways}
        return seconds[PEER] / seconds[name]

    def missed(self) -> list[str]:
        """The bars that are not met, in words."""
        slow = [
            f"{name}: {self.times_peer(name):.0f} times as fast as {PEER}, not {bar}"
            for name, bar in TIMES_PEER.items()
            if self.times_peer(name) < bar
        ]
        limits = {
            f"the proposal of the largest network takes {self.proposal_seconds:.1f} s": self.proposal_seconds
            > PROPOSAL_SECONDS,
            f"the networks of the nation take {self.nation_seconds:.1f} s": self.nation_seconds
            > NATION_SECONDS,
            f"the pool takes {self.pool['seconds']:.1f} s": self.pool["seconds"] > POOL_SECONDS,
            f"the pool takes {self.pool['megabytes']:.0f} MB": self.pool["megabytes"] > POOL_MEGABYTES,
        }
        return [*slow, *(sentence for sentence, is_missed in limits.items() if is_missed)]


class MatchingBench:
    """Measures the matching on the open rounds of a nation."""

    def __init__(self, nation: Nation) -> None:
        self._nation = nation

    @property
    def steps(self) -> int:
        """How often `advance` is called."""
        return len(self._nation.networks) + 4

    def run(self, advance: Callable[[], object]) -> MatchingFigures:
        """Read the rounds, match each, then 400 IB'ers in every way, then the pool."""
        facts: list[RoundFacts] = []
        base = everything = 0.0
        for network in reversed(self._nation.networks.values()):
            with self._nation.app.database.unit_of_work(network, read_only=True):
                current = open_round()
                facts += [facts_of(current)] if current else []
            instance = facts[-1].instance(facts[-1].judged())
            base += _seconds(lambda instance=instance: solve(instance, explain=False))
            everything += _seconds(lambda instance=instance: solve(instance))
            advance()
        instance = _of_size(facts, COACHEES)
        ours = [
            _plain(instance),
            _ours("without explanation", instance, explain=False),
            _ours(EVERYTHING, instance, explain=True),
        ]
        advance()
        ways = [*ours, _greedy(instance), _peer(instance)]
        advance()
        pool = _pool()
        advance()
        proposal = _seconds(self._propose)
        advance()
        return MatchingFigures(
            len(instance.coachees),
            len(instance.pair_score),
            ways,
            len(facts),
            base,
            everything,
            pool,
            proposal,
        )

    def _propose(self) -> None:
        """The whole job of a proposal in the largest network, as the worker does it."""
        app, network = self._nation.app, self._nation.sizes["largest"]
        with app.app_context(), app.database.unit_of_work(network):
            propose()


def document_of(instance: Instance) -> dict[str, Any]:
    """An instance in the format of files."""
    coachees, coaches = [one.id for one in instance.coachees], [one.id for one in instance.coaches]
    pairs = zip(instance.pair_coachee, instance.pair_coach, instance.pair_score, strict=True)
    return {
        "format": "coach-matching/1",
        "coachees": [{"id": one.id} for one in instance.coachees],
        "coaches": [{"id": one.id, "capacity": one.capacity} for one in instance.coaches],
        "pairs": [[coachees[coachee], coaches[coach], int(score)] for coachee, coach, score in pairs],
    }


def greedy(instance: Instance) -> dict[int, int]:
    """The best pair first, then the best of what is left: position in the pairs by coachee."""
    places = [coach.capacity for coach in instance.coaches]
    taken: dict[int, int] = {}
    for pair in sorted(range(len(instance.pair_score)), key=lambda pair: -instance.pair_score[pair]):
        coachee, coach = int(instance.pair_coachee[pair]), int(instance.pair_coach[pair])
        if coachee not in taken and places[coach]:
            taken[coachee] = pair
            places[coach] -= 1
    return taken


def _of_size(facts: list[RoundFacts], size: int) -> Instance:
    """The largest network, made up to so many IB'ers with those of the next, and with as many of its coaches."""
    first, second = facts[:2]
    more = max(0, size - len(first.coachees))
    coaches = round(len(second.coaches) * more / len(second.coachees))
    rules = replace(first.rules, recent=first.rules.recent | second.rules.recent)
    mixed = replace(
        first,
        coachees=_apart("a", first.coachees[:size]) + _apart("b", second.coachees[:more]),
        coaches=_apart("a", first.coaches) + _apart("b", second.coaches[:coaches]),
        rules=rules, waited={}, pinned=(), ruled_out={},
    )  # fmt: skip
    return mixed.instance(judge(mixed.coachees, mixed.coaches, mixed.rules))


def _apart(prefix: str, people: Any) -> Any:
    """People of different networks may have the same ids."""
    return tuple(replace(one, id=prefix + one.id, person=prefix + one.person) for one in people)


def _plain(instance: Instance) -> Way:
    """The maximum number, and then the highest total."""

    def solution() -> IntArray:
        task = task_of(instance)
        face = task.face(two_way_with_pins=True)
        best, _ = in_turn(most_matched(face)[0], (task.score,))
        return best.pair[best_assignment(best, np.zeros(best.row.size, np.int64))]

    return _way(PLAIN, _fastest(solution), instance, solution())


def _ours(name: str, instance: Instance, *, explain: bool) -> Way:
    objective = solve(instance, explain=False).objective
    seconds = _fastest(lambda: solve(instance, explain=explain))
    return Way(name, seconds, objective.matched, objective.total, objective.worst)


def _greedy(instance: Instance) -> Way:
    return _way("greedy", _fastest(lambda: greedy(instance)), instance, list(greedy(instance).values()))


def _peer(instance: Instance) -> Way:
    document = document_of(instance)
    position = {(coachee, coach): at for at, (coachee, coach, _) in enumerate(document["pairs"])}
    answers = [mentor_match(document) for _ in range(REPEATS_OF_PEER)]
    pairs = [position[coachee, coach] for coachee, coach in answers[0]["pairs"]]
    return _way(PEER, min(answer["seconds"] for answer in answers), instance, pairs)


def _way(name: str, seconds: float, instance: Instance, pairs: Any) -> Way:
    """A solution as positions in the pairs of the instance; below zero is nobody."""
    scores = [int(instance.pair_score[pair]) for pair in pairs if pair >= 0]
    return Way(name, seconds, len(scores), sum(scores), min(scores))


def _fastest(work: Callable[[], object]) -> float:
    """Of several times: what is slower was disturbed."""
    return min(_seconds(work) for _ in range(REPEATS))


def _pool() -> dict[str, float]:
    """In a process of its own: only there is the memory that of the pool."""
    command = [sys.executable, "-m", "tests.benchmarks.pool"]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
