"""One national pool, solved in this process alone: 10,000 IB'ers with 30 permitted pairs each. Tells seconds and memory."""

import json
import re
import sys
import time
from pathlib import Path

import numpy as np

from app.coaching.matching import Blocked, Coach, Coachee, Terms, solve
from app.coaching.matching.instance import Instance, PairTable, assemble

COACHEES, PAIRS_EACH, COACHES = 10_000, 30, 6_000
NOTHING = np.zeros(0, np.int64)


def pool() -> Instance:
    """The same pool each time."""
    chance = np.random.default_rng(49)
    coach = np.concatenate([chance.choice(COACHES, PAIRS_EACH, replace=False) for _ in range(COACHEES)])
    return assemble(
        [Coachee(f"a{number:05}") for number in range(COACHEES)],
        [Coach(f"k{number:05}", capacity=int(chance.integers(1, 4))) for number in range(COACHES)],
        PairTable(np.repeat(np.arange(COACHEES), PAIRS_EACH), coach, chance.integers(0, 1001, coach.size)),
        Blocked(NOTHING, NOTHING, NOTHING, ()),
        Terms(),
    )


def peak_megabytes() -> float:
    """The most that this program held. What `getrusage` tells begins with what its parent held when it was started."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


if __name__ == "__main__":
    instance = pool()
    started = time.process_time()
    result = solve(instance, explain=False)
    seconds = time.process_time() - started
    figures = {"seconds": seconds, "megabytes": peak_megabytes(), "matched": result.objective.matched}
    json.dump(figures, sys.stdout)
