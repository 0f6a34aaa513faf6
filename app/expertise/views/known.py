"""Who is meant by a number on the map."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.agenda.halfdays import halfdays
from app.expertise.labels import COURSE_STATES, KINDS, LEVELS, WAYS
from app.expertise.models import HELPS_OTHERS, CourseState, ExpertiseRecord, RecordKind, Way
from app.expertise.policy import SEE_MAP
from app.expertise.queries import Taxonomy, stale_since, taxonomy
from app.expertise.queries.counts import counts_together, item_totals
from app.expertise.queries.known import Known, helpers, on_the_way
from app.expertise.queries.map_schools import MapSchool, map_schools
from app.expertise.schemas import MapSchema, NamesSchema
from app.expertise.views.blueprint import blueprint
from app.expertise.views.heat_rows import where
from app.expertise.views.map_page import domain_asked, ids_of, item_asked, items_of
from app.kernel.errors import NotFound
from app.organisation.labels import listed
from app.web.forms import read_query
from app.web.guard import acting, requires
from app.web.language import day_as
from app.web.paging import page_of

ON_PAGE = 50


@blueprint.get("/expertisekaart/scholen/<int:school_id>")
@requires(SEE_MAP)
def show_school_names(school_id: int) -> ResponseReturnValue:
    """Who at a school can help, with an item, with a domain, or with anything; and how the network stands beside it."""
    asked, actor, known = read_query(NamesSchema()), acting(), taxonomy()
    schools = map_schools(actor)
    school = next((one for one in schools if one.id == school_id), None)
    if school is None:
        raise NotFound
    item, domain = item_asked(known, asked["onderwerp"]), domain_asked(known, asked["domein"])
    items = (item,) if item else domain.items if domain else items_of(known)
    subject = item or domain
    counts = counts_together(actor, ids_of(items), asked["since"]) if subject else None
    people, lines = helpers(actor, ids_of(items), [school_id], asked["since"]), _Lines(known, schools)
    return render_template(
        "expertise/school_names.html",
        school=school,
        where=where(school),
        subject=subject.name if subject else None,
        domain=domain or (known.domain_of(item.id) if item else None),
        item=item,
        since=asked["since"],
        people=lines.of(people),
        others=lines.of(on_the_way(actor, ids_of(items), school_id)),
        here=len({one.person.id for one in people}),
        in_network=counts.total(0) if counts else None,
        schools_with=len(counts.cells) if counts else 0,
        schools_all=len(schools),
    )


@blueprint.get("/expertisekaart/onderwerpen/<int:item_id>")
@requires(SEE_MAP)
def show_item_names(item_id: int) -> ResponseReturnValue:
    """Who in the network can help with an item, the nearest first; and how many share it with their own school alone."""
    asked, actor, known = read_query(MapSchema()), acting(), taxonomy()
    known.item(item_id)
    item = item_asked(known, item_id)
    if item is None:
        raise NotFound
    schools = map_schools(actor, asked["narrowed"].words)
    chosen = [school.id for school in schools if asked["narrowed"].fits(school)]
    found = helpers(actor, [item.id], chosen if asked["narrowed"] else None, asked["since"])
    order = {school.id: place for place, school in enumerate(schools)}
    found.sort(key=lambda one: min(order.get(school, len(order)) for school in one.schools))
    page = page_of(found, asked["after"], ON_PAGE)
    return render_template(
        "expertise/item_names.html",
        item=item,
        domain=known.domain_of(item.id),
        since=asked["since"],
        is_narrowed=bool(asked["narrowed"]),
        page=page,
        people=_Lines(known, schools).of(page.items),
        count=len(found),
        total=item_totals(actor, [item.id]).get(item.id),
        map_url=url_for("expertise.show_map", domein=item.domain_id),
    )


class _Lines:
    """Makes a line of a table of each record: there can be hundreds, so that what they share is put into words once."""

    def __init__(self, known: Taxonomy, schools: Sequence[MapSchool]) -> None:
        self._taxonomy = known
        self._schools = {school.id: school for school in schools}
        self._stale_since = stale_since()
        self._levels = {level: str(words) for level, words in LEVELS.items()}
        self._kinds = {kind: str(words).lower() for kind, words in KINDS.items()}
        self._places_once = cache(self._places)
        self._url_once = cache(self._url)

    def of(self, found: Sequence[Known]) -> list[dict[str, Any]]:
        """Each of these records as a line."""
        return [self._line(one) for one in found]

    def _line(self, one: Known) -> dict[str, Any]:
        record = one.record
        schools, where_they_are = self._places_once(one.schools)
        return {
            "name": one.person.name,
            "url": self._url_once(one.person.id),
            "schools": schools,
            "where": where_they_are,
            "item": self._taxonomy.item(record.item_id).name,
            "what": self._what(record),
            "is_specialist": (record.level or 0) > HELPS_OTHERS,
            "words": record.own_words,
            "is_willing": record.willing,
            "reached": _reached(one) if record.willing else "",
            "since": day_as("MMMM y", record.since),
            "is_stale": record.confirmed_on < self._stale_since,
            "confirmed": day_as("MMMM y", record.confirmed_on),
        }

    def _places(self, schools: tuple[int, ...]) -> tuple[str, str]:
        """The names of schools, and where they are."""
        places = [self._schools[school] for school in schools if school in self._schools]
        return listed([school.name for school in places]), listed([where(school) for school in places])

    def _url(self, person_id: int) -> str:
        return url_for("expertise.show_colleague", person_id=person_id)

    def _what(self, record: ExpertiseRecord) -> str:
        if record.level:
            return self._levels[record.level]
        if record.course_title is None:
            return self._kinds[RecordKind(record.kind)]
        state = COURSE_STATES[CourseState(record.course_state)]
        return _("course “%(title)s”, %(state)s", title=record.course_title, state=state)


def _reached(one: Known) -> str:
    told = one.reachability
    if told is None:
        return ""
    ways = listed([str(WAYS[Way(way)]) for way in told.ways], _("or")) if told.ways else ""
    return " · ".join(filter(None, [ways, halfdays(told.halfdays), told.note]))
