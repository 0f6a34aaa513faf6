"""Whom to ask to become a coach: what one place at somebody who is no coach yet would bring.

Only the number of people with a coach counts here: what a newcomer is strong in is not known, so that points would
say nothing.
"""

from dataclasses import dataclass

import numpy as np

from app.coaching.matching.instance import Blocked, BoolArray, Coach, Instance, PairTable, Terms, assemble
from app.coaching.matching.judgement import Judgement
from app.coaching.matching.left_out import Competition, WhyUnmatched
from app.coaching.matching.result import Result
from app.coaching.matching.solving import solve


@dataclass(frozen=True)
class Newcomer:
    """Somebody who could become a coach.

    `coachable` are those without a coach whom she may coach; `gain` is how many more would be matched if she took one.
    """

    coach: str
    coachable: tuple[str, ...]
    gain: int


def newcomers(instance: Instance, result: Result, judged: Judgement, *, most: int) -> tuple[Newcomer, ...]:
    """The best of the coaches in `judged`, who are not in the instance: who brings most first, then who can coach most.

    `judged` has the coachees of the instance, in any order. The gain of each is that of matching again with one place
    at her; that is worked out for the `most` who can coach most of those without a coach.
    """
    if not result.unmatched or not judged.coaches:
        return ()
    permitted = judged.reasons == 0
    ids = [coachee.id for coachee in judged.coachees]
    left_out = {unmatched.coachee for unmatched in result.unmatched}
    could_move = _could_move(instance, result)
    is_left_out = np.array([identifier in left_out for identifier in ids])[:, None]
    opens_up = np.array([identifier in could_move for identifier in ids])[:, None]
    direct, indirect = (permitted & is_left_out).sum(axis=0), (permitted & opens_up).sum(axis=0)
    promising = sorted(
        np.flatnonzero(indirect).tolist(),
        key=lambda column: (-direct[column], -indirect[column], judged.coaches[column].id),
    )
    found = [
        Newcomer(
            coach=judged.coaches[column].id,
            coachable=tuple(
                sorted(ids[row] for row in np.flatnonzero(permitted[:, column] & is_left_out[:, 0]))
            ),
            gain=_gain(instance, result, judged, column),
        )
        for column in promising[:most]
    ]
    helpful = [one for one in found if one.gain or one.coachable]
    return tuple(sorted(helpful, key=lambda one: (-one.gain, -len(one.coachable), one.coach)))


def _could_move(instance: Instance, result: Result) -> set[str]:
    """Who has no coach, and everybody who would make room for one of them by going to another coach."""
    if any(unmatched.reason is WhyUnmatched.TWO_WAY for unmatched in result.unmatched):
        return {coachee.id for coachee in instance.coachees}
    found = {unmatched.coachee for unmatched in result.unmatched}
    for unmatched in result.unmatched:
        if isinstance(unmatched.details, Competition):
            found.update(unmatched.details.competing)
    return found


def _gain(instance: Instance, result: Result, judged: Judgement, column: int) -> int:
    """How many more are matched when this candidate has one place."""
    newcomer, row_of = judged.coaches[column], {c.id: row for row, c in enumerate(instance.coachees)}
    hers: BoolArray = judged.reasons[:, column] == 0
    rows = np.array([row_of[coachee.id] for coachee in judged.coachees], np.int64)[hers]
    nobody = np.zeros(0, np.int64)
    wider = assemble(
        instance.coachees,
        (*instance.coaches, Coach(newcomer.id, newcomer.person, capacity=1)),
        PairTable(
            np.concatenate((instance.pair_coachee, rows)),
            np.concatenate((instance.pair_coach, np.full(rows.size, len(instance.coaches)))),
            np.concatenate((instance.pair_score, judged.scores[hers, column])),
        ),
        Blocked(nobody, nobody, nobody, ()),
        Terms(
            pinned=[(match.coachee, match.coach) for match in result.matches if match.pinned],
            sufficiency=0,
        ),
    )
    return solve(wider, explain=False).objective.matched - result.objective.matched
