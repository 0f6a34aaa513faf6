"""Changes by hand: the smallest that keeps all rules when somebody comes or goes, and a group as two."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.intervision.grouping.task import Task

Groups = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """Groups after a change, in the order of their first person; who of those that stay changed groups, and what it gains."""

    groups: tuple[tuple[str, ...], ...]
    moved: tuple[str, ...]
    gain: int


def smallest_change(
    task: Task, groups: Groups, *, leaving: Iterable[str] = (), arriving: Iterable[str] = ()
) -> Change | None:
    """The groups when some leave and some arrive, all rules kept and nobody else left without a place.

    As few people as possible change groups; of what is equal there the most valuable. Up to two people move one by
    one; beyond that two groups become one, a group is split up over others, or one is split in two. Locked groups that
    nobody leaves stay as they are. None when none of this is possible.
    """
    gone, new = set(leaving), sorted(set(arriving))
    before = _in_numbers(task, groups)
    start = tuple(
        frozenset(member for member in group if task.people[member].id not in gone) for group in before
    )
    start = tuple(group for group in start if group)
    locked = {frozenset(group) for group in task.locked}
    candidates = [
        (state, frozenset[int]())
        for state in _with_arrivals(start, [task.number[one] for one in new], locked)
    ]
    for steps in range(3):
        fitting = [(state, moved) for state, moved in candidates if _is_permitted(task, state)]
        if fitting:
            return _best(task, before, fitting)
        if steps < 2:
            candidates = [nxt for state, moved in candidates for nxt in _moves(task, state, moved, locked)]
    larger = [
        (state, moved)
        for begun in _with_arrivals(start, [task.number[one] for one in new], locked)
        for state, moved in [
            *_merges(begun, locked),
            *_splits(task, begun, locked),
            *_spreads(task, begun, locked),
        ]
        if _is_permitted(task, state)
    ]
    return _best(task, before, larger) if larger else None


def best_split(task: Task, group: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """A group as two permitted ones that are worth most together; None when it cannot be split."""
    members = sorted(task.number[person] for person in group)
    halves = _halves(task, members)
    if not halves:
        return None
    first, other = max(
        halves, key=lambda pair: (task.value(pair[0]) + task.value(pair[1]), [-one for one in pair[0]])
    )
    return task.ids(first), task.ids(other)


State = tuple[frozenset[int], ...]
Candidate = tuple[State, frozenset[int]]
"""Groups, and who has changed groups to get there."""


def _in_numbers(task: Task, groups: Groups) -> list[tuple[int, ...]]:
    return [tuple(sorted(task.number[person] for person in group)) for group in groups]


def _is_permitted(task: Task, state: State) -> bool:
    return all(task.is_permitted(sorted(group)) for group in state if group)


def _with_arrivals(start: State, arriving: Sequence[int], locked: set[frozenset[int]]) -> list[State]:
    """Every way to add people to groups."""
    states = [start]
    for person in arriving:
        states = [
            (*state[:place], state[place] | {person}, *state[place + 1 :])
            for state in states
            for place in range(len(state))
            if state[place] not in locked
        ]
    return states


def _moves(
    task: Task, state: State, moved: frozenset[int], locked: set[frozenset[int]]
) -> Iterator[Candidate]:
    """Every move of one person out of or into a group that is not permitted."""
    wrong = {place for place, group in enumerate(state) if group and not task.is_permitted(sorted(group))}
    for source, group in enumerate(state):
        for target, other in enumerate(state):
            if source == target or not {source, target} & wrong or group in locked or other in locked:
                continue
            for person in sorted(group - moved):
                changed = list(state)
                changed[source] = group - {person}
                changed[target] = other | {person}
                yield tuple(changed), moved | {person}


def _merges(state: State, locked: set[frozenset[int]]) -> Iterator[Candidate]:
    """Every two groups as one; the smaller one moves."""
    for a, b in combinations(range(len(state)), 2):
        if not {state[a], state[b]} & locked:
            rest = tuple(group for place, group in enumerate(state) if place not in (a, b))
            yield (
                (*rest, state[a] | state[b]),
                min(state[a], state[b], key=lambda group: (len(group), sorted(group))),
            )


def _splits(task: Task, state: State, locked: set[frozenset[int]]) -> Iterator[Candidate]:
    """Every group that is too large, as two."""
    for place, group in enumerate(state):
        if group not in locked and len(group) > task.sizes.most:
            for first, other in _halves(task, sorted(group)):
                rest = (*state[:place], *state[place + 1 :])
                yield (*rest, frozenset(first), frozenset(other)), frozenset(min(first, other, key=len))


def _halves(task: Task, members: Sequence[int]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Every way to split people into two permitted groups."""
    found: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for size in range(task.sizes.least, len(members) // 2 + 1):
        for some in combinations(members, size):
            rest = tuple(member for member in members if member not in some)
            if task.is_permitted(some) and task.is_permitted(rest):
                found.append((some, rest))
    return found


def _spreads(task: Task, state: State, locked: set[frozenset[int]]) -> Iterator[Candidate]:
    """Each group that is not permitted, its people one after the other where they add most."""
    for place, group in enumerate(state):
        if task.is_permitted(sorted(group)) or group in locked:
            continue
        others = [other for position, other in enumerate(state) if position != place]
        for person in sorted(group):
            able = [
                position
                for position, other in enumerate(others)
                if other not in locked and task.is_permitted(sorted(other | {person}))
            ]
            if not able:
                break
            best = max(able, key=lambda position: _gain(task, others[position], person))
            others[best] = others[best] | {person}
        else:
            yield tuple(others), group


def _gain(task: Task, group: frozenset[int], person: int) -> int:
    return task.value(sorted(group | {person})) - task.value(sorted(group))


def _best(task: Task, before: Sequence[tuple[int, ...]], candidates: Sequence[Candidate]) -> Change:
    """The candidate in which fewest moved, then with the highest value, then the first by id."""
    was = sum(task.value(group) for group in before if len(group) > 1)

    def rank(candidate: Candidate) -> tuple[int, int, list[list[int]]]:
        state, moved = candidate
        worth = sum(task.value(sorted(group)) for group in state if group)
        return len(moved), -worth, sorted(sorted(group) for group in state if group)

    state, moved = min(candidates, key=rank)
    groups = tuple(sorted(task.ids(group) for group in state if group))
    stayed = {member for group in before for member in group}
    return Change(groups, task.ids(moved & stayed), -rank((state, moved))[1] - was)
