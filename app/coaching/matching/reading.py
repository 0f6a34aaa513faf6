"""Reading an instance from a document of the format `coach-matching/1`, refusing what does not fit."""

from collections.abc import Sequence
from typing import cast

import numpy as np

from app.coaching.matching.fields import (
    MalformedInstance,
    quoted,
    read_format,
    read_integer,
    read_list,
    read_object,
    read_text,
)
from app.coaching.matching.instance import (
    MAX_COUNT,
    MAX_SCORE,
    Blocked,
    Coach,
    Coachee,
    Instance,
    IntArray,
    PairTable,
    Terms,
    assemble,
)

FORMAT = "coach-matching/1"
_REQUIRED = ("format", "coachees", "coaches", "pairs")
_FIELDS = (*_REQUIRED, "settings", "blocked", "pinned", "previous")


def read_instance(document: object) -> Instance:
    """Turn parsed JSON into an `Instance`.

    Raises `MalformedInstance`, which names the place, for everything that is not to the letter: fields that nobody
    knows, unknown or double ids, pairs given twice, scores outside 0 to 1000, pins that cannot be, and so on.
    """
    fields = read_object("document", document, _FIELDS, _REQUIRED)
    read_format(fields["format"], FORMAT)
    sufficiency, band = _settings(fields.get("settings", {}))
    coachees = _coachees(fields["coachees"])
    coaches = _coaches(fields["coaches"])
    pairs = _PairReader(coachees, coaches)
    permitted = pairs.permitted(fields["pairs"])
    blocked = pairs.blocked(fields.get("blocked", []))
    terms = Terms(
        pinned=_id_pairs("pinned", fields.get("pinned", [])),
        previous=_id_pairs("previous", fields["previous"]) if "previous" in fields else None,
        sufficiency=sufficiency,
        band=band,
    )
    return assemble(coachees, coaches, permitted, blocked, terms)


def _settings(value: object) -> tuple[int, int]:
    settings = read_object("settings", value, ("sufficiency", "band"), ())
    sufficiency = read_integer("settings.sufficiency", settings.get("sufficiency", 350), 0, MAX_SCORE)
    band = read_integer("settings.band", settings.get("band", 50), 1, MAX_COUNT)
    return sufficiency, band


def _coachees(value: object) -> list[Coachee]:
    coachees: list[Coachee] = []
    for place, fields in _people("coachees", value, "waited"):
        waited = read_integer(f"{place}.waited", fields.get("waited", 0), 0, MAX_COUNT)
        coachees.append(Coachee(cast(str, fields["id"]), cast(str | None, fields.get("person")), waited))
    return coachees


def _coaches(value: object) -> list[Coach]:
    coaches: list[Coach] = []
    for place, fields in _people("coaches", value, "capacity"):
        capacity = read_integer(f"{place}.capacity", fields.get("capacity", 1), 0, MAX_COUNT)
        coaches.append(Coach(cast(str, fields["id"]), cast(str | None, fields.get("person")), capacity))
    return coaches


def _people(name: str, value: object, number: str) -> list[tuple[str, dict[str, object]]]:
    """Each entry of a list of people with its place; ids and persons are checked, the number is not yet."""
    people: list[tuple[str, dict[str, object]]] = []
    seen: set[str] = set()
    for position, entry in enumerate(read_list(name, value)):
        place = f"{name}[{position}]"
        fields = read_object(place, entry, ("id", "person", number), ("id",))
        identifier = read_text(f"{place}.id", fields["id"])
        if identifier in seen:
            raise MalformedInstance(f"{place}.id", f"{quoted(identifier)} is given twice")
        seen.add(identifier)
        if fields.get("person") is not None:
            read_text(f"{place}.person", fields["person"])
        people.append((place, fields))
    return people


def _id_pairs(name: str, value: object) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for position, entry in enumerate(read_list(name, value)):
        place = f"{name}[{position}]"
        if not isinstance(entry, list) or len(cast(list[object], entry)) != 2:
            raise MalformedInstance(place, "must be [coachee, coach]")
        coachee, coach = cast(list[object], entry)
        pairs.append((read_text(place, coachee), read_text(place, coach)))
    return pairs


class _PairReader:
    """Reads permitted and blocked pairs; a pair can be given once, in one of the two.

    Rounds have up to some hundred thousand pairs, so places are only put into words when something is wrong there.
    """

    def __init__(self, coachees: Sequence[Coachee], coaches: Sequence[Coach]) -> None:
        self.rows = {coachee.id: row for row, coachee in enumerate(coachees)}
        self.columns = {coach.id: column for column, coach in enumerate(coaches)}
        self.coachee_person = [coachee.person for coachee in coachees]
        self.coach_person = [coach.person for coach in coaches]
        self.taken: dict[tuple[int, int], str] = {}

    def permitted(self, value: object) -> PairTable:
        table: list[tuple[int, int, int]] = []
        for position, entry in enumerate(read_list("pairs", value)):
            row, column, score = self._entry("pairs", position, entry, "[coachee, coach, score]")
            if type(score) is not int or not 0 <= score <= MAX_SCORE:
                raise MalformedInstance(
                    f"pairs[{position}]",
                    f"the score must be an integer from 0 to {MAX_SCORE}, not {quoted(score)}",
                )
            person = self.coachee_person[row]
            if person is not None and person == self.coach_person[column]:
                raise MalformedInstance(f"pairs[{position}]", f"{quoted(person)} cannot be her own coach")
            table.append((row, column, score))
        return PairTable(*_columns(table))

    def blocked(self, value: object) -> Blocked:
        table: list[tuple[int, int, int]] = []
        sets: dict[tuple[str, ...], int] = {}
        for position, entry in enumerate(read_list("blocked", value)):
            row, column, reasons = self._entry("blocked", position, entry, "[coachee, coach, [reason, …]]")
            place = f"blocked[{position}]"
            names = tuple(sorted({read_text(place, reason) for reason in read_list(place, reasons)}))
            table.append((row, column, sets.setdefault(names, len(sets))))
        return Blocked(*_columns(table), reason_sets=tuple(sets))

    def _entry(self, name: str, position: int, entry: object, shape: str) -> tuple[int, int, object]:
        """Coachee and coach of an entry as numbers, and what else it says; they must be a pair not given before."""
        if not isinstance(entry, list) or len(cast(list[object], entry)) != 3:
            raise MalformedInstance(f"{name}[{position}]", f"must be {shape}")
        coachee, coach, rest = cast(list[object], entry)
        row = self.rows.get(coachee) if isinstance(coachee, str) else None
        if row is None:
            raise MalformedInstance(f"{name}[{position}]", f"there is no coachee {quoted(coachee)}")
        column = self.columns.get(coach) if isinstance(coach, str) else None
        if column is None:
            raise MalformedInstance(f"{name}[{position}]", f"there is no coach {quoted(coach)}")
        earlier = self.taken.get((row, column))
        if earlier is not None:
            fault = "is given twice" if earlier == name else "is permitted and blocked"
            raise MalformedInstance(f"{name}[{position}]", f"the pair {quoted([coachee, coach])} {fault}")
        self.taken[row, column] = name
        return row, column, rest


def _columns(table: Sequence[tuple[int, int, int]]) -> IntArray:
    return np.array(table, np.int64).reshape(len(table), 3).T
