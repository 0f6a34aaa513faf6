"""My own records as a file, the private ones too."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.agenda.halfdays import halfdays
from app.expertise.labels import COURSE_STATES, KINDS, LEVELS, VISIBILITIES, WAYS
from app.expertise.models import CourseState, ExpertiseRecord, RecordKind, Visibility, Way
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import reachability_of, records_of, taxonomy
from app.expertise.views.blueprint import blueprint
from app.expertise.views.own_page import by_domain
from app.kernel.actor import Actor
from app.kernel.tables import write_csv, write_xlsx
from app.organisation.labels import listed
from app.web.guard import acting, requires
from app.web.tables import download


@blueprint.get("/expertise/bestand")
@requires(KEEP_RECORDS)
def show_own_file() -> ResponseReturnValue:
    """All that I said, and when I can be asked."""
    actor = acting()
    columns = [
        _("Domain"), _("Item"), _("Kind"), _("Level"), _("Course"), _("Provider"), _("State"), _("First day"),
        _("Last day"), _("Who may see it?"), _("May be asked"), _("In your own words"), _("Since"), _("Confirmed"),
    ]  # fmt: skip
    ordered = [shown.record for group in by_domain(records_of(actor)) for shown in group.shown]
    rows = [_row(one) for one in ordered] + _reachability(actor, len(columns))
    if request.args.get("als") == "csv":
        return download(write_csv(columns, rows), "mijn-expertise.csv")
    return download(write_xlsx(columns, rows, _("My expertise")), "mijn-expertise.xlsx")


def _row(one: ExpertiseRecord) -> list[str]:
    known = taxonomy()
    return [
        known.domain_of(one.item_id).name,
        known.item(one.item_id).name,
        str(KINDS[RecordKind(one.kind)]),
        str(LEVELS[one.level]) if one.level else "",
        one.course_title or "",
        one.course_provider or "",
        str(COURSE_STATES[CourseState(one.course_state)]) if one.course_state else "",
        _day(one.starts_on),
        _day(one.ends_on),
        str(VISIBILITIES[Visibility(one.visibility)]),
        _("yes") if one.willing else "",
        one.own_words or "",
        _day(one.since),
        _day(one.confirmed_on),
    ]


def _day(day: object) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _reachability(actor: Actor, width: int) -> list[list[str]]:
    """Below the records, a line for each: when, how, and the note."""
    kept = reachability_of(actor.person_id)
    if kept is None:
        return []
    said = [
        (_("When?"), halfdays(kept.halfdays)),
        (_("How?"), listed([str(WAYS[Way(way)]) for way in kept.ways])),
        (_("Anything else?"), kept.note or ""),
    ]
    return [[_("When I can be asked"), label, text, *[""] * (width - 3)] for label, text in said if text]
