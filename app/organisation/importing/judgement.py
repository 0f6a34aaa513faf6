"""What became of each row of a file, and what would be done with each person."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, overload

from app.kernel.permissions import Role
from app.organisation.importing.facts import KnownPerson, KnownRole


class RowState(StrEnum):
    """What a row means for the network, in the order in which a coordinator wants to see them."""

    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row can't be taken in: what its column holds, a code, and what the sentence of the code names."""

    held: str
    code: str
    values: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Change:
    """Something of a person that becomes another: `what` is name, email, role, since or until."""

    what: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the file as the preview shows it; one without a number is a role that the file left out."""

    number: int | None
    state: RowState
    name: str
    email: str | None = None
    role: Role | None = None
    school: str | None = None
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    note: str | None = None
    """A code: why nothing is done (`over`, `same_row`), or what deserves a look (`shouted`)."""


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role to give."""

    role: Role
    school_id: int | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class RoleChange:
    """Another period for a role that is held."""

    known: KnownRole
    since: date
    until: date | None


@dataclass(slots=True)
class PersonPlan:
    """What would be done with one person; `known` is None for somebody new."""

    known: KnownPerson | None
    fields: dict[str, str | None]
    """Name and address as they will be, by the columns of a person."""
    added: list[NewRole] = field(default_factory=list[NewRole])
    changed: list[RoleChange] = field(default_factory=list[RoleChange])

    @property
    def changes_person(self) -> bool:
        """Whether name or address of somebody known become others."""
        return self.known is not None and any(
            getattr(self.known, name) != value for name, value in self.fields.items()
        )


@dataclass(frozen=True)
class Judgement:
    """Every row with its state, wrong ones first, and the plan for each person of whom something changes."""

    entries: tuple[Entry, ...]
    plans: tuple[PersonPlan, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows there are in each state."""
        counted = Counter(entry.state for entry in self.entries)
        return {state.value: counted[state] for state in RowState}

    @cached_property
    def document(self) -> str:
        """The entries as JSON."""
        return json.dumps([_as_values(entry) for entry in self.entries])

    @property
    def digest(self) -> str:
        """The same for two judgements that mean the same to who reads them."""
        return hashlib.sha256(self.document.encode()).hexdigest()


class KeptEntries(Sequence[Entry]):
    """The entries of a judgement's document, each made when it is asked for: a page shows fifty of five thousand."""

    def __init__(self, document: str, state: RowState | None = None) -> None:
        """All entries, or those of one state."""
        self._rows = [values for values in json.loads(document) if state is None or values[1] == state]

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> list[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | list[Entry]:
        if isinstance(place, slice):
            return [_from_values(values) for values in self._rows[place]]
        return _from_values(self._rows[place])


def _from_values(values: list[Any]) -> Entry:
    number, state, name, email, role, school, changes, faults, note = values
    return Entry(
        number,
        RowState(state),
        name,
        email,
        Role(role) if role else None,
        school,
        tuple(Change(*change) for change in changes),
        tuple(Fault(*fault) for fault in faults),
        note,
    )


def _as_values(entry: Entry) -> list[Any]:
    """The values of an entry in their order: `asdict` would take as long as all the rest."""
    changes = [(change.what, change.old, change.new) for change in entry.changes]
    faults = [(fault.held, fault.code, fault.values) for fault in entry.faults]
    who = [entry.number, entry.state, entry.name, entry.email, entry.role, entry.school]
    return [*who, changes, faults, entry.note]
