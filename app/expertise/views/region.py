"""The expertise map on the outline of the region: a dot for each school, and beside it the same as a table."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.expertise.geo import CREDIT, Place, kilometres
from app.expertise.picture import WIDTH, Picture, Spot, picture_of
from app.expertise.policy import SEE_MAP
from app.expertise.queries import SchoolStrength, Taxonomy, strength_of_schools, taxonomy
from app.expertise.schemas.region import DOMAIN, ITEM, NEARBY, RegionSchema
from app.expertise.views.blueprint import blueprint
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.web.forms import read_query
from app.web.guard import acting, requires

HIGHEST_LEVEL = 4
"""From this many people on a school is shown at its strongest."""
NEAREST = 20
"""How many schools are shown around one's own."""
SIZES = (0.55, 0.85, 0.9, 0.95, 1.0)
"""How large a dot of each level is, so that colour does not tell alone."""
FINE_BELOW = 8.5
"""Dots smaller than this carry no number on a phone."""


class Topic(NamedTuple):
    """What the dots tell: an item, or a whole domain."""

    code: str
    name: str
    item_ids: frozenset[int]


class ShownSchool(NamedTuple):
    """A school in the picture and in the table."""

    school: SchoolStrength
    is_own: bool
    level: int
    kilometres: float | None
    """From the nearest own school; None where that is not known."""
    names_url: str

    @property
    def place(self) -> Place | None:
        """Latitude and longitude."""
        latitude, longitude = self.school.latitude, self.school.longitude
        return None if latitude is None or longitude is None else (latitude, longitude)


@blueprint.get("/expertisekaart/regio")
@requires(SEE_MAP)
def show_region() -> ResponseReturnValue:
    """Where in the region somebody can help with an item or a domain."""
    actor, wanted, offered = acting(), read_query(RegionSchema()), taxonomy()
    topic = _topic(offered, wanted["keuze"])
    everywhere = _shown(actor, strength_of_schools(actor, topic.item_ids if topic else ()))
    areas = _areas(everywhere)
    area = wanted["gebied"] if wanted["gebied"] in dict(areas) else None
    schools = _within(area, everywhere)
    has_distances = any(one.kilometres is not None for one in everywhere)
    order = wanted["volgorde"] if wanted["volgorde"] != "afstand" or has_distances else None
    order = order or ("afstand" if has_distances else "aantal")
    schools = sorted(schools, key=_ORDERS[order])
    picture = _picture(schools)
    return render_template(
        "expertise/region.html",
        topic=topic,
        topics=_topics(offered),
        schools=schools,
        helping=sum(one.level > 0 for one in schools),
        unplaced=[one.school for one in schools if one.place is None],
        own=[one for one in everywhere if one.is_own],
        areas=areas,
        area=area,
        has_distances=has_distances,
        order=order,
        columns=_columns(topic, area, order, has_distances=has_distances) if topic else [],
        picture=picture,
        dots=_dots(picture, schools) if picture else [],
        is_fine=picture is not None and picture.radius < FINE_BELOW,
        width=WIDTH,
        credit=CREDIT,
    )


def _topic(offered: Taxonomy, code: str | None) -> Topic | None:
    """What was chosen, or the first domain; None when the network has none. Raises NotFound."""
    if code is None:
        if not offered.domains:
            return None
        code = f"{DOMAIN}-{offered.domains[0].id}"
    kind, _between, digits = code.partition("-")
    if kind == ITEM:
        item = offered.current(int(digits))
        return Topic(f"{ITEM}-{item.id}", item.name, frozenset({item.id}))
    for domain in offered.domains:
        if domain.id == int(digits):
            return Topic(code, domain.name, frozenset(item.id for item in domain.items))
    raise NotFound


def _shown(actor: Actor, strengths: Sequence[SchoolStrength]) -> list[ShownSchool]:
    own_places = [
        (one.latitude, one.longitude)
        for one in strengths
        if one.id in actor.schools and one.latitude is not None and one.longitude is not None
    ]
    return [
        ShownSchool(
            school=one,
            is_own=one.id in actor.schools,
            level=min(one.count, HIGHEST_LEVEL),
            kilometres=_distance(own_places, one),
            names_url=f"#school-{one.id}",
        )
        for one in strengths
    ]


def _distance(own_places: Sequence[Place], school: SchoolStrength) -> float | None:
    if not own_places or school.latitude is None or school.longitude is None:
        return None
    there = (school.latitude, school.longitude)
    return min(kilometres(here, there) for here in own_places)


def _topics(offered: Taxonomy) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be chosen: by domain all of it, and each of its items."""
    return [
        (
            domain.name,
            [
                (f"{DOMAIN}-{domain.id}", _("%(domain)s: all topics", domain=domain.name)),
                *((f"{ITEM}-{item.id}", item.name) for item in domain.items),
            ],
        )
        for domain in offered.domains
    ]


def _areas(schools: Sequence[ShownSchool]) -> list[tuple[str, str]]:
    """What can be looked at more closely: around one's own school, and each municipality of several."""
    found = sorted({one.school.municipality for one in schools if one.school.municipality})
    is_large = sum(one.kilometres is not None for one in schools) > NEAREST
    return ([(NEARBY, _("Around my school"))] if is_large else []) + (
        [(name, name) for name in found] if len(found) > 1 else []
    )


def _columns(topic: Topic, area: str | None, order: str, *, has_distances: bool) -> list[dict[str, Any]]:
    """The heads of the table, each with the way to its order."""
    labels = {"naam": _("School"), "aantal": _("Can help"), "afstand": _("Distance")}
    return [
        {
            "label": label,
            "number": code == "afstand",
            "sort_url": url_for("expertise.show_region", keuze=topic.code, gebied=area, volgorde=code),
            "sorted": ("descending" if code == "aantal" else "ascending") if code == order else None,
        }
        for code, label in labels.items()
        if code != "afstand" or has_distances
    ]


def _within(area: str | None, schools: Sequence[ShownSchool]) -> Sequence[ShownSchool]:
    if area is None:
        return schools
    if area == NEARBY:
        return sorted(schools, key=_by_distance)[:NEAREST]
    return [one for one in schools if one.school.municipality == area]


def _by_distance(one: ShownSchool) -> Any:
    return (one.kilometres is None, one.kilometres, not one.is_own)


_ORDERS = {
    "afstand": _by_distance,
    "aantal": lambda one: (-one.school.count, *_by_distance(one)),
    "naam": lambda _one: 0,  # as the query gives them
}


def _picture(schools: Sequence[ShownSchool]) -> Picture | None:
    """Drawn in the order of the schools' ids: the picture does not depend on what the dots tell."""
    spots = sorted(
        (one.school.id, one.place, one.school.municipality) for one in schools if one.place is not None
    )
    return picture_of(tuple(Spot(*spot) for spot in spots)) if spots else None


def _dots(picture: Picture, schools: Sequence[ShownSchool]) -> list[dict[str, Any]]:
    """The dots in the order of the table, so that the keyboard goes through both alike."""
    at = {dot.id: dot for dot in picture.dots}
    return [
        {
            "shown": one,
            "x": at[one.school.id].x,
            "y": at[one.school.id].y,
            "radius": round(picture.radius * (1.0 if one.is_own else SIZES[one.level]), 1),
        }
        for one in schools
        if one.school.id in at
    ]
