"""Which method fits a session: by how many come, how long it lasts, and what the group did before. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.intervision.methods import SteppedMethod

KNOWN_AFTER = 2
"""After so many sessions people know each other well enough for a method that needs trust."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a method has to fit."""

    people: int
    minutes: int
    used: Sequence[str] = ()
    """Codes of the methods of the group's earlier sessions, the first first."""


def possible(method: SteppedMethod, session: Circumstances) -> bool:
    """Whether a method can be done with so many people in so much time."""
    return method.at_least <= session.people and method.minutes <= session.minutes


def suggested(methods: Collection[SteppedMethod], session: Circumstances) -> SteppedMethod | None:
    """The method to suggest; None when none is possible.

    First what the group did not do yet, then what it did longest ago; of those the one that uses the time best. A first
    session begins with one for beginners, and the early ones with none that needs trust.
    """
    fits = [method for method in methods if possible(method, session)]
    if len(session.used) < KNOWN_AFTER:
        fits = [method for method in fits if not method.needs_trust]
    if not session.used:
        fits = [method for method in fits if method.for_beginners] or fits
    return min(fits, key=lambda method: (_last_used(method, session), -method.minutes), default=None)


def _last_used(method: SteppedMethod, session: Circumstances) -> int:
    """0 for never, higher the more recent."""
    return max(
        (number for number, code in enumerate(session.used, start=1) if code == method.code), default=0
    )
