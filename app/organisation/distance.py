"""How far it is from school to school, as the crow flies: nobody asks a route planner to find who is near."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

Place = tuple[float, float]
"""Latitude and longitude."""

_EARTH_RADIUS_KM = 6371.0088


def kilometres(start: Place | None, end: Place | None) -> float | None:
    """The great-circle distance (haversine); None where one of the two is not known."""
    if start is None or end is None:
        return None
    (latitude, longitude), (other_latitude, other_longitude) = map(_radians, (start, end))
    half_north, half_east = (other_latitude - latitude) / 2, (other_longitude - longitude) / 2
    haversine = sin(half_north) ** 2 + cos(latitude) * cos(other_latitude) * sin(half_east) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(haversine, 1)))


def kilometres_to_nearest(places: Iterable[Place], to: Place | None) -> float | None:
    """The distance to the nearest of these places; None where one of the two sides is not known."""
    return min((far for place in places if (far := kilometres(place, to)) is not None), default=None)


def _radians(place: Place) -> Place:
    return radians(place[0]), radians(place[1])
