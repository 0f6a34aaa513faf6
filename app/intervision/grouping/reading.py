"""Reading a task from a document of the format `intervision-groups/1`, refusing what does not fit."""

from typing import cast

from app.coaching.matching.fields import (
    MalformedInstance,
    quoted,
    read_format,
    read_integer,
    read_list,
    read_object,
    read_text,
)
from app.intervision.grouping.task import (
    HALFDAYS,
    MAX_SCORE,
    MAX_SIZE,
    MAX_YEARS,
    Effort,
    Pair,
    Person,
    Relations,
    Sizes,
    Task,
    make_task,
)

FORMAT = "intervision-groups/1"
_REQUIRED = ("format", "people")
_FIELDS = (*_REQUIRED, "settings", "pairs", "forbidden", "together", "locked")


def read_task(document: object) -> Task:
    """Turn parsed JSON into a `Task`.

    Raises `MalformedInstance`, which names the place, for everything that is not to the letter: fields that nobody
    knows, unknown or double ids, pairs given twice or of one person, numbers out of bounds, and so on.
    """
    fields = read_object("document", document, _FIELDS, _REQUIRED)
    read_format(fields["format"], FORMAT)
    sizes, effort = _settings(fields.get("settings", {}))
    people = _people(fields["people"])
    pairs = _PairReader({person.id for person in people})
    relations = Relations(
        scores=pairs.numbered("pairs", fields.get("pairs", []), "score", -MAX_SCORE, MAX_SCORE),
        forbidden=pairs.plain("forbidden", fields.get("forbidden", [])),
        together=pairs.numbered("together", fields.get("together", []), "years", 0, MAX_YEARS),
        locked=_locked(fields.get("locked", [])),
    )
    return make_task(people, relations, sizes, effort)


def _settings(value: object) -> tuple[Sizes, Effort]:
    settings = read_object("settings", value, ("min", "target", "max", "size_penalty", "effort"), ())
    default = Sizes()
    least = read_integer("settings.min", settings.get("min", default.least), 2, MAX_SIZE)
    target = read_integer("settings.target", settings.get("target", default.target), 2, MAX_SIZE)
    most = read_integer("settings.max", settings.get("max", default.most), 2, MAX_SIZE)
    penalty = read_integer(
        "settings.size_penalty", settings.get("size_penalty", default.penalty), 0, MAX_SCORE
    )
    effort = settings.get("effort", Effort.NORMAL.value)
    if not isinstance(effort, str) or effort not in list(Effort):
        raise MalformedInstance(
            "settings.effort", f"must be one of {quoted([e.value for e in Effort])}, not {quoted(effort)}"
        )
    return Sizes(least=least, target=target, most=most, penalty=penalty), Effort(effort)


def _people(value: object) -> list[Person]:
    people: list[Person] = []
    seen: set[str] = set()
    for position, entry in enumerate(read_list("people", value)):
        place = f"people[{position}]"
        fields = read_object(
            place, entry, ("id", "school", "board", "halfdays"), ("id", "school", "halfdays")
        )
        identifier = read_text(f"{place}.id", fields["id"])
        if identifier in seen:
            raise MalformedInstance(f"{place}.id", f"{quoted(identifier)} is given twice")
        seen.add(identifier)
        school = read_text(f"{place}.school", fields["school"])
        board = fields.get("board")
        people.append(
            Person(
                identifier,
                school,
                _halfdays(f"{place}.halfdays", fields["halfdays"]),
                None if board is None else read_text(f"{place}.board", board),
            )
        )
    return people


def _halfdays(place: str, value: object) -> frozenset[int]:
    days: set[int] = set()
    for position, entry in enumerate(read_list(place, value)):
        day = read_integer(f"{place}[{position}]", entry, 0, HALFDAYS - 1)
        if day in days:
            raise MalformedInstance(f"{place}[{position}]", f"{day} is given twice")
        days.add(day)
    return frozenset(days)


def _locked(value: object) -> list[list[str]]:
    return [
        [read_text(f"locked[{position}]", person) for person in read_list(f"locked[{position}]", entry)]
        for position, entry in enumerate(read_list("locked", value))
    ]


class _PairReader:
    """Reads lists of pairs; the order of the two does not matter."""

    def __init__(self, ids: set[str]) -> None:
        self._ids = ids

    def numbered(self, name: str, value: object, number: str, lowest: int, highest: int) -> dict[Pair, int]:
        """Pairs with a number, each given once."""
        found: dict[Pair, int] = {}
        seen: set[Pair] = set()
        for position, entry in enumerate(read_list(name, value)):
            place = f"{name}[{position}]"
            pair, rest = self._pair(place, entry, f"[person, person, {number}]", 3)
            if type(rest) is not int or not lowest <= rest <= highest:
                raise MalformedInstance(
                    place, f"the {number} must be an integer from {lowest} to {highest}, not {quoted(rest)}"
                )
            if pair in seen:
                raise MalformedInstance(place, f"the pair {quoted(list(pair))} is given twice")
            seen.add(pair)
            found[pair] = rest
        return found

    def plain(self, name: str, value: object) -> list[Pair]:
        """Pairs without more; there may be two grounds for one pair."""
        return [
            self._pair(f"{name}[{position}]", entry, "[person, person]", 2)[0]
            for position, entry in enumerate(read_list(name, value))
        ]

    def _pair(self, place: str, entry: object, shape: str, length: int) -> tuple[Pair, object]:
        """The two people of an entry, the first id first, and what else it says."""
        if not isinstance(entry, list) or len(cast(list[object], entry)) != length:
            raise MalformedInstance(place, f"must be {shape}")
        items = cast(list[object], entry)
        for person in items[:2]:
            if not isinstance(person, str) or person not in self._ids:
                raise MalformedInstance(place, f"there is no person {quoted(person)}")
        first, other = cast(str, items[0]), cast(str, items[1])
        if first == other:
            raise MalformedInstance(place, f"{quoted(first)} cannot be a pair with herself")
        return (min(first, other), max(first, other)), items[-1]
