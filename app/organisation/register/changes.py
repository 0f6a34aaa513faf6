"""What differs between two editions, one thing at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from app.organisation.register.edition import Register
from app.organisation.register.schools import RegisteredSchool


class ChangeKind(StrEnum):
    """What happened to a school, in the order in which pages show it."""

    NEW = "new"
    REOPENED = "reopened"
    """A network had closed it, and the register has it again."""
    RENAMED = "renamed"
    MOVED = "moved"
    BOARD = "board"
    CLOSED = "closed"
    LEFT = "left"
    """It belongs to another network now."""
    DETAILS = "details"
    """Municipality, province or denomination."""


ADDRESS = ("street", "house_number", "postcode", "city")
DETAILS = ("municipality", "province", "denomination")

_place_of = attrgetter(*ADDRESS, "network_code")
_details_of = attrgetter(*DETAILS)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what the school was, and what it is; one of them is missing where it is new or gone."""

    kind: ChangeKind
    before: RegisteredSchool | None
    after: RegisteredSchool | None

    @property
    def school(self) -> RegisteredSchool:
        """The school as it is, or as it was last."""
        found = self.after or self.before
        assert found is not None
        return found


def changes_between(before: Register, after: Register) -> tuple[Change, ...]:
    """Every change of the country; a school that goes to another network has moved."""
    return tuple(_changes(before, after))


def by_network(changes: Iterable[Change]) -> Mapping[str, list[Change]]:
    """What changes for each network: a school that comes from another one is new there, one that goes has left."""
    seen: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        for code in sorted({school.network_code for school in (change.before, change.after) if school}):
            changed = _seen_from(change, code)
            if changed:
                seen[code].append(changed)
    return seen


def of_same_school(before: RegisteredSchool, after: RegisteredSchool) -> Iterator[Change]:
    """What differs between two states of one school."""
    differs = {
        ChangeKind.RENAMED: before.name != after.name,
        ChangeKind.MOVED: _place_of(before) != _place_of(after),
        ChangeKind.BOARD: before.board_number != after.board_number,
        ChangeKind.DETAILS: _details_of(before) != _details_of(after),
    }
    for kind, is_so in differs.items():
        if is_so:
            yield Change(kind, before, after)


def _changes(before: Register, after: Register) -> Iterator[Change]:
    for school in after.schools:
        known = before.by_code.get(school.code)
        if known is None:
            yield Change(ChangeKind.NEW, None, school)
        else:
            yield from of_same_school(known, school)
    for school in before.schools:
        if school.code not in after.by_code:
            yield Change(ChangeKind.CLOSED, school, None)


def _seen_from(change: Change, code: str) -> Change | None:
    was = change.before is not None and change.before.network_code == code
    stays = change.after is not None and change.after.network_code == code
    if was and not stays and change.after is not None:
        return (
            Change(ChangeKind.LEFT, change.before, change.after) if change.kind is ChangeKind.MOVED else None
        )
    if stays and not was and change.before is not None:
        return Change(ChangeKind.NEW, None, change.after) if change.kind is ChangeKind.MOVED else None
    return change if was or stays else None
