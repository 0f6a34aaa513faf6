"""How far two places are from each other, as the crow flies."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

Place = tuple[float, float]
"""Latitude and longitude."""

_EARTH_DIAMETER_KM = 2 * 6371.0088


def km_between(one: Place, other: Place) -> float:
    """The great-circle distance."""
    (latitude, longitude), (to_latitude, to_longitude) = (map(radians, place) for place in (one, other))
    half_up, half_along = (to_latitude - latitude) / 2, (to_longitude - longitude) / 2
    haversine = sin(half_up) ** 2 + cos(latitude) * cos(to_latitude) * sin(half_along) ** 2
    return _EARTH_DIAMETER_KM * asin(sqrt(min(haversine, 1)))


def km_to_nearest(places: Iterable[Place], to: Place | None) -> float | None:
    """The distance to the nearest of these places; None where one of the two sides is not known."""
    if to is None:
        return None
    return min((km_between(place, to) for place in places), default=None)
