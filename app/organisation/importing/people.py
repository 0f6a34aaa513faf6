"""Who is who: which rows are about one person, and whether the network knows her."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.organisation.importing.facts import KnownPerson, NetworkFacts
from app.organisation.importing.judgement import Fault
from app.organisation.importing.names import is_shouted
from app.organisation.importing.rows import ReadRow
from app.organisation.importing.text import folded


@dataclass(slots=True)
class SamePerson:
    """Rows about one person, and what keeps us from knowing who she is."""

    rows: list[ReadRow] = field(default_factory=list[ReadRow])
    known: KnownPerson | None = None
    fault: Fault | None = None

    @property
    def email(self) -> str | None:
        """Her address in the file."""
        return next((row.email for row in self.rows if row.email), None)

    @property
    def folded_name(self) -> str:
        """Her name as people compare it."""
        return self.rows[0].folded_name

    @property
    def school_ids(self) -> set[int]:
        """The schools where the file has her."""
        return {row.school.id for row in self.rows if row.school}

    def is_with(self, known: KnownPerson) -> bool:
        """Whether somebody works or worked at one of these schools, or has one of these roles in the network."""
        roles = {row.role for row in self.rows if row.school is None}
        return any(
            role.role in roles if role.school_id is None else role.school_id in self.school_ids
            for role in known.roles
        )

    def fields(self) -> dict[str, str | None]:
        """Name and address as they will be. Other capitals alone make no other name."""
        written = next((row for row in self.rows if not row.is_shouted), self.rows[0])
        fields: dict[str, str | None] = written.name._asdict()
        known = self.known
        if known and _is_same_name(known.name, written.spoken):
            fields = {name: getattr(known, name) for name in fields}
        return {**fields, "email": self.email or (known.email if known else None)}


def _is_same_name(known: str, written: str) -> bool:
    """Systems that write in capitals alone have no accents either."""
    return known.casefold() == written.casefold() or (
        is_shouted(written) and folded(known) == folded(written)
    )


def same_people(rows: Iterable[ReadRow], facts: NetworkFacts) -> list[SamePerson]:
    """The rows by person, in the order of the file; who can't be told apart has a fault."""
    people = _grouped(rows)
    finder = _Finder(facts, {person.email for person in people if person.email})
    for person in people:
        if person.fault is None:
            finder.find(person)
    _refuse_taken_twice(people)
    return people


def _grouped(rows: Iterable[ReadRow]) -> list[SamePerson]:
    """An address is one person. Without it, the same name at the same school is."""
    by_email: defaultdict[str, SamePerson] = defaultdict(SamePerson)
    by_name: defaultdict[str, SamePerson] = defaultdict(SamePerson)
    for row in rows:
        (by_email[row.email] if row.email else by_name[row.folded_name]).rows.append(row)
    for person in by_email.values():
        _refuse_two_names(person)
    without_address = [person for person in by_name.values() if not _joined(person, by_email.values())]
    return sorted([*by_email.values(), *without_address], key=lambda person: person.rows[0].number)


def _refuse_two_names(person: SamePerson) -> None:
    other = next((row for row in person.rows if row.folded_name != person.folded_name), None)
    if other:
        first = person.rows[0]
        values = {"one": first.spoken, "row": first.number, "other": other.spoken, "other_row": other.number}
        person.fault = Fault("email", "two_names", values)


def _joined(person: SamePerson, with_address: Iterable[SamePerson]) -> bool:
    """Whether rows without address could be put with the one person who has this name and an address there."""
    namesakes = [
        other
        for other in with_address
        if other.folded_name == person.folded_name
        and (not (other.school_ids and person.school_ids) or other.school_ids & person.school_ids)
    ]
    if len(namesakes) == 1:
        namesakes[0].rows += person.rows
        return True
    if namesakes or len(person.school_ids) > 1:
        person.fault = Fault("email", "which_one", {"name": person.rows[0].spoken})
    return False


class _Finder:
    """Finds somebody among those whom the network knows."""

    def __init__(self, facts: NetworkFacts, emails_in_file: set[str]) -> None:
        self._by_email = {person.email: person for person in facts.people if person.email}
        self._by_name: defaultdict[str, list[KnownPerson]] = defaultdict(list)
        for known in facts.people:
            self._by_name[folded(known.name)].append(known)
        self._emails_in_file = emails_in_file

    def find(self, person: SamePerson) -> None:
        """Say who it is; nobody known is somebody new."""
        if person.email in self._by_email:
            person.known = self._by_email[person.email]
            return
        namesakes = self._by_name.get(person.folded_name, [])
        if person.email:
            # An address that is in the file is somebody else's; one that is not may be the one she had before.
            namesakes = [known for known in namesakes if known.email not in self._emails_in_file]
        here = [known for known in namesakes if person.is_with(known)]
        if len(here) == 1:
            person.known = here[0]
        elif here or (namesakes and not person.email):
            person.fault = Fault("email", "which_one", {"name": person.rows[0].spoken})


def _refuse_taken_twice(people: list[SamePerson]) -> None:
    by_known: defaultdict[int, list[SamePerson]] = defaultdict(list)
    for person in people:
        if person.known:
            by_known[person.known.id].append(person)
    for several in by_known.values():
        for person in several if len(several) > 1 else ():
            person.fault = Fault("email", "which_one", {"name": person.rows[0].spoken})
