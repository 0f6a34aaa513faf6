"""From an instance to the result: the best solution, then why it is what it is."""

from collections.abc import Callable

import numpy as np

from app.coaching.matching.costs import IMPOSSIBLE, PlacePrice, PlainOptimum, plain_optimum
from app.coaching.matching.instance import Instance, IntArray
from app.coaching.matching.left_out import Competition, Obstacles, Outcome, WhyUnmatched
from app.coaching.matching.reading import read_instance
from app.coaching.matching.result import Alternative, Certificate, Document, Match, Result, Unmatched
from app.coaching.matching.task import task_of
from app.coaching.matching.two_way import best_solution

ENGINE_VERSION = "1"
"""Changes whenever the same instance could be answered differently than before."""

Progress = Callable[[str, float], None]
"""Called with the stage (`matching`, `explanation`) and the part of it that is done; may raise to stop the work."""


def solve(
    instance: Instance,
    *,
    explain: bool = True,
    alternatives: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """The best matching of an instance, in the order of objectives that `priorities` lists, pins kept.

    `explain` adds what every other choice would cost, the price of places and why people are left out; `alternatives`
    limits the list of each coachee. Whatever `progress` raises goes through to the caller.
    """
    report = progress or _silence
    report("matching", 0.0)
    task = task_of(instance)
    answer = best_solution(task, lambda done: report("matching", done))
    report("matching", 1.0)
    coach_of = _coach_of(instance, answer.pairs)
    outcome = Outcome(instance, coach_of)
    lists: dict[int, tuple[Alternative, ...]] = {}
    optimum: PlainOptimum | None = None
    if explain:
        report("explanation", 0.0)
        optimum = plain_optimum(task, lambda done: report("explanation", done))
        lists = _alternatives(instance, optimum, coach_of, alternatives)
    result = Result(
        objective=answer.objective,
        certificate=Certificate(
            answer.number_bound + instance.pinned.size, answer.total_bound, answer.branches
        ),
        matches=_matches(instance, answer.pairs, lists if explain else None),
        unmatched=_unmatched(instance, outcome, lists if explain else None),
        capacity_prices=None if optimum is None else _capacity_prices(instance, optimum),
        blocking_pairs=outcome.blocking_pairs(),
    )
    if explain:
        report("explanation", 1.0)
    return result


def match_document(
    document: object,
    *,
    explain: bool = True,
    alternatives: int | None = None,
    progress: Progress | None = None,
) -> Document:
    """Read an instance, solve it and give the result as a document; raises `MalformedInstance`."""
    return solve(
        read_instance(document), explain=explain, alternatives=alternatives, progress=progress
    ).as_document()


def _silence(stage: str, done: float) -> None:
    """Tell nobody."""


def _coach_of(instance: Instance, pairs: IntArray) -> IntArray:
    coach_of = np.full(len(instance.coachees), -1, np.int64)
    everything = np.concatenate((pairs[pairs >= 0], instance.pinned))
    coach_of[instance.pair_coachee[everything]] = instance.pair_coach[everything]
    return coach_of


def _alternatives(
    instance: Instance, optimum: PlainOptimum, coach_of: IntArray, limit: int | None
) -> dict[int, tuple[Alternative, ...]]:
    """For each coachee the permitted pairs that were not chosen, the cheapest first."""
    values = optimum.pair_cost
    others = np.flatnonzero(coach_of[instance.pair_coachee] != instance.pair_coach)
    others = others[np.lexsort((instance.pair_coach[others], values[others], instance.pair_coachee[others]))]
    ids = [coach.id for coach in instance.coaches]
    lists: dict[int, list[Alternative]] = {who: [] for who in range(len(instance.coachees))}
    columns = (
        array[others].tolist()
        for array in (instance.pair_coachee, instance.pair_coach, instance.pair_score, values != IMPOSSIBLE)
    )
    for who, coach, score, is_possible, cost in zip(*columns, optimum.costs(values[others]), strict=True):
        listed = lists[who]
        if limit is None or len(listed) < limit:
            listed.append(Alternative(ids[coach], score, cost if is_possible else None))
    return {who: tuple(listed) for who, listed in lists.items()}


def _matches(
    instance: Instance, pairs: IntArray, lists: dict[int, tuple[Alternative, ...]] | None
) -> tuple[Match, ...]:
    pinned = set(instance.pinned.tolist())
    matches: list[Match] = []
    for pair in sorted([*pairs[pairs >= 0].tolist(), *pinned]):
        who = int(instance.pair_coachee[pair])
        matches.append(
            Match(
                coachee=instance.coachees[who].id,
                coach=instance.coaches[int(instance.pair_coach[pair])].id,
                score=int(instance.pair_score[pair]),
                pinned=pair in pinned,
                alternatives=None if lists is None else lists[who],
            )
        )
    return tuple(matches)


def _unmatched(
    instance: Instance, outcome: Outcome, lists: dict[int, tuple[Alternative, ...]] | None
) -> tuple[Unmatched, ...]:
    reasons = outcome.unmatched()
    if lists is None:
        return tuple(
            Unmatched(instance.coachees[who].id, reason, None, None) for who, reason in reasons.items()
        )
    competing = [who for who, reason in reasons.items() if reason is WhyUnmatched.COMPETITION]
    details: dict[int, Obstacles | Competition] = dict(
        zip(competing, outcome.competition(competing), strict=True)
    )
    for who, reason in reasons.items():
        if reason is WhyUnmatched.NO_PERMITTED_COACH:
            details[who] = outcome.obstacles(who)
    return tuple(
        Unmatched(
            coachee=instance.coachees[who].id,
            reason=reason,
            details=details.get(who),
            alternatives=lists[who] if reason is WhyUnmatched.COMPETITION else None,
        )
        for who, reason in reasons.items()
    )


def _capacity_prices(instance: Instance, optimum: PlainOptimum) -> dict[str, PlacePrice]:
    return {coach.id: price for coach, price in zip(instance.coaches, optimum.place_prices, strict=True)}
