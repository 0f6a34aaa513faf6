"""Whose turn it is: roles go to who had them least and longest ago. Pure: ids in, ids out."""

from collections.abc import Collection, Mapping, Sequence

from app.intervision.models import SessionRole

Taken = tuple[int, str, int]
"""Number of the session, role, person."""


def fair_roles(
    people: Sequence[int], earlier: Collection[Taken], kept: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Who does what among people in the order of their seats; what was kept already stays.

    Nobody has two roles as long as somebody has none. Of those who had a role as rarely and as long ago, it is for who
    sits next after the one who had it last: so that a full round of sessions brings each role to each seat.
    """
    shared = dict(kept or {})
    if not people:
        return shared
    for role in SessionRole:
        if role not in shared:
            shared[role] = min(people, key=lambda person: _rank(person, role, people, earlier, shared))
    return shared


def _rank(
    person: int, role: str, people: Sequence[int], earlier: Collection[Taken], shared: Mapping[str, int]
) -> tuple[int, int, int, int]:
    had = [(number, somebody) for number, taken, somebody in earlier if taken == role]
    mine = [number for number, somebody in had if somebody == person]
    last = max(had, default=(0, None))[1]
    begin = people.index(last) + 1 if last in people else 0
    busy = list(shared.values()).count(person)
    return busy, len(mine), max(mine, default=0), (people.index(person) - begin) % len(people)
