"""Why a coach cannot be somebody's stranger: the hard rules, as bits."""

from enum import IntFlag


class Reason(IntFlag):
    """A rule that forbids a pair; a pair is permitted when it has none of them.

    The name in lower case is what files and pages use.
    """

    SELF = 1
    """Coach and coachee are one person."""
    SAME_SCHOOL = 2
    """They work at the same school."""
    SAME_BOARD = 4
    """They have an employer in common, boards that the coach declared herself included."""
    KIND = 8
    """The coach does not know every kind of education that the school gives."""
    CONCEPT = 16
    """The coach does not know the concept of the school."""
    UNKNOWN = 32
    """What is needed to judge the pair was not filled in, so that it is never taken for a fit."""
    RECENT = 64
    """She was her coach in one of the last rounds."""
    EXCLUDED = 128
    """One of the two does not want to be matched with the other."""
    PERIOD = 256
    """There is no day on which both take part."""
    TRAVEL = 512
    """It is too far for at least one of them, and not both talk online."""
    UNAVAILABLE = 1024
    """The coach takes nobody at present."""


def reason_names(reasons: int) -> tuple[str, ...]:
    """The names of all reasons in a bit set, in lower case and in the order of declaration."""
    return tuple(str(reason.name).lower() for reason in Reason if reasons & reason)
