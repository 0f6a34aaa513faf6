"""Groups at once: good enough to begin with, and to have something to show when somebody stops the work."""

import numpy as np

from app.intervision.grouping.master import Group
from app.intervision.grouping.task import HALFDAYS, BoolArray, Task


def first_groups(task: Task, free: BoolArray) -> list[Group]:
    """Groups of about the target, one after the other, beginning with whoever fits fewest others."""
    left = free.copy()
    groups: list[Group] = []
    fitting = (task.fits & free[None]).sum(axis=1)
    for person in np.argsort(fitting, kind="stable").tolist():
        if left[person]:
            found = [
                _around(task, person, left, day) for day in range(HALFDAYS) if task.days[person] >> day & 1
            ]
            group = max(found, key=lambda one: (len(one), task.value(one) if len(one) > 1 else 0), default=())
            if len(group) >= task.sizes.least:
                groups.append(tuple(sorted(group)))
                left[list(group)] = False
    for person in np.flatnonzero(left).tolist():
        for position, group in enumerate(groups):
            larger = tuple(sorted((*group, person)))
            if task.is_permitted(larger):
                groups[position] = larger
                break
    return groups


def _around(task: Task, person: int, left: BoolArray, day: int) -> Group:
    """Somebody with those who suit her best on one half-day."""
    group = [person]
    can = left & task.fits[person] & (task.days >> day & 1 == 1)
    joining = task.score[person].copy()
    while len(group) < task.sizes.target and can.any():
        best = int(np.argmax(np.where(can, joining, np.iinfo(np.int64).min)))
        group.append(best)
        can &= task.fits[best]
        joining += task.score[best]
    return tuple(group)
