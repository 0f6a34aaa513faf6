"""How much and how many, and a rule that several tables keep."""

from collections.abc import Iterable
from enum import StrEnum

GROUP_SIZES = (2, 8)
SESSIONS = (4, 10)
SESSION_MINUTES = (60, 180)
SEATS = (2, 16)
"""Of a session: its group with the guests who are welcome."""
OPEN_SEATS = (0, 8)
CASE_DAYS = (1, 90)
"""How long after its session a case can be kept."""
CANCEL_HOURS = (0, 168)


def one_of(column: str, values: Iterable[StrEnum]) -> str:
    """The rule that a column holds a value of an enumeration."""
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


def between(column: str, bounds: tuple[int, int]) -> str:
    """The rule that a number lies within bounds."""
    return f"{column} BETWEEN {bounds[0]} AND {bounds[1]}"
