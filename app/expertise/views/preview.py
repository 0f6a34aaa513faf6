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
    """A colleague and a leader of each school, and somebody elsewhere; with one school its name goes without saying."""
    found: list[_Viewer] = []
    for school in schools:
        ending = f"-{school.id}" if len(schools) > 1 else ""
        name = {"school": school.name}
        found += [
            _Viewer(
                f"collega{ending}",
                _("Colleague at %(school)s", **name) if ending else _("Colleague"),
                _("This is what a colleague at %(school)s sees of you.", **name),
                somebody_at(school.id, Role.TEACHER),
            ),
            _Viewer(
                f"schoolleider{ending}",
                _("Leader of %(school)s", **name) if ending else _("School leader"),
                _("This is what the school leader and the IB'er of %(school)s see of you.", **name),
                somebody_at(school.id, Role.LEADER),
            ),
        ]
    network = _("This is what people of other schools and the network coordinator see of you.")
    return [*found, _Viewer("netwerk", _("The network"), network, somebody_at(None, Role.TEACHER))]
