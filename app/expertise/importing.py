"""Records of a team from a file: recognise its columns, read its rows, and judge them against team and taxonomy.

Plain data in, plain data out. What is wrong with a row is a code with the text that it is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from app.expertise.models import MAX_COURSE, MAX_PROVIDER, CourseState, RecordKind
from app.organisation.importing import date_of, folded, key, tidy

HEADERS: dict[str, tuple[str, ...]] = {
    "email": ("e-mailadres", "e-mail", "mail", "mailadres", "e-mail werk", "email address", "work email"),
    "name": (
        "medewerker", "naam", "collega", "persoon", "leraar", "leerkracht", "wie", "volledige naam", "naam medewerker",
        "deelnemer", "cursist", "name", "person", "employee", "colleague",
    ),
    "item": ("onderwerp", "expertise", "thema", "vakgebied", "item", "topic", "subject"),
    "kind": ("soort", "type", "kind"),
    "level": ("niveau", "level"),
    "course_title": (
        "cursus", "cursustitel", "titel", "titel cursus", "naam cursus", "opleiding", "training", "scholing", "course",
        "course title", "title",
    ),
    "course_provider": ("aanbieder", "instituut", "opleider", "instelling", "provider"),
    "course_state": ("stand", "status", "voortgang", "stand van de cursus", "state"),
    "starts_on": ("begin", "begindatum", "startdatum", "van", "vanaf", "start", "start date", "from"),
    "ends_on": ("einde", "eind", "einddatum", "tot en met", "t/m", "tot", "end", "end date", "until"),
}  # fmt: skip
"""What the header of a column may say, by what the column holds; the best first."""

KINDS = {
    RecordKind.EXPERTISE: ("expertise", "kan", "weet"),
    RecordKind.INTEREST: ("belangstelling", "interesse", "interest"),
    RecordKind.COURSE: ("cursus", "opleiding", "training", "scholing", "course"),
    RecordKind.AMBITION: ("ambitie", "wens", "wil leren", "ambition"),
}
LEVELS = {
    1: ("1", "orienteert", "explores"),
    2: ("2", "past toe", "applies"),
    3: ("3", "helpt collega's", "helpt", "helps colleagues"),
    4: ("4", "specialist"),
}
STATES = {
    CourseState.PLANNED: ("gepland", "nog niet begonnen", "ingeschreven", "planned", "going to follow"),
    CourseState.RUNNING: ("loopt", "loopt nu", "bezig", "gestart", "lopend", "running", "following now"),
    CourseState.DONE: ("klaar", "afgerond", "gedaan", "behaald", "voltooid", "gevolgd", "done", "followed"),
}

_HELD_BY = {key(word): (held, rank) for held, words in HEADERS.items() for rank, word in enumerate(words)}


class RowState(StrEnum):
    """What becomes of a row."""

    WRONG = "wrong"
    NEW = "new"
    KNOWN = "known"
    """She opened it already, or an earlier row says the same."""


class Wrong(StrEnum):
    """What can be wrong with a row."""

    NO_PERSON = "no_person"
    UNKNOWN_PERSON = "unknown_person"
    TWO_PEOPLE = "two_people"
    NO_ITEM = "no_item"
    UNKNOWN_ITEM = "unknown_item"
    RETIRED_ITEM = "retired_item"
    UNKNOWN_KIND = "unknown_kind"
    NO_LEVEL = "no_level"
    NO_COURSE = "no_course"
    NO_STATE = "no_state"
    NO_DATE = "no_date"
    ENDS_BEFORE = "ends_before"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team."""

    id: int
    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong; `text` is what the file has, or what was perhaps meant."""

    code: Wrong
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A judged row. `data` is the proposal that it would become."""

    number: int
    state: RowState
    who: str
    what: str
    cells: Sequence[str]
    faults: Sequence[Fault] = ()
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The team and the taxonomy on a day."""

    today: date
    members: Sequence[Member]
    items: Mapping[str, int]
    """The items that can be chosen by folded name, and by the old name of one that was merged."""
    retired: frozenset[str]
    """Folded names of items that are not in use any more."""
    names: Mapping[int, str]


class Unsaid(Exception):
    """A cell says nothing that can be used."""

    def __init__(self, code: Wrong, text: str = "") -> None:
        super().__init__(code)
        self.fault = Fault(code, text)


def recognise(headers: Sequence[str]) -> dict[str, int]:
    """The columns that the headers tell of themselves: their number (from 0) by what they hold."""
    best: dict[str, tuple[int, int]] = {}
    for number, header in enumerate(headers):
        held, rank = _HELD_BY.get(key(header), (None, 0))
        if held is not None:
            best[held] = min(best.get(held, (rank, number)), (rank, number))
    return {held: number for held, (_rank, number) in best.items()}


def says_enough(columns: Mapping[str, int]) -> bool:
    """Whether the columns tell whom a row is about, and which item."""
    return bool({"email", "name"} & columns.keys()) and "item" in columns


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads the rows of one file."""

    columns: Mapping[str, int]
    facts: Facts

    def read(self, number: int, cells: Sequence[str]) -> Entry:
        """What a row says, with all that is wrong with it."""
        said = {held: tidy(cells[place]) for held, place in self.columns.items()}
        faults: list[Fault] = []
        data: dict[str, Any] = {}
        for held, read in (
            ("person_id", self._person),
            ("item_id", self._item),
            ("kind", self._kind),
        ):
            _try(lambda read=read: read(said), data, held, faults)
        if data.get("kind"):
            faults += self._fill_in(said, data)
        who = next((one.name for one in self.facts.members if one.id == data.get("person_id")), "")
        what = self.facts.names.get(data.get("item_id", 0), said.get("item", ""))
        return Entry(
            number,
            RowState.WRONG if faults else RowState.NEW,
            who or said.get("name", "") or said.get("email", ""),
            what,
            tuple(cells),
            tuple(faults),
            None if faults else data,
        )

    def _person(self, said: Mapping[str, str]) -> int:
        email, name = said.get("email", "").lower(), said.get("name", "")
        if "@" in name and not email:
            email, name = name.lower(), ""
        if not email and not name:
            raise Unsaid(Wrong.NO_PERSON)
        found = [one.id for one in self.facts.members if email and one.email == email]
        if not found and name:
            found = [one.id for one in self.facts.members if folded(one.name) == folded(name)]
        if len(found) > 1:
            raise Unsaid(Wrong.TWO_PEOPLE, name)
        if not found:
            raise Unsaid(Wrong.UNKNOWN_PERSON, email or name)
        return found[0]

    def _item(self, said: Mapping[str, str]) -> int:
        name = folded(said.get("item", ""))
        if not name:
            raise Unsaid(Wrong.NO_ITEM)
        if name in self.facts.items:
            return self.facts.items[name]
        if name in self.facts.retired:
            raise Unsaid(Wrong.RETIRED_ITEM, said["item"])
        like = get_close_matches(name, self.facts.items, n=1, cutoff=0.75)
        raise Unsaid(Wrong.UNKNOWN_ITEM, self.facts.names[self.facts.items[like[0]]] if like else "")

    def _kind(self, said: Mapping[str, str]) -> RecordKind:
        """As it is written; otherwise a course where there is a title, and expertise where there is a level."""
        if said.get("kind"):
            found = _meant(said["kind"], KINDS)
            if found is None:
                raise Unsaid(Wrong.UNKNOWN_KIND, said["kind"])
            return found
        if said.get("course_title"):
            return RecordKind.COURSE
        if said.get("level"):
            return RecordKind.EXPERTISE
        raise Unsaid(Wrong.UNKNOWN_KIND)

    def _fill_in(self, said: Mapping[str, str], data: dict[str, Any]) -> list[Fault]:
        """The rest of what its kind asks for; what does not belong to it is left out."""
        faults: list[Fault] = []
        data |= dict.fromkeys(
            ("level", "course_title", "course_provider", "course_state", "starts_on", "ends_on")
        )
        if data["kind"] == RecordKind.EXPERTISE:
            _try(lambda: self._level(said), data, "level", faults)
        elif data["kind"] == RecordKind.COURSE:
            _try(
                lambda: _short(said, "course_title", MAX_COURSE, Wrong.NO_COURSE),
                data,
                "course_title",
                faults,
            )
            _try(lambda: _short(said, "course_provider", MAX_PROVIDER), data, "course_provider", faults)
            for held in ("starts_on", "ends_on"):
                _try(lambda held=held: _day(said.get(held, "")), data, held, faults)
            if data["starts_on"] and data["ends_on"] and data["ends_on"] < data["starts_on"]:
                faults.append(Fault(Wrong.ENDS_BEFORE))
            _try(lambda: self._state(said, data), data, "course_state", faults)
        return faults

    def _level(self, said: Mapping[str, str]) -> int:
        found = _meant(said.get("level", ""), LEVELS)
        if found is None:
            raise Unsaid(Wrong.NO_LEVEL, said.get("level", ""))
        return found

    def _state(self, said: Mapping[str, str], data: Mapping[str, Any]) -> CourseState:
        """As it is written; otherwise as the days tell."""
        if said.get("course_state"):
            found = _meant(said["course_state"], STATES)
            if found is None:
                raise Unsaid(Wrong.NO_STATE, said["course_state"])
            return found
        starts_on, ends_on = data["starts_on"], data["ends_on"]
        if ends_on and ends_on < self.facts.today:
            return CourseState.DONE
        if starts_on:
            return CourseState.PLANNED if starts_on > self.facts.today else CourseState.RUNNING
        raise Unsaid(Wrong.NO_STATE)


def _try(read: Any, data: dict[str, Any], held: str, faults: list[Fault]) -> None:
    try:
        data[held] = read()
    except Unsaid as unsaid:
        faults.append(unsaid.fault)


def _meant(written: str, words: Mapping[Any, Sequence[str]]) -> Any:
    """The code that somebody means by a word; None for another word."""
    wanted = key(written)
    return next((code for code, known in words.items() if wanted in {key(word) for word in known}), None)


def _short(said: Mapping[str, str], held: str, longest: int, if_empty: Wrong | None = None) -> str | None:
    text = said.get(held, "")
    if not text and if_empty:
        raise Unsaid(if_empty)
    if len(text) > longest:
        raise Unsaid(Wrong.TOO_LONG, text[:40])
    return text or None


def _day(written: str) -> date | None:
    if not written:
        return None
    found = date_of(written)
    if found is None:
        raise Unsaid(Wrong.NO_DATE, written)
    return found
