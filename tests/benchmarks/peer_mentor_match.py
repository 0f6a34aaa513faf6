"""Runs `mentor-match` on an instance, inside the environment of the peers: it may import nothing of ours.

Standard input: a document of the format coach-matching/1. Standard output: how long the peer took, and its pairs.
It is used as it is meant to be: in each round a mentor gets at most one mentee, so there are as many rounds as the
largest capacity. Our scores and rules are given as a rule of its own kind; only its own work is timed: judging every
pair, and assigning. It knows no fairness, no two-way rule and no explanation.
"""

import json
import sys
import time

from matching.mentee import Mentee  # pyright: ignore[reportMissingImports] - of the other environment
from matching.mentor import Mentor  # pyright: ignore[reportMissingImports]
from matching.process import process_data  # pyright: ignore[reportMissingImports]


class OurRules:
    """Our judgement of a pair, as a rule of the peer: what we do not permit, and who has enough, is disallowed."""

    def __init__(self, document: dict) -> None:
        self._scores = {(coachee, coach): score for coachee, coach, score in document["pairs"]}
        self._capacity = {coach["id"]: coach["capacity"] for coach in document["coaches"]}

    def apply(self, match) -> int:
        """The points of a pair."""
        mentee, mentor = match.mentee, match.mentor
        score = self._scores.get((mentee.role, mentor.role))
        if score is None or mentee.mentors or len(mentor.mentees) >= self._capacity[mentor.role]:
            match.disallowed = True
            return 0
        return score


def main() -> None:
    """Read, match, write."""
    document = json.load(sys.stdin)
    mentees = [Mentee(grade=0, email=f"e{one['id']}", role=one["id"]) for one in document["coachees"]]
    mentors = [Mentor(grade=0, email=f"k{one['id']}", role=one["id"]) for one in document["coaches"]]
    rounds = max(one["capacity"] for one in document["coaches"])
    rules = [OurRules(document)]
    started = time.process_time()
    process_data(mentors, mentees, [rules] * rounds)
    seconds = time.process_time() - started
    pairs = [[mentee.role, mentor.role] for mentee in mentees for mentor in mentee.mentors]
    json.dump({"seconds": seconds, "pairs": pairs}, sys.stdout)


if __name__ == "__main__":
    main()
