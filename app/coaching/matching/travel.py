"""How long it takes to get there, as an honest estimate: nobody asks a route planner for every pair."""

from collections.abc import Sequence

import numpy as np

from app.coaching.matching.facts import Location
from app.coaching.matching.instance import IntArray

UNKNOWN_MINUTES = -1

_EARTH_RADIUS_KM = 6371.0088
_DETOUR = 1.3
_KM_PER_HOUR = 50
_DOOR_TO_DOOR_MINUTES = 5


def travel_minutes(starts: Sequence[Location | None], ends: Sequence[Location | None]) -> IntArray:
    """Whole minutes from each start to each end, or `UNKNOWN_MINUTES` where one of the two is not known.

    The great-circle distance (haversine) times 1.3 at 50 km/h, plus 5 minutes, rounded up.
    """
    start, end = np.radians(_degrees(starts))[:, None], np.radians(_degrees(ends))[None]
    half = (end - start) / 2
    haversine = (
        np.sin(half[..., 0]) ** 2 + np.cos(start[..., 0]) * np.cos(end[..., 0]) * np.sin(half[..., 1]) ** 2
    )
    km = 2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(haversine, 1)))
    minutes = np.ceil(km * _DETOUR * 60 / _KM_PER_HOUR + _DOOR_TO_DOOR_MINUTES)
    return np.where(np.isnan(minutes), UNKNOWN_MINUTES, minutes).astype(np.int64)


def _degrees(locations: Sequence[Location | None]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    known = [(np.nan, np.nan) if location is None else location for location in locations]
    return np.array(known, np.float64).reshape(len(known), 2)
