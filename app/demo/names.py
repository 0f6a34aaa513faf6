"""The invented people of the demo: names as one meets them in a Dutch school, put together by chance.

Nobody here exists. `NAMES.md` tells where the names come from and under which licence.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from random import Random

DOMAIN = "voorbeeld.example"
"""A reserved domain (RFC 2606): no mail to it can ever arrive."""
OPERATOR_ADDRESS = f"beheer@{DOMAIN}"
"""Of who runs the platform of the demo."""
WOMEN = 0.85
ORIGINS = {"dutch": 0.87, "frisian": 0.04, "turkish": 0.03, "moroccan": 0.04, "surinamese": 0.02}
DOUBLE_NAMES = 0.07
"""Share of people who bear two family names, such as Mulder-van Dijk."""

_FILE = Path(__file__).with_name("names.csv")
_TRIES = 20
_NOT_DECOMPOSED = str.maketrans({"\N{LATIN SMALL LETTER DOTLESS I}": "i"})


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Somebody who does not exist."""

    first_name: str
    infix: str | None
    last_name: str
    email: str

    @property
    def name(self) -> str:
        """The name as it is spoken."""
        return " ".join(part for part in (self.first_name, self.infix, self.last_name) if part)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Names with the running sum of their weights; an infix belongs to a family name only."""

    names: tuple[tuple[str, str], ...]
    cumulative: tuple[int, ...]

    def draw(self, rng: Random) -> tuple[str, str]:
        return rng.choices(self.names, cum_weights=self.cumulative)[0]


def invented_people(seed: int | str, count: int, *, domain: str = DOMAIN) -> tuple[InventedPerson, ...]:
    """So many different people, each with an address of her own; a larger count only adds to them.

    Give each network a domain below `DOMAIN`, such as `po2601.voorbeeld.example`, and no two networks share an
    address.
    """
    rng = Random(f"people {seed}")  # noqa: S311 - nothing of this is secret
    return tuple(islice(_people(rng, domain), count))


def _people(rng: Random, domain: str) -> Iterator[InventedPerson]:
    taken: set[tuple[str, str, str]] = set()
    addresses: Counter[str] = Counter()
    while True:
        first, infix, last = full_name = _new_name(rng, taken)
        taken.add(full_name)
        local = f"{_folded(first)}.{_folded(infix + last)}"
        addresses[local] += 1
        suffix = str(addresses[local]) if addresses[local] > 1 else ""
        yield InventedPerson(first, infix or None, last, f"{local}{suffix}@{domain}")


def _new_name(rng: Random, taken: set[tuple[str, str, str]]) -> tuple[str, str, str]:
    origin = rng.choices(tuple(ORIGINS), tuple(ORIGINS.values()))[0]
    part = "woman" if rng.random() < WOMEN else "man"
    is_double = rng.random() < DOUBLE_NAMES
    for attempt in range(_TRIES * _TRIES):
        first = _pools()[origin, part].draw(rng)[1]
        infix, last = _pools()[origin, "family"].draw(rng)
        if is_double or attempt >= _TRIES:
            last = f"{last}-{' '.join(filter(None, _pools()['dutch', 'family'].draw(rng)))}"
        if (first, infix, last) not in taken:
            return first, infix, last
    raise ValueError("There are not enough names for so many people.")


def _folded(name: str) -> str:
    """The name in the letters that every mail program takes."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_NOT_DECOMPOSED))
    return re.sub(r"[^a-z-]", "", plain)


@cache
def _pools() -> dict[tuple[str, str], _Pool]:
    rows: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[row["origin"], row["part"]].append(row)
    return {key: _pool(members) for key, members in rows.items()}


def _pool(rows: list[dict[str, str]]) -> _Pool:
    return _Pool(
        tuple((row["infix"], row["name"]) for row in rows),
        tuple(accumulate(int(row["weight"]) for row in rows)),
    )
