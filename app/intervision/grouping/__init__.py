"""Forms small groups of people from different schools, and tells how good they can be at most.

A coordinator wants a place for as many people as possible; nobody meets a colleague of her own school, nobody meets
whom she should not; everybody of a group can come on one half-day; and the groups have as much in common, and look
from as different places, as can be. Large networks have no exact answer in reasonable time: the answer then says how
far from the best it can be, which is proven, and it depends on nothing but the data.

This is a pure core: plain data in, plain data out.

* `scores`: what two people have in common and where they differ, in points (`judge_pairs`).
* `task`, `reading`: what is to be grouped, made by the application (`make_task`) or read from a file (`read_task`).
* `solving`, `result`, `standing`: the one call that does it all (`solve`, `group_document`), its answer and its progress.
* `search`: the order of the work. `greedy`, `placing`: first groups, and as many people as possible. `growing`: every
  group that is worth more than its people cost. `master`, `tightening`: the choice among groups. `improving`:
  exchanges, and a few groups formed anew.
* `left_out`: why somebody has no place. `changes`: the smallest change that is needed, and a group as two.
"""

from app.coaching.matching.fields import MalformedInstance
from app.intervision.grouping.changes import (
    Change,
    best_split,
    smallest_change,
)
from app.intervision.grouping.left_out import WhyUnplaced
from app.intervision.grouping.reading import read_task
from app.intervision.grouping.result import Group, Result, Status, Unplaced
from app.intervision.grouping.scores import (
    PairFacts,
    PairParts,
    PairWeights,
    PersonFacts,
    judge_pair,
    judge_pairs,
    parts_of_pair,
    relations,
)
from app.intervision.grouping.solving import ENGINE_VERSION, group_document, solve
from app.intervision.grouping.standing import Progress, Standing, Stop
from app.intervision.grouping.task import Effort, Person, Relations, Sizes, Task, make_task

__all__ = [
    "ENGINE_VERSION",
    "Change",
    "Effort",
    "Group",
    "MalformedInstance",
    "PairFacts",
    "PairParts",
    "PairWeights",
    "Person",
    "PersonFacts",
    "Progress",
    "Relations",
    "Result",
    "Sizes",
    "Standing",
    "Status",
    "Stop",
    "Task",
    "Unplaced",
    "WhyUnplaced",
    "best_split",
    "group_document",
    "judge_pair",
    "judge_pairs",
    "make_task",
    "parts_of_pair",
    "read_task",
    "relations",
    "smallest_change",
    "solve",
]
