"""One pair, rule by rule: what was tested, and what could not be for want of an answer.

A judgement of a whole round only says which rules forbid a pair. A proof says of every rule that it holds.
"""

from enum import StrEnum

from app.coaching.matching.facts import CoacheeFacts, CoachFacts, Rules
from app.coaching.matching.judgement import judge
from app.coaching.matching.reasons import Reason


class Verdict(StrEnum):
    """What testing a rule gave."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """Somebody has not told what the rule is about, and it is never taken for a fit."""


def verdicts(coachee: CoacheeFacts, coach: CoachFacts, rules: Rules) -> dict[Reason, Verdict]:
    """Every rule with what testing it gave, in their order; a pair is permitted when all of them passed."""
    pair = judge([coachee], [coach], rules).pair(0, 0)
    judged = coachee.profile and coach.profile
    online = coachee.online and coach.online
    kinds_known = judged and bool(coachee.kinds) and coach.kinds is not None
    way_known = judged and (pair.minutes is not None or online)
    open_ends = {
        Reason.SAME_BOARD: not coach.profile,
        Reason.KIND: not kinds_known,
        Reason.CONCEPT: not judged,
        Reason.UNKNOWN: Reason.UNKNOWN in pair.reasons,
        Reason.TRAVEL: not way_known,
        Reason.UNAVAILABLE: not coach.profile,
    }
    failed = pair.reasons & ~Reason.UNKNOWN
    return {
        reason: Verdict.FAILED
        if reason in failed
        else Verdict.UNKNOWN
        if open_ends.get(reason, False)
        else Verdict.PASSED
        for reason in Reason
    }
