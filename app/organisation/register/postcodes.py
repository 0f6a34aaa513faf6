"""To which network a postcode belongs, and where it lies."""

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("postcodes.csv.gz")


@dataclass(frozen=True, slots=True)
class PostcodeArea:
    """The area of the four figures of a postcode."""

    network_code: str
    middle: tuple[float, float] | None
    """Latitude and longitude; None where they are not known."""


@cache
def postcode_areas() -> Mapping[str, PostcodeArea]:
    """Every area by its four figures, as the law had them in 2015: newer ones are not there."""
    with gzip.open(_FILE, "rt", encoding="utf-8", newline="") as lines:
        return {row["postcode"]: _area(row) for row in csv.DictReader(lines)}


def _area(row: dict[str, str]) -> PostcodeArea:
    latitude, longitude = row["latitude"], row["longitude"]
    return PostcodeArea(row["network"], (float(latitude), float(longitude)) if latitude else None)
