"""What a calculation finds out beside the proposal: other lines of fairness, and whom to ask to become a coach."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.coaching.change_facts import ChangeFacts
from app.coaching.figures import figures_of
from app.coaching.matching import CoachFacts, Judgement, Newcomer, Result, judge, newcomers, solve
from app.coaching.round_facts import RoundFacts

LINES = (0, 200, 350, 500)
"""The lines of fairness that are worked out beside the one of the round."""

NEWCOMERS_KEPT = 10


@dataclass(frozen=True, slots=True)
class Further:
    """What is kept beside a proposal."""

    other_lines: list[dict[str, Any]]
    """For each line its figures, the line of the round among them; all count pairs below the line of the round."""
    newcomers: tuple[Newcomer, ...]


def look_further(
    facts: RoundFacts,
    candidates: tuple[CoachFacts, ...],
    judgement: Judgement,
    result: Result,
    report: Callable[[str, float], None],
) -> Further:
    """Work out more of a round that was just matched. Touches no database; `report` may raise to stop the work.

    A change of pairs that go on is not about the line of fairness, nor about whom to ask: of it there is no more.
    """
    if isinstance(facts, ChangeFacts):
        return Further([], ())
    lines = sorted({*LINES, facts.sufficiency})
    found: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        report("comparing", number / (len(lines) + 1))
        other = result
        if line != facts.sufficiency:
            moved = replace(facts, sufficiency=line)
            other = solve(moved.instance(judgement), explain=False)
        scores = [match.score for match in other.matches]
        counted = figures_of(scores, asked=len(facts.coachees), line=facts.sufficiency)
        found.append({"line": line, **asdict(counted)})
    report("comparing", len(lines) / (len(lines) + 1))
    judged = judge(judgement.coachees, candidates, facts.rules)
    best = newcomers(facts.instance(judgement), result, judged, most=NEWCOMERS_KEPT)
    return Further(found, best)
