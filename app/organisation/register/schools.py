"""The schools of the register, read once."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
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
_COLUMNS = (
    *("code", "network", "board", "kinds", "concept", "pupils", "latitude", "longitude"),
    *("name", "denomination", "street", "house_number", "postcode", "city", "municipality", "province"),
)
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
    return unpacked(_FILE.read_bytes())


def packed(members: Iterable[RegisteredSchool]) -> bytes:
    """Schools as a compressed table, in the order of `schools`; the same schools are the same bytes."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for school in sorted(members, key=lambda school: (school.network_code, school.code)):
        kinds = next(text for text, kinds in _KINDS.items() if kinds == school.kinds)
        values = [getattr(school, field.name) for field in fields(school)]
        rows.writerow(kinds if value is school.kinds else value for value in values)
    return gzip.compress(text.getvalue().encode(), mtime=0)


def unpacked(content: bytes) -> tuple[RegisteredSchool, ...]:
    """The schools that were packed."""
    return tuple(_read(content))


def _read(content: bytes) -> Iterator[RegisteredSchool]:
    rows = csv.reader(io.StringIO(gzip.decompress(content).decode(), newline=""))
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
