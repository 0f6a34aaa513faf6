"""Gives every IB'er the best possible coach from outside, and tells why it became this one.

A coordinator wants as many IB'ers as possible to have a coach; those who were left out before go first; nobody should
get a poor coach so that somebody else gets a perfect one; and she wants to be able to explain each pair. Everything here
is exact: the answer is the best one there is in that order, it is proven, and it depends on nothing but the data.

This is a pure core: plain data in, plain data out.

* `facts`, `judgement`, `travel`, `reasons`: who may be matched, why not, and what a pair scores (`judge`).
* `instance`, `reading`, `fields`: what is to be matched, from a judgement or from a file (`read_instance`).
* `solving`, `result`: the one call that does it all (`solve`, `match_document`) and its answer.
* `task`: an instance without its pins, and how good a solution is. `face`, `assignment`: all best assignments for one
  objective after the other. `priorities`: the order of the objectives. `canonical`: the first of what is equally good.
* `two_way`, `search`, `programme`: nobody is coached by somebody whom she coaches.
* `costs`, `left_out`: what any other choice would cost, and why somebody has no coach.
* `verdicts`, `newcomers`: one pair tested rule by rule, and whom to ask to become a coach.
"""

from app.coaching.matching.costs import Cost, PlacePrice
from app.coaching.matching.facts import CoacheeFacts, CoachFacts, Rules, Weights
from app.coaching.matching.fields import MalformedInstance
from app.coaching.matching.instance import Blocked, Coach, Coachee, Instance, Terms
from app.coaching.matching.judgement import Judgement, PairJudgement, Parts, judge
from app.coaching.matching.left_out import Competition, Obstacles, WhyUnmatched
from app.coaching.matching.newcomers import Newcomer, newcomers
from app.coaching.matching.reading import read_instance
from app.coaching.matching.reasons import Reason, reason_names
from app.coaching.matching.result import Alternative, Certificate, Match, Result, Unmatched
from app.coaching.matching.solving import ENGINE_VERSION, Progress, match_document, solve
from app.coaching.matching.task import Objective
from app.coaching.matching.verdicts import Verdict, verdicts

__all__ = [
    "ENGINE_VERSION",
    "Alternative",
    "Blocked",
    "Certificate",
    "Coach",
    "CoachFacts",
    "Coachee",
    "CoacheeFacts",
    "Competition",
    "Cost",
    "Instance",
    "Judgement",
    "MalformedInstance",
    "Match",
    "Newcomer",
    "Objective",
    "Obstacles",
    "PairJudgement",
    "Parts",
    "PlacePrice",
    "Progress",
    "Reason",
    "Result",
    "Rules",
    "Terms",
    "Unmatched",
    "Verdict",
    "Weights",
    "WhyUnmatched",
    "judge",
    "match_document",
    "newcomers",
    "read_instance",
    "reason_names",
    "solve",
    "verdicts",
]
