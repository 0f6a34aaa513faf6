"""Where a postcode lies, told by the schools around it."""

from collections import defaultdict
from functools import cache
from statistics import fmean

from app.organisation.register import schools

Place = tuple[float, float]
"""Latitude and longitude."""


def place_of_postcode(postcode: str) -> Place | None:
    """The middle of the schools with these four figures; where there are none, with the first three."""
    places = _places()
    return places.get(postcode[:4]) or places.get(postcode[:3])


@cache
def _places() -> dict[str, Place]:
    around: defaultdict[str, list[Place]] = defaultdict(list)
    for school in schools():
        if school.latitude is None or school.longitude is None:
            continue
        for figures in (school.postcode[:4], school.postcode[:3]):
            around[figures].append((school.latitude, school.longitude))
    return {figures: _middle(places) for figures, places in around.items()}


def _middle(places: list[Place]) -> Place:
    latitudes, longitudes = zip(*places, strict=True)
    return fmean(latitudes), fmean(longitudes)
