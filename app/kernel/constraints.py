"""Rules that many tables keep, as the SQL of a CHECK."""

from collections.abc import Iterable
from enum import StrEnum


def one_of(column: str, values: Iterable[StrEnum]) -> str:
    """The rule that a column holds a value of an enumeration."""
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


def between(column: str, bounds: tuple[int, int]) -> str:
    """The rule that a number lies within bounds."""
    return f"{column} BETWEEN {bounds[0]} AND {bounds[1]}"
