"""The picture of a region: dots on the map, none hidden by another, always in the same place."""

from itertools import combinations
from math import hypot
from time import perf_counter

import pytest

from app.expertise.geo import Municipality, municipalities, municipality, unpacked
from app.expertise.geo.pack import packed
from app.expertise.picture import HEIGHTS, SPACING, WIDTH, Spot, draw, picture_of
from app.organisation.register import networks, schools

ISLAND = municipality("Eiland (ZH.)", [((52.0, 5.0), (52.2, 5.0), (52.2, 5.3), (52.0, 5.3))])
SHORE = municipality("Kust", [((52.0, 5.3), (52.2, 5.3), (52.2, 5.6), (52.0, 5.6))])
FAR = municipality("Ver weg", [((50.0, 5.0), (50.2, 5.0), (50.2, 5.3))])
COUNTRY = (ISLAND, SHORE, FAR)


def spots_of(network_code):
    """The schools of a network as the register has them."""
    return tuple(
        Spot(number, (one.latitude, one.longitude), one.municipality)
        for number, one in enumerate(schools())
        if one.network_code == network_code and one.latitude is not None
    )


def closest(picture):
    return min(hypot(a.x - b.x, a.y - b.y) for a, b in combinations(picture.dots, 2))


@pytest.mark.parametrize("network", networks(), ids=lambda network: network.code)
def test_every_school_has_a_dot_within_the_frame_that_can_be_seen_and_hit(network):
    spots = spots_of(network.code)
    picture = draw(spots, municipalities())
    assert [dot.id for dot in picture.dots] == [spot.id for spot in spots]
    assert HEIGHTS[0] <= picture.height <= HEIGHTS[1]
    for dot in picture.dots:
        assert picture.radius <= dot.x <= WIDTH - picture.radius
        assert picture.radius <= dot.y <= picture.height - picture.radius
    assert closest(picture) > SPACING * picture.radius - 0.5
    assert {area.name for area in picture.areas if area.is_own} == {spot.municipality for spot in spots} & {
        area.name for area in picture.areas
    }


def test_the_largest_picture_is_drawn_once_and_then_kept():
    largest = max((spots_of(network.code) for network in networks()), key=len)
    picture_of(largest)
    began = perf_counter()
    again = picture_of(tuple(Spot(spot.id, spot.place, spot.municipality) for spot in largest))
    assert perf_counter() - began < 0.01
    assert again == draw(largest, municipalities())


def test_schools_in_one_building_stand_beside_each_other():
    picture = draw([Spot(number, (52.1, 5.1)) for number in range(9)], COUNTRY)
    assert closest(picture) > picture.radius


def test_north_is_up_and_east_is_right():
    south_west, north_east = draw([Spot(1, (52.05, 5.05)), Spot(2, (52.15, 5.5))], COUNTRY).dots
    assert south_west.x < north_east.x
    assert south_west.y > north_east.y


def test_a_municipality_is_own_by_the_register_and_otherwise_by_its_borders():
    def own(*spots):
        return {area.name for area in draw(spots, COUNTRY).areas if area.is_own}

    assert own(Spot(1, (52.1, 5.29), "Kust")) == {"Kust"}
    assert own(Spot(1, (52.1, 5.29))) == {"Eiland (ZH.)"}
    assert own(Spot(1, (52.1, 5.29), "Onbekend")) == {"Eiland (ZH.)"}
    assert own(Spot(1, (51.0, 4.0))) == set()


def test_names_lose_what_tells_two_apart_and_hide_no_dot():
    picture = draw([Spot(1, (52.1, 5.1)), Spot(2, (52.1, 5.5))], COUNTRY)
    assert {name.text for name in picture.names} == {"Eiland", "Kust"}
    for name in picture.names:
        for dot in picture.dots:
            assert abs(name.y - dot.y) > picture.radius or abs(name.x - dot.x) > picture.radius


def test_what_is_far_away_is_not_drawn():
    assert {area.name for area in draw([Spot(1, (52.1, 5.3))], COUNTRY).areas} == {"Eiland (ZH.)", "Kust"}


def test_borders_are_packed_and_read_back():
    ring = [[5.0, 52.0], [5.0, 52.2], [5.3, 52.2], [5.3001, 52.2001], [5.3, 52.0], [5.0, 52.0]]
    grain = [[5.0, 52.0], [5.0001, 52.0], [5.0, 52.0]]
    feature = {
        "properties": {"gemeenteNaam": "Eiland (gemeente)"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [grain]]},
    }
    content = packed({"features": [feature]})
    assert content == packed({"features": [feature]})
    (island,) = unpacked(content)
    assert island == Municipality("Eiland", ISLAND.rings, ISLAND.bounds)


def test_every_municipality_of_the_register_has_borders():
    assert {school.municipality for school in schools()} <= {one.name for one in municipalities()}
