"""Read a row: what its cells mean, or what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.kernel.permissions import AT_SCHOOL, Role
from app.organisation.importing.columns import Columns
from app.organisation.importing.dates import date_of
from app.organisation.importing.facts import KnownSchool
from app.organisation.importing.judgement import Fault
from app.organisation.importing.names import NameParts, is_shouted, split_family_name, split_name, spoken_name
from app.organisation.importing.roles import role_of
from app.organisation.importing.schools import SchoolFinder
from app.organisation.importing.text import folded, tidy

Check = Callable[[dict[str, Any]], Mapping[str, Sequence[str]]]
"""What is wrong with the values of a person and a role, as messages by field; empty when they can be kept."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a file, with the number that a spreadsheet shows beside it."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a row says. With faults it is of no use but to be shown."""

    number: int
    name: NameParts
    email: str | None
    role: Role | None
    school: KnownSchool | None
    since: date | None
    until: date | None
    faults: tuple[Fault, ...]
    written: str
    """The name as the file has it, for rows without a good one."""

    @property
    def spoken(self) -> str:
        """The name as it is spoken."""
        return spoken_name(*self.name)

    @property
    def folded_name(self) -> str:
        """The name as people compare it."""
        return folded(self.spoken)

    @property
    def is_shouted(self) -> bool:
        """Whether the name is in capitals alone."""
        return is_shouted(self.spoken)


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows by the columns of their file; `role` is everybody's where no column tells it."""

    columns: Columns
    schools: SchoolFinder
    check: Check
    role: Role | None = None
    school: KnownSchool | None = None

    def read(self, row: SheetRow) -> ReadRow:
        """What the row says, with all that is wrong with it."""
        cells = {
            field: tidy(row.cells[place]) if place < len(row.cells) else ""
            for field, place in self.columns.items()
        }
        faults: list[Fault] = []
        name = _name(cells)
        email = cells.get("email", "").removeprefix("mailto:").lower() or None
        role = self._role(cells, faults)
        school = self._school(cells, role, faults)
        since = _day(cells, "since", faults)
        until = _day(cells, "until", faults)
        values = {
            "first_name": name.first_name,
            "infix": name.infix,
            "last_name": name.last_name,
            "email": email,
            "role": role,
            "school_id": school.id if school else None,
            "since": since.isoformat() if since else None,
            "until": until.isoformat() if until else None,
        }
        faults += self._other_faults(values, faults)
        written = spoken_name(*name) or cells.get("name", "")
        return ReadRow(row.number, name, email, role, school, since, until, tuple(faults), written)

    def _role(self, cells: Mapping[str, str], faults: list[Fault]) -> Role | None:
        if "role" not in cells and self.role:
            return self.role
        text = cells.get("role", "")
        role = role_of(text)
        if role is None:
            code = "unknown_role" if text else "missing_role"
            faults.append(Fault("role", code, {"text": text} if text else {}))
        return role

    def _school(self, cells: Mapping[str, str], role: Role | None, faults: list[Fault]) -> KnownSchool | None:
        """The school of a role that is held at one; the others hold in the whole network."""
        if role is not None and role not in AT_SCHOOL:
            return None
        found = self.schools.find(*(cells.get(field, "") for field in ("school", "brin", "location")))
        if found is None and self.school:
            return self.school
        if isinstance(found, KnownSchool):
            return found
        faults.append(found or Fault("school", "missing_school"))
        return None

    def _other_faults(self, values: dict[str, Any], faults: list[Fault]) -> list[Fault]:
        """What the rules for any person and role say, about fields of which nothing was said yet."""
        said = {"school_id" if fault.held == "school" else fault.held for fault in faults}
        given = {name: value for name, value in values.items() if value is not None}
        return [
            Fault("school" if name == "school_id" else name, "said", {"text": " ".join(messages)})
            for name, messages in self.check(given).items()
            if name not in said
        ]


def _name(cells: Mapping[str, str]) -> NameParts:
    """The name in parts; the whole name helps where a part is missing."""
    whole = split_name(cells.get("name", ""))
    first_name, infix, last_name = (cells.get(part, "") for part in ("first_name", "infix", "last_name"))
    if not last_name:
        return NameParts(first_name or whole.first_name, infix or whole.infix, whole.last_name)
    within, rest = split_family_name(last_name)
    if infix:
        return NameParts(first_name or whole.first_name, infix, last_name)
    return NameParts(first_name or whole.first_name, within, rest)


def _day(cells: Mapping[str, str], field: str, faults: list[Fault]) -> date | None:
    text = cells.get(field, "")
    day = date_of(text) if text else None
    if text and day is None:
        faults.append(Fault(field, "no_date", {"text": text}))
    return day
