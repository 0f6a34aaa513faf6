"""My expertise as others see it: by the same rule that decides what they see."""

from typing import NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.agenda.halfdays import halfdays
from app.expertise.labels import WAYS
from app.expertise.models import Way
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import (
    Workschool,
    reachability_of,
    records_of,
    seen_by,
    somebody_at,
    workschools,
)
from app.expertise.views.blueprint import blueprint
from app.expertise.views.own_page import by_domain, own_tabs
from app.kernel.actor import Actor
from app.kernel.permissions import Role
from app.organisation.labels import listed
from app.web.guard import acting, requires
from app.web.navigation import Tab


class _Viewer(NamedTuple):
    """Somebody who looks: her name in the address, on the tab and in the sentence, and who she is."""

    key: str
    label: str
    sees: str
    actor: Actor


@blueprint.get("/expertise/voorbeeld")
@requires(KEEP_RECORDS)
def show_preview() -> ResponseReturnValue:
    """What a colleague, a leader or the network sees of me."""
    actor = acting()
    viewers = _viewers(workschools(actor))
    chosen = next((one for one in viewers if one.key == request.args.get("voor")), viewers[0])
    seen = seen_by(chosen.actor, actor)
    reached = reachability_of(actor.person_id)
    return render_template(
        "expertise/preview.html",
        tabs=own_tabs("expertise.show_preview"),
        viewers=[
            Tab(one.label, url_for("expertise.show_preview", voor=one.key), one is chosen) for one in viewers
        ],
        chosen=chosen,
        name=actor.name,
        groups=by_domain(seen),
        hidden=len(records_of(actor)) - len(seen),
        when=halfdays(reached.halfdays) if reached else "",
        ways=listed([str(WAYS[Way(way)]) for way in reached.ways]) if reached else "",
        note=reached.note if reached else None,
    )


def _viewers(schools: list[Workschool]) -> list[_Viewer]:
    """Who looks: with one school a colleague and the leader, with more each school by its name; and the network."""
    if len(schools) == 1:
        near = _of_school(schools[0])
    else:
        near = [
            _Viewer(
                f"school-{school.id}",
                school.name,
                _("This is what colleagues, IB'er and leader of %(school)s see of you.", school=school.name),
                somebody_at(school.id, Role.LEADER),
            )
            for school in schools
        ]
    network = _("This is what people of other schools and the network coordinator see of you.")
    return [*near, _Viewer("netwerk", _("The network"), network, somebody_at(None, Role.TEACHER))]


def _of_school(school: Workschool) -> list[_Viewer]:
    name = school.name
    return [
        _Viewer(
            "collega",
            _("Colleague"),
            _("This is what a colleague at %(school)s sees of you.", school=name),
            somebody_at(school.id, Role.TEACHER),
        ),
        _Viewer(
            "schoolleider",
            _("School leader"),
            _("This is what the school leader and the IB'er of %(school)s see of you.", school=name),
            somebody_at(school.id, Role.LEADER),
        ),
    ]
