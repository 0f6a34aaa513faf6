"""Where the municipalities of the country lie, for pictures: some hundred metres off, and small.

`source.toml` tells where the borders come from. They are read once.
"""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CREDIT = "CBS / Kadaster"
"""To be named under each picture."""
STEPS_TO_DEGREE = 1000
"""Coordinates are kept as whole steps: 0.001 degree is 70 to 110 metres."""
FILE = Path(__file__).with_name("municipalities.json.gz")

Place = tuple[float, float]
"""Latitude and longitude."""
Ring = tuple[Place, ...]
"""A line around land; the last point is joined to the first."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality and the lines around its land: its islands, and the holes in them."""

    name: str
    """As the register of schools calls it."""
    rings: tuple[Ring, ...]
    bounds: tuple[float, float, float, float]
    """The lowest latitude and longitude, and the highest."""


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Every municipality of the country, by name."""
    return unpacked(FILE.read_bytes())


def unpacked(content: bytes) -> tuple[Municipality, ...]:
    """The municipalities that `pack` packed."""
    kept: dict[str, list[list[list[int]]]] = json.loads(gzip.decompress(content))
    return tuple(municipality(name, map(_ring, rings)) for name, rings in sorted(kept.items()))


def municipality(name: str, rings: Iterable[Ring]) -> Municipality:
    """A municipality within these lines."""
    lines = tuple(rings)
    latitudes, longitudes = zip(*(place for line in lines for place in line), strict=True)
    bounds = (min(latitudes), min(longitudes), max(latitudes), max(longitudes))
    return Municipality(name, lines, bounds)


def _ring(steps: list[list[int]]) -> Ring:
    """Each point is kept as what it differs from the one before."""
    latitude = longitude = 0
    points: list[Place] = []
    for north, east in steps:
        latitude, longitude = latitude + north, longitude + east
        points.append((latitude / STEPS_TO_DEGREE, longitude / STEPS_TO_DEGREE))
    return tuple(points)
