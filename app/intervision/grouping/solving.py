"""From a task to its result: groups, the bound on what they are worth, and why people are left out."""

from contextlib import suppress

from app.intervision.grouping.left_out import reasons
from app.intervision.grouping.reading import read_task
from app.intervision.grouping.result import Document, Group, Result, Status, Unplaced
from app.intervision.grouping.search import Search
from app.intervision.grouping.standing import Incumbent, Progress, Standing, Stop
from app.intervision.grouping.task import Task, days_of

ENGINE_VERSION = "1"
"""Changes whenever the same task could be answered differently than before."""


def solve(task: Task, *, progress: Progress | None = None) -> Result:
    """The best groups of a task that its effort allows, locked groups kept.

    `progress` is called from the first groups on; when it raises `Stop`, the best groups so far are the answer. Whatever
    else it raises goes through to the caller.
    """
    rest, original = task.without_locked()
    beside = sum(task.value(group) for group in task.locked)
    incumbent = Incumbent(rest, progress or _silence, beside)
    with suppress(Stop):
        Search(incumbent).run()
    found = [tuple(original[list(group)].tolist()) for group in incumbent.groups]
    groups = sorted([*found, *task.locked])
    why = reasons(rest, incumbent.unplaced)
    if groups:
        status = Status.OPTIMAL if incumbent.is_proven else Status.BOUNDED
    else:
        status = Status.INFEASIBLE if incumbent.most == 0 else Status.BOUNDED
    return Result(
        status=status,
        groups=tuple(described(task, group) for group in groups),
        unplaced=tuple(Unplaced(rest.people[person].id, reason) for person, reason in why.items()),
        upper_bound=incumbent.bound + beside,
        most_placed=incumbent.most + len(task.people) - len(rest.people),
        iterations=incumbent.iterations,
    )


def described(task: Task, group: tuple[int, ...]) -> Group:
    """A group with what is to be told of it."""
    return Group(task.ids(group), days_of(task.common_days(group)), task.value(group), task.pair_sum(group))


def group_document(document: object, *, progress: Progress | None = None) -> Document:
    """Read a task, solve it and give the result as a document; raises `MalformedInstance`."""
    return solve(read_task(document), progress=progress).as_document()


def _silence(_standing: Standing) -> None:
    """Tell nobody."""
