"""What applying a list did, kept so that it can be undone, and compared with what became of it since."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

PERSON_FIELDS = ("first_name", "infix", "last_name", "email")

Fields = dict[str, str | None]
"""Name and address, by the columns of a person."""


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """Somebody whose name or address became another."""

    id: int
    before: Fields
    after: Fields


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role as it was given; days in ISO form."""

    id: int
    person_id: int
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class ChangedRole:
    """A role that got another period; days in ISO form."""

    id: int
    person_id: int
    before: tuple[str, str | None]
    after: tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Effects:
    """All that one import did."""

    new_people: dict[int, Fields] = field(default_factory=dict[int, Fields])
    changed_people: Sequence[ChangedPerson] = ()
    new_roles: Sequence[GivenRole] = ()
    changed_roles: Sequence[ChangedRole] = ()

    @property
    def person_ids(self) -> set[int]:
        """Everybody to whom something was done."""
        known = {change.id for change in self.changed_people}
        roles = {role.person_id for role in (*self.new_roles, *self.changed_roles)}
        return known | roles | self.new_people.keys()

    def as_text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self))


def effects_from(text: str) -> Effects:
    """The effects that `as_text` wrote."""
    kept: dict[str, Any] = json.loads(text)
    return Effects(
        new_people={int(person_id): fields for person_id, fields in kept["new_people"].items()},
        changed_people=[ChangedPerson(**one) for one in kept["changed_people"]],
        new_roles=[GivenRole(**one) for one in kept["new_roles"]],
        changed_roles=[
            ChangedRole(one["id"], one["person_id"], _pair(one["before"]), _pair(one["after"]))
            for one in kept["changed_roles"]
        ],
    )


def days(since: date, until: date | None) -> tuple[str, str | None]:
    """A period as it is kept."""
    return since.isoformat(), until.isoformat() if until else None


def _pair(kept: list[Any]) -> tuple[str, str | None]:
    return kept[0], kept[1]
