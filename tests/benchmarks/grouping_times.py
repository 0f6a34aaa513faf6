"""Part (c): the bars of the grouping, beside the genetic algorithm of gruepr.

Seconds are of the processor: what else runs on the machine disturbs those least.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from app.intervision.grouping import Status, read_task, solve
from tests.benchmarks.peer_genetic import evolve
from tests.intervision.grouping.documents import realistic_document

SEED = 1
SECONDS = {60: 30.0, 150: 15.0, 300: 45.0}
GAPS = {60: 0.0, 150: 0.02, 300: 0.03}
TIMES_PEER = {60: 1.2, 150: 1.5}


@dataclass(frozen=True, slots=True)
class GroupingFigures:
    """What grouping so many people took and gave, and what the genetic algorithm made of them."""

    people: int
    seconds: float
    placed: int
    value: int
    upper_bound: int
    gap: float
    is_proven: bool
    peer_value: int
    peer_placed: int
    peer_seconds: float

    @property
    def times_peer(self) -> float:
        """The value, as a multiple of the peer's."""
        return self.value / max(1, self.peer_value)

    def missed(self) -> list[str]:
        """The bars that are not met, in words."""
        bar = TIMES_PEER.get(self.people, 0)
        limits = {
            f"takes {self.seconds:.1f} s": self.seconds > SECONDS[self.people],
            f"has a gap of {self.gap:.1%}": self.gap > GAPS[self.people],
            f"is worth {self.times_peer:.2f} times the genetic algorithm's, not {bar}": self.times_peer < bar,
        }
        return [f"grouping {self.people} people {what}" for what, is_missed in limits.items() if is_missed]


class GroupingBench:
    """Groups people of three sizes of networks."""

    steps = len(SECONDS)

    def run(self, advance: Callable[[], object]) -> list[GroupingFigures]:
        """Group, and let evolve."""
        figures: list[GroupingFigures] = []
        for people in SECONDS:
            task = read_task(realistic_document(people, SEED))
            started = time.process_time()
            result = solve(task)
            seconds = time.process_time() - started
            peer = evolve(task)
            figures.append(
                GroupingFigures(
                    people,
                    seconds,
                    sum(len(group.people) for group in result.groups),
                    result.value,
                    result.upper_bound,
                    result.gap,
                    result.status is Status.OPTIMAL,
                    peer.value,
                    peer.placed,
                    peer.seconds,
                )
            )
            advance()
        return figures
