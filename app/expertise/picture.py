"""The region of a network as a picture: the outline of its municipalities, a dot for each school, and names that fit.

A pure core: it knows places and gives lengths, in units of which the picture is `WIDTH` wide. The same places always
give the same picture, whatever the dots tell, so that nothing moves when somebody chooses another item.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from app.expertise.geo import Municipality, Place, municipalities

WIDTH = 480
HEIGHTS = (300, 540)
"""How high a picture can be, from a wide region to a long one."""
RADII = (5.5, 10.0)
"""How large a dot can be: the more schools in as much room, the smaller."""
SPACING = 1.9
"""How far two dots stand from each other, in radii: the largest just overlap, and most are smaller."""
LETTERS = (8.5, 12.0)
"""The size of the letters of names, with the smallest and with the largest dots."""

_SMALLEST_DEGREES = 0.06
"""A few schools in one village are not shown as if they were a country."""
_MARGIN = 1.09
_FILLED = 0.22
_BLOCK = 60
_ROUNDS = 60
_FORCE = 1.3
_CLOSE_ENOUGH = 0.3
_GOLDEN_ANGLE = 2.399963
_GRID = 9
_LETTER_WIDTH = 0.54

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spot:
    """A school on the map; `municipality` is what the register says, if anything."""

    id: int
    place: Place
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality as the path of its outline; one that is not of the network is there for context."""

    name: str
    path: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a municipality around a point."""

    text: str
    x: float
    y: float
    is_own: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """Where the dot of a school stands: at its place, or as near to it as the others let it."""

    id: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn; `radius` is that of the largest dot, `letters` the size of names."""

    height: int
    radius: float
    letters: float
    areas: tuple[Area, ...]
    names: tuple[Name, ...]
    dots: tuple[Dot, ...]


@lru_cache(maxsize=128)
def picture_of(spots: tuple[Spot, ...]) -> Picture:
    """The picture of these schools on the borders of the country; kept, since schools rarely move."""
    return draw(spots, municipalities())


def draw(spots: Sequence[Spot], country: Iterable[Municipality]) -> Picture:
    """The picture of at least one school."""
    frame = _frame_of([spot.place for spot in spots])
    near = [(one, frame.lines_of(one)) for one in country if frame.shows(one)]
    points = frame.points([spot.place for spot in spots])
    own = _own_municipalities(spots, points, near)
    radius = _radius(points)
    letters = float(np.interp(radius, RADII, LETTERS))
    points = _apart(points, radius, frame.height)
    taken = np.column_stack((points - radius, points + radius))
    return Picture(
        height=frame.height,
        radius=round(radius, 1),
        letters=round(letters, 1),
        areas=tuple(Area(one.name, _path(lines), one.name in own) for one, lines in near),
        names=tuple(_names(near, own, taken, letters, frame.height)),
        dots=tuple(
            Dot(spot.id, round(x, 1), round(y, 1))
            for spot, (x, y) in zip(spots, points.tolist(), strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What part of the country is shown: an equirectangular projection, true at the latitude in the middle."""

    north: float
    west: float
    scale: float
    """Units to a degree of latitude."""
    narrowing: float
    """How much shorter a degree of longitude is."""
    height: int

    def points(self, places: Sequence[Place]) -> Points:
        latitudes, longitudes = np.array(places, np.float64).T
        return np.column_stack(
            ((longitudes - self.west) * self.narrowing * self.scale, (self.north - latitudes) * self.scale)
        )

    def lines_of(self, municipality: Municipality) -> list[Points]:
        return [self.points(ring) for ring in municipality.rings]

    def shows(self, municipality: Municipality) -> bool:
        """Whether some of it can be in the picture."""
        south, west, north, east = municipality.bounds
        to_south = self.north - self.height / self.scale
        to_east = self.west + WIDTH / self.scale / self.narrowing
        return south < self.north and north > to_south and west < to_east and east > self.west


def _frame_of(places: Sequence[Place]) -> _Frame:
    """The frame around places, with a margin, neither too wide nor too long."""
    latitudes, longitudes = np.array(places, np.float64).T
    south, north = float(latitudes.min()), float(latitudes.max())
    west, east = float(longitudes.min()), float(longitudes.max())
    narrowing = cos(radians((south + north) / 2))
    tall = max((north - south) * _MARGIN, _SMALLEST_DEGREES)
    wide = max((east - west) * narrowing * _MARGIN, _SMALLEST_DEGREES)
    lowest, highest = HEIGHTS
    wide = max(wide, tall * WIDTH / highest)
    tall = max(tall, wide * lowest / WIDTH)
    return _Frame(
        north=(south + north + tall) / 2,
        west=(west + east - wide / narrowing) / 2,
        scale=WIDTH / wide,
        narrowing=narrowing,
        height=round(WIDTH * tall / wide),
    )


def _own_municipalities(
    spots: Sequence[Spot], points: Points, near: Sequence[tuple[Municipality, list[Points]]]
) -> set[str]:
    """Where the schools lie: as the register says, otherwise by the borders."""
    known = {one.name for one, _lines in near}
    own = known & {spot.municipality for spot in spots}
    for spot, point in zip(spots, points, strict=True):
        if spot.municipality not in known:
            own |= {one.name for one, lines in near if _inside(point[None], lines)[0]}
    return own


def _inside(points: Points, lines: Sequence[Points]) -> NDArray[np.bool_]:
    """Which points lie on the land within these lines."""
    odd = np.zeros(len(points), bool)
    x, y = points.T
    for line in lines:
        x1, y1 = line.T
        x2, y2 = np.roll(line, -1, 0).T
        crosses = (y1 > y[:, None]) != (y2 > y[:, None])
        rise = np.where(y1 == y2, 1.0, y2 - y1)
        crosses &= x[:, None] < (x2 - x1) * (y[:, None] - y1) / rise + x1
        odd ^= crosses.sum(1) % 2 == 1
    return odd


def _radius(points: Points) -> float:
    """So large that the dots fill a part of the blocks in which schools lie."""
    blocks = {(int(x // _BLOCK), int(y // _BLOCK)) for x, y in points}
    smallest, largest = RADII
    return min(largest, max(smallest, sqrt(_FILLED * len(blocks) * _BLOCK**2 / (np.pi * len(points)))))


def _apart(points: Points, radius: float, height: int) -> Points:
    """Push dots that are too near apart, each as far as the other, until none is or it has been tried often enough."""
    apart = SPACING * radius
    margin = radius + 2
    numbers = np.arange(len(points))
    # Two schools in one building have no direction to go: each gets its own, far less than a dot wide.
    nudge = np.column_stack((np.cos(numbers * _GOLDEN_ANGLE), np.sin(numbers * _GOLDEN_ANGLE))) * 0.01
    moved = points + nudge
    for _round in range(_ROUNDS):
        pairs = KDTree(moved).query_pairs(apart, output_type="ndarray")
        one, other = pairs.T
        between = moved[one] - moved[other]
        distance = np.maximum(np.hypot(*between.T), 1e-6)
        lacking = apart - distance
        if lacking.max(initial=0) < _CLOSE_ENOUGH:
            break
        push = between * (lacking / distance / 2 * _FORCE)[:, None]
        for axis in (0, 1):
            there, back = (np.bincount(end, push[:, axis], len(moved)) for end in (one, other))
            moved[:, axis] += there - back
        np.clip(moved, margin, (WIDTH - margin, height - margin), out=moved)
    return moved


def _path(lines: Sequence[Points]) -> str:
    """The outline as SVG writes it."""
    return "".join(
        "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in line.tolist()) + "Z" for line in lines
    ).replace(".0", "")


def _names(
    near: Sequence[tuple[Municipality, list[Points]]],
    own: Collection[str],
    taken: Points,
    letters: float,
    height: int,
) -> Iterable[Name]:
    """The names for which there is room beside the dots and each other, those of the network first."""
    in_order = sorted(near, key=lambda each: (each[0].name not in own, -_size(each[1]), each[0].name))
    for one, lines in in_order:
        text = one.name.split(" (")[0]
        half = np.array((len(text) * _LETTER_WIDTH, 1.0)) * letters / 2
        spot = _room_for(half, lines, taken, height)
        if spot is not None:
            taken = np.vstack((taken, np.concatenate((spot - half, spot + half))))
            yield Name(text, round(float(spot[0]), 1), round(float(spot[1]), 1), one.name in own)


def _room_for(half: Points, lines: Sequence[Points], taken: Points, height: int) -> Points | None:
    """A free place for a box on the land, as near to its middle as can be."""
    largest = max(lines, key=len)
    low = np.maximum(largest.min(0), half + 2)
    high = np.minimum(largest.max(0), (WIDTH, height) - half - 2)
    if (low > high).any():
        return None
    across, down = (np.arange(start, end + 1, _GRID) for start, end in zip(low, high, strict=True))
    spots = np.stack(np.meshgrid(across, down), -1).reshape(-1, 2)
    sideways = np.array((half[0] * 0.6, 0.0))
    on_land = _inside(spots, lines) & _inside(spots - sideways, lines) & _inside(spots + sideways, lines)
    spots = spots[on_land]
    apart = ((spots[:, None] + half < taken[:, :2]) | (spots[:, None] - half > taken[:, 2:])).any(-1).all(-1)
    spots = spots[apart]
    if not len(spots):
        return None
    middle = (largest.min(0) + largest.max(0)) / 2
    return spots[np.argmin(((spots - middle) ** 2).sum(-1))]


def _size(lines: Sequence[Points]) -> float:
    """The room that the largest part takes."""
    return max(float(np.prod(line.max(0) - line.min(0))) for line in lines)
