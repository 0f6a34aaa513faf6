"""Find a colleague who knows something, and see what she opened."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.halfdays import HALFDAYS_IN_WEEK, halfday, halfdays
from app.expertise import labels
from app.expertise.models import LEVELS, MOST_ASKED, RecordKind
from app.expertise.policy import CONSULT, FIND_COLLEAGUES, SEE_MAP
from app.expertise.queries import (
    find_colleagues,
    profile_of,
    reasons_to_find,
    schools_around,
    stale_since,
    taxonomy,
    willing_among,
)
from app.expertise.schemas import DISTANCES, FindSchema
from app.expertise.views.blueprint import blueprint
from app.expertise.views.map_page import tabs
from app.expertise.views.why import MOST_REASONS, distance_of, reasons, said_beside_item
from app.kernel.permissions import Role
from app.organisation import labels as words
from app.organisation.queries import names_by_id, staff_of
from app.web.forms import read_query
from app.web.guard import acting, requires
from app.web.paging import page_of

PART = 20
"""How many people a part of the list shows."""


@blueprint.get("/collegas")
@requires(FIND_COLLEAGUES)
def index_colleagues() -> ResponseReturnValue:
    """Who knows something of what I am looking for."""
    asked = read_query(FindSchema())
    sought, schools = asked["sought"], schools_around(acting())
    found = find_colleagues(acting(), sought, schools)
    page = page_of(found.people, asked["start"], PART)
    shown = [person.person_id for person in page.items]
    records = reasons_to_find(acting(), sought, found.items, shown) if shown else {}
    names = names_by_id(shown)
    may_ask = willing_among(acting(), shown) if acting().may(CONSULT) else set[int]()
    return render_template(
        "expertise/find.html",
        tabs=tabs(),
        sought=sought,
        found=found,
        page=page,
        people=[
            {
                "id": person.person_id,
                "name": names[person.person_id].name,
                "school": schools[person.school_id],
                "distance": distance_of(schools[person.school_id]),
                "reasons": reasons(records[person.person_id]),
                "more": max(0, len(records[person.person_id]) - MOST_REASONS),
                "may_be_asked": person.person_id in may_ask,
            }
            for person in page.items
        ],
        count=ngettext("%(num)d colleague", "%(num)d colleagues", len(found.people)),
        item_id=found.items[0].id if len(found.items) == 1 else None,
        is_narrowed=any(request.args.get(name) for name in ("afstand", "soort", "niveau", "halfdag", "vorm")),
        domains=taxonomy().domains,
        distances=[(km, f"{km} km") for km in DISTANCES],
        kinds=words.KINDS.items(),
        levels=[(level, _("%(level)s, or more", level=labels.LEVELS[level])) for level in LEVELS[1:-1]]
        + [(LEVELS[-1], labels.LEVELS[LEVELS[-1]])],
        halfdays=[(number, halfday(number)) for number in range(HALFDAYS_IN_WEEK)],
        record_kinds=[(kind.value, labels.KINDS[kind]) for kind in RecordKind],
        guides=_guides(),
        again_id=asked["again_id"],
        can_consult=acting().may(CONSULT),
        sees_hours=acting().may(SEE_MAP),
        works_at_school=bool(acting().schools),
        most_asked=MOST_ASKED,
    )


@blueprint.get("/collegas/<int:person_id>")
@requires(FIND_COLLEAGUES)
def show_colleague(person_id: int) -> ResponseReturnValue:
    """A colleague as far as she opened herself to me."""
    profile = profile_of(acting(), person_id)
    schools = schools_around(acting())
    reached = profile.reachability
    return render_template(
        "expertise/colleague.html",
        profile=profile,
        schools=[schools[school_id] for school_id in profile.school_ids if school_id in schools],
        distance_of=distance_of,
        said_beside_item=said_beside_item,
        item_name=lambda record: taxonomy().current(record.item_id).name,
        kinds=labels.KINDS,
        halfdays=halfdays(reached.halfdays) if reached else "",
        ways=[labels.WAYS[way] for way in labels.WAYS if reached and way in reached.ways],
        stale_since=stale_since(),
        is_me=person_id == acting().person_id,
        may_ask=acting().may(CONSULT) and profile.is_willing and person_id != acting().person_id,
    )


def _guides() -> list[str]:
    """The IB'ers of my own schools, who can think along when nobody is found."""
    return [
        member.person.name
        for school_id in sorted(acting().schools)
        for member in staff_of(acting(), school_id) or ()
        if Role.IB in member.roles and member.person.id != acting().person_id
    ]
