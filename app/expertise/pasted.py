"""Items that somebody pastes: a line for each, "Domain; Item", or the item alone for a domain that she chose."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_PARTS = re.compile(r"\s*[;\t]\s*")
_SPACES = re.compile(r"\s+")


class LineState(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    KNOWN = "known"
    """There is an item with this name."""
    TWICE = "twice"
    """An earlier line has this name."""
    NOT_IN_USE = "not_in_use"
    """There was an item with this name: it can be brought back."""
    NO_DOMAIN = "no_domain"
    TOO_LONG = "too_long"
    UNCLEAR = "unclear"
    """More parts than a domain and an item, or an empty one."""


WRONG = frozenset({LineState.NO_DOMAIN, LineState.TOO_LONG, LineState.UNCLEAR})
"""With one of these nothing is added; the others are left out, and told."""


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line with what becomes of it; `number` counts the lines that are not empty."""

    number: int
    text: str
    domain: str
    item: str
    state: LineState


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What there is already, by names in lower case, and how long a name may be."""

    items: Mapping[str, bool]
    """Whether it is in use."""
    longest_domain: int
    longest_item: int


def read_lines(text: str, chosen_domain: str | None, known: KnownNames) -> list[PastedLine]:
    """The lines with what becomes of each; empty ones are left out."""
    written: set[str] = set()
    read: list[PastedLine] = []
    lines = (line.strip() for line in text.splitlines())
    for number, line in enumerate((line for line in lines if line), start=1):
        domain, item = _parts(line, chosen_domain)
        state = next(_states(domain, item, known, written))
        written.add(item.casefold())
        read.append(PastedLine(number, line, domain, item, state))
    return read


def _parts(line: str, chosen_domain: str | None) -> tuple[str, str]:
    parts = [_SPACES.sub(" ", part).strip() for part in _PARTS.split(line)]
    if len(parts) == 1:
        return chosen_domain or "", parts[0]
    return (parts[0], parts[1]) if len(parts) == 2 else ("", "")


def _states(domain: str, item: str, known: KnownNames, written: set[str]) -> Iterator[LineState]:
    """All that can be said of a line; the first counts."""
    name = item.casefold()
    if not item:
        yield LineState.UNCLEAR
    if not domain:
        yield LineState.NO_DOMAIN
    if len(domain) > known.longest_domain or len(item) > known.longest_item:
        yield LineState.TOO_LONG
    if name in written:
        yield LineState.TWICE
    if name in known.items:
        yield LineState.KNOWN if known.items[name] else LineState.NOT_IN_USE
    yield LineState.NEW
