"""The expertise map on the outline of the region: a dot for each school, and beside it the same as a table."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.expertise.geo import CREDIT
from app.expertise.labels import kilometres_in_words
from app.expertise.picture import WIDTH, Picture, Spot, picture_of
from app.expertise.policy import SEE_MAP
from app.expertise.queries import Taxonomy, taxonomy
from app.expertise.queries.counts import counts_together
from app.expertise.queries.map_schools import MapSchool, map_schools
from app.expertise.schemas.region import DOMAIN, ITEM, NEARBY, RegionSchema
from app.expertise.views.blueprint import blueprint
from app.expertise.views.map_page import tabs
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

    @property
    def address(self) -> dict[str, Any]:
        """How the address of a page says that it is about this."""
        kind, _between, digits = self.code.partition("-")
        return {kind: digits}


class ShownSchool(NamedTuple):
    """A school in the picture and in the table."""

    school: MapSchool
    people: int
    """How many people there can help, as far as the actor may know."""
    distance: str | None
    """In words; None where it is not known."""
    names_url: str
    """Who is meant."""

    @property
    def level(self) -> int:
        """How strong it is shown."""
        return min(self.people, HIGHEST_LEVEL)


@blueprint.get("/expertisekaart/regio")
@requires(SEE_MAP)
def show_region() -> ResponseReturnValue:
    """Where in the region somebody can help with an item or a domain."""
    actor, wanted, offered = acting(), read_query(RegionSchema()), taxonomy()
    topic = _topic(offered, wanted["keuze"])
    everywhere = _shown(actor, topic)
    areas = _areas(everywhere)
    area = wanted["gebied"] if wanted["gebied"] in dict(areas) else None
    schools = _within(area, everywhere)
    has_distances = any(one.school.kilometres is not None for one in everywhere)
    order = wanted["volgorde"] if wanted["volgorde"] != "afstand" or has_distances else None
    order = order or ("afstand" if has_distances else "aantal")
    schools = sorted(schools, key=_ORDERS[order])
    picture = _picture(schools)
    return render_template(
        "expertise/region.html",
        tabs=tabs(),
        topic=topic,
        topics=_topics(offered),
        schools=schools,
        helping=sum(one.level > 0 for one in schools),
        unplaced=[one.school for one in schools if one.school.place is None],
        own=[one for one in everywhere if one.school.is_own],
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


def _shown(actor: Actor, topic: Topic | None) -> list[ShownSchool]:
    counts = counts_together(actor, topic.item_ids if topic else ())
    about = topic.address if topic else {}
    return [
        ShownSchool(
            one,
            counts.at(one.id, 0),
            None if one.kilometres is None else kilometres_in_words(one.kilometres),
            url_for("expertise.show_school_names", school_id=one.id, **about),
        )
        for one in map_schools(actor)
    ]


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
    is_large = sum(one.school.kilometres is not None for one in schools) > NEAREST
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
    return (one.school.kilometres is None, one.school.kilometres, not one.school.is_own)


_ORDERS = {
    "afstand": _by_distance,
    "aantal": lambda one: (-one.people, *_by_distance(one)),
    "naam": lambda one: one.school.name.casefold(),
}


def _picture(schools: Sequence[ShownSchool]) -> Picture | None:
    """Drawn in the order of the schools' ids: the picture does not depend on what the dots tell."""
    spots = sorted(
        (one.school.id, one.school.place, one.school.municipality)
        for one in schools
        if one.school.place is not None
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
            "radius": round(picture.radius * (1.0 if one.school.is_own else SIZES[one.level]), 1),
        }
        for one in schools
        if one.school.id in at
    ]
