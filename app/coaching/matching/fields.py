"""Reading what stands in a parsed JSON document, to the letter; every fault names its place."""

import json
from collections.abc import Collection, Sequence
from typing import cast


class MalformedInstance(ValueError):
    """The data cannot be worked with as it is; `place` names where, `message` says why.

    As text it is one line: `pairs[3]: there is no coachee "a9"`.
    """

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


def quoted(value: object) -> str:
    """A value as it would stand in a JSON file, on one line."""
    return json.dumps(value, ensure_ascii=False, default=repr)


def read_object(
    place: str, value: object, known: Collection[str], required: Collection[str]
) -> dict[str, object]:
    """An object with all the required fields, and none that nobody knows."""
    if not isinstance(value, dict):
        raise MalformedInstance(place, "must be an object")
    fields = cast(dict[str, object], value)
    for name in fields:
        if name not in known:
            raise MalformedInstance(place, f"there is no field {quoted(name)} here")
    for name in required:
        if name not in fields:
            raise MalformedInstance(place, f"the field {quoted(name)} is missing")
    return fields


def read_list(place: str, value: object) -> Sequence[object]:
    """A list of anything."""
    if not isinstance(value, list):
        raise MalformedInstance(place, "must be a list")
    return cast(list[object], value)


def read_integer(place: str, value: object, lowest: int, highest: int) -> int:
    """An integer between bounds; a boolean or a number with a fraction point is not one."""
    if type(value) is not int or not lowest <= value <= highest:
        raise MalformedInstance(place, f"must be an integer from {lowest} to {highest}, not {quoted(value)}")
    return value


def read_text(place: str, value: object) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value:
        raise MalformedInstance(place, f"must be a text that is not empty, not {quoted(value)}")
    return value


def read_format(value: object, expected: str) -> None:
    """The name of the format that the document says it has."""
    if value != expected:
        raise MalformedInstance("format", f"must be {quoted(expected)}, not {quoted(value)}")
