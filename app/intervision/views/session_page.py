"""What every page of a session shows around its own part: which group, when, and the tabs."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from app.agenda.words import when
from app.intervision.models import BookingState
from app.intervision.policy import JOIN_IN
from app.intervision.queries import DatedSession, booking_of
from app.intervision.services.running import is_open
from app.web.guard import acting
from app.web.navigation import Tab


def session_page(dated: DatedSession) -> dict[str, Any]:
    """The values of `intervision/session_page.html`."""
    booking = booking_of(dated.id, acting().person_id)
    is_inside = booking is not None and booking.state == BookingState.BOOKED
    return {
        "dated": dated,
        "booking": booking,
        "is_inside": is_inside,
        "can_join": acting().may(JOIN_IN),
        "moment": when(dated.appointment) if dated.appointment else _("Date not known yet"),
        "tabs": session_tabs(dated, is_inside=is_inside),
    }


def session_tabs(dated: DatedSession, *, is_inside: bool) -> list[Tab]:
    """The parts of a session; who has no seat in it sees the first alone."""
    parts = [(_("Overview"), "intervision.show_session")]
    if is_inside and acting().may(JOIN_IN):
        parts.append((_("Leading"), "intervision.edit_leading"))
        if is_open(dated):
            parts.append((_("On the screen"), "intervision.show_run"))
    return [
        Tab(label, url_for(endpoint, session_id=dated.id), endpoint == request.endpoint)
        for label, endpoint in parts
    ]
