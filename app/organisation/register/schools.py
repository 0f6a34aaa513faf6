"""The schools of the register, read once."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONCEPTS = {
    "montessori": "Montessori",
    "dalton": "Dalton",
    "jenaplan": "Jenaplan",
    "vrijeschool": "Vrijeschool",
    "freinet": "Freinet",
    "ogo": "Ontwikkelingsgericht onderwijs",
    "democratisch": "Democratisch onderwijs",
    "internationaal": "Internationaal onderwijs",
}
"""Code and Dutch label of the concepts that a school can have, in the order in which forms show them.

The register tells six of them; the school itself can set any.
"""

_FILE = Path(__file__).with_name("schools.csv.gz")
_KINDS = {
    "bo": frozenset({"bo"}),
    "sbo": frozenset({"sbo"}),
    "so": frozenset({"so"}),
    "vso": frozenset({"vso"}),
    "so/vso": frozenset({"so", "vso"}),
}


@dataclass(frozen=True, slots=True)
class RegisteredSchool:
    """A location of a school as the national register has it."""

    code: str
    """BRIN and location number, such as 03WU00."""
    network_code: str
    """The samenwerkingsverband for primary education, such as PO2601."""
    board_number: str
    kinds: frozenset[str]
    """One of bo, sbo, so, vso; or so and vso."""
    concept: str | None
    """A code of CONCEPTS; None when the register tells none."""
    pupils: int | None
    """In 2025; None for a new school and for fewer than five."""
    latitude: float | None
    longitude: float | None
    name: str
    denomination: str
    street: str
    house_number: str
    postcode: str
    city: str
    municipality: str
    province: str


@cache
def schools() -> tuple[RegisteredSchool, ...]:
    """Every school of the country, by network and code."""
    return tuple(_read())


def _read() -> Iterator[RegisteredSchool]:
    with gzip.open(_FILE, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        for code, network, board, kinds, concept, pupils, latitude, longitude, *texts in rows:
            yield RegisteredSchool(
                code,
                network,
                board,
                _KINDS[kinds],
                concept or None,
                int(pupils) if pupils else None,
                float(latitude) if latitude else None,
                float(longitude) if longitude else None,
                *texts,
            )
