"""Who was there, on one screen."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.policy import JOIN_IN
from app.intervision.queries import (
    DatedSession,
    given_back_in,
    is_attendance_open,
    presences_in,
    seated_in,
    session_of_own_group,
    was_late,
)
from app.intervision.schemas import AttendanceSchema
from app.intervision.services.attendance import note_attendance
from app.intervision.views.blueprint import blueprint
from app.intervision.views.session_page import session_page
from app.kernel.errors import Invalid
from app.organisation.queries import people_by_id
from app.web.forms import read_form
from app.web.guard import acting, requires


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/aanwezigheid")
@requires(JOIN_IN)
def edit_attendance(session_id: int) -> ResponseReturnValue:
    """The list of who had a seat."""
    return _page(session_of_own_group(acting(), session_id), {})


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/aanwezigheid")
@requires(JOIN_IN)
def update_attendance(session_id: int) -> ResponseReturnValue:
    """Say who was there."""
    dated = session_of_own_group(acting(), session_id)
    try:
        note_attendance(acting(), session_id, read_form(AttendanceSchema()))
    except Invalid as wrong:
        return _page(dated, wrong.fields), 422
    flash(_("Noted who was there."), "good")
    return redirect(url_for("intervision.edit_attendance", session_id=session_id))


def _page(dated: DatedSession, errors: Any) -> str:
    seated = seated_in([dated.id])[dated.id]
    given_back = given_back_in(dated.id)
    people = people_by_id([*seated, *(booking.person_id for booking in given_back)])
    presences = presences_in(dated.id)
    return render_template(
        "intervision/attendance.html",
        people=[people[person_id] for person_id in seated],
        # Most come: until it was noted, only who was missing has to be unticked.
        present=[person_id for person_id in seated if presences.get(person_id, not presences)],
        is_noted=bool(presences),
        is_open=is_attendance_open(dated),
        given_back=[(people[booking.person_id].name, was_late(dated, booking)) for booking in given_back],
        errors=errors,
        **session_page(dated),
    )
